#include <charconv>

#include "app/county/command.h"
#include "app/county/shared_words.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/ledger/administration.h"

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

struct Set final : Command {
  std::string accuracy_m;
  std::string warm_up_fixes;
  std::string fix_age_ms;
  std::string keeps_sentences;
  std::string height_offset_m;
  std::string height_uncertainty_m;
  std::string height_source;
  std::string reason;

  void describe(WordList& words) override {
    words.about(say_text("set it; what is left out stays"));
    words.option("--accuracy", "M", accuracy_m, say_text("accuracy at most, m"));
    words.option("--warm-up", "N", warm_up_fixes, say_text("first fixes left out"));
    words.option("--age", "MS", fix_age_ms, say_text("a fix is not older, ms"));
    words.option("--sentences", "yes|no", keeps_sentences, say_text("keep the receiver's sentences"))
        .one_of({"yes", "no"});
    words.option("--height-offset", "M", height_offset_m, say_text("1985 height minus ellipsoidal, m"));
    words.option("--height-uncertainty", "M", height_uncertainty_m, say_text("its uncertainty, m"));
    words.option("--height-source", "TEXT", height_source, say_text("benchmark or document"));
    take_reason(words, reason);
  }
  Result<int> run(Context& context) override {
    KX_CHECK(check_reason(reason));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    PositioningRules rules = office->county().registry().positioning();
    KX_CHECK(read_gate(rules));
    KX_CHECK(read_height(rules));
    if (!keeps_sentences.empty()) rules.keeps_sentences = keeps_sentences == "yes";
    KX_CHECK(ledger::set_positioning(office->county(), rules, reason));
    return exit_done;
  }

 private:
  Status read_gate(PositioningRules& rules) const {
    if (accuracy_m.empty() && warm_up_fixes.empty() && fix_age_ms.empty()) {
      rules.gate.reset();  // stays as it is
      return {};
    }
    if (!rules.gate) {
      if (accuracy_m.empty()) return Error(ErrorCode::usage, phrase("--accuracy is missing"));
      rules.gate = PositioningRules::Gate{};
    }
    if (!accuracy_m.empty()) {
      KX_TRY(accuracy, millimetres("--accuracy", accuracy_m));
      rules.gate->accuracy_mm_max = accuracy;
    }
    if (!warm_up_fixes.empty()) {
      KX_TRY(fixes, whole("--warm-up", warm_up_fixes));
      rules.gate->warm_up_fixes = static_cast<int>(std::min<std::int64_t>(fixes, 1'000'000));
    }
    if (!fix_age_ms.empty()) {
      KX_TRY(age, whole("--age", fix_age_ms));
      rules.gate->fix_age_ms_max = age;
    }
    return {};
  }
  Status read_height(PositioningRules& rules) const {
    rules.height.reset();
    const bool is_any = !height_offset_m.empty() || !height_uncertainty_m.empty() || !height_source.empty();
    if (!is_any) return {};
    if (height_offset_m.empty() || height_uncertainty_m.empty()) {
      return Error(ErrorCode::usage,
                   phrase("a height offset needs --height-offset, --height-uncertainty and --height-source together"));
    }
    KX_TRY(offset, millimetres("--height-offset", height_offset_m));
    KX_TRY(uncertainty, millimetres("--height-uncertainty", height_uncertainty_m));
    rules.height = {offset, uncertainty, height_source};
    return {};
  }
};

const Registered<Set> registered("positioning set", 251);

}  // namespace
}  // namespace kuangxun::county
