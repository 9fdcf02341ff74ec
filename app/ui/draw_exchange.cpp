#include "app/ui/draw_controls.h"
#include "app/ui/draw_screens.h"
#include "db/base/language.h"

namespace kuangxun::ui {
namespace {

constexpr float field_width = 560;

}  // namespace

void draw_sync(Pen& pen, const screens::SyncView& view) {
  const Area area(pen.frame, "sync.page");
  heading(pen.frame, say("县里", "At the county"));
  draw_facts(pen, view.county);
  if (!view.is_enrolled) {
    draw(pen, view.url, field_width * pen.frame.scale());
    draw(pen, view.code, field_width * pen.frame.scale());
    draw(pen, view.enrol);
    same_line(pen.frame);
  }
  draw(pen, view.sync);
  if (!view.last.empty()) {
    draw_section(pen, say("这次同步", "This sync"));
    draw_facts(pen, view.last);
  }
  draw_section(pen, say("本机", "On this laptop"));
  draw_facts(pen, view.laptop);
  draw_section(pen, say("检查在哪里", "Where the visits are"));
  if (view.visits.empty()) text(pen.frame, say("还没有检查。", "No visits yet."), Tone::muted);
  for (const screens::Row& visit : view.visits) draw(pen, visit);
}

void draw_disputes(Pen& pen, const screens::DisputesView& view) {
  const Area area(pen.frame, "disputes.page");
  text(pen.frame, view.summary);
  for (std::size_t index = 0; index < view.disputes.size(); ++index) {
    const screens::DisputeView& dispute = view.disputes[index];
    draw_section(pen, dispute.title);
    Columns columns(pen.frame, "dispute." + std::to_string(index), static_cast<int>(dispute.sides.size()));
    for (const screens::DisputeSide& side : dispute.sides) {
      columns.next();
      text(pen.frame, side.who, Tone::muted);
      draw_facts(pen, side.values);
      draw(pen, side.take);
    }
  }
}

}  // namespace kuangxun::ui
