#include "app/inspect/place/dossier.h"
#include "app/licence/corner_markers.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/handles/finding.h"
#include "db/records/handles/visit.h"

// The visits of a place, the last one first, and what they left open: findings that stand, and what was seen of the
// corner markers.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using records::Record;

constexpr std::size_t day_characters = 10;  // of "2026-07-01 10:00"

std::string title(Context& context, const Uuid& place) {
  const auto visits = context.desk().store.list_where(kinds::visit, records::visit::place, place);
  return say_with("Visits ({0})", {visits.ok() ? std::to_string(visits->size()) : "?"});
}

std::string started_text(const Record& visit) {
  return visit.has(records::visit::started_at)
             ? format_minute(visit.integer(records::visit::started_at), beijing_offset_min)
             : std::string();
}

std::string detail_of(const inspect::VisitSummary& summary) {
  std::string detail = say_with("{0} points · {1} photos · {2} answers · {3} findings",
                                {std::to_string(summary.points), std::to_string(summary.photos),
                                 std::to_string(summary.answers), std::to_string(summary.findings)});
  for (const std::string& officer : summary.officers) detail += " · " + officer;
  return detail;
}

class VisitsPage final : public Page {
 public:
  explicit VisitsPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    KX_TRY(dossier, inspect::read_dossier(context_.desk().store, place));
    blocks::Blocks page;
    if (dossier.visits.empty()) page += blocks::Text{say_text("Not visited yet."), Tone::muted};
    std::size_t index = 0;
    for (const inspect::VisitSummary& summary : dossier.visits) page += row_of(summary, index++);
    add_findings(dossier.open_findings, page);
    KX_CHECK(add_markers(place, page));
    return page;
  }

 private:
  blocks::Row row_of(const inspect::VisitSummary& summary, std::size_t index) {
    blocks::Row row;
    row.name = "place.visit." + std::to_string(index);
    row.title = started_text(summary.visit) + "　" + summary.visit.display(records::visit::visit_kind);
    if (is_example(summary.visit)) row.title += say_text(" (example)");
    row.detail = detail_of(summary);
    row.badge = {summary.visit.display(records::visit::state), Tone::plain};
    if (summary.visit.is_voided()) row.badge = {say_text("voided"), Tone::bad};
    row.press = [this, visit = summary.visit.id()]() -> Status {
      context_.open_visit(visit);
      return {};
    };
    return row;
  }

  void add_findings(const std::vector<Record>& findings, blocks::Blocks& page) {
    if (findings.empty()) return;
    blocks::Section section{say_text("Open findings"), {}};
    for (const Record& finding : findings) {
      const auto visit = context_.desk().store.read(finding.reference(records::finding::visit));
      const std::string day = visit.ok() ? started_text(visit->record).substr(0, day_characters) + "　" : "";
      section.blocks += blocks::Text{day + finding.text(records::finding::text)};
    }
    page += std::move(section);
  }

  // The last seen first.
  Status add_markers(const Uuid& place, blocks::Blocks& page) {
    history::RecordStore& store = context_.desk().store;
    KX_TRY(corners, licence::corners_of_place(store, place));
    KX_TRY(markers, licence::markers_of_place(store, place));
    if (markers.empty()) return {};
    blocks::Section section{say_text("Boundary markers"), {}};
    for (const licence::SeenMarker& seen : markers) {
      KX_TRY(words, licence::marker_text(store, corners, seen.marker));
      section.blocks += blocks::Text{format_minute(seen.visited_ms, context_.desk().offset_min) + "　" + words};
    }
    page += std::move(section);
    return {};
  }

  Context& context_;
};

const Registered visits_page{{"visits", Where::place, 40, title, make<VisitsPage>}};

}  // namespace
}  // namespace kuangxun::pages
