#include <algorithm>

#include "app/county/command.h"
#include "app/county/registry.h"
#include "app/county/shared_words.h"
#include "app/county/status_words.h"
#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/county/upward_duty.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;

constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr std::int64_t silent_days_max = 3;

std::string time_or_nothing(std::int64_t utc_ms) {
  return utc_ms == 0 ? std::string() : format_instant(utc_ms, 0);
}

std::uint64_t age_s(std::int64_t now_ms, std::int64_t since_ms) {
  return since_ms == 0 || since_ms > now_ms ? 0 : static_cast<std::uint64_t>((now_ms - since_ms) / 1000);
}

// Of the registry: devices that are silent, operations that are hidden.
void add_registry_facts(JsonValue& facts, const rights::Registry& registry, std::span<const ports::Chain> chains,
                        std::int64_t now_ms) {
  std::uint64_t revoked = 0;
  std::uint64_t silent = 0;
  for (const auto& [writer, device] : registry.devices()) {
    if (device.is_revoked()) {
      ++revoked;
      continue;
    }
    const auto chain = std::ranges::find(chains, writer, &ports::Chain::writer);
    const std::int64_t heard_ms =
        std::max(device.enrolled_at_ms, chain == chains.end() ? std::int64_t{0} : chain->received_at_ms);
    if (now_ms - heard_ms > silent_days_max * day_ms) ++silent;
  }
  std::uint64_t hidden = 0;
  std::int64_t oldest_ms = 0;
  for (const rights::Decision& decision : registry.decisions()) {
    if (!decision.is_hidden) continue;
    // A decision may reach over what has not come.
    const auto chain = std::ranges::find(chains, decision.writer, &ports::Chain::writer);
    const std::uint64_t stored_through = chain == chains.end() ? 0 : chain->stored_through;
    const std::uint64_t last = std::min(decision.range.last, stored_through);
    if (last >= decision.range.first) hidden += last - decision.range.first + 1;
    if (oldest_ms == 0 || decision.decided_at_ms < oldest_ms) oldest_ms = decision.decided_at_ms;
  }
  facts.add("devices", JsonValue::integer(registry.devices().size()));
  facts.add("devices_revoked", JsonValue::integer(revoked));
  facts.add("devices_silent_3_days", JsonValue::integer(silent));
  facts.add("people", JsonValue::integer(registry.persons().size()));
  facts.add("quarantined", JsonValue::integer(hidden));
  facts.add("quarantine_age_s", JsonValue::integer(age_s(now_ms, oldest_ms)));
}

void add_county_facts(JsonValue& facts, const ports::CountyState& state, const StoreAddress& address) {
  facts.add("county_id", JsonValue::string(state.county.text()));
  facts.add("name", JsonValue::string(state.name));
  facts.add("store", JsonValue::string(address.is_sqlite() ? "sqlite" : "postgresql"));
  facts.add("schema_version", JsonValue::integer(sql::SqlStore::schema_version));
  facts.add("incarnation", JsonValue::integer(state.incarnation));
  facts.add("county_epoch", JsonValue::integer(state.epoch));
}

void add_log_facts(JsonValue& facts, const ports::CountyState& state, const ports::CountyCounts& counts,
                   std::span<const ports::Chain> chains, std::int64_t now_ms) {
  std::int64_t last_received_ms = 0;
  for (const ports::Chain& chain : chains) last_received_ms = std::max(last_received_ms, chain.received_at_ms);
  facts.add("frames", JsonValue::integer(counts.frames));
  facts.add("latest_sequence", JsonValue::integer(state.latest_sequence()));
  facts.add("root", JsonValue::string(state.frontier.root().text()));
  facts.add("unapplied_frames", JsonValue::integer(state.latest_sequence() - state.applied_sequence));
  facts.add("apply_lag_s", JsonValue::integer(age_s(now_ms, counts.oldest_unapplied_ms)));
  facts.add("operations", JsonValue::integer(counts.operations));
  facts.add("parked", JsonValue::integer(counts.parked));
  facts.add("forks", JsonValue::integer(counts.forks));
  facts.add("disputes", JsonValue::integer(counts.disputed_records));
  facts.add("attachments_whole", JsonValue::integer(counts.attachments_whole));
  facts.add("attachments_partial", JsonValue::integer(counts.attachments_partial));
  facts.add("last_received_at", JsonValue::string(time_or_nothing(last_received_ms)));
}

void add_upward_facts(JsonValue& facts, const UpwardState& upward) {
  if (!upward.is_reporting) return;
  facts.add("upward_receipted_sequence", JsonValue::integer(upward.receipted_through));
  facts.add("upward_receipted_at", JsonValue::string(time_or_nothing(upward.receipted_at_ms)));
  facts.add("upward_overdue", JsonValue::boolean(upward.is_overdue));
}

