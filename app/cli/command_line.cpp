#include "app/cli/command_line.h"

#include <cassert>
#include <cstdlib>

#include "app/cli/command.h"
#include "app/columns/table.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

// What goes with every command.
struct Globals {
  std::string data;
  std::string language;  // choose_language() has seen it
  std::string person;
  std::string script;
  bool is_json = false;
};

command_line::Program describe_program(Globals& globals) {
  command_line::Program program;
  program.name = "kuangxun";
  program.needs_command = false;
  program.beside_all = say_text(
      "--data, --lang, --person and --json go with every command; a place is named by its id or "
      "its exact name.");
  WordList& words = program.words;
  words.about(say_text("Kuangxun: field inspection of mines of Tekes County"));
  words.option("--data", "DIR", globals.data, say_text("data folder"));
  words.option("--lang", join(language_codes(), "|"), globals.language, say_text("language")).one_of(language_codes());
  words.option("--person", "ID", globals.person,
               say_text("who acts: id, name or certificate number (else whom person use chose)"));
  words.option("--script", "FILE", globals.script, say_text("let the window play this file (a window script)"));
  words.flag("--json", globals.is_json, say_text("print JSON"));
  words.more(say_text(
      "Without a command the window opens. \"kuangxun COMMAND --help\" tells about one command.\n"
      "To begin: kuangxun init, then kuangxun list mining-right.\n"
      "Exit codes: 0 done; 1 the answer is no (a rule fails, a dispute is open, the log is not sound); 2 wrong "
      "use;\n3 bad input, nothing changed; 4 could not."));
  return program;
}

int report_error(const Error& error, std::ostream& err) {
  constexpr std::size_t line_width_max = 2000;
  err << "kuangxun: " << columns::fit_cell(error.message(), line_width_max) << '\n';
  return command_line::exit_code_of(error.code());
}

// Somebody by id, name or certificate number; whom `person use` chose when nobody is named. An id that nobody has here
// is taken as it is: the person's records may not have come yet.
Result<Uuid> read_person(const std::string& text, office::Office& office) {
  if (text.empty()) return office.people().current();
  const auto id = parse_uuid(text);
  if (id.ok()) return *id;
  const auto store = office.reader();
  if (!store.ok()) return Error(ErrorCode::usage, "--person: " + id.error().words());
  KX_TRY(all, office.people().list(**store));
  const auto found = people::find_person(all, text);
  if (!found.ok()) return Error(ErrorCode::usage, "--person: " + found.error().words());
  return found->id;
}

// One line: which command, how it ended. Never what was typed: messages about bad input repeat it, so they stay out.
std::string log_line(const std::string& command, const Result<int>& code, std::int64_t took_ms) {
  const int exit_code = code.ok() ? *code : command_line::exit_code_of(code.error().code());
  std::string line = command + " exit=" + std::to_string(exit_code) + " ms=" + std::to_string(took_ms);
  if (!code.ok() && exit_code == command_line::exit_could_not) line += " error: " + code.error().message();
  return line;
}

Result<int> run(const Globals& globals, const command_line::Typed& typed, const Ports& ports, std::ostream& out,
                std::ostream& err) {
  const std::filesystem::path folder =
      globals.data.empty() ? default_data_folder() : std::filesystem::path(globals.data);
  auto office = std::make_unique<office::Office>(folder, ports.world);
  KX_TRY(person, read_person(globals.person, *office));
  if (typed.command == nullptr) {
    office.reset();
    if (ports.show_window) return ports.show_window(folder, person, globals.script);
    return Error(ErrorCode::usage, phrase("name a command; kuangxun --help lists them"));
  }
  auto* command = dynamic_cast<Command*>(typed.command.get());
  assert(command != nullptr && "a command of kuangxun is one of its own");
  PinSigner signer(*office, command->pin_file());
  Context context{*office, person, signer, globals.is_json, out, err};
  const std::int64_t began_ms = context.clock().steady_ms();
  const Result<int> code = command->run(context);
  if (command->is_logged()) office->log(log_line(typed.name, code, context.clock().steady_ms() - began_ms));
  if (code.ok() && !globals.is_json && !signer.words().empty()) out << signer.words() << '\n';
  return code;
}

}  // namespace

void Command::take_pin_file(WordList& words) {
  words.option("--pin-file", "FILE", pin_file_, say_text("read the PIN from this file (else it is typed)"));
}

std::filesystem::path default_data_folder() {
  const char* data_home = std::getenv("XDG_DATA_HOME");
  if (data_home != nullptr && data_home[0] == '/') return std::filesystem::path(data_home) / "kuangxun";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local/share/kuangxun";
}

int run_command_line(int count, const char* const* words, const Ports& ports, std::ostream& out, std::ostream& err) {
  command_line::choose_language(count, words);
  Globals globals;
  command_line::Program program = describe_program(globals);
  const auto typed = command_line::read(program, count, words);
  if (!typed.ok()) return report_error(typed.error(), err);
  if (typed->help) {
    out << *typed->help;
    return exit_done;
  }
  const Result<int> code = run(globals, *typed, ports, out, err);
  if (!code.ok()) return report_error(code.error(), err);
  out.flush();
  if (!out) {
    return report_error(Error(ErrorCode::unavailable, phrase("the output could not be written")), err);
  }
  return *code;
}

}  // namespace kuangxun::cli
