#include "app/shell/script.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/ui/key.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::shell {
namespace {

enum class Rest { none, number, text };
struct VerbForm {
  std::string_view word;
  ScriptVerb verb;
  bool has_name;
  Rest rest;
};
constexpr std::array<VerbForm, 14> verb_forms = {{
    {"press", ScriptVerb::press, true, Rest::none},
    {"type", ScriptVerb::type, true, Rest::text},
    {"clear", ScriptVerb::clear, true, Rest::none},
    {"choose", ScriptVerb::choose, true, Rest::text},
    {"compose", ScriptVerb::compose, false, Rest::text},
    {"key", ScriptVerb::key, false, Rest::text},
    {"wait", ScriptVerb::wait, false, Rest::text},
    {"gone", ScriptVerb::gone, false, Rest::text},
    {"see", ScriptVerb::see, true, Rest::none},
    {"timeout", ScriptVerb::timeout, false, Rest::number},
    {"idle", ScriptVerb::idle, false, Rest::number},
    {"screenshot", ScriptVerb::screenshot, false, Rest::text},
    {"dump", ScriptVerb::dump, false, Rest::text},
    {"quit", ScriptVerb::quit, false, Rest::none},
}};

std::string_view take_word(std::string_view& text) {
  text = trim(text);
  const std::size_t end = text.find(' ');
  const std::string_view word = text.substr(0, end);
  text = end == text.npos ? std::string_view{} : trim(text.substr(end));
  return word;
}

Error bad_line(int number, std::string_view line) {
  return Error(ErrorCode::bad_input, phrase("line {0} of the window script is wrong: {1}",
                                            {std::to_string(number), first_code_points(line, 80)}));
}

bool is_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr int longest = 3'600'000;
  return error == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= longest;
}

Result<ScriptLine> parse_line(int number, std::string_view line) {
  std::string_view rest = line;
  const std::string_view word = take_word(rest);
  const auto form = std::find_if(verb_forms.begin(), verb_forms.end(),
                                 [&](const VerbForm& candidate) { return candidate.word == word; });
  if (form == verb_forms.end()) return bad_line(number, line);
  ScriptLine result{number, form->verb, {}, {}};
  if (form->has_name) result.name = take_word(rest);
  result.text = rest;
  const bool name_ok = !form->has_name || !result.name.empty();
  const bool rest_ok = form->rest == Rest::none     ? rest.empty()
                       : form->rest == Rest::number ? is_number(rest)
                                                    : !rest.empty();
  const bool key_ok = form->verb != ScriptVerb::key || ui::parse_key(rest).has_value();
  if (!name_ok || !rest_ok || !key_ok) return bad_line(number, line);
  return result;
}

}  // namespace

Result<std::vector<ScriptLine>> parse_script(std::string_view text) {
  std::vector<ScriptLine> lines;
  int number = 0;
  if (!is_clean_utf8(text)) return bad_line(0, "UTF-8");
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.front() == '#') continue;
    KX_TRY(parsed, parse_line(number, line));
    lines.push_back(std::move(parsed));
  }
  return lines;
}

}  // namespace kuangxun::shell
