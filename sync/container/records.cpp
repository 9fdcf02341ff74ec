#include "sync/container/records.h"

#include <array>

#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::container {
namespace {

constexpr std::size_t head_bytes = 5;

}  // namespace

Bytes record_head(std::uint8_t type, std::size_t body_bytes) {
  wire::ByteWriter head;
  head.number(type);
  head.number(static_cast<std::uint32_t>(body_bytes));
  return std::move(head).bytes();
}

Result<Record> read_record(const Source& source, std::size_t body_bytes_max,
                           const std::function<Error(Fault)>& damaged) {
  std::array<std::uint8_t, head_bytes> head{};
  KX_TRY(head_count, source(head));
  if (head_count != head.size()) return damaged(Fault::cut);
  wire::ByteReader in{ByteView(head)};
  Record record;
  record.type = in.number<std::uint8_t>();
  const auto size = in.number<std::uint32_t>();
  if (size > body_bytes_max) return damaged(Fault::too_long);
  record.body.resize(size);
  KX_TRY(count, source(record.body));
  if (count != record.body.size()) return damaged(Fault::cut);
  return record;
}

}  // namespace kuangxun::container
