#include "tests/db/registers/printed_plan.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "db/base/text.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

constexpr int table_without_title = 4;

std::string without_tags(std::string text) {
  for (const char* tag : {"<sup>", "</sup>", "<b>", "</b>"}) text = replace_all(text, tag, "");
  return text;
}

// Goes through the lines; a table's lines have tabs.
class PlanCutter {
 public:
  explicit PlanCutter(PrintedPlan& plan) : plan_(plan) {}

  void take(std::string_view line) {
    if (line.find('\t') == std::string_view::npos) {
      table_ = nullptr;
      return;
    }
    std::vector<std::string> cells;
    for (const std::string_view cell : split(line, '\t')) cells.push_back(bare(cell));
    if (cells.front().starts_with("专栏")) {
      open(std::atoi(cells.front().c_str() + std::string_view("专栏").size()));
    } else if (table_ == nullptr) {
      if (cells.front() != "序号") return;  // the contents of the book
      open(table_without_title);
      table_->header = cells;
    } else if (table_->header.empty() || cells == table_->header) {
      table_->header = cells;
    } else {
      const int number = std::atoi(cells.front().c_str());
      table_->rows[number > 0 ? number : static_cast<int>(table_->rows.size()) + 1] = cells;
    }
  }

 private:
  void open(int number) { table_ = &plan_.tables[number]; }

  PrintedPlan& plan_;
  PrintedTable* table_ = nullptr;
};

}  // namespace

std::string bare(std::string_view text) {
  std::string result = replace_all(without_tags(std::string(text)), "²", "2");
  std::erase_if(result, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return result;
}

std::optional<PrintedPlan> read_printed_plan() {
  const auto folder = std::filesystem::path(source_folder()) / "../shared/seeds";
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    PrintedPlan plan;
    const std::string whole = text.str();
    plan.text = bare(whole);
    PlanCutter cutter(plan);
    for (const std::string_view line : split(whole, '\n')) cutter.take(line);
    return plan;
  }
  return std::nullopt;
}

}  // namespace kuangxun::tests
