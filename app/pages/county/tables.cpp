#include "app/green/actions.h"
#include "app/green/item_table.h"
#include "app/intake/imported_text.h"
#include "app/intake/table_import.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/sheets/read_sheet.h"
#include "db/base/files.h"
#include "db/base/limits.h"
#include "db/language/language.h"

// Takes tables of offices and mines in, whole or not at all, and writes the ones to be filled in. Reading happens on a
// worker: what it reads is asked for before, as a value, so that the page may be looked at meanwhile.
namespace kuangxun::pages {
namespace {

using blocks::Tone;

constexpr std::string_view item_table_prefix = "items-";

// What the last reading of a table came to.
struct Report {
  std::string file;
  std::string summary;
  Tone tone = Tone::plain;
  std::vector<std::string> notes = {};
  std::vector<blocks::Fact> differences = {};
};

// What is asked of a reading.
struct Asked {
  std::filesystem::path path;
  std::string table;  // a word of intake::table_kinds(), or "items-" and the id of an index
  bool is_trial = true;
  std::string sheet;
  std::string year;
  std::string differences;  // "": stop; "keep"; "replace"
  std::string label;
  std::string source;
  bool is_invented = false;
};

// The id of the index whose item table it is; nothing when it is none.
std::optional<std::string> index_of_items(std::string_view word) {
  if (!word.starts_with(item_table_prefix)) return std::nullopt;
  return std::string(word.substr(item_table_prefix.size()));
}

// What is typed counts only where it is asked for.
Result<std::optional<int>> year_of(const intake::TableKind& table, const std::string& typed) {
  return intake::has_year_beside(table) ? intake::read_table_year(typed) : std::optional<int>();
}

Report report_of(const std::string& file, const intake::Imported& imported, bool is_trial) {
  Report report{file, intake::summary_text(imported), Tone::good, imported.notes, {}};
  for (const intake::Difference& difference : imported.differences) {
    report.differences.push_back({intake::row_text(difference), intake::difference_text(difference), {}, Tone::unsure});
  }
  if (is_trial) {
    report.summary += say_text(". This was a trial; nothing was entered");
    report.tone = imported.differences.empty() ? Tone::plain : Tone::unsure;
  } else if (imported.is_stopped) {
    report.summary += say_text(
        ". It differs from what stands here, so nothing was entered; settle it, then enter it "
        "with \"keep\" or \"take\"");
    report.tone = Tone::unsure;
  }
  return report;
}

Report report_of_items(const std::string& file, const green::TableReading& reading, const green::Index& index,
                       bool is_trial) {
  Report report{file, say_with("{0} items", {std::to_string(reading.table.items.size())}), Tone::good, reading.faults};
  for (const std::string& gap : green::gaps_of(reading.table, index)) {
    report.notes.push_back(say_text("incomplete: ") + gap);
  }
  if (!report.notes.empty()) report.tone = reading.faults.empty() ? Tone::unsure : Tone::bad;
  report.summary += is_trial ? say_text(". This was a trial; nothing was entered") : say_text(", entered");
  return report;
}

// Off the window's thread: what is read and entered goes over a desk of its own.
Result<Report> read_items(inspect::Desk& desk, const green::Library& green, const Asked& asked,
                          const std::string& index_id) {
  const std::string file = asked.path.filename().string();
  KX_TRY(text, read_text_file(asked.path, limits::csv_bytes_max));
  KX_TRY(reading, green::read_item_table(text, file, green));
  if (reading.index_id != index_id) {
    return Error(ErrorCode::bad_input,
                 phrase("{0} is a table of another index ({1}); choose that one", {file, reading.index_id}));
  }
  if (!asked.is_trial) {
    KX_TRY(table, green::import_table(desk, reading, {asked.label, asked.source, file, asked.is_invented}));
    (void)table;
  }
  return report_of_items(file, reading, *green.find(index_id), asked.is_trial);
}

Result<Report> read_table(inspect::Desk& desk, const green::Library& green, const Asked& asked) {
  if (const auto index = index_of_items(asked.table)) return read_items(desk, green, asked, *index);
  intake::ImportOptions options;
  options.is_trial = asked.is_trial;
  options.differences = intake::read_differences(asked.differences);
  const intake::TableKind& table = *intake::find_table_kind(asked.table);
  KX_TRY(year, year_of(table, asked.year));
  options.year = year;
  KX_TRY(sheet, sheets::read_sheet(asked.path, asked.sheet));
  KX_TRY(imported, intake::import_table(desk, table, sheet, options));
  return report_of(asked.path.filename().string(), imported, asked.is_trial);
}

std::string title(Context&, const Uuid&) {
  return say_text("Tables");
}

class TablesPage final : public Page {
 public:
  explicit TablesPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    blocks::Blocks page;
    page += blocks::Heading{say_text("Import a table")};
    page += blocks::Text{say_text("CSV or XLSX, taken in whole or not at all; each row of a table about mines names "
                                  "the mine or its licence."),
                         Tone::muted};
    blocks::Choice which = choice_of_tables();
    asked_.table = chosen_text(which);
    page += std::move(which);
    blocks::Entry path = own_entry(path_, "tables.path", say_text("File"), "/media/usb/2025.xlsx");
    path.is_wide = false;
    page += std::move(path);
    const intake::TableKind* table = intake::find_table_kind(asked_.table);
    if (table != nullptr) {
      add_table_entries(*table, page);
    } else {
      add_item_entries(page);
    }
    page += buttons(table == nullptr);
    if (last_) add_last(*last_, page);
    page += template_section();
    return page;
  }

