#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/base/result.h"

namespace kuangxun::command_line {

// One word of a command: an option ("--site ID"), a flag ("--json") or an argument in its place ("FILE").
class Word {
 public:
  using Take = std::function<Status(const Word&, const std::string& typed)>;

  // `names` as "-o,--output", empty for an argument; `value` names what it takes ("FILE"), empty for a flag.
  Word(std::string_view names, std::string value, std::string meaning, bool is_required, bool takes_many, Take take);

  Word& required();
  Word& optional();
  // Only these are taken.
  Word& one_of(std::vector<std::string> choices);
  // Of a number: both included.
  Word& within(std::int64_t lowest, std::int64_t highest);
  // The two cannot stand together; `name` is that of a word described before.
  Word& excludes(std::string_view name);

  bool is_argument() const { return names_.empty(); }
  bool is_flag() const { return value_.empty(); }
  bool is_required() const { return is_required_; }
  bool takes_many() const { return takes_many_; }
  bool is_named(std::string_view name) const;
  // How it is spoken of: "--output", or "FILE" of an argument.
  const std::string& name() const { return names_.empty() ? value_ : names_.back(); }
  // "-o,--output".
  std::string all_names() const;
  const std::vector<std::string>& names() const { return names_; }
  const std::string& value() const { return value_; }
  const std::string& meaning() const { return meaning_; }
  const std::string& excluded() const { return excluded_; }
  std::int64_t lowest() const { return lowest_; }
  std::int64_t highest() const { return highest_; }

  // Puts what was typed where it belongs. usage, with a finished message, when it is not a choice, not a number, out of
  // its range, or the second one where one is taken.
  Status take(const std::string& typed);
  bool was_given() const { return was_given_; }

 private:
  std::vector<std::string> names_;  // the long one last
  std::string value_;
  std::string meaning_;
  bool is_required_;
  bool takes_many_;
  bool was_given_ = false;
  std::vector<std::string> choices_;
  std::string excluded_;
  std::int64_t lowest_ = 0;
  std::int64_t highest_ = std::numeric_limits<std::int64_t>::max();
  Take take_;
};

// What a command is about and which words it takes, each bound to what receives it, which must live as long.
class WordList {
 public:
  // The line beside its name in lists, and the first of its help.
  void about(std::string text) { about_ = std::move(text); }
  // What stands below its help, behind what the program says below each.
  void more(std::string text) { more_ = std::move(text); }

  // An argument in its place, required unless it says otherwise; one that takes many is the last.
  template <class Target>
  Word& argument(std::string value, Target& target, std::string meaning) {
    return add({{}, std::move(value), std::move(meaning), true, is_many<Target>, taking(target)});
  }
  // An option with a value.
  template <class Target>
  Word& option(std::string_view names, std::string value, Target& target, std::string meaning) {
    return add({names, std::move(value), std::move(meaning), false, is_many<Target>, taking(target)});
  }
  Word& flag(std::string_view names, bool& target, std::string meaning);

  const std::string& about() const { return about_; }
  const std::string& more() const { return more_; }
  const std::vector<std::unique_ptr<Word>>& all() const { return all_; }
  // An option or a flag by one of its names; nullptr when there is none.
  Word* find(std::string_view name);

 private:
  template <class Target>
  static constexpr bool is_many = std::same_as<Target, std::vector<std::string>>;

  static Word::Take taking(std::string& target);
  static Word::Take taking(std::filesystem::path& target);
  static Word::Take taking(std::vector<std::string>& target);
  static Result<std::int64_t> read_number(const Word& word, const std::string& typed, std::uint64_t most);
  template <std::integral Number>
  static Word::Take taking(Number& target) {
    return [&target](const Word& word, const std::string& typed) -> Status {
      KX_TRY(value, read_number(word, typed, static_cast<std::uint64_t>(std::numeric_limits<Number>::max())));
      target = static_cast<Number>(value);
      return {};
    };
  }
  Word& add(Word word);

  std::string about_;
  std::string more_;
  std::vector<std::unique_ptr<Word>> all_;  // handles stay where they are
};

}  // namespace kuangxun::command_line
