#include "db/sqlite/beside_tables.h"

#include <algorithm>
#include <chrono>

#include "db/sqlite/tables/schema.h"

// A million operations take seconds to show; in one transaction a field that is left meanwhile would wait for all of
// them. So they are shown in tables that nobody reads yet. Those that come meanwhile have their rows, as always, and
// the frontier of each writer says which of them these tables know; the last few are taken up in the step that swaps.
// Three things cannot be caught up, because they change what was shown before: rows that were taken away, another word
// of the county about what is hidden, and tables that somebody made anew at once. After them the work starts over; and
// when that happens too often, it is done at once, so that it ends.
namespace kuangxun::sqlite {
namespace {

// Each keeps a step well below 50 ms on a laptop.
constexpr std::size_t rows_per_gathering = 20'000;
constexpr std::size_t groups_per_showing = 500;
constexpr std::size_t operations_per_catching_up = 300;
constexpr std::size_t operations_beside_swap_max = 50;
constexpr std::size_t rows_per_cleaning = 2'000;
constexpr int starts_max = 5;
// Sorting a million takes a second. The writer's thread looks after it and lets others write in between.
constexpr std::chrono::milliseconds wait_for_search(5);

}  // namespace

BesideTables::Filling::Filling(StoreParts& parts)
    : database(parts.database, beside_prefix),
      projection(database),
      heads(database, parts.dictionary, projection, parts.rows),
      log(database, parts.dictionary, projection, parts.rows, heads),
      bulk(parts.dictionary, projection, parts.rows, heads, log),
      removals(parts.rows.removals()),
      times_shown_anew(parts.times_shown_anew),
      visibility(parts.log.visibility()) {}

Result<bool> BesideTables::step() {
  auto has_more = run_stage();
  if (!has_more.ok()) {
    start_over();
    starts_ = 0;
    // A full disk may refuse this too: then the next work does it, or whoever opens the store.
    static_cast<void>(memory_.in_transaction([&] { return drop_beside_tables(parts_.database); }));
  }
  return has_more;
}

bool BesideTables::is_overtaken() const {
  return filling_->removals != parts_.rows.removals() || filling_->times_shown_anew != parts_.times_shown_anew ||
         filling_->visibility != parts_.log.visibility();
}

void BesideTables::start_over() {
  filling_.reset();
  stage_ = Stage::begin;
}

Result<bool> BesideTables::run_stage() {
  if (stage_ == Stage::clean) return clean();
  KX_TRY(is_waiting, is_searching());
  if (is_waiting) return true;
  if (filling_ != nullptr && is_overtaken()) start_over();
  if (!parts_.is_behind) {
    filling_.reset();
    stage_ = Stage::clean;
    return true;
  }
  switch (stage_) {
    case Stage::begin:
      KX_CHECK(begin());
      break;
    case Stage::gather:
      KX_CHECK(gather());
      break;
    case Stage::search_county:
      KX_CHECK(begin_search(filling_->bulk.search_county(parts_.county.known().county)));
      stage_ = Stage::show_county;
      break;
    case Stage::search_rest:
      KX_CHECK(begin_search(filling_->bulk.search_rest(parts_.county.known().county)));
      stage_ = Stage::show_rest;
      break;
    case Stage::show_county:
    case Stage::show_rest: {
      KX_TRY(has_more, show_some());
      if (!has_more) stage_ = stage_ == Stage::show_county ? Stage::search_rest : Stage::catch_up;
      break;
    }
    case Stage::catch_up:
      KX_CHECK(catch_up_or_swap());
      break;
    case Stage::clean:
      break;
  }
  return true;
}

Status BesideTables::begin() {
  if (++starts_ > starts_max) return builder_.show_pulled();
  KX_CHECK(memory_.in_transaction([&] { return create_beside_tables(parts_.database); }));
  filling_ = std::make_unique<Filling>(parts_);
  filling_->log.limit_to(&filling_->through);
  KX_CHECK(filling_->log.load());
  stage_ = Stage::gather;
  return {};
}

Status BesideTables::gather() {
  const OperationKey before = filling_->gathered;
  std::vector<std::uint64_t>& through = filling_->through;
  std::size_t visited = 0;
  const auto visit = [&](OperationKey key, CellKey, const std::vector<OperationKey>&) {
    ++visited;
    const auto writer = static_cast<std::size_t>(writer_index_of(key));
    if (through.size() <= writer) through.resize(writer + 1);
    through[writer] = sequence_of(key);
  };
  KX_TRY(last, filling_->bulk.gather_some(before, rows_per_gathering, visit));
  filling_->gathered = last;
  // What is entered from now on is caught up: whoever types must not keep this from coming to its end.
  if (visited < rows_per_gathering) stage_ = Stage::search_county;
  return {};
}

Status BesideTables::begin_search(Result<BulkProjection::Search> search) {
  if (!search.ok()) return search.error();
  filling_->search = std::async(std::launch::async, std::move(*search));
  return {};
}

Result<bool> BesideTables::is_searching() {
  if (filling_ == nullptr || !filling_->search.valid()) return false;
  if (filling_->search.wait_for(wait_for_search) != std::future_status::ready) return true;
  KX_CHECK(memory_.in_transaction([&] { return filling_->bulk.begin_part(filling_->search.get()); }));
  return false;
}

Result<bool> BesideTables::show_some() {
  bool has_more = false;
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_TRY(more, filling_->bulk.show_some(groups_per_showing));
    has_more = more;
    return {};
  }));
  return has_more;
}

Result<std::size_t> BesideTables::catch_up(std::size_t most) {
  std::vector<std::uint64_t>& through = filling_->through;
  through.resize(std::max(through.size(), parts_.dictionary.writers() + 1));
  std::size_t count = 0;
  for (std::size_t writer = 1; writer < through.size() && count < most; ++writer) {
    const auto index = static_cast<std::int64_t>(writer);
    KX_TRY(last, parts_.rows.last_sequence(index));
    if (last <= through[writer]) continue;
    const std::uint64_t until = std::min<std::uint64_t>(last, through[writer] + (most - count));
    KX_TRY(keys, parts_.rows.keys_between(operation_key(index, through[writer] + 1), operation_key(index, until)));
    for (const OperationKey key : keys) {
      // Before it is shown: what waits for it must find it here.
      through[writer] = sequence_of(key);
      KX_CHECK(filling_->log.take_up(key));
    }
    through[writer] = until;
    count += keys.size();
  }
  return count;
}

Status BesideTables::catch_up_or_swap() {
  std::size_t count = 0;
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_TRY(taken_up, catch_up(operations_per_catching_up));
    count = taken_up;
    return {};
  }));
  return count <= operations_beside_swap_max ? swap() : Status();
}

Status BesideTables::swap() {
  KX_TRY(visibility, filling_->projection.read_visibility(parts_.county.known().county));
  // A word of the county that came in between.
  if (visibility != parts_.log.visibility()) {
    start_over();
    return {};
  }
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_CHECK(swap_beside_tables(parts_.database));
    KX_CHECK(memory_.set_behind(false));
    // What the log remembers of the tables, it now remembers of others.
    return parts_.log.load();
  }));
  filling_.reset();
  stage_ = Stage::clean;
  return {};
}

Result<bool> BesideTables::clean() {
  bool has_more = false;
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_TRY(more, drop_beside_piece(parts_.database, rows_per_cleaning));
    has_more = more;
    return {};
  }));
  if (has_more) return true;
  stage_ = Stage::begin;
  starts_ = 0;
  // More may have come while the former tables went.
  return parts_.is_behind;
}

}  // namespace kuangxun::sqlite
