#include "app/cli/commands.h"
#include "db/language/language.h"

// The commands about green mines.
namespace kuangxun::cli {

void Commands::add_green_commands() {
  CLI::App* green = add(app_, "green", nullptr, say_text("green mines"));
  green->require_subcommand(1);
  add_green_tables(*green);
  add_green_decisions(*green);
  add_green_records(*green);
}

void Commands::add_green_tables(CLI::App& green) {
  GreenWords& words = invocation_.green;
  add(green, "indexes", run_green_indexes,
      say_text("the indexes that are known: when in force, counts, lines, and what was not found"));

  CLI::App* blank = add(green, "template", run_green_template,
                        say_text("write an item table to be filled in from the official text"));
  blank->add_option("INDEX", words.index, say_text("an index, see green indexes"))->required();
  blank->add_option("-o,--output", invocation_.file, say_text("the file to write (CSV)"))
      ->required()
      ->type_name("FILE");

  CLI::App* import = add(green, "import", run_green_import,
                         say_text("check a filled item table and import it as a new version; faults are told with line "
                                  "and column"));
  import->add_option("FILE", invocation_.file, say_text("the filled CSV"))->required();
  import->add_option("--source", invocation_.source, say_text("the text it was copied from"));
  import->add_option("--label", words.label, say_text("name of the version (today's date)"));
  import->add_flag("--invented", words.is_invented, say_text("an invented table, for practice"));
  import->add_flag("--check", words.only_check, say_text("check only"));
  add_pin_file(*import);
}

void Commands::add_green_decisions(CLI::App& green) {
  GreenWords& words = invocation_.green;
  CLI::App* assess = add(green, "assess", run_green_assess,
                         say_text("begin an assessment, with its level and the index in force on its day"));
  CLI::App* tier =
      add(green, "tier", run_green_tier, say_text("a person sets the tier, with the reason; earlier ones stay"));
  for (CLI::App* command : {assess, tier}) {
    command->add_option("MINE", invocation_.id, say_text("id or exact name of a mining right"))->required();
    command->add_option("--on", invocation_.on, say_text("the day (today)"))->type_name("DATE");
    command->add_option("--by", words.by, say_text("by whom (who acts)"));
    add_pin_file(*command);
  }
  assess->add_option("--level", words.level, say_text("national (default) or regional"))
      ->check(CLI::IsMember({"national", "regional"}))
      ->type_name("LEVEL");
  assess->add_option("--index", words.index, say_text("the index (the one in force)"));
  assess->add_option("--table", words.table, say_text("the item table (the newest whole one)"))->type_name("ID");
  tier->add_option("TIER", words.tier, say_text("recommend, cultivate or supervise"))->required();
  tier->add_option("--reason", words.reason, say_text(in_context("cli", "the reason")))->required();
}

void Commands::add_green_records(CLI::App& green) {
  GreenWords& words = invocation_.green;
  CLI::App* record = add(green, "record", run_green_record,
                         say_text("enter items: 12=4.5, 13=na (does not apply), P1a=yes; one or more"));
  CLI::App* step = add(green, "step", run_green_step, say_text("record a step: when, by whom, paper, result"));
  CLI::App* show = add(green, "show", run_green_show, say_text("one assessment, or all of a mine"));
  CLI::App* what_if = add(green, "what-if", run_green_what_if,
                          say_text("which items would lift it to the lines at least effort; exit code 1 when none do"));
  for (CLI::App* command : {record, step, show, what_if}) {
    command
        ->add_option("ID", invocation_.id,
                     say_text("id of an assessment, or id or exact name of a mining right (its newest)"))
        ->required();
  }
  record->add_option("ITEM=VALUE", invocation_.assignments, say_text("item=value"))->required();
  record->add_option("--evidence", words.evidence, say_text("the evidence of these items"));
  step->add_option("STEP", words.step,
                   say_text("self-assessment, prefecture-review, third-party, spot-check, publication, or the "
                            "advisory county-opinion"))
      ->required();
  step->add_option("--document", words.document, say_text("the paper"));
  step->add_option("--result", words.result, say_text("what the paper says"));
  step->add_option("--team", words.team, say_text("people of the third party's team"))->type_name("N");
  step->add_option("--intermediate", words.intermediate, say_text("of intermediate title or above"))->type_name("N");
  step->add_option("--senior", words.senior, say_text("of senior title"))->type_name("N");
  step->add_option("--leader-full-time", words.leader_full_time, say_text("the leader is full-time staff (yes, no)"))
      ->check(CLI::IsMember({"yes", "no"}))
      ->type_name("yes|no");
  step->add_option("--on", invocation_.on, say_text("the day (today)"))->type_name("DATE");
  step->add_option("--by", words.by, say_text("by whom (who acts)"));
  for (CLI::App* command : {record, step}) add_pin_file(*command);
}

}  // namespace kuangxun::cli
