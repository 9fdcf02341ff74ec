#include <algorithm>
#include <map>
#include <set>

#include "app/green/item_table.h"
#include "app/green/table_columns.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"

// Reads what an office filled in with a spreadsheet, and says of every cell that a spreadsheet or a hand has damaged
// where it stands.
namespace kuangxun::green {
namespace {

constexpr std::int64_t item_number_max = 10'000;

bool has_full_width(std::string_view text) {
  const auto is_wide = [](char32_t point) { return point >= 0xFF01 && point <= 0xFF5E; };
  return std::ranges::any_of(code_points(text), is_wide);
}

bool looks_like_a_date(std::string_view text) {
  static constexpr std::string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                                "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string lower = lower_ascii(text);
  const bool has_month = std::ranges::any_of(months, [&](auto month) { return lower.find(month) != lower.npos; });
  const auto separators = std::ranges::count_if(text, [](char c) { return c == '/' || c == '-'; });
  return has_month || separators > 0 || text.find("月") != text.npos;
}

// Why a cell that should hold a plain number does not; empty when nothing special is known.
std::string damage_of_number(std::string_view text) {
  if (has_full_width(text)) return say_text("full-width digits; use plain ones");
  if (looks_like_a_date(text)) {
    return say_text("a spreadsheet seems to have made a date of it; set the column to text and enter it again");
  }
  if (text.find_first_of("eE") != text.npos) {
    return say_text("a spreadsheet seems to have made a power of ten of it; enter it again");
  }
  if (text.find(',') != text.npos) return say_text("no thousands separators");
  if (text.find('%') != text.npos) return say_text("marks, not a percentage");
  return {};
}

class TableReader {
 public:
  TableReader(const CsvTable& csv, const Library& library, TableReading& reading)
      : csv_(csv), library_(library), reading_(reading) {}

  Status read() {
    for (std::size_t i = 0; i < table_columns.size(); ++i) {
      const auto chinese = csv_.find_column(table_columns[i].chinese);
      columns_[i] = chinese ? chinese : csv_.find_column(table_columns[i].english);
      if (columns_[i] || !table_columns[i].is_required) continue;
      const auto missing = csv_.require_column(either(table_columns[i].chinese, table_columns[i].english));
      return missing.error();
    }
    KX_CHECK(find_index());
    for (std::size_t row = 0; row < csv_.row_count(); ++row) read_row(row);
    std::ranges::sort(reading_.table.items, {}, &Item::number);
    check_marks();
    return {};
  }

 private:
  // As table_columns.
  enum Column {
    index,
    number,
    first_level,
    second_level,
    third_level,
    full_marks,
    veto,
    scoring,
    evidence,
    effort,
    effort_note
  };

  std::string cell(std::size_t row, Column column) const {
    return columns_[column] ? std::string(trim(csv_.cell(row, *columns_[column]))) : std::string();
  }
  void fault(std::size_t row, Column column, std::string_view message) {
    reading_.faults.push_back(csv_.error_at(row, columns_[column].value_or(0), message).message());
  }

  Status find_index() {
    for (std::size_t row = 0; row < csv_.row_count(); ++row) {
      const std::string id = cell(row, index);
      if (id.empty()) continue;
      const auto found = library_.require(id);
      if (!found.ok()) return csv_.error_at(row, *columns_[index], found.error().words());
      index_ = *found;
      reading_.index_id = id;
      return {};
    }
    return Error(ErrorCode::bad_input, phrase("{0}: no row names its index", {csv_.name()}));
  }

  bool is_blank(std::size_t row) const {
    for (const Column column :
         {first_level, second_level, third_level, full_marks, veto, scoring, evidence, effort, effort_note}) {
      if (!cell(row, column).empty()) return false;
    }
    return true;
  }

  void read_row(std::size_t row) {
    if (is_blank(row)) return;
    if (const std::string id = cell(row, index); !id.empty() && id != reading_.index_id) {
      fault(row, index, say_with("one index a file; above it is {0}", {reading_.index_id}));
    }
    check_texts(row);
    Item item;
    item.number = number_of(row);
    item.first_level = cell(row, first_level);
    item.second_level = cell(row, second_level);
    item.name = cell(row, third_level);
    item.scoring = cell(row, scoring);
    item.evidence = cell(row, evidence);
    item.effort_note = cell(row, effort_note);
    item.full_marks = decimal(row, full_marks);
    item.effort = decimal(row, effort);
    item.is_veto = is_veto(row);
    if (item.full_marks == 0 && !item.is_veto) {
      fault(row, full_marks, say("only a veto item may have no marks"));
    }
    check_names(row, item);
    reading_.table.items.push_back(std::move(item));
  }

