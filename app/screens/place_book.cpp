#include "app/screens/place_book.h"

#include "app/inspect/reference.h"
#include "db/language/language.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/exploration_right.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

void add_part(std::string& detail, const std::string& part) {
  if (part.empty()) return;
  if (!detail.empty()) detail += " · ";
  detail += part;
}

std::string detail_of(const records::Record& record) {
  std::string detail(record.kind().label());
  for (const records::FieldHandle& field :
       {records::FieldHandle(records::common::mineral), records::FieldHandle(records::mining_right::operating_state),
        records::FieldHandle(records::exploration_right::degree)}) {
    const records::FieldDescription* described = record.kind().find_field(field);
    if (described != nullptr && record.has(*described)) add_part(detail, record.display(*described));
  }
  return detail;
}

Badge badge_of(const Making& making, const records::Record& record, std::uint64_t visits) {
  if (making.is_disputed(record.id())) return {say_text("disputed"), Tone::bad};
  if (is_example(record)) return example_badge();
  if (visits > 0) return {say_with("{0} visits", {std::to_string(visits)}), Tone::muted};
  return {};
}

}  // namespace

Result<PlaceBook> PlaceBook::read(const Making& making) {
  PlaceBook book;
  KX_TRY(index, inspect::PlaceIndex::build(making.store()));
  book.index_ = std::move(index);
  for (const records::KindNumber kind : inspect::place_kinds()) {
    KX_TRY(places, making.store().list(kind));
    for (const records::Record& place : places) {
      if (place.is_voided()) continue;
      KX_TRY(visits, making.store().count_standing(kinds::visit, records::visit::place, place.id()));
      book.entries_[place.id()] = {detail_of(place), badge_of(making, place, visits)};
    }
  }
  KX_CHECK(book.add_visits(making));
  return book;
}

Status PlaceBook::add_visits(const Making& making) {
  KX_TRY(visits, making.store().list_where(kinds::visit, records::visit::state, records::visit_state::under_way));
  for (const records::Record& visit : visits) {
    if (visit.is_voided()) continue;
    const auto place = making.store().read(visit.reference(records::visit::place));
    Row row;
    row.name = "places.under_way." + std::to_string(under_way_.size());
    row.title = place.ok() ? place->record.name() : visit.reference(records::visit::place).text();
    row.detail = visit.display(records::visit::visit_kind) + " · " + minute_text(visit, records::visit::started_at);
    row.badge = {say_text("under way"), Tone::accent};
    row.press = {Command::open_visit, visit.id(), {}};
    under_way_.push_back(std::move(row));
  }
  return {};
}

PlacesView PlaceBook::view(const Making& making, const Uuid& opened) const {
  PlacesView view;
  view.search = slot_text(making, Slot::search, "places.search", {}, say_text("find by name, township or mineral"));
  view.under_way = under_way_;
  view.add = {"places.add", say_text("Add a place…"), {Command::ask_place, {}, {}}};
  const std::vector<inspect::PlaceHit> hits = index_.find(making.slots[Slot::search]);
  for (const inspect::PlaceHit& hit : hits) {
    Row row;
    row.name = "places.row." + std::to_string(view.places.size());
    row.title = hit.name;
    if (const auto entry = entries_.find(hit.id); entry != entries_.end()) {
      row.detail = entry->second.detail;
      row.badge = entry->second.badge;
    }
    add_part(row.detail, hit.township);
    row.press = {Command::open_place, hit.id, {}};
    row.selected = hit.id == opened;
    view.places.push_back(std::move(row));
  }
  view.count = view.places.empty() ? say_text("nothing found; try other words, or add a place")
                                   : say_with("{0} places", {std::to_string(view.places.size())});
  return view;
}

}  // namespace kuangxun::screens
