#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/base/language.h"

namespace kuangxun::ui {
namespace {

constexpr float kind_width = 420;
constexpr float path_width = 560;

void draw_parties(Pen& pen, std::string_view title, std::string_view name,
                  const std::vector<screens::PartyView>& parties) {
  draw_section(pen, title);
  for (std::size_t index = 0; index < parties.size(); ++index) {
    draw_entries(pen, std::string(name) + std::to_string(index), parties[index].entries, 4);
    if (!parties[index].standing.empty()) text(pen.frame, parties[index].standing, Tone::accent);
    draw_buttons(pen, parties[index].buttons);
    space(pen.frame, 4);
  }
}

void draw_people(Pen& pen, const screens::VisitView& view) {
  draw_facts(pen, view.facts);
  draw_list(pen, view.kind, kind_width);
  for (const screens::TextEntry& entry : view.entries) draw(pen, entry);
  draw_parties(pen, say("检查人员（至少两名，填执法证号）", "Officers (at least two, with certificate numbers)"),
               "party.officer.", view.officers);
  draw_parties(pen, say("现场人员", "Person present"), "party.present.", view.present);
  draw(pen, view.statement);
  draw_section(pen, say("拒绝签字", "Refusal to sign"));
  draw(pen, view.refused);
  draw(pen, view.refusal_reason);
  draw_parties(pen, say("见证人（拒签时须有）", "Witnesses (needed for a refusal)"), "party.witness.", view.witnesses);
}

void draw_receiver(Pen& pen, const screens::ReceiverView& view) {
  if (!view.is_running) {
    draw(pen, view.path, path_width * pen.frame.scale());
    draw_buttons(pen, view.examples);
    draw(pen, view.speed);
    draw(pen, view.start);
    return;
  }
  Columns columns(pen.frame, "gps.columns", 2);
  columns.next();
  draw(pen, view.gate);
  same_line(pen.frame);
  text(pen.frame, view.gate_reason);
  draw_facts(pen, view.facts);
  draw(pen, view.stop);
  columns.next();
  draw(pen, view.purpose);
  draw(pen, view.unit);
  draw(pen, view.label);
  draw(pen, view.average_until);
  draw_buttons(pen, view.buttons);
}

void draw_areas(Pen& pen, const screens::VisitView& view) {
  draw_section(pen, say("实测范围", "Walked areas"));
  const screens::AreaRecorderView& recorder = view.area_recorder;
  draw(pen, recorder.kind);
  draw(pen, recorder.label);
  if (!recorder.facts.empty()) draw_facts(pen, recorder.facts);
  draw_buttons(pen, recorder.buttons);
  for (const screens::AreaView& area : view.areas) {
    separator(pen.frame);
    text(pen.frame, area.title);
    same_line(pen.frame);
    draw(pen, area.verdict);
    text(pen.frame, area.figures);
    text(pen.frame, area.words);
    if (!area.standing.empty()) text(pen.frame, area.standing, Tone::bad);
    draw(pen, area.void_it);
  }
}

void draw_markers(Pen& pen, const screens::MarkersView& view) {
  draw_section(pen, say("界桩", "Corner markers"));
  draw_list(pen, view.corner, kind_width * pen.frame.scale());
  draw_facts(pen, view.facts);
  draw(pen, view.note, path_width * pen.frame.scale());
  draw_buttons(pen, view.buttons);
  text(pen.frame, view.hint, Tone::muted);
  for (const screens::MarkerView& marker : view.recorded) {
    separator(pen.frame);
    text(pen.frame, marker.text);
    if (!marker.standing.empty()) text(pen.frame, marker.standing, Tone::bad);
    draw(pen, marker.void_it);
  }
}

void draw_positions(Pen& pen, const screens::VisitView& view) {
  draw_section(pen, say("接收机", "Receiver"));
  draw_receiver(pen, view.receiver);
  draw_areas(pen, view);
  if (view.markers) draw_markers(pen, *view.markers);
  draw_section(pen, say("本次的点", "Points of this visit"));
  if (view.points.empty()) text(pen.frame, say("还没有取点。", "No points yet."), Tone::muted);
  for (const screens::PointView& point : view.points) {
    text(pen.frame, point.title);
    text(pen.frame, point.position);
    text(pen.frame, point.quality, Tone::muted);
    if (!point.boundary.empty()) text(pen.frame, point.boundary);
    if (!point.elevation.empty()) text(pen.frame, point.elevation);
    draw_entries(pen, "point." + std::to_string(&point - view.points.data()) + ".fields", point.entries);
    if (!point.orientation.empty()) text(pen.frame, point.orientation, Tone::muted);
    if (!point.standing.empty()) text(pen.frame, point.standing, Tone::bad);
    draw(pen, point.void_it);
    separator(pen.frame);
  }
}

void draw_item(Pen& pen, const screens::ItemView& item) {
  if (!item.section.empty()) draw_section(pen, item.section);
  badge(pen.frame, item.is_answered ? Tone::good : Tone::muted,
        item.is_answered ? say("已答", "answered") : say("未答", "open"));
  same_line(pen.frame);
  text(pen.frame, item.code + "　" + item.question);
  text(pen.frame, item.how, Tone::muted);
  if (!item.evidence.empty()) text(pen.frame, item.evidence, Tone::muted);
  if (!item.answer.options.empty()) {
    screens::ChoiceEntry answer = item.answer;
    answer.label.clear();
    draw(pen, answer);
  }
  draw_entries(pen, "answer." + item.code + ".fields", item.entries);
  if (item.lacks_photo)
    text(pen.frame, say("还没有指明证据照片。", "No picture is named as evidence yet."), Tone::unsure);
  if (item.is_answered && !item.photo.options.empty()) draw(pen, item.photo);
  separator(pen.frame);
}

void draw_checklist(Pen& pen, const screens::VisitView& view) {
  draw(pen, view.checklist.which);
  heading(pen.frame, view.checklist.progress);
  draw(pen, view.checklist.only_gaps);
  for (const screens::ItemView& item : view.checklist.items) draw_item(pen, item);
}

void draw_findings(Pen& pen, const screens::VisitView& view) {
  draw_section(pen, say("发现的问题", "Findings"));
  for (std::size_t index = 0; index < view.findings.size(); ++index) {
    const screens::FindingView& finding = view.findings[index];
    for (const screens::TextEntry& entry : finding.entries) draw(pen, entry);
    if (!finding.standing.empty()) text(pen.frame, finding.standing, Tone::bad);
    draw_buttons(pen, finding.buttons);
    space(pen.frame);
  }
  draw_section(pen, say("照片", "Photos"));
  draw(pen, view.photo_path, path_width * pen.frame.scale());
  draw_buttons(pen, view.photo_buttons);
  draw_section(pen, say("导入整个文件夹的照片", "Photos of a whole folder"));
  draw(pen, view.photo_folder, path_width * pen.frame.scale());
  draw(pen, view.photo_clock, kind_width * pen.frame.scale());
  draw(pen, view.photo_visit);
  draw(pen, view.import_photos);
  draw_facts(pen, view.imported);
  for (std::size_t index = 0; index < view.photos.size(); ++index) {
    const screens::PhotoView& photo = view.photos[index];
    separator(pen.frame);
    text(pen.frame, photo.title);
    if (!photo.standing.empty()) text(pen.frame, photo.standing, Tone::bad);
    draw_entries(pen, "photo." + std::to_string(index), photo.entries);
    draw_buttons(pen, photo.buttons);
  }
}

void draw_units(Pen& pen, const screens::VisitView& view) {
  if (!view.no_units.empty()) text(pen.frame, view.no_units, Tone::muted);
  for (std::size_t index = 0; index < view.units.size(); ++index) {
    const screens::UnitStatusView& unit = view.units[index];
    draw_section(pen, unit.title);
    if (!unit.planned.empty()) text(pen.frame, unit.planned, Tone::muted);
    for (const std::string& asked : unit.asked) {
      text(pen.frame, std::string(say("方案要求：", "Asked by the plan: ")) + asked, Tone::muted);
    }
    draw(pen, unit.state);
    draw_entries(pen, "unit." + std::to_string(index) + ".fields", unit.entries);
    if (!unit.area_note.empty()) text(pen.frame, unit.area_note, Tone::accent);
    draw(pen, unit.measure);
    for (const std::string& earlier : unit.earlier) text(pen.frame, earlier, Tone::muted);
    separator(pen.frame);
  }
}

void draw_closing(Pen& pen, const screens::VisitView& view) {
  draw_facts(pen, view.summary);
  if (!view.missing_for_signing.empty()) {
    banner(pen.frame, Tone::unsure,
           std::string(say("签字完成之前还缺：", "Before it can be closed as signed: ")) + view.missing_for_signing);
  }
  draw_buttons(pen, view.buttons);
  draw_section(pen, say("检查记录", "Visit record"));
  draw(pen, view.report_path);
  draw(pen, view.save_report);
}

}  // namespace

void draw_visit(Pen& pen, const screens::VisitView& view) {
  draw(pen, view.back);
  same_line(pen.frame);
  heading(pen.frame, view.title);
  draw_badges(pen, view.badges);
  draw_tabs(pen, view.tabs);
  const std::string& tab = view.tabs.options[view.tabs.chosen.value_or(0)].key;
  const Area area(pen.frame, "visit.page." + tab);
  for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  if (tab == "people") draw_people(pen, view);
  if (tab == "positions") draw_positions(pen, view);
  if (tab == "checklist") draw_checklist(pen, view);
  if (tab == "findings") draw_findings(pen, view);
  if (tab == "restoration") draw_units(pen, view);
  if (tab == "closing") draw_closing(pen, view);
}

}  // namespace kuangxun::ui
