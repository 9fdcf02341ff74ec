#include "app/command_line/reading.h"

#include <algorithm>

#include "app/command_line/help.h"
#include "app/command_line/nearest.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::command_line {
namespace {

constexpr std::size_t shown_code_points = 80;  // of what was typed: it may be anything

Error wrong(Words message) {
  return {ErrorCode::usage, std::move(message)};
}

// Not "-", which is a file's name, nor "-35", which is a number.
bool looks_like_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9');
}

// Goes through the words once, from the left.
class Reading {
 public:
  Reading(Program& program, std::vector<std::string> typed) : program_(program), typed_(std::move(typed)) {}

  Result<Typed> read() {
    Status status = take_all();
    // Who asks for help gets it, whatever else is wrong.
    if (asks_help_) {
      std::string help = help_text(program_, name_, command_ ? words_ : program_.words);
      return Typed{name_, nullptr, std::move(help)};
    }
    if (status.ok()) status = give_arguments();
    if (status.ok()) status = check_complete();
    if (!status.ok()) {
      const std::string command = program_.name + (name_.empty() ? "" : " " + name_);
      return wrong(phrase("wrong use: {0} (see {1} --help)", {status.error().words(), command}));
    }
    return Typed{name_, std::move(command_), std::nullopt};
  }

 private:
  // With help asked for, the rest still says of which command; the first problem is the one that is told.
  Status take_all() {
    Status first;
    while (at_ < typed_.size()) {
      const std::string& word = typed_[at_++];
      Status status;
      if (word == "--" && !is_over_) {
        is_over_ = true;
      } else if (!is_over_ && looks_like_option(word)) {
        status = take_option(word);
      } else {
        status = take_plain(word);
      }
      if (first.ok()) first = std::move(status);
    }
    return first;
  }

  Word* find(std::string_view name) {
    Word* found = words_.find(name);
    return found != nullptr ? found : program_.words.find(name);
  }

  Status take_option(const std::string& typed) {
    const bool is_long = typed.starts_with("--");
    const std::size_t end = is_long ? typed.find('=') : (typed.size() > 2 ? 2 : std::string::npos);
    const std::string name = typed.substr(0, end);
    if (name == "--help" || name == "-h") {
      asks_help_ = true;
      return {};
    }
    Word* word = find(name);
    if (word == nullptr) return unknown_option(name);
    const bool has_value = end != std::string::npos;
    if (word->is_flag()) {
      return has_value ? Status(wrong(phrase("{0} takes no value", {name}))) : word->take({});
    }
    if (has_value) return word->take(typed.substr(is_long ? end + 1 : end));
    if (at_ == typed_.size() || is_known_option(typed_[at_])) {
      return wrong(phrase("something is missing after {0}", {name}));
    }
    KX_CHECK(word->take(typed_[at_++]));
    while (word->takes_many() && at_ < typed_.size() && !looks_like_option(typed_[at_])) {
      KX_CHECK(word->take(typed_[at_++]));
    }
    return {};
  }

  bool is_known_option(const std::string& typed) {
    const std::string name = typed.substr(0, typed.find('='));
    return name == "--" || name == "--help" || name == "-h" || find(name) != nullptr;
  }

  Status take_plain(const std::string& typed) {
    const Entry* below = nullptr;
    for (const Entry* entry : commands_below(name_)) {
      if (last_word(entry->words) == typed && plain_.empty() && !is_over_) below = entry;
    }
    if (below != nullptr) {
      name_ = below->words;
      command_ = below->make();
      words_ = WordList();
      command_->describe(words_);
      return {};
    }
    const bool takes_words =
        command_ != nullptr && std::ranges::any_of(words_.all(), [](const auto& word) { return word->is_argument(); });
    if (!takes_words && !commands_below(name_).empty()) return unknown_command(typed);
    plain_.push_back(typed);
    return {};
  }

  Status unknown_command(const std::string& typed) {
    std::vector<std::string> names;
    for (const Entry* entry : commands_below(name_)) names.emplace_back(last_word(entry->words));
    const std::string shown = excerpt(typed, shown_code_points);
    const Words message = name_.empty() ? phrase("there is no command \"{0}\"", {shown})
                                        : phrase("\"{0}\" has no command \"{1}\"", {name_, shown});
    const std::string near = nearest(typed, names);
    return wrong(near.empty() ? message : message + proposed(near));
  }

  Status unknown_option(const std::string& name) {
    std::vector<std::string> names = {"--help"};
    for (const WordList* words : {&std::as_const(words_), &std::as_const(program_.words)}) {
      for (const auto& word : words->all()) names.insert(names.end(), word->names().begin(), word->names().end());
    }
    const std::string shown = excerpt(name, shown_code_points);
    const Words message =
        name_.empty() ? phrase("there is no option {0}", {shown}) : phrase("\"{0}\" has no option {1}", {name_, shown});
    const std::string near = nearest(name, names);
    return wrong(near.empty() ? message : message + proposed(near));
  }

  Status give_arguments() {
    auto next = plain_.begin();
    for (const auto& word : words_.all()) {
      if (!word->is_argument()) continue;
      const auto end = word->takes_many() || next == plain_.end() ? plain_.end() : next + 1;
      for (; next != end; ++next) KX_CHECK(word->take(*next));
    }
    if (next == plain_.end()) return {};
    return wrong(phrase("one word too many: {0}", {excerpt(*next, shown_code_points)}));
  }

  Status check_complete() {
    const bool is_without = command_ == nullptr ? program_.needs_command : command_->is_group();
    if (is_without) return wrong(phrase("a command is missing"));
    for (WordList* words : {&words_, &program_.words}) {
      for (const auto& word : words->all()) {
        if (word->is_required() && !word->was_given()) return wrong(phrase("{0} is missing", {word->name()}));
        const Word* excluded = word->excluded().empty() ? nullptr : words->find(word->excluded());
        if (excluded != nullptr && word->was_given() && excluded->was_given()) {
          return wrong(phrase("only one of these options can be used: {0}",
                              {excluded->name() + std::string(say(", ")) + word->name()}));
        }
      }
    }
    return {};
  }

  Program& program_;
  std::vector<std::string> typed_;
  std::size_t at_ = 0;
  bool is_over_ = false;  // the options, by "--"
  bool asks_help_ = false;
  std::string name_;
  std::unique_ptr<Command> command_;
  WordList words_;
  std::vector<std::string> plain_;
};

}  // namespace

void choose_language(int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    std::string_view value = word.starts_with("--lang=") ? word.substr(7) : std::string_view();
    if (word == "--lang" && i + 1 < count) value = words[i + 1];
    if (const auto found = find_language(value)) set_language(*found);
  }
}

Result<Typed> read(Program& program, int count, const char* const* words) {
  return Reading(program, {words + std::min(count, 1), words + count}).read();
}

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
      return exit_bad_input;
    case ErrorCode::usage:
      return exit_wrong_use;
    case ErrorCode::unavailable:
    case ErrorCode::busy:
    case ErrorCode::newer_version:
    case ErrorCode::corrupt:
    case ErrorCode::refused:
      return exit_could_not;
  }
  return exit_could_not;
}

}  // namespace kuangxun::command_line
