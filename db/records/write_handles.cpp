#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/files.h"
#include "db/records/enumerations.h"
#include "db/records/field_handle.h"

// Run while building: writes the headers of field handles and of choices (field_handle.h) from the descriptions.
//   db_records_write_handles FOLDER visit=32 gps_point=33 … -- CHOICES_FOLDER
// The names are those of kinds.h, so that kinds::visit is the number and visit::purpose a field of the same kind; those
// of choices are the names of their enumerations. A header that would not change is left untouched, so that nothing
// that reads it is compiled again.
namespace kuangxun::records {
namespace {

std::string_view handle_of(FieldType type) {
  switch (type) {
    case FieldType::text:
    case FieldType::long_text:
      return "TextHandle";
    case FieldType::integer:
    case FieldType::decimal:
    case FieldType::boolean:
    case FieldType::enumeration:
    case FieldType::day:
    case FieldType::instant:
      return "NumberHandle";
    case FieldType::reference:
      return "ReferenceHandle";
    case FieldType::hash:
    case FieldType::geometry:
    case FieldType::track_points:
      return "BytesHandle";
  }
  return {};
}

std::string header_around(const std::string& space, const std::string& handles) {
  return "#pragma once\n\n#include \"db/records/field_handle.h\"\n\n// Made by write_handles.cpp.\nnamespace "
         "kuangxun::records::" +
         space + " {\n\n" + handles + "\n}  // namespace kuangxun::records::" + space + "\n";
}

std::string handle_line(std::string_view type, std::string_view name, KindNumber kind, std::size_t position) {
  return "inline constexpr " + std::string(type) + " " + std::string(name) + " = {{" + std::to_string(kind) + ", " +
         std::to_string(position) + ", \"" + std::string(name) + "\"}};\n";
}

std::string header_of(const std::string& space, const KindDescription& kind) {
  std::string handles;
  for (const FieldDescription& field : kind.fields) {
    handles += handle_line(handle_of(field.type), field.name, kind.number, kind.position_of(field));
  }
  return header_around(space, handles);
}

// The fields that two kinds or more have, unless one has a text where another has a number.
std::string common_header() {
  struct Use {
    std::string_view handle;
    int kinds = 0;
    bool is_one_type = true;
  };
  std::map<std::string_view, Use> uses;
  for (const KindDescription& kind : all_kinds()) {
    for (const FieldDescription& field : kind.fields) {
      Use& use = uses[field.name];
      use.is_one_type = use.kinds == 0 || (use.is_one_type && use.handle == handle_of(field.type));
      use.handle = handle_of(field.type);
      ++use.kinds;
    }
  }
  std::string handles;
  for (const auto& [name, use] : uses) {
    if (use.kinds > 1 && use.is_one_type) handles += handle_line(use.handle, name, FieldHandle::of_several, 0);
  }
  return header_around("common", handles);
}

// A code as C++ has names: "open-pit" open_pit. What C++ keeps for itself, or would begin with a digit, gets a word
// before it.
std::string name_of_choice(std::string_view code) {
  constexpr std::string_view kept[] = {"new", "signed", "public", "private"};
  std::string name(code);
  std::replace(name.begin(), name.end(), '-', '_');
  if (name.front() >= '0' && name.front() <= '9') return "of_" + name;
  return std::find(std::begin(kept), std::end(kept), code) == std::end(kept) ? name : "is_" + name;
}

std::string choices_header(const EnumerationDescription& enumeration) {
  std::string choices;
  for (const EnumerationOption& option : enumeration.options) {
    choices += "inline constexpr Choice " + name_of_choice(option.code) + " = {" + std::to_string(option.number) +
               ", \"" + std::string(option.code) + "\"};\n";
  }
  return header_around(std::string(enumeration.name), choices);
}

Status write_when_changed(const std::filesystem::path& path, const std::string& text) {
  constexpr std::size_t bytes_max = 1 << 20;
  const auto written = read_text_file(path, bytes_max);
  if (written.ok() && *written == text) return {};
  return write_file_durably(path, as_bytes(text));
}

Status write_all(const std::filesystem::path& folder, const std::map<KindNumber, std::string>& names) {
  for (const KindDescription& kind : all_kinds()) {
    const auto name = names.find(kind.number);
    if (name == names.end()) return Error(ErrorCode::bad_input, "no number in kinds.h for " + std::string(kind.name));
    KX_CHECK(write_when_changed(folder / (name->second + ".h"), header_of(name->second, kind)));
  }
  for (const auto& [number, name] : names) {
    if (find_kind(number) == nullptr)
      return Error(ErrorCode::bad_input, "kinds.h names what is not described: " + name);
  }
  return write_when_changed(folder / "common.h", common_header());
}

Status write_choices(const std::filesystem::path& folder) {
  for (const EnumerationDescription* enumeration : all_enumerations()) {
    KX_CHECK(write_when_changed(folder / (std::string(enumeration->name) + ".h"), choices_header(*enumeration)));
  }
  return {};
}

}  // namespace
}  // namespace kuangxun::records

int main(int count, char** words) {
  using namespace kuangxun;
  if (count < 4 || words[count - 2] != std::string_view("--")) return 2;
  std::map<records::KindNumber, std::string> names;
  for (int i = 2; i < count - 2; ++i) {
    const std::string_view word = words[i];
    const std::size_t equal = word.find('=');
    if (equal == std::string_view::npos) return 2;
    names[static_cast<records::KindNumber>(std::stoi(std::string(word.substr(equal + 1))))] = word.substr(0, equal);
  }
  if (names.empty()) return 2;
  Status written = records::write_all(words[1], names);
  if (written.ok()) written = records::write_choices(words[count - 1]);
  if (written.ok()) return 0;
  std::fprintf(stderr, "%s\n", written.error().message().c_str());
  return 1;
}
