#include "app/cli/commands.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "app/intake/imported_text.h"
#include "app/sheets/read_sheet.h"
#include "db/base/files.h"
#include "db/language/language.h"

// The commands about tables of offices: import, export template.
namespace kuangxun::cli {
namespace {

std::vector<std::string> table_words() {
  std::vector<std::string> words;
  for (const intake::TableKind& kind : intake::table_kinds()) words.emplace_back(kind.word);
  return words;
}

std::string tables_footer() {
  std::string text = common_footer() + say_text("\n\nTables:");
  for (const intake::TableKind& kind : intake::table_kinds()) {
    text += "\n  " + std::string(kind.word) + std::string(14 - kind.word.size(), ' ') +
            std::string(records::kind_of(kind.kind).label());
  }
  return text;
}

JsonValue strings(const std::vector<std::string>& texts) {
  JsonValue json = JsonValue::array();
  for (const std::string& text : texts) json.push(JsonValue::string(text));
  return json;
}

JsonValue imported_json(const intake::Imported& imported) {
  const auto count = [](std::size_t number) { return JsonValue::integer(static_cast<std::int64_t>(number)); };
  JsonValue json = JsonValue::object();
  json.add("rows", count(imported.rows));
  json.add("added", count(imported.added));
  json.add("known", count(imported.known));
  json.add("replaced", count(imported.replaced));
  json.add("is_written", JsonValue::boolean(imported.is_written));
  JsonValue differences = JsonValue::array();
  for (const intake::Difference& difference : imported.differences) {
    JsonValue one = JsonValue::object();
    one.add("row", count(difference.row));
    one.add("record", JsonValue::string(difference.record.text()));
    one.add("subject", JsonValue::string(difference.subject));
    one.add("field", JsonValue::string(difference.field));
    one.add("here", JsonValue::string(difference.here));
    one.add("given", JsonValue::string(difference.given));
    differences.push(std::move(one));
  }
  json.add("differences", std::move(differences));
  json.add("notes", strings(imported.notes));
  JsonValue created = JsonValue::array();
  for (const Uuid& id : imported.made) created.push(JsonValue::string(id.text()));
  json.add("created", std::move(created));
  return json;
}

void print_imported(Context& context, const intake::Imported& imported) {
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
  } else if (context.invocation.dry_run) {
    context.out << say("This was a trial; nothing was entered") << '\n';
  }
}

}  // namespace

void Commands::add_table_commands() {
  const auto add_table = [this](CLI::App& command) {
    command.add_option("TABLE", invocation_.kind, say_text("which table, see below"))
        ->required()
        ->check(CLI::IsMember(table_words()));
    command.footer(tables_footer());
  };
  const auto add_year = [this](CLI::App& command) {
    command.add_option("--year", invocation_.year, say_text("the year, where the table has no such column"))
        ->type_name("YEAR");
  };
  CLI::App* import = add(app_, "import", run_import,
                         say_text("take in a table of returns, funds, plans … (CSV, XLSX), whole or not at all; exit "
                                  "code 1 with the differences when it contradicts what stands here"));
  add_table(*import);
  import->add_option("FILE", invocation_.file, say_text("the file"))->required();
  add_year(*import);
  import->add_option("--sheet", invocation_.sheet, say_text("the sheet (else the first that holds something)"))
      ->type_name("NAME");
  import->add_flag("--dry-run", invocation_.dry_run, say_text("a trial that enters nothing"));
  import
      ->add_option(
          "--differences", invocation_.differences,
          say_text("where it differs from what stands here: keep that, or replace it (else nothing is entered)"))
      ->check(CLI::IsMember({"keep", "replace"}))
      ->type_name("keep|replace");
  add_pin_file(*import);
  CLI::App* exported = add(app_, "export", nullptr, say_text("write files"));
  exported->require_subcommand(1);
  CLI::App* made =
      add(*exported, "template", run_export_template, say_text("write a CSV to fill in, a row for each mining right"));
  add_table(*made);
  add_year(*made);
  made->add_option("-o,--output", invocation_.file, say_text("the file to write"))->required()->type_name("FILE.csv");
}

Result<int> run_import(Context& context) {
  const Invocation& invocation = context.invocation;
  intake::ImportOptions options;
  KX_TRY(year, intake::read_table_year(invocation.year));
  options.year = year;
  options.differences = intake::read_differences(invocation.differences);
  options.is_trial = invocation.dry_run;
  // Read and understood before the store is opened.
  KX_TRY(sheet, sheets::read_sheet(invocation.file, invocation.sheet));
  KX_TRY(store, options.is_trial ? context.office.reader() : context.office.writer());
  inspect::Desk desk = context.desk(*store);
  KX_TRY(imported, intake::import_table(desk, *intake::find_table_kind(invocation.kind), sheet, options));
  if (invocation.json) {
    context.out << format_json(imported_json(imported)) << '\n';
  } else {
    print_imported(context, imported);
  }
  return imported.is_stopped ? exit_answer_is_no : exit_done;
}

Result<int> run_export_template(Context& context) {
  const Invocation& invocation = context.invocation;
  KX_TRY(year, intake::read_table_year(invocation.year));
  KX_TRY(store, context.office.reader());
  KX_TRY(text, intake::make_template(*store, *intake::find_table_kind(invocation.kind), year));
  KX_CHECK(write_file_durably(invocation.file, Bytes(text.begin(), text.end())));
  if (!invocation.json) context.out << say_with("wrote {0}", {invocation.file}) << '\n';
  return exit_done;
}

}  // namespace kuangxun::cli
