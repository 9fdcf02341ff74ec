#include "app/county/command.h"
#include "app/county/registry.h"
#include "app/county/shared_words.h"
#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;

std::string text_of(const history::SequenceRange& range) {
  const std::string first = std::to_string(range.first);
  if (range.last == limits::sequence_max) return say_with("{0} and on", {first});
  return first + "-" + std::to_string(range.last);
}

struct List final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("list the decisions"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(registry, read_registry(*store));
    std::vector<JsonValue> rows;
    for (const rights::Decision& decision : registry.decisions()) {
      const std::string name = registry.device_name(decision.writer);
      if (!is_json) {
        context.out << decision.record.text() << "  "
                    << (decision.is_hidden ? say_text("hidden") : say_text("released")) << "  " << name << ' '
                    << decision.writer.device.text() << " #" << decision.writer.epoch << "  " << text_of(decision.range)
                    << "  " << format_minute(decision.decided_at_ms, beijing_offset_min) << "  " << decision.reason
                    << '\n';
        continue;
      }
      JsonValue row = JsonValue::object();
      row.add("id", JsonValue::string(decision.record.text()));
      row.add("hidden", JsonValue::boolean(decision.is_hidden));
      row.add("device", JsonValue::string(decision.writer.device.text()));
      row.add("device_name", JsonValue::string(name));
      row.add("epoch", JsonValue::integer(decision.writer.epoch));
      row.add("first_sequence", JsonValue::integer(decision.range.first));
      row.add("last_sequence", JsonValue::integer(decision.range.last));
      row.add("code", JsonValue::integer(static_cast<std::uint64_t>(decision.code)));
      row.add("reason", JsonValue::string(decision.reason));
      row.add("decided_at", JsonValue::string(format_instant(decision.decided_at_ms, 0)));
      rows.push_back(std::move(row));
    }
    if (is_json) print_rows(context.out, rows);
    return exit_done;
  }
};

const Registered<List> registered("quarantine list", 241);

}  // namespace
}  // namespace kuangxun::county
