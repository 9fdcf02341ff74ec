#include "app/cli/commands.h"

#include "app/cli/help_text.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

std::string main_footer() {
  return say_text(
      "Without a command the window opens. \"kuangxun COMMAND --help\" tells about one command.\n"
      "To begin: kuangxun init, then kuangxun list mining-right.\n"
      "Exit codes: 0 done; 1 the answer is no (a rule fails, a dispute is open, the log is not sound); 2 wrong use;\n"
      "3 bad input, nothing changed; 4 could not.");
}

std::string kinds_footer() {
  std::string text = common_footer() + say_text("\n\nKinds:");
  for (const auto& kind : records::all_kinds()) {
    text += "\n  " + std::string(kind.name) + std::string(22 - std::min<std::size_t>(20, kind.name.size()), ' ') +
            std::string(kind.label());
  }
  return text;
}

}  // namespace

std::string common_footer() {
  return say_text(
      "--data, --lang, --person and --json go with every command; a place is named by its id or "
      "its exact name.");
}

Commands::Commands(Invocation& invocation)
    : app_(say_text("Kuangxun: field inspection of mines of Tekes County"), "kuangxun"), invocation_(invocation) {
  // Commands inherit these.
  app_.formatter(make_help_formatter());
  app_.set_help_flag("-h,--help", say_text("show this help"));
  app_.footer(common_footer());
  app_.fallthrough();
  app_.require_subcommand(0, 1);
  app_.add_option("--data", invocation.data, say_text("data folder"))->type_name("DIR");
  app_.add_option("--lang", language_, say_text("language"))
      ->check(CLI::IsMember(language_codes()))
      ->type_name(join(language_codes(), "|"));
  app_.add_option("--person", invocation.person,
                  say_text("who acts: id, name or certificate number (else whom person use chose)"))
      ->type_name("ID");
  app_.add_option("--script", invocation.script, say_text("let the window play this file (a window script)"))
      ->type_name("FILE");
  app_.add_flag("--json", invocation.json, say_text("print JSON"));
  add_record_commands();
  add_criteria_commands();
  add_exchange_commands();
  add_person_commands();
  add_where_commands();
  add_track_commands();
  add_area_commands();
  add_photo_commands();
  add_table_commands();
  add_green_commands();
  add_upkeep_commands();
  app_.footer(main_footer());
}

Chosen Commands::chosen() const {
  for (const auto& [command, run] : commands_) {
    if (!command->parsed()) continue;
    const CLI::App* parent = command->get_parent();
    const bool is_nested = parent != nullptr && parent != &app_;
    return {run, (is_nested ? parent->get_name() + " " : "") + command->get_name()};
  }
  return {};
}

void Commands::add_record_commands() {
  CLI::App* init = add(app_, "init", run_init, say_text("make a data folder with the county's registers"));
  init->add_flag("--empty", invocation_.empty, say_text("without the registers"));
  CLI::App* list = add(app_, "list", run_list, say_text("list the records of a kind"));
  list->add_option("KIND", invocation_.kind, say_text("a kind, see below"))->required();
  list->footer(kinds_footer());
  CLI::App* show =
      add(app_, "show", run_show, say_text("show a record with its citations, notes, disputes and children"));
  show->add_option("ID", invocation_.id, say_text("an id, or the exact name of a place"))->required();
  CLI::App* record = add(app_, "record", run_record,
                         say_text("enter the visit of a document with its points, answers, findings, statuses, people "
                                  "and photos, all or nothing"));
  record->add_option("FILE", invocation_.file, say_text("a JSON file; assets/examples/README.md describes it"))
      ->required();
  add_pin_file(*record);
  CLI::App* set =
      add(app_, "set", run_set,
          say_text("edit fields of a record; what was signed cannot be edited, only voided and added anew"));
  set->add_option("ID", invocation_.id, say_text("an id, or the exact name of a place"))->required();
  set->add_option("FIELD=VALUE", invocation_.assignments,
                  say_text("one or more; show names the fields; an empty value clears the field"))
      ->required();
  add_pin_file(*set);
  CLI::App* void_command = add(app_, "void", run_void, say_text("void a record with a reason; it stays visible"));
  void_command->add_option("ID", invocation_.id, say_text("an id, or the exact name of a place"))->required();
  void_command->add_option("REASON", invocation_.reason, say_text("the reason"))->required();
  add_pin_file(*void_command);
  CLI::App* check = add(app_, "check", run_check, say_text("check every rule; exit code 1 when one fails"));
  check->add_option("--site", invocation_.site, say_text("one place only (id or name)"))->type_name("ID");
  check
      ->add_option("--catalogue", invocation_.catalogue,
                   say_text("one catalogue of rules only; a CSV file to try that"))
      ->type_name("ID|FILE");
  check->add_option("--on", invocation_.on, say_text("as of this day (today)"))->type_name("DATE");
  add(app_, "disputes", run_disputes, say_text("list the open disputes; exit code 1 when there is one"));
  CLI::App* resolve =
      add(app_, "resolve", run_resolve,
          say_text("settle a dispute: --take the value of one of its operations, or --value to enter it anew"));
  resolve->add_option("DISPUTE-ID", invocation_.id, say_text("as disputes lists it"))->required();
  CLI::Option* take = resolve->add_option("--take", invocation_.take, say_text("take the value of this operation"))
                          ->type_name("OPERATION");
  resolve->add_option("--value", invocation_.assignments, say_text("enter anew, one or more"))
      ->type_name("FIELD=VALUE")
      ->excludes(take);
  add_pin_file(*resolve);
}

