#include "app/cli/criteria_words.h"
#include "app/cli/invocation.h"
#include "app/cli/terminal.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

// Empty when nobody can tell; a sync is none the worse for it.
std::string rules_in_force(Context& context) {
  const auto store = context.office.reader();
  if (!store.ok()) return {};
  auto shelf = open_shelf(context, **store);
  if (!shelf.ok()) return {};
  const auto catalogue = shelf->on(context.today());
  return catalogue.ok() ? (*catalogue)->title() : std::string();
}

// An act that may take minutes: somebody who waits at a terminal sees how far it is.
template <class Act>
auto watched(Context& context, const Act& act) {
  const ProgressLine line(context.err);
  return act(line.running());
}

// In JSON, or for people.
Result<int> show(Context& context, const office::Told& told, JsonValue json = JsonValue::object()) {
  if (context.invocation.json) {
    add_items(told, json);
    context.out << format_json(json) << '\n';
  } else {
    print_told(told, context.out);
  }
  return outcome_of(told, exit_done);
}

}  // namespace

Result<int> run_enrol(Context& context) {
  KX_TRY(enrolled, watched(context, [&](const Running& running) {
           return context.office.enrol(context.invocation.url, context.invocation.code, running);
         }));
  JsonValue json = JsonValue::object();
  json.add("enrolled", JsonValue::boolean(true));
  return show(context, office::tell(enrolled), std::move(json));
}

Result<int> run_sync(Context& context) {
  const std::string rules_before = rules_in_force(context);
  KX_TRY(report, watched(context,
                         [&](const Running& running) { return context.office.sync(context.invocation.url, running); }));
  const Result<int> code = show(context, office::tell(report));
  if (context.invocation.json) return code;
  if (const std::string rules = rules_in_force(context); rules != rules_before) {
    context.out << say_with("the rules in force now: {0}", {rules}) << '\n';
  }
  return code;
}

Result<int> run_bundle_write(Context& context) {
  const std::filesystem::path file = context.invocation.file;
  KX_TRY(written, watched(context, [&](const Running& running) { return context.office.write_bundle(file, running); }));
  return show(context, office::tell(written, file));
}

Result<int> run_bundle_read(Context& context) {
  KX_TRY(report, watched(context, [&](const Running& running) {
           return context.office.read_bundle(context.invocation.file, running);
         }));
  return show(context, office::tell(report));
}

}  // namespace kuangxun::cli
