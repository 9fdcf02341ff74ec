#include <algorithm>
#include <ostream>

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/county/commands.h"
#include "sync/county/json.h"
#include "sync/county/office.h"
#include "sync/county/status_words.h"
#include "sync/county/upward_duty.h"

// What the people who run the county want to see.
namespace kuangxun::county {
namespace {

constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr std::int64_t silent_days_max = 3;

std::string time_or_nothing(std::int64_t utc_ms) {
  return utc_ms == 0 ? std::string() : format_instant(utc_ms, 0);
}

std::uint64_t age_s(std::int64_t now_ms, std::int64_t since_ms) {
  return since_ms == 0 || since_ms > now_ms ? 0 : static_cast<std::uint64_t>((now_ms - since_ms) / 1000);
}

// Of the registry: devices that are silent, operations that are hidden.
void add_registry_facts(JsonObject& facts, const rights::Registry& registry, std::span<const ports::Chain> chains,
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
  facts.add("devices", static_cast<std::uint64_t>(registry.devices().size()));
  facts.add("devices_revoked", revoked);
  facts.add("devices_silent_3_days", silent);
  facts.add("people", static_cast<std::uint64_t>(registry.persons().size()));
  facts.add("quarantined", hidden);
  facts.add("quarantine_age_s", age_s(now_ms, oldest_ms));
}

void say_warnings(std::ostream& out, const JsonObject& facts, bool is_full, bool is_overdue) {
  const auto is_some = [&](const std::string& name) {
    const auto found = std::ranges::find(facts.members(), name, &std::pair<std::string, std::string>::first);
    return found != facts.members().end() && found->second != "0";
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
std::string awaited_json(const std::vector<ports::AwaitedChain>& awaited, const rights::Registry& registry) {
  std::vector<std::string> rows;
  for (const ports::AwaitedChain& chain : awaited) {
    JsonObject row;
    row.add("device", chain.writer.device.text());
    row.add("device_name", registry.device_name(chain.writer));
    row.add("epoch", std::uint64_t{chain.writer.epoch});
    row.add("first_sequence", chain.first_sequence);
    row.add("operations", chain.waiting);
    row.add("since", format_instant(chain.since_ms, 0));
    rows.push_back(row.text());
  }
  return "[" + join(rows, ", ") + "]";
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

}  // namespace

Status status(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(state, store->state());
  KX_TRY(counts, store->counts());
  KX_TRY(heads, store->registry_heads());
  KX_TRY(chains, store->all_chains());
  KX_TRY(awaited, store->awaited_chains());
  const rights::Registry registry(state.county, heads);
  const std::int64_t now_ms = world.clock.now_ms();
  FolderGauge disk(address.disk_folder);
  std::int64_t last_received_ms = 0;
  for (const ports::Chain& chain : chains) last_received_ms = std::max(last_received_ms, chain.received_at_ms);
  JsonObject facts;
  facts.add("county_id", state.county.text());
  facts.add("name", state.name);
  facts.add("store", std::string(address.is_sqlite() ? "sqlite" : "postgresql"));
  facts.add("schema_version", static_cast<std::uint64_t>(sql::SqlStore::schema_version));
  facts.add("incarnation", std::uint64_t{state.incarnation});
  facts.add("county_epoch", std::uint64_t{state.epoch});
  add_registry_facts(facts, registry, chains, now_ms);
  facts.add("frames", counts.frames);
  facts.add("latest_sequence", state.latest_sequence());
  facts.add("root", state.frontier.root().text());
  facts.add("unapplied_frames", state.latest_sequence() - state.applied_sequence);
  facts.add("apply_lag_s", age_s(now_ms, counts.oldest_unapplied_ms));
  facts.add("operations", counts.operations);
  facts.add("parked", counts.parked);
  facts.add("forks", counts.forks);
  facts.add("disputes", counts.disputed_records);
  facts.add("attachments_whole", counts.attachments_whole);
  facts.add("attachments_partial", counts.attachments_partial);
  facts.add("last_received_at", time_or_nothing(last_received_ms));
  KX_TRY(upward, upward_state(*store, state, now_ms));
  if (upward.is_reporting) {
    facts.add("upward_receipted_sequence", upward.receipted_through);
    facts.add("upward_receipted_at", time_or_nothing(upward.receipted_at_ms));
    facts.add("upward_overdue", upward.is_overdue);
  }
  const std::uint64_t free = disk.free_bytes();
  if (!address.disk_folder.empty()) facts.add("disk_free_bytes", free);
  if (as_json) {
    JsonObject records;
    for (const auto& [kind, count] : counts.records) records.add(kind, count);
    facts.add_raw("records", records.text());
    facts.add_raw("awaited", awaited_json(awaited, registry));
    world.out << facts.text() << '\n';
    return {};
  }
  world.out << state.name << '\n';
  say_warnings(world.out, facts, free < limits::disk_reserve_bytes, upward.is_overdue);
  say_awaited(world.out, awaited, registry);
  for (const auto& [name, value] : facts.members()) {
    if (name != "name") world.out << "  " << status_line(name, value) << '\n';
  }
  for (const auto& [kind, count] : counts.records) {
    if (count > 0) world.out << "  " << record_line(kind, count) << '\n';
  }
  return {};
}

}  // namespace kuangxun::county