void say_warnings(std::ostream& out, const JsonValue& facts, bool is_full, bool is_overdue) {
  const auto is_some = [&](const std::string& name) {
    const JsonValue* value = facts.find(name);
    return value != nullptr && value->text != "0";
  };
  if (is_full) out << say_text("warning: the disk is nearly full, nothing is taken in\n");
  if (is_some("forks")) {
    out << say_text("warning: a laptop's data was copied or restored (forks): find out\n");
  }
  if (is_some("devices_silent_3_days")) {
    out << say_text("note: laptops have not synced for three days\n");
  }
  if (is_some("quarantined")) {
    out << say_text("note: operations are quarantined, see quarantine list\n");
  }
  if (is_overdue) {
    out << say_text(
        "warning: reporting upward is overdue, no new receipt from the prefecture: write a package "
        "(upward write) or read its receipt (upward receipt)\n");
  }
}

// What operations wait for and the county does not have: usually another laptop brings it. After restores of laptops
// and county there may be none that can, and somebody has to say so.
JsonValue awaited_json(const std::vector<ports::AwaitedChain>& awaited, const rights::Registry& registry) {
  JsonValue rows = JsonValue::array();
  for (const ports::AwaitedChain& chain : awaited) {
    JsonValue row = JsonValue::object();
    row.add("device", JsonValue::string(chain.writer.device.text()));
    row.add("device_name", JsonValue::string(registry.device_name(chain.writer)));
    row.add("epoch", JsonValue::integer(chain.writer.epoch));
    row.add("first_sequence", JsonValue::integer(chain.first_sequence));
    row.add("operations", JsonValue::integer(chain.waiting));
    row.add("since", JsonValue::string(format_instant(chain.since_ms, 0)));
    rows.push(std::move(row));
  }
  return rows;
}

void say_awaited(std::ostream& out, const std::vector<ports::AwaitedChain>& awaited, const rights::Registry& registry) {
  for (const ports::AwaitedChain& chain : awaited) {
    const std::string name = registry.device_name(chain.writer);
    out << say_with(
        "note: since {1}, {0} operations wait for operations from {5} on of device \"{2}\" ({3}, epoch "
        "{4}).\n"
        "      Let every laptop sync; if they do not come then, no laptop has them any more: end the "
        "waiting with quarantine end-chain {3} --epoch {4} --reason WHY\n",
        {std::to_string(chain.waiting), format_minute(chain.since_ms, beijing_offset_min),
         name.empty() ? say_text("not enrolled") : name, chain.writer.device.text(), std::to_string(chain.writer.epoch),
         std::to_string(chain.first_sequence)});
  }
}

struct ShowStatus final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("state of the database"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(state, store->state());
    KX_TRY(counts, store->counts());
    KX_TRY(chains, store->all_chains());
    KX_TRY(awaited, store->awaited_chains());
    KX_TRY(registry, read_registry(*store));
    KX_TRY(upward, upward_state(*store, state, context.clock.now_ms()));
    JsonValue facts = JsonValue::object();
    add_county_facts(facts, state, context.address);
    add_registry_facts(facts, registry, chains, context.clock.now_ms());
    add_log_facts(facts, state, counts, chains, context.clock.now_ms());
    add_upward_facts(facts, upward);
    FolderGauge disk(context.address.disk_folder);
    const std::uint64_t free = disk.free_bytes();
    if (!context.address.disk_folder.empty()) facts.add("disk_free_bytes", JsonValue::integer(free));
    if (is_json) {
      JsonValue records = JsonValue::object();
      for (const auto& [kind, count] : counts.records) records.add(kind, JsonValue::integer(count));
      facts.add("records", std::move(records));
      facts.add("awaited", awaited_json(awaited, registry));
      context.out << json::format_json_spaced(facts) << '\n';
      return exit_done;
    }
    context.out << state.name << '\n';
    say_warnings(context.out, facts, free < limits::disk_reserve_bytes, upward.is_overdue);
    say_awaited(context.out, awaited, registry);
    for (const auto& [name, value] : facts.members) {
      if (name != "name") context.out << "  " << status_line(name, value) << '\n';
    }
    for (const auto& [kind, count] : counts.records) {
      if (count > 0) context.out << "  " << record_line(kind, count) << '\n';
    }
    return exit_done;
  }
};

const Registered<ShowStatus> registered("status", 120);

}  // namespace
}  // namespace kuangxun::county
