#include <tuple>

#include "app/inspect/edit/evidence.h"
#include "app/inspect/visit/actions.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"
#include "db/records/handles/checklist_answer.h"
#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"

// How a visit stands, what it still lacks, its end, its signing and its paper.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using records::Record;

// An id's last group is enough to tell the papers of a day apart.
constexpr std::size_t id_tail_begins = 24;

std::string title(Context&, const Uuid&) {
  return say_text("Close, report");
}

std::string count_text(const VisitFacts& visit, records::KindNumber kind) {
  std::size_t count = 0;
  for (const inspect::Child* child : visit.children(kind)) count += child->record.is_voided() ? 0 : 1;
  return std::to_string(count);
}

std::string answered_text(const VisitFacts& visit) {
  std::size_t count = 0;
  for (const inspect::Child* child : visit.children(kinds::checklist_answer)) {
    const bool is_answered =
        child->record.has(records::checklist_answer::answer) || child->record.has(records::checklist_answer::remark);
    count += !child->record.is_voided() && is_answered ? 1 : 0;
  }
  return std::to_string(count);
}

std::string missing_text(const VisitFacts& visit) {
  if (visit.is_signed) return {};
  std::vector<Record> parties;
  for (const inspect::Child* child : visit.children(kinds::visit_party)) parties.push_back(child->record);
  return inspect::missing_for_signing(visit.visit(), parties);
}

class ClosingPage final : public Page {
 public:
  explicit ClosingPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(visit, read_visit(context_.desk().store, id));
    const Record& record = visit.visit();
    if (std::exchange(visit_, id) != id) report_path_ = usual_path(record);
    KX_TRY(seal, seal_text(visit));
    blocks::Blocks page;
    page += blocks::Fact{say_text("State"), record.display(records::common::state)};
    page += blocks::Fact{say_text("Positions"), count_text(visit, kinds::gps_point)};
    page += blocks::Fact{say_text("Walked areas"), count_text(visit, kinds::walked_area)};
    page += blocks::Fact{say_text("Boundary markers"), count_text(visit, kinds::corner_marker)};
    page += blocks::Fact{say_text("Answers"), answered_text(visit)};
    page += blocks::Fact{say_text(in_context("pages", "Findings")), count_text(visit, kinds::finding)};
    page += blocks::Fact{say_text("Photos"), count_text(visit, kinds::photo)};
    page += blocks::Fact{say_text("Restoration statuses"), count_text(visit, kinds::restoration_status)};
    page += blocks::Fact{say_text("Seal"), std::move(seal)};
    if (const std::string missing = missing_text(visit); !missing.empty()) {
      page += blocks::Notice{say_with("Before it can be closed as signed: {0}", {missing})};
    }
    KX_CHECK(add_buttons(record, page));
    page += report_section();
    return page;
  }

 private:
  std::string usual_path(const Record& visit) const {
    const std::string day = format_day(day_of(visit.integer(records::visit::started_at), beijing_offset_min));
    return (context_.papers_folder() / ("visit-" + day + "-" + visit.id().text().substr(id_tail_begins) + ".pdf"))
        .string();
  }

  // Who sealed the visit, or who will.
  Result<std::string> seal_text(const VisitFacts& visit) {
    KX_TRY(seal, inspect::seal_of(context_.desk().store, visit.visit().id()));
    if (!seal.has_value()) return context_.signing_text();
    const std::string who = context_.names().who_text(seal->person, seal->writer, seal->time.wall_ms);
    return seal->is_personal ? say_with("{0}; personally signed", {who})
                             : say_with("{0}; signed by this laptop only, not personally", {who});
  }

  Status add_buttons(const Record& visit, blocks::Blocks& page) {
    blocks::Line buttons;
    for (const auto& [action, tone] : {std::pair("visit.end", Tone::accent), std::pair("visit.continue", Tone::plain),
                                       std::pair("visit.sign", Tone::accent)}) {
      KX_TRY(button, action_button(context_, action, visit.id(), action, tone));
      buttons.blocks += std::move(button);
    }
    buttons.blocks += void_button(context_, visit, "visit.void");
    page += std::move(buttons);
    return {};
  }

  blocks::Section report_section() {
    blocks::Section section{say_text("Visit record"), {}};
    section.blocks += own_entry(report_path_, "visit.report_path", say_text("Save as"));
    section.blocks += blocks::Button{"visit.save_report", say_text("Save the visit record (PDF)"),
                                     [this]() -> Status {
                                       context_.save_visit_paper(visit_, path_of(report_path_));
                                       return {};
                                     },
                                     Tone::accent};
    return section;
  }

  Context& context_;
  Uuid visit_;  // whose paper's path it is
  std::string report_path_;
};

const Registered closing_page{{"closing", Where::visit, 60, title, make<ClosingPage>}};

}  // namespace
}  // namespace kuangxun::pages
