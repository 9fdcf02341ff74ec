#include "app/county/command.h"
#include "app/county/registry.h"
#include "app/county/shared_words.h"
#include "db/base/calendar.h"
#include "db/language/language.h"
#include "sync/rights/roles.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;

std::string shown_time(std::int64_t utc_ms) {
  return utc_ms == 0 ? std::string() : format_minute(utc_ms, beijing_offset_min);
}

JsonValue json_of(const rights::Device& device, const ports::Chain& chain) {
  JsonValue row = JsonValue::object();
  row.add("id", JsonValue::string(device.writer.device.text()));
  row.add("epoch", JsonValue::integer(device.writer.epoch));
  row.add("name", JsonValue::string(device.name));
  row.add("role", JsonValue::string(rights::role_code(device.role)));
  row.add("revoked", JsonValue::boolean(device.is_revoked()));
  if (device.revoked_from.has_value()) row.add("revoked_from_sequence", JsonValue::integer(*device.revoked_from));
  row.add("enrolled_at", JsonValue::string(format_instant(device.enrolled_at_ms, 0)));
  row.add("last_received_at",
          JsonValue::string(chain.received_at_ms == 0 ? "" : format_instant(chain.received_at_ms, 0)));
  row.add("stored_through", JsonValue::integer(chain.stored_through));
  row.add("applied_through", JsonValue::integer(chain.applied_through));
  return row;
}

struct Devices final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("the laptops that are enrolled"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(registry, read_registry(*store));
    std::vector<JsonValue> rows;
    for (const auto& [writer, device] : registry.devices()) {
      KX_TRY(chains, store->chains({&writer, 1}));
      const ports::Chain& chain = chains.front();
      if (is_json) {
        rows.push_back(json_of(device, chain));
        continue;
      }
      context.out << writer.device.text() << " #" << writer.epoch << "  " << device.name << "  "
                  << rights::role_code(device.role) << "  " << shown_time(device.enrolled_at_ms) << "  "
                  << chain.applied_through << '/' << chain.stored_through;
      if (device.is_revoked()) {
        context.out << say_with("  revoked (from operation {0})", {std::to_string(*device.revoked_from)});
      }
      context.out << '\n';
    }
    if (is_json) print_rows(context.out, rows);
    return exit_done;
  }
};

const Registered<Devices> registered("devices", 210);

}  // namespace
}  // namespace kuangxun::county