void Commands::add_exchange_commands() {
  CLI::App* enrol = add(app_, "enrol", run_enrol, say_text("enrol this laptop with the county's code"));
  enrol->add_option("URL", invocation_.url, say_text("the county's address, as https://127.0.0.1:8765"))->required();
  enrol->add_option("CODE", invocation_.code, say_text("the code that the county gave"))->required();
  CLI::App* sync = add(app_, "sync", run_sync, say_text("exchange with the county's database"));
  sync->add_option("URL", invocation_.url, say_text("another address (else the one enrolled at)"));
  CLI::App* bundle = add(app_, "bundle", nullptr, say_text("exchange by a stick"));
  bundle->require_subcommand(1);
  CLI::App* write = add(*bundle, "write", run_bundle_write,
                        say_text("write what is not at the county yet into a file that only the county can open"));
  write->add_option("FILE", invocation_.file, say_text(in_context("cli", "the file to write")))->required();
  CLI::App* read = add(*bundle, "read", run_bundle_read, say_text("read the county's answers; only then it is synced"));
  read->add_option("FILE", invocation_.file, say_text("the file that the county gave back"))->required();
}

void Commands::add_person_commands() {
  CLI::App* person = add(app_, "person", nullptr, say_text("the people of this laptop, their PINs"));
  person->require_subcommand(1);
  CLI::App* enrol = add(*person, "enrol", run_person_enrol,
                        say_text("make your own key under a PIN on this laptop, with the code the county gave to you"));
  enrol->add_option("CODE", invocation_.code, say_text("the code that the county gave to you"))->required();
  add_pin_file(*enrol);
  add(*person, "list", run_person_list, say_text("who there is, and whose key is here"));
  CLI::App* pin = add(*person, "pin", run_person_pin, say_text("change the PIN"));
  add_pin_file(*pin);
  pin->add_option("--new-pin-file", invocation_.new_pin_file, say_text("read the new PIN from this file"))
      ->type_name("FILE");
  CLI::App* use = add(*person, "use", run_person_use, say_text("choose who acts unless named; nobody when left out"));
  use->add_option("PERSON", invocation_.id, say_text("id, name or certificate number"));
}

void Commands::add_upkeep_commands() {
  CLI::App* report = add(app_, "report", run_report, say_text("write a paper as PDF"));
  report->add_option("KIND", invocation_.kind, say_text("visit-record"))->required();
  report->add_option("ID", invocation_.id, say_text("id of the visit"))->required();
  report->add_option("-o,--output", invocation_.file, say_text("the file to write"))->required()->type_name("FILE.pdf");
  CLI::App* gps = add(app_, "gps", nullptr, say_text("positions"));
  gps->require_subcommand(1);
  CLI::App* decode =
      add(*gps, "decode", run_gps_decode, say_text("the fixes of a recording or a receiver, one a line, ungated"));
  decode->add_option("FILE|DEVICE", invocation_.file, say_text("a recording of a receiver, or as for gps watch"))
      ->required();
  add_seconds(*decode);
  CLI::App* watch = add(*gps, "watch", run_gps_watch, say_text("fixes as they come, and whether each is evidence"));
  watch
      ->add_option("SOURCE", invocation_.file,
                   say_text("a serial port (/dev/ttyUSB0[@SPEED], or auto to look for one), gpsd://HOST, "
                            "tcp://HOST:PORT, udp://:PORT, or a recording"))
      ->required();
  add_seconds(*watch);
  CLI::App* average =
      add(*gps, "average", run_gps_average, say_text("the mean of fixes at one place, with its standard error"));
  average->add_option("SOURCE", invocation_.file, say_text("as for gps watch"))->required();
  add_seconds(*average);
  average->add_option("--fixes", invocation_.fixes, say_text("stop after so many fixes"))
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{36'000}))
      ->type_name("N");
  average->add_option("--accuracy", invocation_.accuracy, say_text("stop at this accuracy in metres"))->type_name("M");
  add(app_, "verify", run_verify, say_text("prove the log; exit code 1 when something is wrong"));
  add(app_, "rebuild", run_rebuild, say_text("make all tables again from the log"));
  add(app_, "status", run_status, say_text("this laptop: enrolment, unsynced, quarantined, disk"));
}

}  // namespace kuangxun::cli
