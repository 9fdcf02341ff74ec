#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/invocation.h"
#include "db/language/language.h"

// For this folder only: which commands and words there are.
namespace kuangxun::cli {

using Run = Result<int> (*)(Context&);

struct Chosen {
  Run run = nullptr;
  std::string name;
};

// The commands and their words, with the help of each.
class Commands {
 public:
  explicit Commands(Invocation& invocation);

  CLI::App& app() { return app_; }
  // The command that was given; without `run` when none.
  Chosen chosen() const;

 private:
  CLI::App* add(CLI::App& parent, const char* name, Run run, const std::string& help) {
    CLI::App* command = parent.add_subcommand(name, help);
    if (run != nullptr) commands_.emplace_back(command, run);
    return command;
  }
  void add_seconds(CLI::App& command) {
    command.add_option("--seconds", invocation_.seconds, say_text("stop after so many seconds"))
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}))
        ->type_name("N");
  }
  // For a command that may need the person's signature.
  void add_pin_file(CLI::App& command) {
    command.add_option("--pin-file", invocation_.pin_file, say_text("read the PIN from this file (else it is typed)"))
        ->type_name("FILE");
  }
  void add_record_commands();
  void add_criteria_commands();
  void add_exchange_commands();
  void add_person_commands();
  void add_where_commands();
  void add_track_commands();
  void add_marker_options(CLI::App& marker);
  void add_area_commands();
  void add_photo_commands();
  void add_table_commands();
  void add_green_commands();
  void add_green_tables(CLI::App& green);
  void add_green_decisions(CLI::App& green);
  void add_green_records(CLI::App& green);
  void add_upkeep_commands();

  CLI::App app_;
  Invocation& invocation_;
  std::string language_;
  std::vector<std::pair<CLI::App*, Run>> commands_;
};

// What stands below the help of a command.
std::string common_footer();

}  // namespace kuangxun::cli
