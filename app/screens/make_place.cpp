#include <algorithm>

#include "app/inspect/outside_plan.h"
#include "app/inspect/reference.h"
#include "app/licence/boundaries.h"
#include "app/licence/corner_markers.h"
#include "app/screens/making.h"
#include "db/base/decimal.h"
#include "db/base/language.h"
#include "db/records/handles/citation.h"
#include "db/records/handles/finding.h"
#include "db/records/handles/restoration_status.h"
#include "db/records/handles/restoration_unit.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;
using records::Record;

constexpr int hectares_scale = 4;

std::string hectares(std::int64_t area_ha_e4) {
  return say_with("{0} 公顷", "{0} ha", {format_decimal(area_ha_e4, hectares_scale)});
}

// The printed text of a field and where it stands.
std::string citation_of(const std::vector<Record>& citations, std::string_view field) {
  std::string note;
  for (const Record& citation : citations) {
    if (citation.text(records::citation::field) != field) continue;
    if (!note.empty()) note += "\n";
    const std::string where =
        citation.has(records::citation::table_number)
            ? say_with("专栏 {0} 第 {1} 行", "table {0}, row {1}",
                       {citation.display(records::citation::table_number), citation.display(records::citation::row)})
            : citation.text(records::citation::source);
    note += say_with("原文“{0}”，{1}", "printed “{0}”, {1}", {citation.text(records::citation::printed), where});
  }
  return note;
}

std::string value_of(const Making& making, const Record& record, const records::FieldDescription& field) {
  if (field.type != records::FieldType::reference || !record.has(field)) return record.display(field);
  const auto target = making.store().read(record.reference(field));
  return target.ok() ? target->record.name() : record.reference(field).text();
}

void add_register(const Making& making, const inspect::RecordFacts& facts, PlaceView& view) {
  const Record& record = facts.view.record;
  for (const records::FieldDescription& field : record.kind().fields) {
    const std::string note = citation_of(facts.citations, field.name);
    if (field.name == "is_example" || field.name == record.kind().name_field) continue;
    // Two fields of one quantity in two units: only the one that is used is shown.
    const bool is_alternative = field.group != field.number && !record.has(field) && note.empty();
    if (is_alternative) continue;
    Fact fact{std::string(field.label()), value_of(making, record, field), note};
    const bool is_disputed = std::ranges::find(facts.view.disputed, field.group) != facts.view.disputed.end();
    if (is_disputed) {
      fact.note += (note.empty() ? "" : "\n") + say_text("有争议，见“争议”页", "in dispute, see the page of disputes");
      fact.tone = Tone::bad;
    }
    if (fact.value.empty()) {
      fact.value = say_text("未填", "not recorded");
      fact.tone = Tone::muted;
    }
    view.facts.push_back(std::move(fact));
  }
}

void add_settable(const Making& making, const inspect::RecordFacts& facts, PlaceView& view) {
  const Record& record = facts.view.record;
  for (const std::string_view field : {"mining_method", "operating_state", "stage"}) {
    if (record.kind().find_field(field) == nullptr) continue;
    ChoiceEntry entry = choice_entry(making, &record, address_of(record, field), "place." + std::string(field), true);
    entry.options.push_back({"none", "", say_text("（不填）", "(not recorded)")});
    view.choices.push_back(std::move(entry));
  }
  for (const std::string_view field : {"holder", "licence_number", "description", "target_use"}) {
    if (record.kind().find_field(field) == nullptr) continue;
    view.entries.push_back(text_entry(making, &record, address_of(record, field), "place." + std::string(field), true));
  }
}

void add_notes(const inspect::RecordFacts& facts, PlaceView& view) {
  for (const Record& note : facts.notes) {
    view.notes.push_back(note_text(note));
  }
  if (!facts.disputes.empty()) {
    view.notes.push_back(say_with("有 {0} 处争议没有解决，见“争议”页",
                                  "{0} disputes are not settled, see the page of disputes",
                                  {std::to_string(facts.disputes.size())}));
  }
}

