#include <algorithm>

#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/base/language.h"

namespace kuangxun::ui {
namespace {

constexpr float list_width = 420;
constexpr float choice_width = 300;
constexpr std::size_t entries_beside = 4;

void draw_register(Pen& pen, const screens::PlaceView& view) {
  draw_facts(pen, view.facts);
  if (view.choices.empty() && view.entries.empty()) return;
  draw_section(pen, say("补充与更正（原文保留）", "Complete or correct (the printed text stays)"));
  if (!view.choices.empty()) {
    Columns columns(pen.frame, "place.choices", static_cast<int>(view.choices.size()));
    for (const screens::ChoiceEntry& entry : view.choices) {
      columns.next();
      draw_list(pen, entry, choice_width);
    }
  }
  draw_entries(pen, "place.entries", view.entries);
}

void draw_restoration(Pen& pen, const screens::PlaceView& view) {
  draw_facts(pen, view.restoration);
  draw_section(pen, say("治理单元", "Restoration units"));
  if (view.units.empty()) text(pen.frame, say("还没有治理单元。", "No restoration units yet."), Tone::muted);
  for (const screens::UnitView& unit : view.units) {
    text(pen.frame, unit.title);
    draw(pen, unit.state);
    same_line(pen.frame);
    text(pen.frame, unit.detail, Tone::muted);
    separator(pen.frame);
  }
  if (view.can_have_units) draw(pen, view.add_unit);
}

// `prefix`: of the names of their forms.
void draw_papers(Pen& pen, const std::vector<screens::PaperView>& papers, const std::string& prefix) {
  for (std::size_t i = 0; i < papers.size(); ++i) {
    const screens::PaperView& paper = papers[i];
    const std::string name = prefix + std::to_string(i);
    draw_section(pen, paper.title);
    if (!paper.belongs_to.empty()) text(pen.frame, paper.belongs_to, Tone::muted);
    if (!paper.standing.empty()) text(pen.frame, paper.standing, Tone::unsure);
    if (!paper.choices.empty()) {
      Columns columns(pen.frame, name + ".choices", static_cast<int>(std::min<std::size_t>(paper.choices.size(), 3)));
      for (const screens::ChoiceEntry& entry : paper.choices) {
        columns.next();
        draw_list(pen, entry, choice_width);
      }
    }
    // A few beside each other: a return asks for a dozen figures, and each needs room for its label and its unit.
    for (std::size_t first = 0; first < paper.entries.size(); first += entries_beside) {
      const std::size_t last = std::min(first + entries_beside, paper.entries.size());
      const std::vector<screens::TextEntry> some(paper.entries.begin() + static_cast<std::ptrdiff_t>(first),
                                                 paper.entries.begin() + static_cast<std::ptrdiff_t>(last));
      draw_entries(pen, name + ".entries." + std::to_string(first), some, static_cast<int>(entries_beside));
    }
    if (paper.void_it) draw(pen, *paper.void_it);
  }
}

void draw_visits(Pen& pen, const screens::PlaceView& view) {
  if (view.visits.empty()) text(pen.frame, say("还没有检查过。", "Not visited yet."), Tone::muted);
  for (const screens::Row& visit : view.visits) draw(pen, visit);
  if (!view.findings.empty()) draw_section(pen, say("未了结的问题", "Open findings"));
  for (const std::string& finding : view.findings) text(pen.frame, finding);
  if (!view.markers.empty()) draw_section(pen, say("界桩", "Corner markers"));
  for (const std::string& marker : view.markers) text(pen.frame, marker);
}

void draw_tab(Pen& pen, const screens::PlaceView& view) {
  const std::string& tab = view.tabs.options[view.tabs.chosen.value_or(0)].key;
  if (tab == "register") {
    draw_register(pen, view);
  } else if (tab == "verdicts") {
    text(pen.frame, view.verdicts_summary);
    draw(pen, view.every_verdict);
    draw_verdicts(pen, view.verdicts);
  } else if (tab == "green") {
    if (view.green) draw_green(pen, *view.green);
  } else if (tab == "restoration") {
    draw_restoration(pen, view);
  } else if (tab == "papers") {
    draw(pen, view.paper_kind);
    draw_papers(pen, view.papers, "place.paper.");
  } else {
    draw_visits(pen, view);
  }
}

}  // namespace

void draw_verdicts(Pen& pen, const std::vector<screens::VerdictView>& verdicts) {
  for (const screens::VerdictView& verdict : verdicts) {
    separator(pen.frame);
    draw(pen, verdict.outcome);
    same_line(pen.frame);
    text(pen.frame, verdict.rule + "　" + verdict.title);
    same_line(pen.frame);
    draw(pen, verdict.explain);
    text(pen.frame, verdict.reason);
    for (const std::string& missing : verdict.missing) {
      text(pen.frame, std::string(say("缺：", "Missing: ")) + missing, Tone::unsure);
    }
    std::string inputs;
    for (const std::string& input : verdict.inputs)
      inputs += std::string(inputs.empty() ? "" : say("；", "; ")) + input;
    if (!inputs.empty()) text(pen.frame, std::string(say("依据的数：", "Rests on: ")) + inputs, Tone::muted);
    text(pen.frame,
         std::string(say("条款：", "Clause: ")) + verdict.clause + std::string(say("（", " (")) + verdict.basis +
             std::string(say("）", ")")),
         Tone::muted);
    if (!verdict.consequence.empty()) {
      text(pen.frame, std::string(say("规划规定的后果：", "Consequence, in the plan's words: ")) + verdict.consequence,
           Tone::bad);
    }
    for (const std::string& line : verdict.explanation) text(pen.frame, line, Tone::accent);
  }
}

void draw_place(Pen& pen, const screens::PlaceView& view) {
  heading(pen.frame, view.title);
  badge(pen.frame, Tone::plain, view.kind);
  same_line(pen.frame);
  draw_badges(pen, view.badges);
  right_aligned(pen.frame, button_width_px(pen.frame, view.start_visit.label));
  draw(pen, view.start_visit);
  draw_tabs(pen, view.tabs);
  const Area area(pen.frame, "place.page", {.framed = false});
  // The page of green mines has notes of its own, and needs the room.
  if (view.tabs.options[view.tabs.chosen.value_or(0)].key != "green") {
    for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  }
  draw_tab(pen, view);
}

void draw_county(Pen& pen, const screens::CountyView& view) {
  const Area area(pen.frame, "county.page");
  heading(pen.frame, view.title);
  draw_tabs(pen, view.tabs);
  const std::string& tab = view.tabs.options[view.tabs.chosen.value_or(0)].key;
  if (tab == "years") {
    draw_papers(pen, view.years, "county.year.");
  } else if (tab == "notes") {
    if (view.notes.empty()) text(pen.frame, say("没有。", "None."), Tone::muted);
    for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  } else {
    text(pen.frame, view.verdicts_summary);
    draw(pen, view.every_verdict);
    draw_verdicts(pen, view.verdicts);
  }
}

void draw_places(Pen& pen, const screens::View& view) {
  {
    const Area left(pen.frame, "places", {.width_px = list_width * pen.frame.scale()});
    draw(pen, view.places.search);
    text(pen.frame, view.places.count, Tone::muted);
    right_aligned(pen.frame, button_width_px(pen.frame, view.places.add.label));
    draw(pen, view.places.add);
    const Area list(pen.frame, "places.list", {.framed = false});
    for (const screens::Row& visit : view.places.under_way) draw(pen, visit);
    for (const screens::Row& place : view.places.places) draw(pen, place);
  }
  same_line(pen.frame);
  const Area right(pen.frame, "place");
  if (view.place) {
    draw_place(pen, *view.place);
  } else {
    text(pen.frame, say("从左边选一处。", "Choose a place on the left."), Tone::muted);
  }
}

}  // namespace kuangxun::ui
