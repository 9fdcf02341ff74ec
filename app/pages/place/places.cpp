#include <algorithm>

#include "app/inspect/edit/reference.h"
#include "app/inspect/place/place_index.h"
#include "app/pages/fields.h"
#include "app/pages/tabs.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"
#include "db/records/choices/visit_state.h"
#include "db/records/handles/common.h"
#include "db/records/handles/exploration_right.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/visit.h"

// The list of places, searched at each keystroke, beside the one that is chosen. The list is read once until records
// change: a search of a few hundred places must not ask the store.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using records::Record;

std::string title(Context&, const Uuid&) {
  return say_text("Places");
}

void add_part(std::string& detail, const std::string& part) {
  if (part.empty()) return;
  if (!detail.empty()) detail += " · ";
  detail += part;
}

std::string detail_of(const Record& place) {
  std::string detail(place.kind().label());
  for (const records::FieldHandle& field :
       {records::FieldHandle(records::common::mineral), records::FieldHandle(records::mining_right::operating_state),
        records::FieldHandle(records::exploration_right::degree)}) {
    const records::FieldDescription* described = place.kind().find_field(field);
    if (described != nullptr && place.has(*described)) add_part(detail, place.display(*described));
  }
  return detail;
}

class PlacesPage final : public Page {
 public:
  explicit PlacesPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    if (!is_read_ || read_at_ != context_.revision()) {
      KX_CHECK(read());
      is_read_ = true;
      read_at_ = context_.revision();
    }
    // One that was opened from elsewhere stands in the list.
    if (std::exchange(chosen_, place) != place && !is_found(place)) search_.clear();
    blocks::Panes panes;
    panes.cells += list_pane();
    blocks::Pane chosen{"place", {}};
    const PageDescription* page = find_page(Where::places, "place");
    if (place.is_nil() || page == nullptr) {
      chosen.blocks += blocks::Text{say_text("Choose a place on the left.")};
    } else {
      chosen.blocks += show_tab(context_, {page, place});
    }
    panes.cells += std::move(chosen);
    blocks::Blocks tree;
    tree += std::move(panes);
    return tree;
  }

 private:
  struct Entry {
    std::string detail;
    blocks::Badge badge;
  };

  Status read() {
    history::RecordStore& store = context_.desk().store;
    KX_TRY(index, inspect::PlaceIndex::build(store));
    index_ = std::move(index);
    entries_.clear();
    for (const records::KindNumber kind : inspect::place_kinds()) {
      KX_TRY(places, store.list(kind));
      for (const Record& place : places) {
        if (place.is_voided()) continue;
        KX_TRY(visits, store.count_standing(kinds::visit, records::visit::place, place.id()));
        entries_[place.id()] = {detail_of(place), badge_of(place, visits)};
      }
    }
    return read_visits();
  }

  Status read_visits() {
    history::RecordStore& store = context_.desk().store;
    KX_TRY(visits, store.list_where(kinds::visit, records::visit::state, records::visit_state::under_way));
    under_way_.clear();
    for (const Record& visit : visits) {
      if (visit.is_voided()) continue;
      const auto place = store.read(visit.reference(records::visit::place));
      blocks::Row row;
      row.name = "places.under_way." + std::to_string(under_way_.size());
      row.title = place.ok() ? place->record.name() : visit.reference(records::visit::place).text();
      row.detail = visit.display(records::visit::visit_kind) + " · " + minute_text(visit, records::visit::started_at);
      row.badge = {say_text("under way"), Tone::accent};
      row.press = [this, id = visit.id()]() -> Status {
        context_.open_visit(id);
        return {};
      };
      under_way_.push_back(std::move(row));
    }
    return {};
  }

  blocks::Badge badge_of(const Record& place, std::uint64_t visits) {
    if (context_.is_disputed(place.id())) return {say_text("disputed"), Tone::bad};
    if (is_example(place)) return example_badge();
    if (visits > 0) return {say_with("{0} visits", {std::to_string(visits)}), Tone::muted};
    return {};
  }

  bool is_found(const Uuid& place) const {
    const std::vector<inspect::PlaceHit> hits = index_.find(search_);
    return std::ranges::find(hits, place, &inspect::PlaceHit::id) != hits.end();
  }

  blocks::Pane list_pane() {
    const std::vector<inspect::PlaceHit> hits = index_.find(search_);
    blocks::Pane pane{"places", {}};
    pane.blocks += own_entry(search_, "places.search", {}, say_text("find by name, township or mineral"));
    blocks::Line head;
    head.blocks += blocks::Text{hits.empty() ? say_text("nothing found; try other words, or add a place")
                                             : say_with("{0} places", {std::to_string(hits.size())}),
                                Tone::muted};
    head.blocks += blocks::Gap{};
    head.blocks += blocks::Button{"places.add", say_text("Add a place…"), [this]() -> Status {
                                    context_.open_dialog("place", {});
                                    return {};
                                  }};
    pane.blocks += std::move(head);
    blocks::Pane list{"places.list", {}, false};
    for (const blocks::Row& visit : under_way_) list.blocks += visit;
    std::size_t index = 0;
    for (const inspect::PlaceHit& hit : hits) list.blocks += row_of(hit, index++);
    pane.blocks += std::move(list);
    return pane;
  }

  blocks::Row row_of(const inspect::PlaceHit& hit, std::size_t index) {
    blocks::Row row;
    row.name = "places.row." + std::to_string(index);
    row.title = hit.name;
    if (const auto entry = entries_.find(hit.id); entry != entries_.end()) {
      row.detail = entry->second.detail;
      row.badge = entry->second.badge;
    }
    add_part(row.detail, hit.township);
    row.press = [this, id = hit.id]() -> Status {
      context_.open_place(id);
      return {};
    };
    row.is_selected = hit.id == chosen_;
    return row;
  }

  Context& context_;
  std::string search_;
  Uuid chosen_;
  // Of the store, at the context's revision.
  bool is_read_ = false;
  std::uint64_t read_at_ = 0;
  inspect::PlaceIndex index_;
  std::map<Uuid, Entry> entries_;
  std::vector<blocks::Row> under_way_;
};

const Registered places_page{{"places", Where::window, 10, title, make<PlacesPage>}};

}  // namespace
}  // namespace kuangxun::pages
