#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>

namespace kuangxun::writer {

// Whose turn it is first. What a person waits for comes before what goes on behind their back.
enum class Turn : std::uint8_t {
  entry,     // a field that was left, a button that was pressed: somebody looks at the screen until it is done
  exchange,  // sync, enrolment, a bundle
  bulk,      // imports, rebuilding
};
constexpr std::size_t turn_count = 3;

// The order of steps: by turn, and inside a turn in the order in which they came. Whoever has waited longer than
// patience_ms goes before all others once; so that a person who never stops entering does not stop a sync, nor a sync a
// rebuild. Pure: the hour is told to it. One thread at a time.
class StepQueue {
 public:
  using Id = std::uint64_t;
  // Long enough that nobody is overtaken by a rebuild between two fields, short enough that a rebuild of some hundred
  // steps ends beside a sync that never rests.
  static constexpr std::int64_t patience_ms = 200;

  // Work of several steps comes again after each of them, to the end of its line: what others posted meanwhile has its
  // turn first.
  void push(Turn turn, Id id, std::int64_t now_ms);
  // Nothing when it is empty.
  std::optional<Id> pop(std::int64_t now_ms);
  bool is_empty() const;

 private:
  struct Waiting {
    Id id = 0;
    std::int64_t since_ms = 0;
  };
  using Line = std::deque<Waiting>;
  static Id take(Line& line);

  std::array<Line, turn_count> lines_;
  bool was_out_of_turn_ = false;  // the last one: the next goes in turn, whoever waits
};

}  // namespace kuangxun::writer
