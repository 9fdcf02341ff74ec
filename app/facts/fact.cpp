#include "app/facts/fact.h"

#include <array>

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"

namespace kuangxun::facts {
namespace {

using records::EnumerationDescription;
using records::EnumerationOption;

constexpr std::array size_classes = {
    EnumerationOption{size_class::large, "large", "大型", "large"},
    EnumerationOption{size_class::medium, "medium", "中型", "medium"},
    EnumerationOption{size_class::small, "small", "小型", "small"},
};
constexpr std::array schedules = {
    EnumerationOption{schedule::not_begun, "not-begun", "未到起始年", "not begun"},
    EnumerationOption{schedule::under_way, "under-way", "在进度安排内", "within its period"},
    EnumerationOption{schedule::completed, "completed", "已按期完工", "completed in time"},
    EnumerationOption{schedule::completed_late, "completed-late", "已完工，晚于进度安排", "completed late"},
};

const EnumerationDescription* find_enumeration(std::string_view name) {
  for (const auto* enumeration :
       {&records::mineral_enumeration, &records::mining_method_enumeration, &records::operating_state_enumeration,
        &records::mine_stage_enumeration, &records::rock_stability_enumeration, &records::ore_dip_enumeration,
        &records::iron_ore_enumeration, &size_class_enumeration, &records::green_tier_enumeration,
        &schedule_enumeration}) {
    if (enumeration->name == name) return enumeration;
  }
  return nullptr;
}

Result<FactType> parse_type(std::string_view text) {
  for (const auto type :
       {FactType::number, FactType::range, FactType::boolean, FactType::enumeration, FactType::day, FactType::text}) {
    if (name_of(type) == text) return type;
  }
  return Error(ErrorCode::bad_input, phrase("there is no fact type \"{0}\"", {text}));
}

// Reads one row of facts.csv; says which column is wrong.
class FactRow {
 public:
  FactRow(const CsvTable& table, std::size_t row) : table_(table), row_(row) {}

  Result<FactDefinition> read() {
    FactDefinition fact;
    fact.name = cell("name");
    if (fact.name.empty()) return error("name", phrase("the fact has no name"));
    KX_CHECK(read_type(fact));
    auto unit = Unit::parse(cell("unit"));
    if (!unit.ok()) return error("unit", unit.error().words());
    fact.unit = *unit;
    fact.chinese = cell("chinese");
    fact.english = cell("english");
    if (fact.chinese.empty()) return error("chinese", phrase("the Chinese label is missing"));
    if (fact.english.empty()) return error("english", phrase("the English label is missing"));
    fact.unit_chinese = cell("unit_chinese");
    fact.unit_english = cell("unit_english");
    fact.hint_chinese = cell("hint_chinese");
    fact.hint_english = cell("hint_english");
    fact.question_chinese = cell("question_chinese");
    fact.question_english = cell("question_english");
    return fact;
  }

 private:
  std::string cell(std::string_view column) const { return std::string(trim(table_.cell(row_, column))); }
  Error error(std::string_view column, const Words& message) const {
    return table_.error_at(row_, table_.find_column(column).value_or(0), message);
  }

  Status read_type(FactDefinition& fact) {
    const std::string written = cell("type");
    const auto colon = written.find(':');
    auto type = parse_type(written.substr(0, colon));
    if (!type.ok()) return error("type", type.error().words());
    fact.type = *type;
    if (fact.type == FactType::enumeration) {
      fact.enumeration = find_enumeration(colon == std::string::npos ? "" : written.substr(colon + 1));
      if (fact.enumeration == nullptr) {
        return error("type", phrase("write enumeration:NAME with a known name"));
      }
    }
    if (fact.type != FactType::number && fact.type != FactType::range) return {};
    const auto scale = parse_decimal(cell("scale"), 0);
    if (!scale.ok() || *scale < 0 || *scale > 6) {
      return error("scale", phrase("the scale must be 0 to 6"));
    }
    fact.scale = static_cast<int>(*scale);
    const auto maximum = parse_decimal(cell("maximum"), fact.scale);
    if (!maximum.ok() || *maximum <= 0 || *maximum > 1'000'000'000'000'000) {
      return error("maximum", phrase("the maximum must be positive and at most 10^15 with its decimals"));
    }
    fact.maximum = *maximum;
    return {};
  }