  std::int64_t number_of(std::size_t row) {
    const std::string text = cell(row, number);
    const std::int64_t most = index_->item_count.value_or(item_number_max);
    const auto parsed = parse_decimal(text, 0);
    if (!parsed.ok() || *parsed < 1 || *parsed > most) {
      const std::string damage = damage_of_number(text);
      fault(row, number, damage.empty() ? say_with("a whole number from 1 to {0}", {std::to_string(most)}) : damage);
      return 0;
    }
    const auto [first, is_new] = rows_.emplace(*parsed, row);
    if (!is_new) {
      fault(row, number,
            say_with("number {0} stands on line {1} too", {text, std::to_string(csv_.line(first->second))}));
    }
    return *parsed;
  }

  std::optional<std::int64_t> decimal(std::size_t row, Column column) {
    const std::string text = cell(row, column);
    if (text.empty()) return std::nullopt;
    const auto parsed = parse_decimal(text, marks_scale);
    constexpr std::int64_t most = 100'000'00;
    if (parsed.ok() && *parsed >= 0 && *parsed <= most) return *parsed;
    const std::string damage = damage_of_number(text);
    fault(row, column, !damage.empty() ? damage : parsed.ok() ? say_text("0 to 100000") : parsed.error().message());
    return std::nullopt;
  }

  bool is_veto(std::size_t row) {
    const std::string text = cell(row, veto);
    if (text == "是" || lower_ascii(text) == "yes") return true;
    if (!text.empty() && text != "否" && lower_ascii(text) != "no") {
      fault(row, veto, say("write yes or no, or nothing"));
    }
    return false;
  }

  void check_texts(std::size_t row) {
    for (std::size_t i = 0; i < table_columns.size(); ++i) {
      const std::string text = cell(row, static_cast<Column>(i));
      if (text.starts_with("#") &&
          (text.find('!') != text.npos || text.find("##") != text.npos || text == "#N/A" || text == "#NAME?")) {
        fault(row, static_cast<Column>(i), say("a spreadsheet's error mark; what stood there is lost"));
      } else if (text.find("\xEF\xBF\xBD") != text.npos) {
        fault(row, static_cast<Column>(i), say("damaged characters"));
      }
    }
  }

  void check_names(std::size_t row, const Item& item) {
    const auto& known = index_->first_levels;
    const auto level = std::ranges::find(known, item.first_level, &FirstLevel::chinese);
    const bool all_verified = !known.empty() && std::ranges::all_of(known, &FirstLevel::is_verified);
    if (all_verified && !item.first_level.empty() && level == known.end()) {
      std::vector<std::string> names;
      for (const FirstLevel& one : known) names.push_back(one.chinese);
      fault(row, first_level,
            say_with("no first level \"{0}\"; they are: {1}", {excerpt(item.first_level, 40), join(names, "、")}));
    }
    if (level != known.end() && !level->second_names.empty() && !item.second_level.empty() &&
        std::ranges::find(level->second_names, item.second_level) == level->second_names.end()) {
      fault(row, second_level,
            say_with("\"{0}\" has no second level \"{1}\"; they are: {2}",
                     {level->chinese, excerpt(item.second_level, 40), join(level->second_names, "、")}));
    }
    if (item.name.empty()) return;
    const auto [first, is_new] = names_.emplace(std::tuple(item.first_level, item.second_level, item.name), row);
    if (!is_new) {
      fault(row, third_level,
            say_with("the same third level stands on line {0}", {std::to_string(csv_.line(first->second))}));
    }
  }

  // What cannot become right any more by filling in the rest.
  void check_marks() {
    const ItemTable& table = reading_.table;
    const auto whole = [&](std::string message) { reading_.faults.push_back(csv_.name() + ": " + std::move(message)); };
    if (index_->marks_total && table.marks() > *index_->marks_total) {
      whole(say_with("the marks sum to {0}, more than {1}",
                     {format_marks(table.marks()), format_marks(*index_->marks_total)}));
    }
    for (const FirstLevel& level : index_->first_levels) {
      if (!level.is_verified || !level.full_marks || table.marks_of(level.chinese) <= *level.full_marks) continue;
      whole(say_with("the marks of \"{0}\" sum to {1}, more than {2}",
                     {level.chinese, format_marks(table.marks_of(level.chinese)), format_marks(*level.full_marks)}));
    }
    const bool all_there = index_->item_count && table.items.size() == static_cast<std::size_t>(*index_->item_count) &&
                           std::ranges::all_of(table.items, &Item::is_filled);
    if (!all_there || !reading_.faults.empty()) return;
    for (std::string& gap : gaps_of(table, *index_)) whole(std::move(gap));
  }

  const CsvTable& csv_;
  const Library& library_;
  TableReading& reading_;
  const Index* index_ = nullptr;
  std::array<std::optional<std::size_t>, table_columns.size()> columns_;
  std::map<std::int64_t, std::size_t> rows_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> names_;
};

}  // namespace

Result<TableReading> read_item_table(std::string_view csv, const std::string& file_name, const Library& library) {
  KX_TRY(table, CsvTable::parse(csv, file_name));
  TableReading reading;
  KX_CHECK(TableReader(table, library, reading).read());
  return reading;
}

}  // namespace kuangxun::green
