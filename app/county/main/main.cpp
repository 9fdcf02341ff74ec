#include <cassert>
#include <iostream>

#include "app/columns/table.h"
#include "app/county/command.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace {

using namespace kuangxun;

// What goes with every command.
struct Globals {
  std::string language;  // choose_language() has seen it
  std::string store;
  std::string keys;
  std::string disk;
};

command_line::Program describe_program(Globals& globals) {
  command_line::Program program;
  program.name = "kuangxun-county";
  program.beside_all = say_text("--store, --keys, --disk and --lang go with every command.");
  command_line::WordList& words = program.words;
  words.about(say_text("Kuangxun: the county's database"));
  words.option("--lang", join(language_codes(), "|"), globals.language, say_text("language")).one_of(language_codes());
  words.option("--store", "STORE", globals.store, say_text("sqlite:FILE or postgresql://…")).required();
  words.option("--keys", "DIR", globals.keys, say_text("folder of the county's keys (FILE-keys beside a SQLite file)"));
  words.option("--disk", "DIR", globals.disk, say_text("folder whose free space is watched (PostgreSQL)"));
  words.more(
      say_text("\"kuangxun-county COMMAND --help\" tells about one command.\n"
               "Exit codes: 0 done; 1 the answer is no (a rule fails); 2 wrong use; 3 bad input, nothing changed; "
               "4 could not."));
  return program;
}

Result<int> run(const Globals& globals, const command_line::Typed& typed) {
  KX_TRY(address, county::parse_store_address(globals.store, globals.keys));
  if (!globals.disk.empty()) address.disk_folder = globals.disk;
  auto* command = dynamic_cast<county::Command*>(typed.command.get());
  assert(command != nullptr && "a command of kuangxun-county is one of its own");
  SystemClock clock;
  SystemRandom random;
  county::Context context{clock, random, address, std::cout, std::cerr};
  return command->run(context);
}

int report_error(const Error& error) {
  constexpr std::size_t line_width_max = 2000;
  std::cerr << columns::fit_cell(error.message(), line_width_max) << '\n';
  return command_line::exit_code_of(error.code());
}

}  // namespace

int main(int count, char** words) {
  command_line::choose_language(count, words);
  Globals globals;
  command_line::Program program = describe_program(globals);
  const auto typed = command_line::read(program, count, words);
  if (!typed.ok()) return report_error(typed.error());
  if (typed->help) {
    std::cout << *typed->help;
    return command_line::exit_done;
  }
  const Result<int> code = run(globals, *typed);
  return code.ok() ? *code : report_error(code.error());
}
