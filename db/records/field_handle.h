#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "db/records/numbers.h"

// How code names a field. For each kind a header of handles is made while building (handles/visit.h: visit::purpose,
// visit::started_at, …), so that a field's wrong name or a value of the wrong type does not compile, and a new field
// recompiles only what asks for fields of its kind. handles/common.h has the fields that several kinds have in common
// (common::is_example), for code that does not know which kind it holds. write_handles.cpp makes them from the
// descriptions. Names that come from outside (documents, commands, citations) go through KindDescription::find_field.
namespace kuangxun::records {

struct FieldHandle {
  // The kind of a handle of handles/common.h: its field is found by name, and a kind that has it not has no value of
  // it.
  static constexpr KindNumber of_several = 0;

  KindNumber kind = of_several;
  std::uint16_t position = 0;  // in KindDescription::fields; of a field of one kind
  std::string_view name;

  // Where a name is asked for: RecordReader::list_where, a form's address; and kept: what a form or a document gives.
  constexpr operator std::string_view() const { return name; }
  operator std::string() const { return std::string(name); }
};

struct TextHandle : FieldHandle {};       // text, long_text
struct NumberHandle : FieldHandle {};     // integer, decimal, boolean, enumeration, day, instant
struct ReferenceHandle : FieldHandle {};  // reference
struct BytesHandle : FieldHandle {};      // hash, geometry, track_points

// How code names a choice of a closed list: choices/visit_state.h has visit_state::ended, made in the same way from the
// descriptions of enumerations. Its number is what is stored, its code what documents and forms hand over.
struct Choice {
  std::int64_t number = 0;
  std::string_view code;

  constexpr operator std::int64_t() const { return number; }
  std::string text() const { return std::string(code); }
};

}  // namespace kuangxun::records
