#include <ostream>

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/county/commands.h"
#include "sync/county/json.h"
#include "sync/county/office.h"
#include "sync/ledger/administration.h"

// What is kept and not shown, and why.
namespace kuangxun::county {
namespace {

Status check_reason(const std::string& reason) {
  if (!trim(reason).empty()) return {};
  return Error(ErrorCode::usage, phrase("say why with --reason"));
}

std::string text_of(const history::SequenceRange& range) {
  const std::string first = std::to_string(range.first);
  if (range.last == limits::sequence_max) return say_with("{0} and on", {first});
  return first + "-" + std::to_string(range.last);
}

}  // namespace

Status list_decisions(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(state, store->state());
  KX_TRY(heads, store->registry_heads());
  const rights::Registry registry(state.county, heads);
  std::vector<std::string> rows;
  for (const rights::Decision& decision : registry.decisions()) {
    const std::string name = registry.device_name(decision.writer);
    if (!as_json) {
      world.out << decision.record.text() << "  " << (decision.is_hidden ? say_text("hidden") : say_text("released"))
                << "  " << name << ' ' << decision.writer.device.text() << " #" << decision.writer.epoch << "  "
                << text_of(decision.range) << "  " << format_minute(decision.decided_at_ms, beijing_offset_min) << "  "
                << decision.reason << '\n';
      continue;
    }
    JsonObject row;
    row.add("id", decision.record.text());
    row.add("hidden", decision.is_hidden);
    row.add("device", decision.writer.device.text());
    row.add("device_name", name);
    row.add("epoch", std::uint64_t{decision.writer.epoch});
    row.add("first_sequence", decision.range.first);
    row.add("last_sequence", decision.range.last);
    row.add("code", static_cast<std::uint64_t>(decision.code));
    row.add("reason", decision.reason);
    row.add("decided_at", format_instant(decision.decided_at_ms, 0));
    rows.push_back(row.text());
  }
  if (as_json) world.out << '[' << join(rows, ",\n ") << "]\n";
  return {};
}

Status hide(World& world, const StoreAddress& address, const std::string& device, std::uint32_t epoch,
            std::uint64_t first, std::uint64_t last, const std::string& reason) {
  KX_CHECK(check_reason(reason));
  KX_TRY(id, parse_uuid(device));
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  return ledger::quarantine(office->county(), {id, epoch == 0 ? 1 : epoch}, {first, last}, reason);
}

Status end_chain(World& world, const StoreAddress& address, const std::string& device, std::uint32_t epoch,
                 const std::string& reason) {
  KX_CHECK(check_reason(reason));
  KX_TRY(id, parse_uuid(device));
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  return ledger::end_chain(office->county(), {id, epoch == 0 ? 1 : epoch}, reason);
}

Status release(World& world, const StoreAddress& address, const std::string& decision, const std::string& reason) {
  KX_CHECK(check_reason(reason));
  KX_TRY(id, parse_uuid(decision));
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  return ledger::release(office->county(), id, reason);
}

}  // namespace kuangxun::county