  const CsvTable& table_;
  std::size_t row_;
};

std::string number_text(const FactDefinition& definition, const FactValue& value) {
  const auto one = [&](std::int64_t scaled) { return format_decimal(scaled, definition.scale); };
  if (definition.type == FactType::number || (value.low && value.high && *value.low == *value.high)) {
    return one(definition.type == FactType::number ? value.number : *value.low);
  }
  if (value.low && value.high) return one(*value.low) + "–" + one(*value.high);
  if (value.low && *value.low > 0) return "≥" + one(*value.low);
  if (value.high) return "≤" + one(*value.high);
  return {};
}

std::string joined_options(const FactDefinition& definition, const std::vector<std::int64_t>& numbers,
                           std::string_view between, bool for_people) {
  std::vector<std::string> parts;
  for (const auto number : numbers) {
    const auto* option = definition.enumeration->find(number);
    if (option == nullptr) continue;
    parts.emplace_back(for_people ? either(option->chinese, option->english) : option->code);
  }
  return join(parts, between);
}

}  // namespace

const EnumerationDescription size_class_enumeration{"size_class", size_classes};
const EnumerationDescription schedule_enumeration{"schedule", schedules};

std::string_view name_of(FactType type) {
  switch (type) {
    case FactType::number:
      return "number";
    case FactType::range:
      return "range";
    case FactType::boolean:
      return "boolean";
    case FactType::enumeration:
      return "enumeration";
    case FactType::day:
      return "day";
    case FactType::text:
      return "text";
  }
  return {};
}

std::string_view FactDefinition::label() const {
  return either(chinese, english);
}
std::string_view FactDefinition::hint() const {
  return either(hint_chinese, hint_english);
}
std::string FactDefinition::question() const {
  const std::string_view own = either(question_chinese, question_english);
  if (!own.empty()) return std::string(own);
  return (type == FactType::boolean ? say_text("whether ") : std::string()) + std::string(label());
}

Result<FactDictionary> FactDictionary::parse(const CsvTable& table) {
  for (const auto* column : {"name", "type", "scale", "unit", "maximum", "chinese", "english", "unit_chinese",
                             "unit_english", "hint_chinese", "hint_english"}) {
    KX_TRY(position, table.require_column(column));
    static_cast<void>(position);
  }
  FactDictionary dictionary;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    KX_TRY(fact, FactRow(table, row).read());
    fact.index = dictionary.definitions_.size();
    if (!dictionary.positions_.emplace(fact.name, fact.index).second) {
      return table.error_at(row, 0, phrase("the fact {0} stands twice", {fact.name}));
    }
    dictionary.definitions_.push_back(std::move(fact));
  }
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    KX_CHECK(dictionary.read_parts(table, row));
  }
  return dictionary;
}

// A part is a plain yes or no: of parts of parts nobody could say which question is still open.
Status FactDictionary::read_parts(const CsvTable& table, std::size_t row) {
  const std::string_view cell = trim(table.cell(row, "all_of"));
  if (cell.empty()) return {};
  const auto fault = [&](const Words& message) {
    return table.error_at(row, table.find_column("all_of").value_or(0), message);
  };
  FactDefinition& whole = definitions_[row];
  for (const auto name : split(cell, ';')) {
    const FactDefinition* part = find(trim(name));
    if (part == nullptr) return fault(phrase("there is no fact {0}", {trim(name)}));
    const bool are_plain = whole.type == FactType::boolean && part->type == FactType::boolean;
    if (!are_plain || part == &whole || !trim(table.cell(part->index, "all_of")).empty()) {
      return fault(phrase("only a yes-or-no fact has parts, and each part is a yes-or-no fact without parts"));
    }
    whole.all_of.push_back(part->index);
  }
  return {};
}

const FactDefinition* FactDictionary::find(std::string_view name) const {
  const auto found = positions_.find(std::string(name));
  return found == positions_.end() ? nullptr : &definitions_[found->second];
}

FactValue FactValue::of(std::int64_t number) {
  FactValue value;
  value.is_known = true;
  value.number = number;
  return value;
}

FactValue FactValue::of_text(std::string text) {
  FactValue value;
  value.is_known = true;
  value.text = std::move(text);
  return value;
}

FactValue FactValue::between(std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
  FactValue value;
  value.is_known = low && high && *low == *high;
  value.low = low;
  value.high = high;
  return value;
}

FactValue FactValue::one_of(std::vector<std::int64_t> candidates) {
  if (candidates.size() == 1) return of(candidates.front());
  FactValue value;
  value.candidates = std::move(candidates);
  return value;
}

FactValue FactValue::unknown(std::string note) {
  FactValue value;
  value.note = std::move(note);
  return value;
}

std::string format_fact(const FactDefinition& definition, const FactValue& value) {
  std::string text;
  switch (definition.type) {
    case FactType::range:
      text = number_text(definition, value);
      break;
    case FactType::number:
      if (value.is_known) text = number_text(definition, value);
      break;
    case FactType::enumeration:
      if (value.is_known) return joined_options(definition, {value.number}, "|", false);
      text = joined_options(definition, value.candidates, "|", false);
      break;
    case FactType::boolean:
      if (value.is_known) return value.number != 0 ? "yes" : "no";
      break;
    case FactType::day:
      if (value.is_known) return format_day(static_cast<Day>(value.number));
      break;
    case FactType::text:
      text = value.text;
      break;
  }
  return text.empty() ? "unknown" : text;
}

std::string display_fact(const FactDefinition& definition, const FactValue& value) {
  if (!value.shown.empty()) return value.shown;
  std::string text;
  switch (definition.type) {
    case FactType::number:
    case FactType::range: {
      if (definition.type == FactType::range || value.is_known) text = number_text(definition, value);
      const std::string unit =
          value.unit_shown.empty() ? either_text(definition.unit_chinese, definition.unit_english) : value.unit_shown;
      if (!text.empty() && !unit.empty()) text += " " + unit;
      break;
    }
    case FactType::enumeration:
      text = joined_options(definition, value.is_known ? std::vector{value.number} : value.candidates,
                            say(in_context("facts", " or ")), true);
      break;
    case FactType::boolean:
      if (value.is_known) return value.number != 0 ? say_text("yes") : say_text("no");
      break;
    case FactType::day:
    case FactType::text:
      return value.is_known ? format_fact(definition, value) : say_text("unknown");
  }
  return text.empty() ? say_text("unknown") : text;
}

std::vector<std::int64_t> candidates_of(const FactDefinition& definition, const FactValue& value) {
  if (value.is_known) return {value.number};
  if (!value.candidates.empty()) return value.candidates;
  std::vector<std::int64_t> all;
  if (definition.enumeration != nullptr) {
    for (const auto& option : definition.enumeration->options) all.push_back(option.number);
  }
  return all;
}

}  // namespace kuangxun::facts