// A place has no position of its own; the first corner of its line stands for it.
void add_orientation(const Making& making, const Uuid& place, PlaceView& view) {
  const auto boundary = licence::boundary_of(making.store(), place);
  if (!boundary.ok() || !*boundary || (*boundary)->rings().empty()) return;
  const auto orientation = making.world.county_lines.at((*boundary)->rings().front().front());
  if (!orientation.ok()) return;
  view.facts.push_back(
      {say_text("方位（首个拐点）", "Orientation (first corner)"), geo::orientation_text(*orientation)});
}

void add_restoration(const inspect::RestorationProgress& progress, PlaceView& view) {
  const auto none = [] { return say_text("未填", "not recorded"); };
  std::string finished = hectares(progress.finished_ha_e4);
  if (progress.finished_without_area > 0) {
    finished += say_with("（另有 {0} 个完工单元未填面积）", " (and {0} completed units without an area)",
                         {std::to_string(progress.finished_without_area)});
  }
  view.restoration.push_back({say_text("本处已完工", "Completed here"), finished,
                              say_with("对照本处面积 {0}", "against this place's own area, {0}",
                                       {progress.own_area_ha_e4 ? hectares(*progress.own_area_ha_e4) : none()})});
  view.restoration.push_back(
      {say_text("全县规划目标", "The county's target"),
       progress.plan_target_ha_e4 ? hectares(*progress.plan_target_ha_e4) : none(),
       say_text("规划：历史遗留矿山治理面积。只供对照，不与本处相加相除",
                "the plan's area of legacy mine land to be restored; for reading beside, never added or divided")});
  view.restoration.push_back({say_text("全县未治理", "Not treated, county"),
                              progress.plan_untreated_ha_e4 ? hectares(*progress.plan_untreated_ha_e4) : none(),
                              say_text("规划：历史遗留矿山未治理面积。只供对照",
                                       "the plan's area of legacy mine land not treated; for reading beside")});
  for (const inspect::UnitProgress& unit : progress.units) {
    UnitView shown{unit.unit.name(), {say_text("未记录", "no status"), Tone::muted}, {}};
    if (unit.latest) {
      shown.state = {unit.latest->display(records::restoration_status::state), Tone::accent};
      shown.detail = unit.latest->display(records::restoration_status::observed_on);
      for (const auto& field : {records::restoration_status::area_ha, records::restoration_status::area_uncertainty_ha,
                                records::restoration_status::area_method}) {
        if (!unit.latest->has(field)) continue;
        shown.detail += field.name == records::restoration_status::area_uncertainty_ha.name ? " ± " : " · ";
        shown.detail += unit.latest->display(field);
      }
    }
    if (unit.unit.has(records::restoration_unit::planned_area_ha)) {
      shown.detail +=
          (shown.detail.empty() ? "" : " · ") +
          say_with("计划 {0}", "planned {0}", {unit.unit.display(records::restoration_unit::planned_area_ha)});
    }
    if (unit.is_disputed) shown.detail += say_text(" · 有争议", " · in dispute");
    if (is_example(unit.unit)) shown.title += say_text("（示例）", " (example)");
    view.units.push_back(std::move(shown));
  }
}

