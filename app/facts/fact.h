#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/facts/unit.h"
#include "db/base/csv.h"
#include "db/records/describe.h"

namespace kuangxun::facts {

enum class FactType : std::uint8_t {
  number,   // an integer scaled by 10^scale, with a unit
  range,    // a sum, count or share of which a lower and an upper bound may be known before the value itself
  boolean,  // 0 or 1
  enumeration,
  day,  // days since 1970-01-01
  text,
};
std::string_view name_of(FactType type);

// What may be asked about a place: assets/criteria/facts.csv says the name, type and unit of each, and where people get
// it.
struct FactDefinition {
  std::size_t index = 0;
  std::string name;
  FactType type = FactType::number;
  int scale = 0;
  std::int64_t maximum = 0;  // scaled; the size that conditions are proved to hold without overflow
  Unit unit;
  const records::EnumerationDescription* enumeration = nullptr;
  std::string chinese;
  std::string english;
  std::string unit_chinese;
  std::string unit_english;
  std::string hint_chinese;
  std::string hint_english;
  // How a yes or no is asked for, where "whether" before the label would not do.
  std::string question_chinese;
  std::string question_english;
  // The facts, by index, that this one sums up: all yes is yes, one no is no. Empty for most.
  std::vector<std::size_t> all_of;
  std::string_view label() const;
  std::string_view hint() const;
  // "whether the fund is set up" of a yes or no, the label of all others.
  std::string question() const;
};

class FactDictionary {
 public:
  static Result<FactDictionary> parse(const CsvTable& table);
  const FactDefinition* find(std::string_view name) const;
  const std::vector<FactDefinition>& definitions() const { return definitions_; }

 private:
  Status read_parts(const CsvTable& table, std::size_t row);

  std::vector<FactDefinition> definitions_;
  std::unordered_map<std::string, std::size_t> positions_;
};

// A class of 专栏14 and what becomes of a key project's schedule: closed lists that only conditions use.
extern const records::EnumerationDescription size_class_enumeration;
extern const records::EnumerationDescription schedule_enumeration;
namespace size_class {
constexpr std::int64_t large = 1, medium = 2, small = 3;
}
namespace schedule {
constexpr std::int64_t not_begun = 1, under_way = 2, completed = 3, completed_late = 4;
}

// What is known of a fact at one place. Unknown unless something says otherwise.
struct FactValue {
  bool is_known = false;
  std::int64_t number = 0;
  std::string text;
  // Of a range, known or not.
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  // An unknown enumeration is one of these; empty means any of its options.
  std::vector<std::int64_t> candidates;
  bool is_disputed = false;
  bool is_example = false;
  // Of a fact that a paper gives: the day from which the paper says so.
  std::optional<std::int32_t> dated;
  // Finished texts: why it is unknown or what it was taken from; what people see instead of the value; its unit where
  // that differs from place to place.
  std::string note;
  std::string shown;
  std::string unit_shown;

  bool operator==(const FactValue&) const = default;

  static FactValue of(std::int64_t number);
  static FactValue of_text(std::string text);
  static FactValue between(std::optional<std::int64_t> low, std::optional<std::int64_t> high);
  static FactValue one_of(std::vector<std::int64_t> candidates);
  static FactValue unknown(std::string note);
};

// By the definition's index.
using FactSet = std::vector<FactValue>;

// For machines: plain decimals, English codes joined by |, "unknown".
std::string format_fact(const FactDefinition& definition, const FactValue& value);
// For people, in the language of the day, with the unit.
std::string display_fact(const FactDefinition& definition, const FactValue& value);
// The options that an enumerated fact may have.
std::vector<std::int64_t> candidates_of(const FactDefinition& definition, const FactValue& value);

}  // namespace kuangxun::facts
