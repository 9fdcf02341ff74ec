#include "app/cli/command.h"
#include "app/cli/rules_now.h"
#include "app/columns/table.h"
#include "app/inspect/edit/standing.h"
#include "app/json/json_value.h"
#include "db/base/files.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

JsonValue instant(std::int64_t ms) {
  return ms == 0 ? JsonValue() : JsonValue::string(format_instant(ms, beijing_offset_min));
}

// In whole seconds; null when there is nothing that grows old.
JsonValue age_s(std::int64_t since_ms, std::int64_t now_ms) {
  return since_ms == 0 ? JsonValue() : JsonValue::integer(std::max<std::int64_t>(now_ms - since_ms, 0) / 1000);
}

// What `status` is made of.
struct Facts {
  history::StoreCounts counts;
  office::Standing standing;
  std::int64_t oldest_dispute_ms = 0;
  std::int64_t now_ms = 0;
  std::string clock_problem;
  std::string catalogues;  // the rules in force
  std::vector<std::string> warnings;
};

Result<Facts> read_facts(Context& context) {
  KX_TRY(store, context.office.reader());
  Facts facts;
  facts.now_ms = context.clock().now_ms();
  KX_TRY(counts, store->counts());
  facts.counts = counts;
  KX_TRY(standing, context.office.standing());
  facts.standing = std::move(standing);
  KX_TRY(disputes, store->disputes());
  facts.oldest_dispute_ms = inspect::oldest_dispute_ms(disputes);
  facts.clock_problem = office::clock_problem(facts.standing, facts.counts, facts.now_ms);
  facts.warnings = office::warnings_of(facts.standing, facts.counts, facts.now_ms);
  // Rules that cannot be read are one more thing to mind.
  if (const auto rules = rules_now(context, *store); rules.ok()) {
    facts.catalogues = rules->title;
    facts.warnings.insert(facts.warnings.end(), rules->warnings.begin(), rules->warnings.end());
  } else {
    facts.warnings.push_back(rules.error().message());
  }
  return facts;
}

void add_counts(const Facts& facts, JsonValue& json) {
  const history::StoreCounts& counts = facts.counts;
  json.add("records", JsonValue::integer(counts.records));
  json.add("operations", JsonValue::integer(counts.operations));
  json.add("frames", JsonValue::integer(counts.frames));
  json.add("unsealed_operations", JsonValue::integer(counts.unsealed_operations));
  json.add("unsynced_operations", JsonValue::integer(counts.unsynced_operations));
  json.add("oldest_unsynced", instant(counts.oldest_unsynced_ms));
  json.add("oldest_unsynced_age_s", age_s(counts.oldest_unsynced_ms, facts.now_ms));
  json.add("disputes", JsonValue::integer(counts.disputes));
  json.add("oldest_dispute", instant(facts.oldest_dispute_ms));
  json.add("oldest_dispute_age_s", age_s(facts.oldest_dispute_ms, facts.now_ms));
  json.add("parked", JsonValue::integer(counts.parked));
  json.add("quarantined", JsonValue::integer(counts.quarantined));
  json.add("oldest_quarantined", instant(counts.oldest_quarantined_ms));
  json.add("quarantine_age_s", age_s(counts.oldest_quarantined_ms, facts.now_ms));
  json.add("hidden_by_county", JsonValue::integer(counts.hidden_own));
  json.add("forks", JsonValue::integer(counts.forks));
  json.add("contradictions", JsonValue::integer(counts.contradictions));
  json.add("lost_signatures", JsonValue::integer(counts.lost_signatures));
  json.add("unreadable", JsonValue::integer(counts.unreadable));
  json.add("pending", JsonValue::integer(counts.pending));
}

JsonValue status_json(Context& context, const Facts& facts) {
  const office::Standing& standing = facts.standing;
  JsonValue json = JsonValue::object();
  json.add("data", JsonValue::string(context.office.folder().string()));
  json.add("enrolled", JsonValue::boolean(standing.is_enrolled()));
  json.add("county_url", JsonValue::string_or_null(standing.county.url));
  json.add("device_name", JsonValue::string_or_null(standing.device_name));
  json.add("device_role", JsonValue::string_or_null(standing.device_role));
  json.add("stored_through", JsonValue::integer(standing.stored_through));
  json.add("applied_through", JsonValue::integer(standing.applied_through));
  add_counts(facts, json);
  json.add("key_missing", JsonValue::boolean(!standing.key_problem.empty()));
  json.add("certificate_until", instant(standing.county.certificate_until_ms));
  json.add("county_time", instant(standing.county.time_ms));
  json.add("clock_ahead_s",
           standing.clock_ahead_ms ? JsonValue::integer(*standing.clock_ahead_ms / 1000) : JsonValue());
  json.add("clock_suspect", JsonValue::boolean(!facts.clock_problem.empty()));
  json.add("disk_free_bytes", JsonValue::integer(free_bytes(context.office.folder())));
  json.add("logs", JsonValue::string_or_null(standing.log_folder.string()));
  json.add("catalogues", JsonValue::string_or_null(facts.catalogues));
  json.add("warnings", JsonValue::strings(facts.warnings));
  return json;
}

