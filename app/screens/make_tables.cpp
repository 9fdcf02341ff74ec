#include "app/green/index.h"
#include "app/intake/table_import.h"
#include "app/screens/table_kinds.h"
#include "db/base/language.h"

// The page that takes tables of offices and mines in, and writes the ones to be filled in.
namespace kuangxun::screens {
namespace {

constexpr std::string_view item_table_prefix = "items-";

// Only where what is read can be about one year that the table need not say.
void add_year(const Making& making, const intake::TableKind& table, TablesView& view) {
  if (!intake::has_year_beside(table)) return;
  view.entries.push_back(slot_text(making, Slot::table_year, "tables.year",
                                   say_text("年度（表里没有这一列时）", "Year, where the table has no such column"),
                                   "2025"));
}

void add_table_entries(const Making& making, const intake::TableKind& table, TablesView& view) {
  add_year(making, table, view);
  view.entries.push_back(
      slot_text(making, Slot::table_sheet, "tables.sheet",
                say_text("工作表（不填：第一张有内容的）", "Sheet (else the first that holds something)")));
  view.differences =
      slot_choice(making, Slot::table_differences, "tables.differences",
                  say_text("与已有的不同时", "Where it differs from what stands"),
                  {{"stop", "", say_text("列出，都不录入", "list it, enter nothing")},
                   {"keep", "keep", say_text("保留已有的，录入其余", "keep what stands, enter the rest")},
                   {"replace", "replace",
                    say_text("改成表里的（原值留在历史里）", "take the table's (the old stays in the history)")}});
}

void add_item_entries(const Making& making, TablesView& view) {
  view.entries.push_back(slot_text(making, Slot::table_label, "tables.label",
                                   say_text("版本名称（不填：日期）", "Name of this version (else the day)")));
  view.entries.push_back(slot_text(making, Slot::table_source, "tables.source",
                                   say_text("录自哪份官方文本", "Copied from which official text")));
  view.is_invented = slot_check(making, Slot::table_is_invented, "tables.is_invented",
                                say_text("虚构的，供练习", "made up, for practice"));
}

void add_buttons(const Making& making, bool is_item_table, TablesView& view) {
  const bool has_path = !view.path.text.empty();
  const bool has_source = !is_item_table || !making.slots[Slot::table_source].empty();
  const std::string no_path = has_path ? std::string() : say_text("先填文件路径", "give the file first");
  view.buttons.push_back({"tables.try",
                          say_text("试读", "Try"),
                          {Command::try_table, {}, {}},
                          Tone::plain,
                          has_path,
                          has_path ? say_text("什么也不录入", "enters nothing") : no_path});
  view.buttons.push_back({"tables.enter",
                          say_text("录入", "Enter"),
                          {Command::enter_table, {}, {}},
                          Tone::accent,
                          has_path && has_source,
                          !has_path ? no_path
                          : !has_source ? say_text("先写明录自哪份官方文本", "say first which text it was copied from")
                                        : std::string()});
  view.write_template = {"tables.write_template",
                         say_text("写出样表", "Write it"),
                         {Command::write_template, {}, {}},
                         Tone::plain,
                         !view.template_path.text.empty()};
}

}  // namespace

SlotChoice kinds_of_tables(const Making& making) {
  std::vector<Option> options;
  for (const intake::TableKind& table : intake::table_kinds()) {
    const std::string word(table.word);
    options.push_back({word, word, std::string(records::kind_of(table.kind).label())});
  }
  if (making.world.green != nullptr) {
    for (const green::Index& index : making.world.green->indexes()) {
      const std::string word = std::string(item_table_prefix) + index.id;
      options.push_back({word, word, say_with("指标表：{0}", "Item table: {0}", {index.title()})});
    }
  }
  return slot_choice(making, Slot::table_kind, "tables.kind", say_text("哪一种表", "Which table"), std::move(options));
}

std::optional<std::string> index_of_items(std::string_view word) {
  if (!word.starts_with(item_table_prefix)) return std::nullopt;
  return std::string(word.substr(item_table_prefix.size()));
}

TablesView make_tables(const Making& making, const std::optional<TableReport>& last) {
  TablesView view;
  view.kind = kinds_of_tables(making);
  view.advice = say_text("CSV 或 XLSX，整表读入或都不读入；年报、台账每行写明矿山名称或采矿许可证号。",
                         "CSV or XLSX, taken in whole or not at all; each row of a table about mines names the mine or "
                         "its licence.");
  view.path = slot_text(making, Slot::table_path, "tables.path", say_text("表格文件", "File"), "/media/usb/2025.xlsx");
  const std::string& word = chosen_text(view.kind);
  const intake::TableKind* table = intake::find_table_kind(word);
  if (table != nullptr) add_table_entries(making, *table, view);
  if (table == nullptr) add_item_entries(making, view);
  view.template_path =
      slot_text(making, Slot::template_path, "tables.template_path",
                say_text("样表写到", "Write the table to be filled in to"), "/media/usb/" + word + ".csv");
  add_buttons(making, table == nullptr, view);
  if (last) view.last = *last;
  return view;
}

}  // namespace kuangxun::screens
