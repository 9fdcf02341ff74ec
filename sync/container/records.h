#pragma once

#include "sync/container/container_reader.h"

namespace kuangxun::container {

// {u8 type, u32 length little-endian, body}: what stands in archives and packages, one behind the other.
struct Record {
  std::uint8_t type = 0;
  Bytes body;
};

// What stands before a body.
Bytes record_head(std::uint8_t type, std::size_t body_bytes);

enum class Fault {
  cut,       // it ends inside a record
  too_long,  // a record says that it is longer than any may be
};
// The next one. What it is called when it cannot be had, `damaged` says.
Result<Record> read_record(const Source& source, std::size_t body_bytes_max,
                           const std::function<Error(Fault)>& damaged);

}  // namespace kuangxun::container
