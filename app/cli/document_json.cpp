#include "app/cli/document_json.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

namespace kinds = records::kinds;
using Type = JsonValue::Type;
using Section = records::DocumentSection;

const std::vector<Section>& sections() {
  static const std::vector<Section> all = records::document_sections(records::all_kinds());
  return all;
}

// Of a section that several kinds share.
bool says_its_kind(const Section& section) {
  return section.kinds.size() > 1;
}

Error wrong(const std::string& where, const Words& message) {
  return Error(ErrorCode::bad_input, (where.empty() ? "/" : where) + ": " + message);
}

Result<records::KindNumber> read_kind(const Section& section, const JsonValue& record, const std::string& where) {
  const JsonValue* name = record.find("kind");
  const records::KindDescription* kind =
      name != nullptr && name->type == Type::string ? records::find_kind(name->text) : nullptr;
  if (kind != nullptr && std::ranges::find(section.kinds, kind) != section.kinds.end()) return kind->number;
  std::vector<std::string> codes;
  for (const records::KindDescription* known : section.kinds) codes.emplace_back(known->name);
  return wrong(where + "/kind", phrase("expected one of {0}", {join(codes, ", ")}));
}

Result<std::string> read_string(const JsonValue& value, const std::string& where) {
  if (value.type == Type::string) return value.text;
  return wrong(where, phrase("expected a string"));
}

Result<inspect::FieldText> read_field(const std::string& name, const JsonValue& value, const std::string& where) {
  switch (value.type) {
    case Type::null:
      return inspect::FieldText{name, {}, inspect::TextShape::any};
    case Type::string:
      return inspect::FieldText{name, value.text, inspect::TextShape::string};
    case Type::number:
      return inspect::FieldText{name, value.text, inspect::TextShape::number};
    case Type::boolean:
      return inspect::FieldText{name, value.text, inspect::TextShape::boolean};
    default:
      return wrong(where, phrase("expected one value, not an array or object"));
  }
}

Result<std::vector<std::string>> read_corners(const JsonValue& value, const std::string& where) {
  if (value.type != Type::array) return wrong(where, phrase("expected an array"));
  std::vector<std::string> corners;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    KX_TRY(corner, read_string(value.items[i], where + "/" + std::to_string(i)));
    corners.push_back(std::move(corner));
  }
  return corners;
}

Result<inspect::DocumentRecord> read_record(const Section& section, const JsonValue& value, const std::string& where) {
  if (value.type != Type::object) return wrong(where, phrase("expected an object"));
  inspect::DocumentRecord record{section.kinds.front()->number, {}, {}, {}, {}, where};
  if (says_its_kind(section)) {
    KX_TRY(kind, read_kind(section, value, where));
    record.kind = kind;
  }
  for (const auto& [name, member] : value.members) {
    const std::string member_where = where + "/" + std::string(first_code_points(name, 60));
    if (name == "kind" && says_its_kind(section)) continue;
    if (name == "id") {
      KX_TRY(id, read_string(member, member_where));
      record.id = std::move(id);
    } else if (name == "path" && record.kind == kinds::photo) {
      KX_TRY(path, read_string(member, member_where));
      if (path.empty() || !is_clean_utf8(path)) {
        return wrong(member_where, phrase("not the path of a file"));
      }
      record.file = path;
    } else if (name == "corners" && records::kind_of(record.kind).is_enclosed) {
      KX_TRY(corners, read_corners(member, member_where));
      record.corners = std::move(corners);
    } else {
      KX_TRY(field, read_field(name, member, member_where));
      record.fields.push_back(std::move(field));
    }
  }
  return record;
}

}  // namespace

Result<inspect::Document> read_document(const json::JsonValue& root, const std::filesystem::path& folder) {
  if (root.type != Type::object) return wrong("", phrase("expected an object"));
  for (const auto& [name, value] : root.members) {
    const auto is_called = [&](const Section& section) { return section.section.name == name; };
    if (std::ranges::any_of(sections(), is_called)) continue;
    std::vector<std::string> names;
    for (const Section& section : sections()) names.emplace_back(section.section.name);
    return wrong("/" + std::string(first_code_points(name, 60)),
                 phrase("there is no such part; expected {0}", {join(names, ", ")}));
  }
  inspect::Document document{{}, folder};
  for (const Section& section : sections()) {
    const JsonValue* value = root.find(section.section.name);
    if (value == nullptr || value->type == Type::null) continue;
    const std::string where = "/" + std::string(section.section.name);
    if (section.section.holds_one) {
      KX_TRY(record, read_record(section, *value, where));
      document.records.push_back(std::move(record));
      continue;
    }
    if (value->type != Type::array) return wrong(where, phrase("expected an array"));
    for (std::size_t i = 0; i < value->items.size(); ++i) {
      KX_TRY(record, read_record(section, value->items[i], where + "/" + std::to_string(i)));
      document.records.push_back(std::move(record));
    }
  }
  if (document.records.empty()) return wrong("", phrase("the document holds no record"));
  return document;
}

}  // namespace kuangxun::cli
