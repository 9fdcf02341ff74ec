#include "app/green/what_if.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "db/language/language.h"
#include "db/records/choices/na_rule.h"
#include "db/records/enumerations_green.h"

namespace kuangxun::green {
namespace {

constexpr std::int32_t no_node = -1;
// Steps of marks between a mine and its lines: the search takes as many, squared.
constexpr std::size_t steps_max = 10'000;

struct Cost {
  std::int64_t effort = 0;
  std::int64_t items = 0;
  auto operator<=>(const Cost&) const = default;
  Cost operator+(const Cost& other) const { return {effort + other.effort, items + other.items}; }
};

// A set of items, as how it came to be: an item added to another set, or two sets together.
struct Node {
  Cost cost;
  std::int32_t left = no_node;
  std::int32_t right = no_node;
  std::int32_t item = no_node;
};

// The cheapest set for each gain; gains beyond the last count as the last.
class Frontier {
 public:
  Frontier(std::vector<Node>& nodes, std::size_t gain_max) : nodes_(&nodes), best_(gain_max + 1, no_node) {}

  void begin() { best_[0] = add({}); }
  std::int32_t at(std::size_t gain) const { return best_[gain]; }
  std::size_t size() const { return best_.size(); }

  // From high to low, so that an item is taken once.
  void take(std::int32_t item, std::int64_t gain, Cost cost) {
    for (std::size_t from = best_.size(); from-- > 0;) {
      if (best_[from] == no_node) continue;
      const std::size_t to = std::min(best_.size() - 1, from + static_cast<std::size_t>(gain));
      if (to != from)
        offer(to, {(*nodes_)[static_cast<std::size_t>(best_[from])].cost + cost, best_[from], no_node, item});
    }
  }
  void offer(std::size_t gain, Node node) {
    std::int32_t& held = best_[gain];
    if (held != no_node && (*nodes_)[static_cast<std::size_t>(held)].cost <= node.cost) return;
    held = add(node);
  }

 private:
  std::int32_t add(Node node) {
    nodes_->push_back(node);
    return static_cast<std::int32_t>(nodes_->size() - 1);
  }
  std::vector<Node>* nodes_;
  std::vector<std::int32_t> best_;
};

struct Candidate {
  std::int64_t number = 0;
  std::int64_t gain = 0;
  std::optional<std::int64_t> effort;
  bool is_forced = false;  // a veto that is not met
};

struct Level {
  std::string name;
  std::int64_t shortfall = 0;
  std::vector<Candidate> candidates;
};

class Search {
 public:
  Search(const ItemTable& table, const ItemScores& scores, const Line& line)
      : table_(table), scores_(scores), line_(line) {}

  Result<WhatIf> run() {
    KX_CHECK(check());
    measure();
    choose_efforts();
    if (result_.is_reached_already) return result_;
    find_what_stands_against_it();
    if (!result_.why_not.empty()) return result_;
    KX_CHECK(search());
    return result_;
  }

 private:
  Status check() const {
    std::size_t entered = 0;
    bool any_not_applicable = false;
    std::int64_t applying = 0;
    for (const Item& item : table_.items) {
      const auto found = scores_.find(item.number);
      if (found == scores_.end() || !found->second.is_entered()) continue;
      const bool has_marks = found->second.marks || found->second.is_not_applicable || item.full_marks == 0;
      if (has_marks) ++entered;
      if (!found->second.is_not_applicable) applying += item.full_marks.value_or(0);
      any_not_applicable = any_not_applicable || found->second.is_not_applicable;
    }
    if (entered < table_.items.size()) {
      return Error(ErrorCode::bad_input, phrase("{0} of {1} items are entered; all are needed",
                                                {std::to_string(entered), std::to_string(table_.items.size())}));
    }
    if (applying == 0) {
      return Error(ErrorCode::bad_input, phrase("no item with marks applies to this mine"));
    }
    if (!line_.pass_total) {
      return Error(ErrorCode::bad_input, phrase("there is no line of the total; the office fills in pass_total"));
    }
    if (any_not_applicable && !line_.na_rule) {
      return Error(ErrorCode::bad_input,
                   phrase("some items do not apply and how they are treated is not verified; set na_rule first "
                          "(rescale, full-marks or zero)"));
    }
    return {};
  }

