#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/limits.h"
#include "db/base/uuid.h"

// Two cereal archives of our own: integers are variable-length (LEB128, signed ones zigzag), the byte order is fixed,
// and the reader checks every length against the bytes left before it allocates. Nothing else of cereal's wire forms
// (size tags, pointers, polymorphism) is reachable through them: containers go through `list` and `blob`.
namespace kuangxun::frames {

// Thrown by BoundedReader, caught in payload.cpp, never further.
struct ArchiveError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class BoundedWriter : public cereal::OutputArchive<BoundedWriter, cereal::AllowEmptyClassElision> {
 public:
  BoundedWriter() : OutputArchive(this) {}
  Bytes take() { return std::move(bytes_); }

  void write_unsigned(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<std::uint8_t>(value | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<std::uint8_t>(value));
  }
  void write_bytes(const void* data, std::size_t size) {
    const auto* raw = static_cast<const std::uint8_t*>(data);
    bytes_.insert(bytes_.end(), raw, raw + size);
  }

 private:
  Bytes bytes_;
};

class BoundedReader : public cereal::InputArchive<BoundedReader, cereal::AllowEmptyClassElision> {
 public:
  explicit BoundedReader(ByteView bytes) : InputArchive(this), bytes_(bytes) {}
  std::size_t left() const { return bytes_.size(); }

  std::uint64_t read_unsigned() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) throw ArchiveError("the bytes end inside a number");
      const std::uint8_t byte = bytes_.front();
      bytes_ = bytes_.subspan(1);
      if (shift == 63 && byte > 1) throw ArchiveError("a number over 64 bits");
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (byte == 0 && shift > 0) throw ArchiveError("a number that is not written in its shortest form");
        return value;
      }
    }
    throw ArchiveError("a number over 64 bits");
  }
  ByteView read_bytes(std::size_t size) {
    if (size > bytes_.size()) throw ArchiveError("a length beyond the bytes left");
    const ByteView taken = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return taken;
  }

 private:
  ByteView bytes_;
};

inline std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
void CEREAL_SAVE_FUNCTION_NAME(BoundedWriter& archive, const T& value) {
  if constexpr (std::is_signed_v<T>) {
    archive.write_unsigned(zigzag(value));
  } else {
    archive.write_unsigned(value);
  }
}

template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
void CEREAL_LOAD_FUNCTION_NAME(BoundedReader& archive, T& value) {
  if constexpr (std::is_signed_v<T>) {
    const std::int64_t wide = unzigzag(archive.read_unsigned());
    value = static_cast<T>(wide);
    if (value != wide) throw ArchiveError("a number too large for its field");
  } else {
    const std::uint64_t wide = archive.read_unsigned();
    value = static_cast<T>(wide);
    if (value != wide) throw ArchiveError("a number too large for its field");
  }
}

inline void CEREAL_SAVE_FUNCTION_NAME(BoundedWriter& archive, const Uuid& id) {
  archive.write_bytes(id.bytes.data(), 16);
}
inline void CEREAL_LOAD_FUNCTION_NAME(BoundedReader& archive, Uuid& id) {
  id = uuid_from_bytes(archive.read_bytes(16));
}

// A string of bytes with its length, at most limits::value_bytes_max.
template <class Container>
struct Blob {
  Container& content;
};
template <class Container>
Blob<Container> blob(Container& content) {
  return {content};
}
template <class Container>
void CEREAL_SAVE_FUNCTION_NAME(BoundedWriter& archive, const Blob<Container>& blob) {
  archive.write_unsigned(blob.content.size());
  archive.write_bytes(blob.content.data(), blob.content.size());
}
template <class Container>
void CEREAL_LOAD_FUNCTION_NAME(BoundedReader& archive, Blob<Container>& blob) {
  const std::uint64_t size = archive.read_unsigned();
  if (size > limits::value_bytes_max) throw ArchiveError("a value over the limit");
  const ByteView taken = archive.read_bytes(static_cast<std::size_t>(size));
  blob.content.assign(taken.begin(), taken.end());
}

// A list with its count, at most `count_max`, each element at least `element_bytes_min` bytes on the wire.
template <class Element>
struct List {
  std::vector<Element>& elements;
  std::uint64_t count_max;
  std::size_t element_bytes_min;
};
template <class Element>
List<Element> list(std::vector<Element>& elements, std::uint64_t count_max, std::size_t element_bytes_min) {
  return {elements, count_max, element_bytes_min};
}
template <class Element>
void CEREAL_SAVE_FUNCTION_NAME(BoundedWriter& archive, const List<Element>& list) {
  archive.write_unsigned(list.elements.size());
  for (Element& element : list.elements) archive(element);
}
template <class Element>
void CEREAL_LOAD_FUNCTION_NAME(BoundedReader& archive, List<Element>& list) {
  const std::uint64_t count = archive.read_unsigned();
  if (count > list.count_max || count > archive.left() / list.element_bytes_min) {
    throw ArchiveError("a count beyond its limit or the bytes left");
  }
  list.elements.resize(static_cast<std::size_t>(count));
  for (Element& element : list.elements) archive(element);
}

}  // namespace kuangxun::frames

CEREAL_REGISTER_ARCHIVE(kuangxun::frames::BoundedWriter)
CEREAL_REGISTER_ARCHIVE(kuangxun::frames::BoundedReader)
CEREAL_SETUP_ARCHIVE_TRAITS(kuangxun::frames::BoundedReader, kuangxun::frames::BoundedWriter)
