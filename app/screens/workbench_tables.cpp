#include "app/green/actions.h"
#include "app/green/item_table.h"
#include "app/intake/imported_text.h"
#include "app/screens/table_kinds.h"
#include "app/screens/workbench.h"
#include "db/base/files.h"
#include "db/base/language.h"
#include "db/base/limits.h"

namespace kuangxun::screens {
namespace {

TableReport report_of(const std::string& file, const intake::Imported& imported, bool is_trial) {
  TableReport report{file, intake::summary_text(imported), Tone::good, imported.notes, {}};
  for (const intake::Difference& difference : imported.differences) {
    report.differences.push_back({intake::row_text(difference), intake::difference_text(difference), {}, Tone::unsure});
  }
  if (is_trial) {
    report.summary += say_text("。只是试读，什么也没有录入", ". This was a trial; nothing was entered");
    report.tone = imported.differences.empty() ? Tone::plain : Tone::unsure;
  } else if (imported.is_stopped) {
    report.summary += say_text("。与已有的不同，什么也没有录入；核对后选“保留”或“改成”再录入",
                               ". It differs from what stands here, so nothing was entered; settle it, then enter it "
                               "with \"keep\" or \"take\"");
    report.tone = Tone::unsure;
  }
  return report;
}

TableReport report_of_items(const std::string& file, const green::TableReading& reading, const green::Index& index,
                            bool is_trial) {
  TableReport report{file,
                     say_with("读到 {0} 项", "{0} items", {std::to_string(reading.table.items.size())}),
                     Tone::good,
                     reading.faults,
                     {}};
  for (const std::string& gap : green::gaps_of(reading.table, index)) {
    report.notes.push_back(say_text("不全：", "not whole: ") + gap);
  }
  if (!report.notes.empty()) report.tone = reading.faults.empty() ? Tone::unsure : Tone::bad;
  report.summary += is_trial ? say_text("。只是试读，什么也没有录入", ". This was a trial; nothing was entered")
                             : say_text("，已录入", ", entered");
  return report;
}

}  // namespace

Result<TableReport> Workbench::read_table(bool is_trial) {
  const std::filesystem::path path = path_of(slots_[Slot::table_path]);
  const std::string word = table_word();
  if (const auto index = index_of_items(word)) return read_items(path, *index, is_trial);
  intake::ImportOptions options;
  options.is_trial = is_trial;
  options.differences = intake::read_differences(slots_[Slot::table_differences]);
  const intake::TableKind& table = *intake::find_table_kind(word);
  KX_TRY(year, table_year(table));
  options.year = year;
  KX_TRY(sheet, sheets::read_sheet(path, slots_[Slot::table_sheet]));
  KX_TRY(imported, intake::import_table(world_.desk, table, sheet, options));
  return report_of(path.filename().string(), imported, is_trial);
}

Result<TableReport> Workbench::read_items(const std::filesystem::path& path, const std::string& index_id,
                                          bool is_trial) {
  const std::string file = path.filename().string();
  KX_TRY(text, read_text_file(path, limits::csv_bytes_max));
  KX_TRY(reading, green::read_item_table(text, file, *world_.green));
  if (reading.index_id != index_id) {
    return Error(ErrorCode::bad_input,
                 say_with("{0} 是另一套指标（{1}）的表，请先选它",
                          "{0} is a table of another index ({1}); choose that one", {file, reading.index_id}));
  }
  const green::Index& index = *world_.green->find(index_id);
  if (!is_trial) {
    KX_TRY(table, green::import_table(world_.desk, reading,
                                      {slots_[Slot::table_label], slots_[Slot::table_source], file,
                                       slots_.is_on(Slot::table_is_invented)}));
    (void)table;
  }
  return report_of_items(file, reading, index, is_trial);
}

// Large tables take a while; a worker has the store meanwhile.
Status Workbench::press_table(const Press& press) {
  const bool is_trial = press.command == Command::try_table;
  const auto report = std::make_shared<std::optional<TableReport>>();
  table_report_.reset();
  exchange(
      {say_text("正在读表…", "Reading the table…"),
       say_text("请稍候；整表读入，或都不读入。", "Please wait; it is taken in whole or not at all.")},
      [this, report, is_trial]() -> Status {
        KX_TRY(read, read_table(is_trial));
        *report = std::move(read);
        return {};
      },
      [this, report, press](const Status& status) {
        table_report_ = std::move(*report);
        // What was decided about one table is not meant for the next.
        if (status.ok() && press.command == Command::enter_table) {
          for (const Slot slot : {Slot::table_differences, Slot::table_is_invented}) slots_[slot].clear();
        }
        take_outcome(press, status);
      });
  return {};
}

Status Workbench::write_template() {
  const std::filesystem::path path = path_of(slots_[Slot::template_path]);
  const std::string word = table_word();
  std::string text;
  if (const auto index = index_of_items(word)) {
    text = green::template_of(*world_.green->find(*index));
  } else {
    const intake::TableKind& table = *intake::find_table_kind(word);
    KX_TRY(year, table_year(table));
    KX_TRY(made, intake::make_template(world_.desk.store, table, year));
    text = std::move(made);
  }
  KX_CHECK(write_file_durably(path, as_bytes(text)));
  message_ = {say_with("已写出 {0}", "wrote {0}", {path.string()}), Tone::good};
  return {};
}

// What is typed counts only where it is asked for.
Result<std::optional<int>> Workbench::table_year(const intake::TableKind& table) const {
  return intake::has_year_beside(table) ? intake::read_table_year(slots_[Slot::table_year]) : std::optional<int>();
}

std::string Workbench::table_word() const {
  return chosen_text(kinds_of_tables(making()));
}

}  // namespace kuangxun::screens
