#include "app/pages/visit_facts.h"

#include <algorithm>

#include "app/inspect/edit/evidence.h"
#include "db/language/language.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/kinds.h"

namespace kuangxun::pages {

namespace kinds = records::kinds;

std::vector<const inspect::Child*> VisitFacts::children(records::KindNumber kind) const {
  std::vector<const inspect::Child*> found;
  for (const inspect::Child& child : facts.children) {
    if (child.record.kind().number == kind) found.push_back(&child);
  }
  return found;
}

Result<VisitFacts> read_visit(history::RecordReader& store, const Uuid& visit) {
  KX_TRY(facts, inspect::record_facts(store, visit));
  KX_TRY(place, store.read(facts.view.record.reference(records::common::place)));
  KX_TRY(signed_time, inspect::signed_time(store, visit));
  return VisitFacts{std::move(facts), std::move(place.record), signed_time.has_value()};
}

std::string standing_of(const inspect::Child& child, bool is_disputed, const inspect::HiddenChanges& hidden) {
  std::string words;
  const auto add = [&](const std::string& part) { words += (words.empty() ? "" : " · ") + part; };
  if (child.record.is_voided()) add(say_with("voided: {0}", {child.record.void_reason()}));
  if (child.is_added_after_signing) add(say_text("added after signing"));
  if (is_disputed) add(say_text("in dispute"));
  const auto found = hidden.find(child.record.id());
  if (found != hidden.end()) {
    add(say_with("partly hidden by the county: {0}", {inspect::hidden_text(found->second.front())}));
  }
  return words;
}

std::string standing_of(Context& context, const inspect::Child& child) {
  return standing_of(child, context.is_disputed(child.record.id()), context.hidden());
}

FieldAddress address_in(const VisitFacts& visit, records::KindNumber kind, std::string field,
                        std::vector<inspect::FieldText> seed) {
  seed.insert(seed.begin(), {"visit", visit.visit().id().text()});
  return {{}, kind, std::move(field), std::move(seed)};
}

Result<std::vector<records::Record>> units_of(history::RecordReader& store, const VisitFacts& visit) {
  if (visit.place.kind().number == kinds::restoration_unit) return std::vector<records::Record>{visit.place};
  KX_TRY(units, store.list_where(kinds::restoration_unit, records::restoration_unit::parent, visit.place.id()));
  std::erase_if(units, [](const records::Record& unit) { return unit.is_voided(); });
  return units;
}

std::vector<const records::Record*> corners_of(const VisitFacts& visit, const Uuid& unit) {
  std::vector<const records::Record*> corners;
  for (const inspect::Child* child : visit.children(kinds::gps_point)) {
    const records::Record& point = child->record;
    const bool is_corner = point.integer(records::gps_point::purpose) == records::point_purpose::unit_corner;
    if (!point.is_voided() && is_corner && point.reference(records::gps_point::unit) == unit) corners.push_back(&point);
  }
  std::ranges::stable_sort(corners, {},
                           [](const records::Record* point) { return point->integer(records::gps_point::sequence); });
  return corners;
}

const inspect::Child* latest_status(const VisitFacts& visit, const Uuid& unit) {
  const inspect::Child* latest = nullptr;
  for (const inspect::Child* child : visit.children(kinds::restoration_status)) {
    if (child->record.is_voided() || child->record.reference(records::restoration_status::unit) != unit) continue;
    if (latest == nullptr || child->record.id() > latest->record.id()) latest = child;
  }
  return latest;
}

std::string minute_text(const records::Record& record, const records::NumberHandle& field) {
  return record.has(field) ? format_minute(record.integer(field), beijing_offset_min) : std::string();
}

}  // namespace kuangxun::pages
