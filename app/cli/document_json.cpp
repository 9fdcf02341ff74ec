#include "app/cli/document_json.h"

#include <algorithm>
#include <array>

#include "db/base/language.h"
#include "db/base/text.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

namespace kinds = records::kinds;
using Type = JsonValue::Type;

struct Section {
  std::string_view name;
  records::KindNumber kind;  // 0: the record says its kind itself
  bool is_array;
  bool (*holds)(const records::KindDescription&) = nullptr;  // of kind 0: which kinds it may say
};

bool is_place(const records::KindDescription& kind) {
  return kind.is_place && kind.number != kinds::restoration_unit;
}

bool is_yearly(const records::KindDescription& kind) {
  return kind.number >= kinds::annual_return && kind.number <= kinds::restoration_task;
}

// In the order in which their records enter the store.
constexpr std::array sections = {
    Section{"places", 0, true, is_place},
    Section{"yearly", 0, true, is_yearly},
    Section{"units", kinds::restoration_unit, true},
    Section{"visit", kinds::visit, false},
    Section{"points", kinds::gps_point, true},
    Section{"photos", kinds::photo, true},
    Section{"parties", kinds::visit_party, true},
    Section{"answers", kinds::checklist_answer, true},
    Section{"findings", kinds::finding, true},
    Section{"statuses", kinds::restoration_status, true},
    Section{"areas", kinds::walked_area, true},
    Section{"markers", kinds::corner_marker, true},
    Section{"reviews", kinds::review, true},
};

Error wrong(const std::string& where, const std::string& message) {
  return Error(ErrorCode::bad_input, (where.empty() ? "/" : where) + ": " + message);
}

Result<records::KindNumber> read_kind(const Section& section, const JsonValue& record, const std::string& where) {
  const JsonValue* name = record.find("kind");
  const records::KindDescription* kind =
      name != nullptr && name->type == Type::string ? records::find_kind(name->text) : nullptr;
  if (kind != nullptr && section.holds(*kind)) return kind->number;
  std::vector<std::string> codes;
  for (const records::KindDescription& known : records::all_kinds()) {
    if (section.holds(known)) codes.emplace_back(known.name);
  }
  return wrong(where + "/kind", say_with("应为 {0}", "expected one of {0}", {join(codes, ", ")}));
}

Result<std::string> read_string(const JsonValue& value, const std::string& where) {
  if (value.type == Type::string) return value.text;
  return wrong(where, say_text("应为字符串", "expected a string"));
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
      return wrong(where, say_text("应为单个值，不是数组或对象", "expected one value, not an array or object"));
  }
}

Result<std::vector<std::string>> read_corners(const JsonValue& value, const std::string& where) {
  if (value.type != Type::array) return wrong(where, say_text("应为数组", "expected an array"));
  std::vector<std::string> corners;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    KX_TRY(corner, read_string(value.items[i], where + "/" + std::to_string(i)));
    corners.push_back(std::move(corner));
  }
  return corners;
}

Result<inspect::DocumentRecord> read_record(const Section& section, const JsonValue& value, const std::string& where) {
  if (value.type != Type::object) return wrong(where, say_text("应为对象", "expected an object"));
  inspect::DocumentRecord record{section.kind, {}, {}, {}, {}, where};
  if (section.kind == 0) {
    KX_TRY(kind, read_kind(section, value, where));
    record.kind = kind;
  }
  for (const auto& [name, member] : value.members) {
    const std::string member_where = where + "/" + std::string(first_code_points(name, 60));
    if (name == "kind" && section.kind == 0) continue;
    if (name == "id") {
      KX_TRY(id, read_string(member, member_where));
      record.id = std::move(id);
    } else if (name == "path" && record.kind == kinds::photo) {
      KX_TRY(path, read_string(member, member_where));
      if (path.empty() || !is_clean_utf8(path)) {
        return wrong(member_where, say_text("不是文件路径", "not the path of a file"));
      }
      record.file = path;
    } else if (name == "corners" && (record.kind == kinds::restoration_status || record.kind == kinds::walked_area)) {
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

Result<inspect::Document> read_document(const JsonValue& root, const std::filesystem::path& folder) {
  if (root.type != Type::object) return wrong("", say_text("应为对象", "expected an object"));
  for (const auto& [name, value] : root.members) {
    if (std::ranges::find(sections, name, &Section::name) != sections.end()) continue;
    std::vector<std::string> names;
    for (const Section& section : sections) names.emplace_back(section.name);
    return wrong("/" + std::string(first_code_points(name, 60)),
                 say_with("没有这个部分；应为 {0}", "there is no such part; expected {0}", {join(names, ", ")}));
  }
  inspect::Document document{{}, folder};
  for (const Section& section : sections) {
    const JsonValue* value = root.find(section.name);
    if (value == nullptr || value->type == Type::null) continue;
    const std::string where = "/" + std::string(section.name);
    if (!section.is_array) {
      KX_TRY(record, read_record(section, *value, where));
      document.records.push_back(std::move(record));
      continue;
    }
    if (value->type != Type::array) return wrong(where, say_text("应为数组", "expected an array"));
    for (std::size_t i = 0; i < value->items.size(); ++i) {
      KX_TRY(record, read_record(section, value->items[i], where + "/" + std::to_string(i)));
      document.records.push_back(std::move(record));
    }
  }
  if (document.records.empty()) return wrong("", say_text("文件里没有任何记录", "the document holds no record"));
  return document;
}

}  // namespace kuangxun::cli