std::string minute_or_blank(std::int64_t ms) {
  return ms == 0 ? std::string() : format_minute(ms, beijing_offset_min);
}

std::string with_age(std::uint64_t number, std::int64_t oldest_ms, std::int64_t now_ms) {
  std::string text = std::to_string(number);
  if (number == 0 || oldest_ms == 0) return text;
  return text +
         say_with(" (the oldest of {0}, {1})", {minute_or_blank(oldest_ms), inspect::age_text(now_ms - oldest_ms)});
}

void add_trouble(columns::Table& table, const Facts& facts) {
  const history::StoreCounts& counts = facts.counts;
  const auto add_some = [&](std::string label, std::uint64_t number) {
    if (number > 0) table.add({std::move(label), std::to_string(number)});
  };
  add_some(say_text("own operations the county hides"), counts.hidden_own);
  add_some(say_text("forks kept as proof"), counts.forks);
  add_some(say_text("contradictions of the county"), counts.contradictions);
  add_some(say_text("operations that lost a signature"), counts.lost_signatures);
  add_some(say_text("only a newer program can read"), counts.unreadable);
}

void print_status(Context& context, const Facts& facts) {
  const history::StoreCounts& counts = facts.counts;
  const office::Standing& standing = facts.standing;
  columns::Table table({say_text("data folder"), context.office.folder().string()});
  table.add({say_text("county"),
             standing.is_enrolled() ? standing.county.url : say_text("not enrolled (use enrol URL CODE)")});
  if (!standing.device_name.empty()) table.add({say_text("this laptop"), standing.device_name});
  if (!standing.device_role.empty()) {
    table.add({say_text("role of this laptop"), people::role_label(standing.device_role)});
  }
  if (standing.is_enrolled()) {
    table.add({say_text("stored there of this laptop, through"), std::to_string(standing.stored_through)});
    table.add({say_text("in the county's tables, through"), std::to_string(standing.applied_through)});
  }
  table.add({say_text("records"), std::to_string(counts.records)});
  table.add({say_text("operations"), std::to_string(counts.operations)});
  table.add(
      {say_text("unsynced operations"), with_age(counts.unsynced_operations, counts.oldest_unsynced_ms, facts.now_ms)});
  table.add({say_text("disputes"), with_age(counts.disputes, facts.oldest_dispute_ms, facts.now_ms)});
  table.add({say_text("waiting for earlier operations"), std::to_string(counts.parked)});
  table.add({say_text("quarantined"), with_age(counts.quarantined, counts.oldest_quarantined_ms, facts.now_ms)});
  add_trouble(table, facts);
  table.add({say_text("being typed"), std::to_string(counts.pending)});
  table.add({say_text("rules in force"), facts.catalogues});
  if (standing.county.certificate_until_ms != 0) {
    table.add({say_text("certificate until"), minute_or_blank(standing.county.certificate_until_ms)});
  }
  if (standing.county.time_ms != 0) {
    std::string clock = minute_or_blank(standing.county.time_ms);
    if (standing.clock_ahead_ms) clock += "  " + inspect::clock_difference_text(*standing.clock_ahead_ms);
    table.add({say_text("newest county time"), std::move(clock)});
  }
  table.add({say_text("disk free, MB"), std::to_string(free_bytes(context.office.folder()) / 1'000'000)});
  if (!standing.log_folder.empty()) table.add({say_text("logs"), standing.log_folder.string()});
  table.print(context.out, 120);
  for (const std::string& warning : facts.warnings) {
    context.out << say_text("Mind: ") << columns::fit_cell(warning, 400) << '\n';
  }
}

struct ShowStatus final : Command {
  void describe(WordList& words) override {
    words.about(say_text("this laptop: enrolment, unsynced, quarantined, disk"));
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(facts, read_facts(context));
    if (context.is_json) {
      context.out << json::format_json(status_json(context, facts)) << '\n';
    } else {
      print_status(context, facts);
    }
    return exit_done;
  }
};

const Registered<ShowStatus> registered("status", 720);

}  // namespace
}  // namespace kuangxun::cli
