#include "db/sqlite/tables/head_finder.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

// A head is an operation that no visible one of its cell names as a base. Over all operations at once that is a matter
// of sorted lists, without a look into the database. What waits for a missing base is found by going from what is known
// to what is based on it, so that nothing can be known by naming itself.
namespace kuangxun::sqlite {

void HeadFinder::add(OperationKey operation, CellKey cell, const std::vector<OperationKey>& bases) {
  entries_.push_back({cell, operation});
  for (const OperationKey base : bases) edges_.push_back({cell, base, operation});
}

void HeadFinder::reserve(std::size_t operations) {
  entries_.reserve(operations);
}

bool HeadFinder::is_here(OperationKey operation) const {
  return std::ranges::binary_search(all_, operation);
}

const history::WriterId& HeadFinder::writer_of(OperationKey operation) const {
  // A damaged row may name any; nobody hides what nobody wrote, and nobody is the county.
  static const history::WriterId nobody;
  const auto place = static_cast<std::size_t>(writer_index_of(operation) - 1);
  return place < writers_.size() ? writers_[place] : nobody;
}

history::OperationId HeadFinder::id_of(OperationKey operation) const {
  return {writer_of(operation), sequence_of(operation)};
}

HeadFinder::Part HeadFinder::find_county(std::vector<history::WriterId> writers, const Uuid& county,
                                         const std::vector<std::int64_t>& county_records) {
  writers_ = std::move(writers);
  all_.resize(entries_.size());
  std::ranges::transform(entries_, all_.begin(), &CellEntry::operation);
  std::ranges::sort(all_);
  if (county_records.empty()) return {};
  const auto is_countys = [&](CellKey cell) {
    return std::ranges::binary_search(county_records, record_index_of(cell));
  };
  const auto is_by_county = [&](OperationKey operation) {
    return !county.is_nil() && writer_of(operation).device == county;
  };
  std::vector<CellEntry> entries;
  std::vector<Edge> edges;
  for (const CellEntry& entry : entries_) {
    if (is_countys(entry.cell) && is_by_county(entry.operation)) entries.push_back(entry);
  }
  for (const Edge& edge : edges_) {
    if (is_countys(edge.cell) && is_by_county(edge.operation)) edges.push_back(edge);
  }
  // What strangers wrote there is hidden whatever the county decides.
  std::erase_if(entries_, [&](const CellEntry& entry) { return is_countys(entry.cell); });
  std::erase_if(edges_, [&](const Edge& edge) { return is_countys(edge.cell); });
  return find(std::move(entries), std::move(edges), history::Visibility(county, {}));
}

HeadFinder::Part HeadFinder::find_rest(const history::Visibility& visibility) {
  if (!visibility.ranges().empty()) {
    const auto is_hidden = [&](OperationKey key) { return visibility.is_covered(id_of(key)); };
    std::erase_if(entries_, [&](const CellEntry& entry) { return is_hidden(entry.operation); });
    std::erase_if(edges_, [&](const Edge& edge) { return is_hidden(edge.operation); });
  }
  return find(std::move(entries_), std::move(edges_), visibility);
}

std::vector<ParkedEntry> HeadFinder::find_parked(const std::vector<CellEntry>& entries, const std::vector<Edge>& edges,
                                                 const history::Visibility& visibility) const {
  const auto is_known_anyway = [&](OperationKey base) { return visibility.is_covered(id_of(base)); };
  // Almost always every base is here and of the same writer or one that came before: nothing waits.
  const bool may_wait = std::ranges::any_of(edges, [&](const Edge& edge) {
    return edge.base >= edge.operation || (!is_here(edge.base) && !is_known_anyway(edge.base));
  });
  if (!may_wait) return {};

  std::vector<OperationKey> visible(entries.size());
  std::ranges::transform(entries, visible.begin(), &CellEntry::operation);
  std::ranges::sort(visible);
  const auto place_of = [&](OperationKey key) {
    return static_cast<std::size_t>(std::ranges::lower_bound(visible, key) - visible.begin());
  };
  // Operations become known once all their bases are, beginning with those that have none: hostile ones may name each
  // other in a circle, and wait for ever.
  std::vector<ParkedEntry> named_by;  // a base, and who names it; sorted
  std::vector<std::uint32_t> unknown_bases(visible.size());
  for (const Edge& edge : edges) {
    if (is_known_anyway(edge.base)) continue;
    // What is here and not among those that may be shown is hidden, and known.
    if (is_here(edge.base) && !std::ranges::binary_search(visible, edge.base)) continue;
    named_by.push_back({edge.base, edge.operation});
    ++unknown_bases[place_of(edge.operation)];
  }
  std::ranges::sort(named_by);
  std::vector<OperationKey> known;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    if (unknown_bases[i] == 0) known.push_back(visible[i]);
  }
  while (!known.empty()) {
    const OperationKey base = known.back();
    known.pop_back();
    for (auto naming = std::ranges::lower_bound(named_by, ParkedEntry{base, 0});
         naming != named_by.end() && naming->missing == base; ++naming) {
      if (--unknown_bases[place_of(naming->operation)] == 0) known.push_back(naming->operation);
    }
  }
  std::vector<ParkedEntry> parked;
  for (const ParkedEntry& naming : named_by) {
    const auto base_place = place_of(naming.missing);
    const bool is_base_known =
        base_place < visible.size() && visible[base_place] == naming.missing && unknown_bases[base_place] == 0;
    if (unknown_bases[place_of(naming.operation)] > 0 && !is_base_known) {
      parked.push_back(naming);
    }
  }
  // One of the bases it waits for is enough to be found again.
  std::ranges::sort(parked, {}, [](const ParkedEntry& entry) { return std::pair(entry.operation, entry.missing); });
  const auto repeated = std::ranges::unique(parked, {}, &ParkedEntry::operation);
  parked.erase(repeated.begin(), repeated.end());
  return parked;
}

HeadFinder::Part HeadFinder::find(std::vector<CellEntry> entries, std::vector<Edge> edges,
                                  const history::Visibility& visibility) const {
  Part part;
  part.parked = find_parked(entries, edges, visibility);
  if (!part.parked.empty()) {
    std::set<OperationKey> waiting;
    for (const ParkedEntry& entry : part.parked) waiting.insert(entry.operation);
    std::erase_if(entries, [&](const CellEntry& entry) { return waiting.contains(entry.operation); });
    std::erase_if(edges, [&](const Edge& edge) { return waiting.contains(edge.operation); });
  }
  std::vector<CellEntry> superseded;
  superseded.reserve(edges.size());
  for (const Edge& edge : edges) superseded.push_back({edge.cell, edge.base});
  edges.clear();
  edges.shrink_to_fit();
  std::ranges::sort(entries);
  std::ranges::sort(superseded);
  std::ranges::set_difference(entries, superseded, std::back_inserter(part.heads));
  return part;
}

}  // namespace kuangxun::sqlite