 private:
  blocks::Choice choice_of_tables() {
    std::vector<blocks::Option> options;
    for (const intake::TableKind& table : intake::table_kinds()) {
      const std::string word(table.word);
      options.push_back({word, word, std::string(records::kind_of(table.kind).label())});
    }
    for (const green::Index& index : context_.green().indexes()) {
      const std::string word = std::string(item_table_prefix) + index.id;
      options.push_back({word, word, say_with("Item table: {0}", {index.title()})});
    }
    blocks::Choice which = own_choice(asked_.table, "tables.kind", say_text("Which table"), std::move(options));
    which.look = blocks::Choice::Look::list;
    return which;
  }

  void add_table_entries(const intake::TableKind& table, blocks::Blocks& page) {
    blocks::Columns entries{"tables.entries", 2, {}};
    // Only where what is read can be about one year that the table need not say.
    if (intake::has_year_beside(table)) {
      entries.cells +=
          own_entry(asked_.year, "tables.year", say_text("Year, where the table has no such column"), "2025");
    }
    entries.cells += own_entry(asked_.sheet, "tables.sheet", say_text("Sheet (else the first that holds something)"));
    page += std::move(entries);
    page += own_choice(asked_.differences, "tables.differences", say_text("Where it differs from what stands"),
                       {{"stop", "", say_text("list it, enter nothing")},
                        {"keep", "keep", say_text("keep what stands, enter the rest")},
                        {"replace", "replace", say_text("take the table's (the old stays in the history)")}});
  }

  // No question of differences: each item table is a version of its own.
  void add_item_entries(blocks::Blocks& page) {
    blocks::Columns entries{"tables.entries", 2, {}};
    entries.cells += own_entry(asked_.label, "tables.label", say_text("Name of this version (else the day)"));
    entries.cells += own_entry(asked_.source, "tables.source", say_text("Copied from which official text"));
    page += std::move(entries);
    page += own_check(asked_.is_invented, "tables.is_invented", say_text("made up, for practice"));
  }

  blocks::Line buttons(bool is_item_table) {
    const bool has_path = !path_.empty();
    const bool has_source = !is_item_table || !asked_.source.empty();
    const std::string no_path = has_path ? std::string() : say_text("give the file first");
    const std::string no_source = has_source ? std::string() : say_text("say first which text it was copied from");
    blocks::Line line;
    line.blocks += blocks::Button{"tables.try",
                                  say_text("Trial run"),
                                  [this] { return read(true); },
                                  Tone::plain,
                                  has_path,
                                  has_path ? say_text("enters nothing") : no_path};
    line.blocks += blocks::Button{"tables.enter", say_text("Enter"),      [this] { return read(false); },
                                  Tone::accent,   has_path && has_source, has_path ? no_source : no_path};
    return line;
  }

  static void add_last(const Report& last, blocks::Blocks& page) {
    blocks::Section section{last.file, {}};
    section.blocks += blocks::Text{last.summary, last.tone};
    for (const blocks::Fact& difference : last.differences) section.blocks += difference;
    for (const std::string& note : last.notes) section.blocks += blocks::Text{note, Tone::muted};
    page += std::move(section);
  }

  blocks::Section template_section() {
    blocks::Section section{say_text("A table to be filled in"), {}};
    blocks::Entry path =
        own_entry(template_path_, "tables.template_path", say_text("Write the table to be filled in to"),
                  "/media/usb/" + asked_.table + ".csv");
    path.is_wide = false;
    section.blocks += std::move(path);
    section.blocks += blocks::Button{"tables.write_template", say_text("Save template"),
                                     [this] { return write_template(); }, Tone::plain, !template_path_.empty()};
    return section;
  }

  // Large tables take a while.
  Status read(bool is_trial) {
    Asked asked = asked_;
    asked.path = path_of(path_);
    asked.is_trial = is_trial;
    const auto report = std::make_shared<std::optional<Report>>();
    last_.reset();
    context_.run_beside(
        say_text("Reading the table…"),
        [report, asked, &green = context_.green()](inspect::Desk& desk, const Running& running) -> Status {
          KX_CHECK(running.check());
          KX_TRY(done, read_table(desk, green, asked));
          *report = std::move(done);
          return {};
        },
        [this, report, is_trial](const Status& status) {
          last_ = std::move(*report);
          // What was decided about one table is not meant for the next.
          if (status.ok() && !is_trial) {
            asked_.differences.clear();
            asked_.is_invented = false;
          }
          context_.settle(status, [this, is_trial] { return read(is_trial); });
        });
    return {};
  }

  Status write_template() {
    const std::filesystem::path path = path_of(template_path_);
    std::string text;
    if (const auto index = index_of_items(asked_.table)) {
      text = green::template_of(*context_.green().find(*index));
    } else {
      const intake::TableKind& table = *intake::find_table_kind(asked_.table);
      KX_TRY(year, year_of(table, asked_.year));
      KX_TRY(made, intake::make_template(context_.desk().store, table, year));
      text = std::move(made);
    }
    KX_CHECK(write_file_durably(path, as_bytes(text)));
    context_.say({say_with("wrote {0}", {path.string()}), Tone::good});
    return {};
  }

  Context& context_;
  Asked asked_;  // what is chosen and typed, except the paths
  std::string path_;
  std::string template_path_;
  std::optional<Report> last_;
};

const Registered tables_page{{"tables", Where::window, 30, title, make<TablesPage>}};

}  // namespace
}  // namespace kuangxun::pages
