#include "app/cli/command.h"
#include "app/cli/table_words.h"
#include "app/intake/imported_text.h"
#include "app/intake/table_import.h"
#include "app/json/json_value.h"
#include "app/sheets/read_sheet.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

JsonValue imported_json(const intake::Imported& imported) {
  JsonValue json = JsonValue::object();
  json.add("rows", JsonValue::integer(imported.rows));
  json.add("added", JsonValue::integer(imported.added));
  json.add("known", JsonValue::integer(imported.known));
  json.add("replaced", JsonValue::integer(imported.replaced));
  json.add("is_written", JsonValue::boolean(imported.is_written));
  JsonValue differences = JsonValue::array();
  for (const intake::Difference& difference : imported.differences) {
    JsonValue one = JsonValue::object();
    one.add("row", JsonValue::integer(difference.row));
    one.add("record", JsonValue::string(difference.record.text()));
    one.add("subject", JsonValue::string(difference.subject));
    one.add("field", JsonValue::string(difference.field));
    one.add("here", JsonValue::string(difference.here));
    one.add("given", JsonValue::string(difference.given));
    differences.push(std::move(one));
  }
  json.add("differences", std::move(differences));
  json.add("notes", JsonValue::strings(imported.notes));
  JsonValue created = JsonValue::array();
  for (const Uuid& id : imported.made) created.push(JsonValue::string(id.text()));
  json.add("created", std::move(created));
  return json;
}

void print_imported(Context& context, const intake::Imported& imported, bool is_trial) {
  for (const std::string& note : imported.notes) context.out << say("Note: ") << note << '\n';
  for (const intake::Difference& difference : imported.differences) {
    context.out << say("Difference: ") << intake::row_text(difference) << say(in_context("cli", ", "))
                << intake::difference_text(difference) << say_with(" ({0})", {difference.record.text()}) << '\n';
  }
  context.out << intake::summary_text(imported) << '\n';
  if (imported.is_stopped) {
    context.out << say("The table and the records differ, so nothing was entered. Settle it, then keep what stands "
                       "here with --differences keep, or take the table's with --differences replace")
                << '\n';
  } else if (is_trial) {
    context.out << say("This was a trial; nothing was entered") << '\n';
  }
}

struct Import final : Command {
  std::string table;
  std::string file;
  std::string year_text;
  std::string sheet_name;
  bool is_trial = false;
  std::string differences;

  void describe(WordList& words) override {
    words.about(
        say_text("take in a table of returns, funds, plans … (CSV, XLSX), whole or not at all; exit code 1 with the "
                 "differences when it contradicts what stands here"));
    take_table_words(words, table, year_text);
    words.argument("FILE", file, say_text("the file"));
    words.option("--sheet", "NAME", sheet_name, say_text("the sheet (else the first that holds something)"));
    words.flag("--dry-run", is_trial, say_text("a trial that enters nothing"));
    words
        .option("--differences", "keep|replace", differences,
                say_text("where it differs from what stands here: keep that, or replace it (else nothing is entered)"))
        .one_of({"keep", "replace"});
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    intake::ImportOptions options;
    KX_TRY(year, intake::read_table_year(year_text));
    options.year = year;
    options.differences = intake::read_differences(differences);
    options.is_trial = is_trial;
    // Read and understood before the store is opened.
    KX_TRY(sheet, sheets::read_sheet(file, sheet_name));
    KX_TRY(store, options.is_trial ? context.office.reader() : context.office.writer());
    inspect::Desk desk = context.desk(*store);
    KX_TRY(imported, intake::import_table(desk, *intake::find_table_kind(table), sheet, options));
    if (context.is_json) {
      context.out << json::format_json(imported_json(imported)) << '\n';
    } else {
      print_imported(context, imported, is_trial);
    }
    return imported.is_stopped ? exit_answer_is_no : exit_done;
  }
};

const Registered<Import> registered("import", 450);

}  // namespace
}  // namespace kuangxun::cli
