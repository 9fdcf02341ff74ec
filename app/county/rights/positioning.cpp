#include "app/county/command.h"
#include "app/county/registry.h"
#include "app/county/shared_words.h"
#include "db/base/decimal.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;
using records::PositioningRules;

constexpr int millimetres_scale = 3;

std::string metres(std::int64_t value_mm) {
  return format_decimal(value_mm, millimetres_scale);
}

void say_rules(std::ostream& out, const PositioningRules& rules) {
  if (!rules.gate) {
    out << say_text("nothing is set: the program's own limits hold\n");
  } else {
    out << say_with("accuracy at most {0} m", {metres(rules.gate->accuracy_mm_max)}) << '\n';
    if (rules.gate->warm_up_fixes) {
      out << say_with("the first {0} fixes are left out", {std::to_string(*rules.gate->warm_up_fixes)}) << '\n';
    }
    if (rules.gate->fix_age_ms_max) {
      out << say_with("a fix is at most {0} ms old", {std::to_string(*rules.gate->fix_age_ms_max)}) << '\n';
    }
  }
  out << (rules.keeps_sentences ? say_text("the receiver's sentences are kept\n")
                                : say_text("the receiver's sentences are not kept\n"));
  if (!rules.height) {
    out << say_text("no height offset: elevations cannot be compared\n");
    return;
  }
  out << say_with("1985 height = ellipsoidal height {0} m ± {1} m ({2})",
                  {(rules.height->offset_mm < 0 ? "" : "+") + metres(rules.height->offset_mm),
                   metres(rules.height->uncertainty_mm), rules.height->source})
      << '\n';
}

JsonValue json_of(const PositioningRules& rules) {
  using Millimetres = std::optional<std::int64_t>;
  JsonValue json = JsonValue::object();
  const auto gate = rules.gate.value_or(PositioningRules::Gate());
  json.add("accuracy_m_max",
           JsonValue::decimal(rules.gate ? Millimetres(gate.accuracy_mm_max) : Millimetres(), millimetres_scale));
  json.add("warm_up_fixes", gate.warm_up_fixes ? JsonValue::integer(*gate.warm_up_fixes) : JsonValue());
  json.add("fix_age_ms_max", gate.fix_age_ms_max ? JsonValue::integer(*gate.fix_age_ms_max) : JsonValue());
  json.add("keeps_sentences", JsonValue::boolean(rules.keeps_sentences));
  const auto& height = rules.height;
  json.add("height_offset_m",
           JsonValue::decimal(height ? Millimetres(height->offset_mm) : Millimetres(), millimetres_scale));
  json.add("height_offset_uncertainty_m",
           JsonValue::decimal(height ? Millimetres(height->uncertainty_mm) : Millimetres(), millimetres_scale));
  json.add("height_source", height ? JsonValue::string(height->source) : JsonValue());
  return json;
}

struct Positioning final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("what positions must be like to be evidence"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(registry, read_registry(*store));
    if (is_json) {
      context.out << json::format_json_spaced(json_of(registry.positioning())) << '\n';
    } else {
      say_rules(context.out, registry.positioning());
    }
    return exit_done;
  }
};

const Registered<Positioning> registered("positioning", 250);

}  // namespace
}  // namespace kuangxun::county
