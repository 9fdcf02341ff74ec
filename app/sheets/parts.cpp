#include "app/sheets/parts.h"

#include <zip.h>

#include <array>

#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::sheets {
namespace {

Error damaged(const std::string& file, const std::string& part) {
  return Error(ErrorCode::bad_input, phrase("{0}: no sound XLSX file ({1})", {file, part}));
}

zip_t* archive_of(const std::shared_ptr<void>& held) {
  return static_cast<zip_t*>(held.get());
}

}  // namespace

Result<Parts> Parts::open(std::string_view bytes, const std::string& file) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    if (source != nullptr) zip_source_free(source);
    return damaged(file, "ZIP");
  }
  std::shared_ptr<void> held(archive, [](void* one) { zip_discard(static_cast<zip_t*>(one)); });
  if (zip_get_num_entries(archive, 0) > limits::sheet_parts_max) return damaged(file, "ZIP");
  return Parts(std::move(held), file);
}

bool Parts::has(const std::string& part) const {
  return zip_name_locate(archive_of(archive_), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Status Parts::read(const std::string& part, Budget& budget, const std::function<Status(std::string_view)>& take) const {
  zip_t* archive = archive_of(archive_);
  const zip_int64_t index = zip_name_locate(archive, part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return damaged(file_, part);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> opened(
      zip_fopen_index(archive, static_cast<zip_uint64_t>(index), 0), zip_fclose);
  if (opened == nullptr) return damaged(file_, part);
  std::array<char, 1 << 16> piece{};
  while (true) {
    const zip_int64_t count = zip_fread(opened.get(), piece.data(), piece.size());
    if (count < 0) return damaged(file_, part);
    if (count == 0) return {};
    if (!budget.take(static_cast<std::size_t>(count))) {
      return Error(ErrorCode::bad_input, phrase("{0}: too large when unpacked "
                                                "(limit {1} bytes)",
                                                {file_, std::to_string(limits::sheet_unpacked_bytes_max)}));
    }
    KX_CHECK(take(std::string_view(piece.data(), static_cast<std::size_t>(count))));
  }
}

}  // namespace kuangxun::sheets
