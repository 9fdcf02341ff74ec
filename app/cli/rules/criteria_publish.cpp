#include "app/cli/command.h"
#include "app/cli/findings.h"
#include "app/criteria/publication.h"
#include "app/criteria/shelf.h"
#include "app/inspect/edit/edit.h"
#include "app/json/json_value.h"
#include "app/printout/check.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/criteria_catalogue.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

// The county would hide it anyway; better told at once.
Status check_may_publish(Context& context, history::RecordStore& store) {
  KX_TRY(all, context.office.people().list(store));
  for (const people::Person& person : all) {
    if (person.id == context.person && person.role == "administrator" && !person.has_ended) return {};
  }
  return Error(ErrorCode::refused,
               phrase("only an administrator publishes rules, on an administrator's laptop; say who with --person"));
}

struct Publish final : Command {
  std::string file_name;
  std::string why;
  std::string catalogue;
  std::string version;
  std::string on;

  void describe(WordList& words) override {
    words.about(say_text("an administrator signs a file of rules; every laptop uses it after its next sync"));
    words.argument("FILE", file_name, say_text("a CSV file, named as the catalogue"));
    words.option("--reason", "TEXT", why, say_text(in_context("cli", "why"))).required();
    words.option("--as", "ID", catalogue, say_text("the catalogue (else the file's name)"));
    words.option("--version", "TEXT", version, say_text("a name of the version, as 2026-1"));
    words.option("--from", "DATE", on, say_text("in force from this day (today)"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(file, criteria::read_catalogue_file(file_name, criteria::CatalogueOrigin::local));
    if (!catalogue.empty()) file.id = catalogue;
    file.version = version;
    file.reason = trim(why);
    if (file.reason.empty()) return Error(ErrorCode::usage, phrase("say why with --reason"));
    KX_TRY(from, printout::day_asked_for(on, context.today()));
    file.from = from;
    KX_TRY(store, context.office.writer());
    KX_CHECK(check_may_publish(context, *store));
    KX_TRY(shelf, context.office.rules(*store));
    KX_TRY(findings, shelf.lint_candidate(file, from));
    if (!findings.empty()) {
      print_findings(context.err, findings);
      return Error(ErrorCode::bad_input,
                   phrase("{0} has {1} findings and was not published", {file_name, std::to_string(findings.size())}));
    }
    KX_TRY(record, criteria::make_publication(*store, file, make_uuid(context.clock(), context.random())));
    inspect::Desk desk = context.desk(*store);
    KX_CHECK(inspect::commit(desk, history::edits_for_new(record)));
    if (context.is_json) {
      JsonValue json = JsonValue::object();
      json.add("id", JsonValue::string(record.id().text()));
      json.add("catalogue", JsonValue::string(file.id));
      json.add("edition", JsonValue::integer(record.integer(records::criteria_catalogue::edition)));
      json.add("from", JsonValue::string(format_day(from)));
      json.add("sha256", JsonValue::string(record.text(records::criteria_catalogue::content_sha256)));
      context.out << json::format_json(json) << '\n';
    } else {
      context.out << say_with("signed: {0}, edition {1}, in force from {2}; every laptop uses it after a sync",
                              {file.id, std::to_string(record.integer(records::criteria_catalogue::edition)),
                               format_day(from)})
                  << '\n';
    }
    return exit_done;
  }
};

const Registered<Publish> registered("criteria publish", 204);

}  // namespace
}  // namespace kuangxun::cli
