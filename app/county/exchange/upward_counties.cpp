#include "app/county/command.h"
#include "app/county/registry.h"
#include "app/county/shared_words.h"
#include "db/base/calendar.h"
#include "db/language/language.h"
#include "sync/upward/ledger.h"
#include "sync/upward/read_package.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;

struct Counties final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("prefecture: the counties"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(counties, upward::trusted_counties(*store));
    std::vector<JsonValue> rows;
    for (const Uuid& county : counties) {
      KX_TRY(own, open_store(context.address, Purpose::read_beside, county));
      upward::Ledger ledger(*own, county);
      KX_TRY(packages, ledger.packages());
      const auto state = own->state();
      const bool is_any = !packages.empty();
      JsonValue facts = JsonValue::object();
      facts.add("county", JsonValue::string(county.text()));
      facts.add("name", JsonValue::string(state.ok() ? state->name : std::string()));
      facts.add("packages", JsonValue::integer(packages.size()));
      facts.add("newest_package", JsonValue::integer(is_any ? packages.back().number : 0));
      facts.add("through_sequence", JsonValue::integer(is_any ? packages.back().through : 0));
      facts.add("read_at",
                JsonValue::string(is_any ? format_instant(packages.back().receipted_at_ms, 0) : std::string()));
      facts.add("frames", JsonValue::integer(state.ok() ? state->latest_sequence() : 0));
      rows.push_back(std::move(facts));
    }
    if (is_json) {
      print_rows(context.out, rows);
      return exit_done;
    }
    for (const JsonValue& row : rows) context.out << json::format_json_spaced(row) << '\n';
    if (rows.empty()) context.out << '\n';
    return exit_done;
  }
};

const Registered<Counties> registered("upward counties", 608);

}  // namespace
}  // namespace kuangxun::county
