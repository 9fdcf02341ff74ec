#include "app/command_line/words.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "app/command_line/nearest.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::command_line {
namespace {

constexpr std::size_t shown_code_points = 80;  // of what was typed: it may be anything

Error wrong(Words message) {
  return {ErrorCode::usage, std::move(message)};
}

}  // namespace

Word::Word(std::string_view names, std::string value, std::string meaning, bool is_required, bool takes_many, Take take)
    : value_(std::move(value)),
      meaning_(std::move(meaning)),
      is_required_(is_required),
      takes_many_(takes_many),
      take_(std::move(take)) {
  for (const std::string_view name : split(names, ',')) {
    if (!name.empty()) names_.emplace_back(name);
  }
}

Word& Word::required() {
  is_required_ = true;
  return *this;
}

Word& Word::optional() {
  is_required_ = false;
  return *this;
}

Word& Word::one_of(std::vector<std::string> choices) {
  choices_ = std::move(choices);
  return *this;
}

Word& Word::within(std::int64_t lowest, std::int64_t highest) {
  lowest_ = lowest;
  highest_ = highest;
  return *this;
}

Word& Word::excludes(std::string_view name) {
  excluded_ = name;
  return *this;
}

bool Word::is_named(std::string_view name) const {
  return std::ranges::find(names_, name) != names_.end();
}

std::string Word::all_names() const {
  return join(names_, ",");
}

Status Word::take(const std::string& typed) {
  if (was_given_ && !takes_many_ && !is_flag()) return wrong(phrase("{0} is given twice", {name()}));
  was_given_ = true;
  if (!choices_.empty() && std::ranges::find(choices_, typed) == choices_.end()) {
    const Words message = phrase("{0} is one of {1}, not \"{2}\"",
                                 {name(), join(choices_, say(", ")), excerpt(typed, shown_code_points)});
    const std::string near = nearest(typed, choices_);
    return wrong(near.empty() ? message : message + proposed(near));
  }
  return take_(*this, typed);
}

Word& WordList::flag(std::string_view names, bool& target, std::string meaning) {
  return add({names, {}, std::move(meaning), false, false, [&target](const Word&, const std::string&) -> Status {
                target = true;
                return {};
              }});
}

Word* WordList::find(std::string_view name) {
  const auto found = std::ranges::find_if(all_, [&](const auto& word) { return word->is_named(name); });
  return found == all_.end() ? nullptr : found->get();
}

Word::Take WordList::taking(std::string& target) {
  return [&target](const Word&, const std::string& typed) -> Status {
    target = typed;
    return {};
  };
}

Word::Take WordList::taking(std::filesystem::path& target) {
  return [&target](const Word&, const std::string& typed) -> Status {
    target = typed;
    return {};
  };
}

Word::Take WordList::taking(std::vector<std::string>& target) {
  return [&target](const Word&, const std::string& typed) -> Status {
    target.push_back(typed);
    return {};
  };
}

Result<std::int64_t> WordList::read_number(const Word& word, const std::string& typed, std::uint64_t most) {
  std::int64_t value = 0;
  const char* end = typed.data() + typed.size();
  const auto [read, failure] = std::from_chars(typed.data(), end, value);
  if (failure == std::errc::invalid_argument || (failure == std::errc() && read != end) || typed.empty()) {
    return wrong(phrase("{0} takes a whole number, not \"{1}\"", {word.name(), excerpt(typed, shown_code_points)}));
  }
  const std::int64_t highest =
      std::min(word.highest(), static_cast<std::int64_t>(std::min<std::uint64_t>(most, INT64_MAX)));
  if (failure == std::errc::result_out_of_range || value < word.lowest() || value > highest) {
    return wrong(phrase(
        "{0} goes from {1} to {2}, not {3}",
        {word.name(), std::to_string(word.lowest()), std::to_string(highest), excerpt(typed, shown_code_points)}));
  }
  return value;
}

Word& WordList::add(Word word) {
  assert((word.is_argument() || find(word.name()) == nullptr) && "a command has a word once");
  all_.push_back(std::make_unique<Word>(std::move(word)));
  return *all_.back();
}

}  // namespace kuangxun::command_line
