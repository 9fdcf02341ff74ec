#include "app/cli/commands.h"

namespace kuangxun::cli {

void Commands::add_criteria_commands() {
  CLI::App* criteria =
      add(app_, "criteria", nullptr, say_text("the rules: which are in force, lint, explain, publish"));
  criteria->require_subcommand(1);
  const auto add_on = [this](CLI::App& command) {
    command.add_option("--on", invocation_.on, say_text("as of this day (today)"))->type_name("DATE");
  };
  CLI::App* list = add(*criteria, "list", run_criteria_list,
                       say_text("which edition of each catalogue is in force, and why others are not"));
  add_on(*list);
  CLI::App* lint = add(*criteria, "lint", run_criteria_lint,
                       say_text("look through a file of rules, with line, column and character; all of this laptop "
                                "without one; exit code 3 when something is wrong"));
  lint->add_option("FILE", invocation_.file, say_text("a CSV file"));
  add_on(*lint);
  CLI::App* explain = add(*criteria, "explain", run_criteria_explain,
                          say_text("what a rule rests on, asks and reads; with --site what it finds there and what "
                                   "would decide it"));
  explain->add_option("RULE", invocation_.id, say_text("id of the rule, like R05"))->required();
  explain->add_option("--site", invocation_.site, say_text("a place (id or name)"))->type_name("ID");
  add_on(*explain);
  CLI::App* publish = add(*criteria, "publish", run_criteria_publish,
                          say_text("an administrator signs a file of rules; every laptop uses it after its next sync"));
  publish->add_option("FILE", invocation_.file, say_text("a CSV file, named as the catalogue"))->required();
  publish->add_option("--reason", invocation_.why, say_text(in_context("cli", "why")))->required();
  publish->add_option("--as", invocation_.catalogue, say_text("the catalogue (else the file's name)"))->type_name("ID");
  publish->add_option("--version", invocation_.version, say_text("a name of the version, as 2026-1"))
      ->type_name("TEXT");
  publish->add_option("--from", invocation_.on, say_text("in force from this day (today)"))->type_name("DATE");
  add_pin_file(*publish);
}

}  // namespace kuangxun::cli
