#pragma once

#include <cstdint>

// The numbers by which kinds, fields and groups of fields go on disk and on the wire.
namespace kuangxun::records {

using KindNumber = std::uint16_t;
using FieldNumber = std::uint16_t;
// A merge group is named by the number of its first field; group 0 is whether the record stands or
// is voided.
using GroupNumber = std::uint16_t;
constexpr GroupNumber existence_group = 0;

}  // namespace kuangxun::records
