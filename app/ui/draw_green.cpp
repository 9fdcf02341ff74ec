#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/base/language.h"

namespace kuangxun::ui {
namespace {

constexpr float figure_width_columns = 3;

void draw_tier(Pen& pen, const screens::GreenView& view) {
  draw_section(pen, say("梯次（由人确定）", "Tier (set by a person)"));
  if (view.tiers.empty()) text(pen.frame, say("未确定。", "Not set."), Tone::muted);
  draw_facts(pen, view.tiers);
  draw(pen, view.tier);
  {
    Columns columns(pen.frame, "green.decision", 2);
    columns.next();
    draw(pen, view.reason);
    columns.next();
    draw(pen, view.by);
  }
  draw(pen, view.set_tier);
}

void draw_precondition(Pen& pen, const screens::GreenPrecondition& precondition) {
  draw(pen, precondition.verdict);
  same_line(pen.frame);
  text(pen.frame, precondition.title);
  for (const screens::GreenQuestion& question : precondition.questions) {
    text(pen.frame, question.text);
    if (!question.where.empty()) text(pen.frame, question.where, Tone::muted);
    if (question.answer) draw(pen, *question.answer);
    if (question.figure) {
      Columns columns(pen.frame, question.figure->name, static_cast<int>(figure_width_columns));
      columns.next();
      draw(pen, *question.figure);
    }
  }
  separator(pen.frame);
}

void draw_assessment(Pen& pen, const screens::GreenView& view) {
  draw_section(pen, view.title);
  for (const std::string& note : view.notes) banner(pen.frame, Tone::unsure, note);
  draw_facts(pen, view.facts);
  draw_section(pen, say("先决条件", "Preconditions"));
  for (const screens::GreenPrecondition& one : view.preconditions) draw_precondition(pen, one);
  draw_section(pen, say("得分", "Marks"));
  for (const std::string& why : view.no_total) text(pen.frame, why, Tone::unsure);
  draw_facts(pen, view.sums);
  draw_section(pen, say("环节", "Steps"));
  if (view.steps.empty()) text(pen.frame, say("还没有环节。", "No steps yet."), Tone::muted);
  draw_facts(pen, view.steps);
}

}  // namespace

void draw_green(Pen& pen, const screens::GreenView& view) {
  text(pen.frame, view.advice, Tone::muted);
  draw_tier(pen, view);
  if (view.title.empty()) {
    draw_section(pen, say("评价", "Assessment"));
    text(pen.frame, say("还没有评价。", "No assessment yet."), Tone::muted);
  } else {
    draw_assessment(pen, view);
  }
  draw_buttons(pen, view.begin);
  if (!view.earlier.empty()) {
    draw_section(pen, say("以前的评价", "Earlier assessments"));
    draw_facts(pen, view.earlier);
  }
  if (view.clauses.empty()) return;
  draw_section(pen, say("行业标准条款", "Clauses of the standard"));
  draw_verdicts(pen, view.clauses);
}

}  // namespace kuangxun::ui
