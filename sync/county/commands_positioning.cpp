#include <charconv>
#include <ostream>

#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/county/commands.h"
#include "sync/county/json.h"
#include "sync/county/office.h"
#include "sync/ledger/administration.h"

// What positions must be like to be evidence.
namespace kuangxun::county {
namespace {

using records::PositioningRules;

constexpr int millimetres_scale = 3;

Error not_a_number(std::string_view option, const std::string& text) {
  return Error(ErrorCode::usage, phrase("{0} is not a number: {1}", {option, excerpt(text, 40)}));
}

Result<std::int64_t> millimetres(std::string_view option, const std::string& text) {
  const auto value = parse_decimal(text, millimetres_scale);
  if (value.ok()) return *value;
  return not_a_number(option, text);
}

Result<std::int64_t> whole(std::string_view option, const std::string& text) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc() && end == text.data() + text.size()) return value;
  return not_a_number(option, text);
}

Status read_gate(const PositioningWords& words, PositioningRules& rules) {
  if (words.accuracy_m.empty() && words.warm_up_fixes.empty() && words.fix_age_ms.empty()) {
    rules.gate.reset();  // stays as it is
    return {};
  }
  if (!rules.gate) {
    if (words.accuracy_m.empty()) return Error(ErrorCode::usage, phrase("--accuracy is missing"));
    rules.gate = PositioningRules::Gate{};
  }
  if (!words.accuracy_m.empty()) {
    KX_TRY(accuracy, millimetres("--accuracy", words.accuracy_m));
    rules.gate->accuracy_mm_max = accuracy;
  }
  if (!words.warm_up_fixes.empty()) {
    KX_TRY(fixes, whole("--warm-up", words.warm_up_fixes));
    rules.gate->warm_up_fixes = static_cast<int>(std::min<std::int64_t>(fixes, 1'000'000));
  }
  if (!words.fix_age_ms.empty()) {
    KX_TRY(age, whole("--age", words.fix_age_ms));
    rules.gate->fix_age_ms_max = age;
  }
  return {};
}

Status read_height(const PositioningWords& words, PositioningRules& rules) {
  rules.height.reset();
  const bool is_any =
      !words.height_offset_m.empty() || !words.height_uncertainty_m.empty() || !words.height_source.empty();
  if (!is_any) return {};
  if (words.height_offset_m.empty() || words.height_uncertainty_m.empty()) {
    return Error(ErrorCode::usage,
                 phrase("a height offset needs --height-offset, --height-uncertainty and --height-source together"));
  }
  KX_TRY(offset, millimetres("--height-offset", words.height_offset_m));
  KX_TRY(uncertainty, millimetres("--height-uncertainty", words.height_uncertainty_m));
  rules.height = {offset, uncertainty, words.height_source};
  return {};
}

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

std::string json_of(const PositioningRules& rules) {
  JsonObject json;
  const auto optional = [&](const char* name, bool is_there, const std::string& number) {
    json.add_raw(name, is_there ? number : "null");
  };
  const auto gate = rules.gate.value_or(PositioningRules::Gate());
  optional("accuracy_m_max", rules.gate.has_value(), metres(gate.accuracy_mm_max));
  optional("warm_up_fixes", gate.warm_up_fixes.has_value(), std::to_string(gate.warm_up_fixes.value_or(0)));
  optional("fix_age_ms_max", gate.fix_age_ms_max.has_value(), std::to_string(gate.fix_age_ms_max.value_or(0)));
  json.add("keeps_sentences", rules.keeps_sentences);
  const auto height = rules.height.value_or(PositioningRules::HeightOffset());
  optional("height_offset_m", rules.height.has_value(), metres(height.offset_mm));
  optional("height_offset_uncertainty_m", rules.height.has_value(), metres(height.uncertainty_mm));
  optional("height_source", rules.height.has_value(), JsonObject::quoted(height.source));
  return json.text();
}

}  // namespace

Status positioning(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(state, store->state());
  KX_TRY(heads, store->registry_heads());
  const rights::Registry registry(state.county, heads);
  if (as_json) {
    world.out << json_of(registry.positioning()) << '\n';
  } else {
    say_rules(world.out, registry.positioning());
  }
  return {};
}

Status set_positioning(World& world, const StoreAddress& address, const PositioningWords& words,
                       const std::string& reason) {
  if (trim(reason).empty()) return Error(ErrorCode::usage, phrase("say why with --reason"));
  KX_TRY(office, Office::open({world.clock, world.random}, address, Purpose::write_beside));
  PositioningRules rules = office->county().registry().positioning();
  KX_CHECK(read_gate(words, rules));
  KX_CHECK(read_height(words, rules));
  if (!words.keeps_sentences.empty()) rules.keeps_sentences = words.keeps_sentences == "yes";
  return ledger::set_positioning(office->county(), rules, reason);
}

}  // namespace kuangxun::county