Status add_visits(const Making& making, const inspect::Dossier& dossier, PlaceView& view) {
  for (const inspect::VisitSummary& summary : dossier.visits) {
    Row row;
    row.name = "place.visit." + std::to_string(view.visits.size());
    row.title = minute_text(summary.visit, records::visit::started_at) + "　" +
                summary.visit.display(records::visit::visit_kind);
    row.detail =
        say_with("点 {0} · 照片 {1} · 答复 {2} · 问题 {3}", "{0} points · {1} photos · {2} answers · {3} findings",
                 {std::to_string(summary.points), std::to_string(summary.photos), std::to_string(summary.answers),
                  std::to_string(summary.findings)});
    for (const std::string& officer : summary.officers) row.detail += " · " + officer;
    if (is_example(summary.visit)) row.title += say_text("（示例）", " (example)");
    row.badge = {summary.visit.display(records::visit::state), Tone::plain};
    if (summary.visit.is_voided()) row.badge = {say_text("已作废", "voided"), Tone::bad};
    row.press = {Command::open_visit, summary.visit.id(), {}};
    view.visits.push_back(std::move(row));
  }
  KX_TRY(corners, licence::corners_of_place(making.store(), dossier.place.view.record.id()));
  KX_TRY(markers, licence::markers_of_place(making.store(), dossier.place.view.record.id()));
  for (const licence::SeenMarker& seen : markers) {
    KX_TRY(words, licence::marker_text(making.store(), corners, seen.marker));
    view.markers.push_back(format_minute(seen.visited_ms, making.world.desk.offset_min) + "　" + words);
  }
  for (const Record& finding : dossier.open_findings) {
    const auto visit = making.store().read(finding.reference(records::finding::visit));
    view.findings.push_back(
        (visit.ok() ? minute_text(visit->record, records::visit::started_at).substr(0, 10) + "　" : "") +
        finding.text(records::finding::text));
  }
  return {};
}

}  // namespace

Result<PlaceView> make_place(const Making& making, const Uuid& place, const std::vector<criteria::Verdict>& verdicts) {
  KX_TRY(dossier, inspect::read_dossier(making.store(), place));
  const Record& record = dossier.place.view.record;
  PlaceView view;
  view.title = record.name();
  view.kind = record.kind().label();
  if (is_example(record)) view.badges.push_back(example_badge());
  view.badges.push_back(sync_badge(dossier.place.view.sync_state));
  KX_TRY(start, action_button(making, "visit.start", place, "place.start_visit", Tone::accent));
  start.press = {Command::ask_visit, place, {}};
  start.label += "…";
  view.start_visit = std::move(start);
  std::vector<Option> tabs = {
      {"register", "register", say_text("登记资料", "Register")},
      {"verdicts", "verdicts", say_text("判定", "Verdicts")},
      {"restoration", "restoration", say_text("恢复治理", "Restoration")},
      {"visits", "visits", say_with("检查（{0}）", "Visits ({0})", {std::to_string(dossier.visits.size())})}};
  const bool is_mine = record.kind().number == kinds::mining_right;
  if (is_mine) tabs.push_back({"papers", "papers", say_text("年报与方案", "Returns and plans")});
  if (is_mine && making.world.green != nullptr) {
    tabs.push_back({"green", "green", say_text("绿色矿山", "Green mine")});
  }
  view.tabs = slot_choice(making, Slot::place_tab, "place.tab", {}, std::move(tabs));
  KX_TRY(outside_plan, inspect::OutsidePlan::read(making.store()));
  if (outside_plan.contains(making.store(), record)) {
    view.badges.push_back({inspect::outside_plan_mark(), Tone::unsure});
    view.notes.push_back(inspect::outside_plan_text());
  }
  add_notes(dossier.place, view);
  for (std::string& text : hidden_texts(making, place)) view.notes.push_back(std::move(text));
  add_register(making, dossier.place, view);
  add_orientation(making, place, view);
  add_settable(making, dossier.place, view);
  view.verdicts_summary = verdicts_summary(making, verdicts);
  view.every_verdict = every_verdict_check(making, "place.every_verdict");
  view.verdicts = verdict_views(making, verdicts);
  add_restoration(dossier.restoration, view);
  const auto& parents =
      records::kind_of(kinds::restoration_unit).find_field(records::restoration_unit::parent)->targets;
  view.can_have_units = std::ranges::find(parents, record.kind().number) != parents.end();
  view.add_unit = {
      "place.add_unit", say_text("添加治理单元…", "Add a restoration unit…"), {Command::ask_unit, place, {}}};
  if (is_mine) KX_CHECK(add_papers(making, record, view));
  KX_CHECK(add_visits(making, dossier, view));
  return view;
}

}  // namespace kuangxun::screens