  std::int64_t rule() const { return line_.na_rule.value_or(records::na_rule::zero); }

  void measure() {
    std::int64_t total = 0, full = 0, not_applicable = 0;
    bool is_vetoed = false;
    for (const std::string& name : table_.first_levels()) {
      Level level{name, 0, {}};
      std::int64_t level_sum = 0, level_not_applicable = 0;
      for (const Item& item : table_.items) {
        if (item.first_level != name) continue;
        const ItemScore& score = scores_.at(item.number);
        const std::int64_t marks = item.full_marks.value_or(0);
        if (score.is_not_applicable) {
          level_not_applicable += marks;
          continue;
        }
        const std::int64_t has = score.marks.value_or(0);
        level_sum += has;
        const bool is_forced = item.is_veto && !score.is_met.value_or(marks > 0 && has > 0);
        is_vetoed = is_vetoed || is_forced;
        if (has < marks || is_forced) level.candidates.push_back({item.number, marks - has, item.effort, is_forced});
      }
      const std::int64_t level_full = table_.marks_of(name);
      if (line_.floor_percent && level_full > level_not_applicable) {
        const std::int64_t floor = floor_of(level_full, *line_.floor_percent);
        level.shortfall =
            std::max<std::int64_t>(0, marks_needed(floor, level_full, level_not_applicable, rule()) - level_sum);
      }
      total += level_sum;
      full += level_full;
      not_applicable += level_not_applicable;
      levels_.push_back(std::move(level));
    }
    shortfall_ = std::max<std::int64_t>(0, marks_needed(*line_.pass_total, full, not_applicable, rule()) - total);
    const auto is_short = [](const Level& level) { return level.shortfall > 0; };
    result_.is_reached_already = shortfall_ == 0 && std::ranges::none_of(levels_, is_short) && !is_vetoed;
    result_.is_possible = result_.is_reached_already;
  }

  // Items without an estimate are left out, unless none has one: then each counts as one.
  void choose_efforts() {
    result_.is_by_count = std::ranges::none_of(table_.items, [](const Item& item) { return item.effort.has_value(); });
    for (Level& level : levels_) {
      for (Candidate& candidate : level.candidates) {
        if (result_.is_by_count) candidate.effort = effort_of_one;
        if (!candidate.effort) result_.without_estimate.push_back(candidate.number);
      }
    }
    std::ranges::sort(result_.without_estimate);
  }

  void find_what_stands_against_it() {
    std::int64_t most = 0;
    for (const Level& level : levels_) {
      std::int64_t level_most = 0;
      for (const Candidate& candidate : level.candidates) {
        if (candidate.effort) level_most += candidate.gain;
        if (!candidate.effort && candidate.is_forced) {
          result_.why_not.push_back(
              say_with("veto item {0} is not met and has no estimate", {std::to_string(candidate.number)}));
        }
      }
      most += level_most;
      if (level_most >= level.shortfall) continue;
      result_.why_not.push_back(say_with("\"{0}\" lacks {1} marks; all that can be lifted there gives {2}",
                                         {level.name, format_marks(level.shortfall), format_marks(level_most)}));
    }
    if (most < shortfall_) {
      result_.why_not.push_back(say_with("the total lacks {0} marks; all that can be lifted gives {1}",
                                         {format_marks(shortfall_), format_marks(most)}));
    }
  }

  // The largest step that divides every gain; shortfalls are rounded up to it.
  Status choose_unit() {
    std::int64_t largest = shortfall_;
    for (const Level& level : levels_) {
      largest = std::max(largest, level.shortfall);
      for (const Candidate& candidate : level.candidates) unit_ = std::gcd(unit_, candidate.gain);
    }
    if (unit_ == 0) unit_ = 1;
    gain_max_ = static_cast<std::size_t>((largest + unit_ - 1) / unit_);
    if (gain_max_ <= steps_max) return {};
    return Error(ErrorCode::bad_input, phrase("the marks are too fine to search exactly; use whole marks or one "
                                              "decimal"));
  }

  std::size_t in_units(std::int64_t marks) const { return static_cast<std::size_t>((marks + unit_ - 1) / unit_); }

