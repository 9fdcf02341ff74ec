#include "db/records/validate.h"

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/geometry.h"
#include "db/records/track_block.h"

namespace kuangxun::records {
namespace {

std::string say_range(const FieldDescription& field) {
  return format_value(field, Value(field.minimum)) + " – " + format_value(field, Value(field.maximum));
}

bool is_in_calendar(const FieldDescription& field, std::int64_t number) {
  if (field.type == FieldType::day) return number >= first_day && number <= last_day;
  return field.type != FieldType::instant || (number >= first_instant_ms && number <= last_instant_ms);
}

Words check_number(const FieldDescription& field, std::int64_t number) {
  if (field.type == FieldType::enumeration && field.enumeration->find(number) == nullptr) {
    return phrase("there is no choice {0}", {std::to_string(number)});
  }
  if (field.type == FieldType::boolean && number != 0 && number != 1) return phrase("should be yes or no");
  if (!is_in_calendar(field, number)) {
    return phrase("{0} is outside {1}", {format_value(field, Value(number)), "1900 – 2199"});
  }
  if (field.is_ranged() && (number < field.minimum || number > field.maximum)) {
    return phrase("{0} is outside {1}", {format_value(field, Value(number)), say_range(field)});
  }
  return {};
}

Words check_text(const FieldDescription& field, const std::string& text) {
  const std::size_t bytes_max =
      field.type == FieldType::long_text ? limits::text_bytes_max : limits::short_text_bytes_max;
  if (text.size() > bytes_max) {
    return phrase("the text is too long ({0} bytes, limit {1})",
                  {std::to_string(text.size()), std::to_string(bytes_max)});
  }
  if (!is_clean_utf8(text)) return phrase("invalid UTF-8 or a NUL character");
  return {};
}

Words check_bytes(const FieldDescription& field, const Bytes& bytes) {
  if (field.type == FieldType::hash) {
    return bytes.size() == 32 ? Words() : phrase("a SHA-256 value has 32 bytes");
  }
  if (field.type == FieldType::track_points) {
    const auto points = decode_track_block(bytes, 0);
    return points.ok() ? Words() : points.error().words();
  }
  const auto polygon = decode_polygon(bytes);
  return polygon.ok() ? Words() : polygon.error().words();
}

}  // namespace

bool fits_type(const FieldDescription& field, const Value& value) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
      return is_empty(value) || std::holds_alternative<std::string>(value);
    case FieldType::reference:
      return is_empty(value) || std::holds_alternative<Uuid>(value);
    case FieldType::hash:
    case FieldType::geometry:
    case FieldType::track_points:
      return is_empty(value) || std::holds_alternative<Bytes>(value);
    default:
      return is_empty(value) || std::holds_alternative<std::int64_t>(value);
  }
}

std::vector<ValidationFinding> validate_value(const FieldDescription& field, const Value& value) {
  Words words;
  if (!fits_type(field, value)) {
    words = phrase("the value has the wrong type");
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    words = check_number(field, *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    words = check_text(field, *text);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    words = check_bytes(field, *bytes);
  }
  if (words.empty()) return {};
  return {{std::string(field.name), field.label_words() + phrase(": ") + words}};
}

std::vector<ValidationFinding> validate_record(const Record& record) {
  std::vector<ValidationFinding> findings;
  for (const FieldDescription& field : record.kind().fields) {
    const Value& value = record.value(field);
    for (ValidationFinding& finding : validate_value(field, value)) findings.push_back(std::move(finding));
    if (field.is_required && is_empty(value)) {
      findings.push_back({std::string(field.name), field.label_words() + phrase(": required")});
    }
  }
  return findings;
}

}  // namespace kuangxun::records
