#include "app/inspect/actions.h"
#include "app/inspect/evidence.h"
#include "app/inspect/outside_plan.h"
#include "app/screens/visit_making.h"
#include "db/base/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

std::vector<Option> visit_tabs() {
  return {{"people", "people", say_text("人员与情况", "People")},
          {"positions", "positions", say_text("定位", "Positions")},
          {"checklist", "checklist", say_text("检查表", "Checklist")},
          {"findings", "findings", say_text("问题与照片", "Findings, photos")},
          {"restoration", "restoration", say_text("治理状态", "Restoration")},
          {"closing", "closing", say_text("签字与报告", "Close, report")}};
}

std::string count_text(const VisitFacts& visit, records::KindNumber kind) {
  std::size_t count = 0;
  for (const inspect::Child* child : visit.children(kind)) count += child->record.is_voided() ? 0 : 1;
  return std::to_string(count);
}

std::size_t answered(const VisitFacts& visit) {
  std::size_t count = 0;
  for (const inspect::Child* child : visit.children(kinds::checklist_answer)) {
    const bool is_answered =
        child->record.has(records::checklist_answer::answer) || child->record.has(records::checklist_answer::remark);
    count += !child->record.is_voided() && is_answered ? 1 : 0;
  }
  return count;
}

std::string missing_text(const VisitFacts& visit) {
  if (visit.is_signed) return {};
  std::vector<records::Record> parties;
  for (const inspect::Child* child : visit.children(kinds::visit_party)) parties.push_back(child->record);
  return inspect::missing_for_signing(visit.visit(), parties);
}

// Who sealed the visit, or who will.
Result<std::string> seal_text(const Making& making, const VisitFacts& visit) {
  KX_TRY(seal, inspect::seal_of(making.store(), visit.visit().id()));
  if (!seal.has_value()) return signing_text(making);
  const std::string who = making.known.names.who_text(seal->person, seal->writer, seal->time.wall_ms);
  return seal->is_personal
             ? say_with("{0}；本人签名", "{0}; personally signed", {who})
             : say_with("{0}；没有本人签名，只有本机作证", "{0}; not personally signed, on the laptop's word", {who});
}

}  // namespace

Status add_closing(const Making& making, const VisitFacts& visit, VisitView& view) {
  const records::Record& record = visit.visit();
  view.summary = {
      {say_text("状态", "State"), record.display(records::visit::state)},
      {say_text("定位点", "Positions"), count_text(visit, kinds::gps_point)},
      {say_text("实测范围", "Walked areas"), count_text(visit, kinds::walked_area)},
      {say_text("界桩", "Corner markers"), count_text(visit, kinds::corner_marker)},
      {say_text("检查项答复", "Answers"), std::to_string(answered(visit))},
      {say_text("问题", "Findings"), count_text(visit, kinds::finding)},
      {say_text("照片", "Photos"), count_text(visit, kinds::photo)},
      {say_text("治理状态", "Restoration statuses"), count_text(visit, kinds::restoration_status)},
  };
  KX_TRY(seal, seal_text(making, visit));
  view.summary.push_back({say_text("封存", "Seal"), seal});
  view.missing_for_signing = missing_text(visit);
  for (const auto& [action, name, tone] :
       {std::tuple("visit.end", "visit.end", Tone::accent), std::tuple("visit.continue", "visit.continue", Tone::plain),
        std::tuple("visit.sign", "visit.sign", Tone::accent)}) {
    KX_TRY(button, action_button(making, action, record.id(), name, tone));
    view.buttons.push_back(std::move(button));
  }
  view.buttons.push_back(void_button(record, "visit.void"));
  view.report_path = slot_text(making, Slot::report_path, "visit.report_path", say_text("保存到", "Save as"));
  view.save_report = {"visit.save_report",
                      say_text("保存检查记录（PDF）", "Save the visit record (PDF)"),
                      {Command::save_report, record.id(), {}},
                      Tone::accent};
  return {};
}

Result<VisitView> make_visit(const Making& making, const Uuid& id) {
  KX_TRY(visit, read_visit(making, id));
  const records::Record& record = visit.visit();
  VisitView view;
  view.title = visit.place.name();
  view.badges.push_back({record.display(records::visit::visit_kind), Tone::plain});
  view.badges.push_back({record.display(records::visit::state), Tone::accent});
  if (is_example(record)) view.badges.push_back(example_badge());
  if (record.is_voided()) view.badges.push_back({say_text("已作废", "voided"), Tone::bad});
  view.badges.push_back(sync_badge(visit.facts.view.sync_state));
  view.back = {"visit.back", say_text("← 返回", "← Back"), {Command::open_place, visit.place.id(), {}}};
  view.tabs = slot_choice(making, Slot::visit_tab, "visit.tab", {}, visit_tabs());
  if (record.is_voided()) {
    view.notes.push_back(say_with("这次检查已作废：{0}", "this visit is voided: {0}", {record.void_reason()}));
  } else if (visit.is_signed) {
    view.notes.push_back(
        say_text("这次检查已签字：签字时已有的内容不能修改；补充的内容会标为“签字后补充”。",
                 "This visit is signed: what stood then cannot be changed; what is added now is marked "
                 "as added after signing."));
  }
  if (!visit.facts.disputes.empty() || making.is_disputed(id)) {
    view.notes.push_back(say_text("有争议没有解决，见“争议”页", "it has open disputes, see the page of disputes"));
  }
  for (std::string& text : hidden_texts(making, id)) view.notes.push_back(std::move(text));
  KX_TRY(outside_plan, inspect::OutsidePlan::read(making.store()));
  if (outside_plan.contains(making.store(), visit.place)) view.notes.push_back(inspect::outside_plan_text());
  add_people(making, visit, view);
  add_positions(making, visit, view);
  add_areas(making, visit, view);
  add_markers(making, visit, view);
  add_checklist(making, visit, view);
  add_findings(making, visit, view);
  KX_CHECK(add_unit_statuses(making, visit, view));
  KX_CHECK(add_closing(making, visit, view));
  return view;
}

}  // namespace kuangxun::screens
