#include "app/cli/command_line.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "app/cli/commands.h"
#include "app/cli/help_text.h"
#include "app/cli/invocation.h"
#include "app/cli/table.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

// The language must be known before the first help text is made, so it is looked for before anything is taken apart.
void choose_language(int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    std::string_view value = word.starts_with("--lang=") ? word.substr(7) : std::string_view();
    if (word == "--lang" && i + 1 < count) value = words[i + 1];
    if (const auto found = find_language(value)) set_language(*found);
  }
}

int report_error(const Error& error, std::ostream& err) {
  constexpr std::size_t line_width_max = 2000;
  err << "kuangxun: " << fit_cell(error.message(), line_width_max) << '\n';
  return exit_code_of(error.code());
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

// Commands that change nothing leave no trace, in the log neither.
bool is_logged(Run run) {
  constexpr std::array quiet = {run_list,
                                run_show,
                                run_check,
                                run_disputes,
                                run_report,
                                run_gps_decode,
                                run_status,
                                run_person_list,
                                run_coordinates,
                                run_boundary_where,
                                run_boundary_height,
                                run_gps_watch,
                                run_gps_average,
                                run_track_list,
                                run_area_list,
                                run_area_where,
                                run_export_template,
                                run_criteria_list,
                                run_criteria_lint,
                                run_criteria_explain,
                                run_green_indexes,
                                run_green_template,
                                run_green_show,
                                run_green_what_if};
  return std::ranges::find(quiet, run) == quiet.end();
}

// One line: which command, how it ended. Never what was typed: messages about bad input repeat it, so they stay out.
std::string log_line(const std::string& command, const Result<int>& code, std::int64_t took_ms) {
  std::string line = command + " exit=" + std::to_string(code.ok() ? *code : exit_code_of(code.error().code())) +
                     " ms=" + std::to_string(took_ms);
  if (!code.ok() && exit_code_of(code.error().code()) == exit_could_not) line += " error: " + code.error().message();
  return line;
}

Result<int> run(const Invocation& invocation, const Chosen& command, const Ports& ports, std::ostream& out,
                std::ostream& err) {
  const std::filesystem::path folder =
      invocation.data.empty() ? default_data_folder() : std::filesystem::path(invocation.data);
  auto office = std::make_unique<office::Office>(folder, ports.world);
  KX_TRY(person, read_person(invocation.person, *office));
  if (command.run == nullptr) {
    office.reset();
    if (ports.show_window) return ports.show_window(folder, person, invocation.script);
    return Error(ErrorCode::usage, phrase("name a command; kuangxun --help lists them"));
  }
  PinSigner signer(*office, invocation.pin_file);
  Context context{invocation, *office, person, signer, out, err};
  const std::int64_t began_ms = context.clock().steady_ms();
  const Result<int> code = command.run(context);
  if (is_logged(command.run)) office->log(log_line(command.name, code, context.clock().steady_ms() - began_ms));
  if (code.ok() && !invocation.json && !signer.words().empty()) out << signer.words() << '\n';
  return code;
}

}  // namespace

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
      return exit_bad_input;
    case ErrorCode::usage:
      return exit_wrong_use;
    case ErrorCode::unavailable:
    case ErrorCode::busy:
    case ErrorCode::newer_version:
    case ErrorCode::corrupt:
    case ErrorCode::refused:
      return exit_could_not;
  }
  return exit_could_not;
}

std::filesystem::path default_data_folder() {
  const char* data_home = std::getenv("XDG_DATA_HOME");
  if (data_home != nullptr && data_home[0] == '/') return std::filesystem::path(data_home) / "kuangxun";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local/share/kuangxun";
}

int run_command_line(int count, const char* const* words, const Ports& ports, std::ostream& out, std::ostream& err) {
  choose_language(count, words);
  Invocation invocation;
  Commands commands(invocation);
  try {
    commands.app().parse(count, words);
  } catch (const CLI::CallForHelp&) {
    out << commands.app().help();
    return exit_done;
  } catch (const CLI::ParseError& error) {
    return report_error(Error(ErrorCode::usage, phrase("wrong use: {0} (see kuangxun --help)", {words_of(error)})),
                        err);
  }
  const Result<int> code = run(invocation, commands.chosen(), ports, out, err);
  if (!code.ok()) return report_error(code.error(), err);
  out.flush();
  if (!out) {
    return report_error(Error(ErrorCode::unavailable, phrase("the output could not be written")), err);
  }
  return *code;
}

}  // namespace kuangxun::cli