  Frontier frontier_of(const Level& level) {
    Frontier frontier(nodes_, gain_max_);
    frontier.begin();
    std::size_t forced_gain = 0;
    Cost forced;
    std::int32_t forced_set = no_node;
    for (const Candidate& candidate : level.candidates) {
      if (!candidate.is_forced) continue;
      forced_gain = std::min(gain_max_, forced_gain + in_units(candidate.gain));
      forced = forced + Cost{*candidate.effort, 1};
      nodes_.push_back({forced, forced_set, no_node, item_of(candidate)});
      forced_set = static_cast<std::int32_t>(nodes_.size() - 1);
    }
    if (forced_set != no_node) {
      frontier = Frontier(nodes_, gain_max_);
      frontier.offer(forced_gain, {forced, forced_set, no_node, no_node});
    }
    for (const Candidate& candidate : level.candidates) {
      if (candidate.is_forced || !candidate.effort) continue;
      frontier.take(item_of(candidate), static_cast<std::int64_t>(in_units(candidate.gain)), {*candidate.effort, 1});
    }
    return frontier;
  }

  std::int32_t item_of(const Candidate& candidate) {
    taken_.push_back(candidate);
    return static_cast<std::int32_t>(taken_.size() - 1);
  }

  // Every set of the levels before with every set of this one that reaches its floor.
  Frontier together(const Frontier& before, const Frontier& own, const Level& level) {
    std::vector<std::optional<Node>> best(gain_max_ + 1);
    for (std::size_t a = 0; a < before.size(); ++a) {
      if (before.at(a) == no_node) continue;
      for (std::size_t b = in_units(level.shortfall); b < own.size(); ++b) {
        if (own.at(b) == no_node) continue;
        const Cost cost = node(before.at(a)).cost + node(own.at(b)).cost;
        std::optional<Node>& held = best[std::min(gain_max_, a + b)];
        if (!held || cost < held->cost) held = Node{cost, before.at(a), own.at(b), no_node};
      }
    }
    Frontier frontier(nodes_, gain_max_);
    for (std::size_t gain = 0; gain <= gain_max_; ++gain) {
      if (best[gain]) frontier.offer(gain, *best[gain]);
    }
    return frontier;
  }

  Status search() {
    KX_CHECK(choose_unit());
    Frontier all(nodes_, gain_max_);
    all.begin();
    for (const Level& level : levels_) {
      const Frontier own = frontier_of(level);
      all = together(all, own, level);
    }
    std::int32_t best = no_node;
    for (std::size_t gain = in_units(shortfall_); gain < all.size(); ++gain) {
      if (all.at(gain) != no_node && (best == no_node || node(all.at(gain)).cost < node(best).cost))
        best = all.at(gain);
    }
    result_.is_possible = best != no_node;
    if (best == no_node) return {};
    result_.effort = node(best).cost.effort;
    collect(best);
    std::ranges::sort(result_.items, {}, &LiftedItem::number);
    return {};
  }

  const Node& node(std::int32_t at) const { return nodes_[static_cast<std::size_t>(at)]; }

  void collect(std::int32_t top) {
    std::vector<std::int32_t> open = {top};
    while (!open.empty()) {
      const Node one = node(open.back());
      open.pop_back();
      if (one.item != no_node) {
        const Candidate& candidate = taken_[static_cast<std::size_t>(one.item)];
        result_.items.push_back({candidate.number, candidate.gain, *candidate.effort});
      }
      if (one.left != no_node) open.push_back(one.left);
      if (one.right != no_node) open.push_back(one.right);
    }
  }

  static constexpr std::int64_t effort_of_one = 100;  // an effort of 1.00

  const ItemTable& table_;
  const ItemScores& scores_;
  const Line& line_;
  WhatIf result_;
  std::vector<Level> levels_;
  std::int64_t shortfall_ = 0;
  std::int64_t unit_ = 0;
  std::size_t gain_max_ = 0;
  std::vector<Node> nodes_;
  std::vector<Candidate> taken_;
};

}  // namespace

Result<WhatIf> what_if(const ItemTable& table, const ItemScores& scores, const Line& line) {
  return Search(table, scores, line).run();
}

}  // namespace kuangxun::green
