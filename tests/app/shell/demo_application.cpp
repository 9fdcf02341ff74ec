#include "tests/app/shell/demo_application.h"

#include <array>

#include "app/ui/layout.h"
#include "app/ui/table.h"
#include "app/ui/widgets.h"

namespace kuangxun::tests {
namespace {

struct DemoPlace {
  const char* name;
  const char* detail;
  const char* verdict;
  ui::Tone tone;
};
constexpr std::array<DemoPlace, 5> places = {{
    {"示例铁矿（演示数据）", "采矿权 · 铁 · 生产规模 30 万吨/年", "不确定", ui::Tone::unsure},
    {"示例石灰岩矿", "采矿权 · 水泥用石灰岩 · 露天开采", "符合", ui::Tone::good},
    {"示例砂石料场", "采矿权 · 建筑用砂 · 生产规模 5 万立方米/年", "不符合", ui::Tone::bad},
    {"示例历史遗留采坑", "历史遗留矿山 · 未治理", "不适用", ui::Tone::muted},
    {"示例名字很长很长的建筑用凝灰岩矿山地质环境恢复治理项目第三治理单元", "修复项目 · 治理中", "待核",
     ui::Tone::muted},
}};

}  // namespace

void DemoApplication::draw(ui::Frame& frame) {
  ++draws;
  changed_ = false;
  if (wake_ms) frame.wake_after_ms(*wake_ms);
  ui::heading(frame, "矿巡 · 界面演示");
  ui::right_aligned(frame,
                    ui::button_width_px(frame, "刷新 F5") + ui::spacing_px(frame) + ui::button_width_px(frame, "保存"));
  if (ui::button(frame, "refresh", "刷新 F5") || frame.shortcut({.key = ui::Key::f5})) {
    ++refreshes;
    changed_ = true;
  }
  ui::same_line(frame);
  if (ui::button(frame, "save", "保存", {.tone = ui::Tone::accent})) asking = changed_ = true;
  if (!extra_text.empty()) ui::text(frame, extra_text);
  {
    const ui::Area left(frame, "places", {.width_px = 420 * frame.scale()});
    draw_places(frame);
  }
  ui::same_line(frame);
  {
    const ui::Area right(frame, "main");
    const std::array<ui::Choice, 2> pages = {{{"dossier", "档案"}, {"visit", "巡查"}}};
    if (const auto pressed = ui::tabs(frame, "page", pages, page)) {
      page = *pressed;
      changed_ = true;
    }
    if (page == 0)
      draw_dossier(frame);
    else
      draw_visit(frame);
  }
  if (asking) draw_dialog(frame);
}

void DemoApplication::draw_places(ui::Frame& frame) {
  const auto scope = frame.scope("places");
  changed_ |= ui::text_input(frame, "search", search, {.hint = "输入名称查找"}).changed;
  for (std::size_t index = 0; index < places.size(); ++index) {
    const DemoPlace& entry = places[index];
    if (std::string_view(entry.name).find(search) == std::string_view::npos) continue;
    const ui::RowText words{entry.name, entry.detail, entry.verdict, entry.tone};
    if (ui::row(frame, "row." + std::to_string(index), words, place == index)) {
      place = index;
      changed_ = true;
    }
  }
}

void DemoApplication::draw_dossier(ui::Frame& frame) {
  ui::heading(frame, place ? places[*place].name : "请先选择一个地点");
  ui::banner(frame, ui::Tone::unsure,
             "规划文本前后不一致：正文写“治理面积 64.0 公顷”，专栏合计为 36.57 公顷（含 9.40 "
             "公顷），两个数并列保留，不合并。");
  ui::field(frame, "设计生产规模", "30 万吨/年", "原文：“30”（专栏 6，第 4 行）");
  ui::field(frame, "开采方式", "未填写", "规划表中此格为空", ui::Tone::bad);
  ui::separator(frame);
  ui::text(frame,
           "逐项核对结果（示例）：最低生产规模按露天或地下开采都达到 30 "
           "万吨/年，因此符合；规模类别无法判断，可能为中型或小型，需要先补充“开采方式”。");
  const std::array<ui::Column, 3> columns = {{{"规则", 1}, {"结果", 1}, {"理由", 3}}};
  ui::Table table(frame, "verdicts", columns);
  for (int index = 0; index < 3; ++index) {
    table.next_row();
    if (table.row_button("rule." + std::to_string(index), "R" + std::to_string(19 + index))) changed_ = true;
    table.next_cell();
    ui::badge(frame, index == 1 ? ui::Tone::bad : ui::Tone::good, index == 1 ? "不符合" : "符合");
    table.next_cell();
    ui::text(frame, "第四章第二节：新建矿山不得低于最低开采规模，已有矿山限期整改。");
  }
}

void DemoApplication::draw_visit(ui::Frame& frame) {
  const auto scope = frame.scope("visit");
  const std::array<ui::Choice, 4> answers = {{{"yes", "是", ui::Tone::good},
                                              {"no", "否", ui::Tone::bad},
                                              {"unclear", "看不清", ui::Tone::unsure},
                                              {"skip", "不适用", ui::Tone::muted}}};
  ui::text(frame, "矿区范围拐点是否设有界桩？");
  if (const auto pressed = ui::choose(frame, "answer", answers, answer)) {
    answer = pressed;
    changed_ = true;
  }
  const std::array<ui::Choice, 3> methods = {
      {{"open-pit", "露天开采"}, {"underground", "地下开采"}, {"both", "露天＋地下"}}};
  ui::text(frame, "开采方式", ui::Tone::muted);
  if (const auto pressed = ui::combo(frame, "method", methods, method, 300, "请选择")) {
    method = pressed;
    changed_ = true;
  }
  changed_ |= ui::checkbox(frame, "agreed", "当事人在场并同意拍照", agreed);
  const ui::EditResult edit = ui::text_input(frame, "note", note, {.label = "现场情况", .lines = 3});
  dirty |= edit.changed;
  edits_left += edit.left ? 1 : 0;
  changed_ |= edit.changed;
  ui::text(frame, "已记录：" + note);
  for (int index = 0; index < 30; ++index) ui::field(frame, "点位 " + std::to_string(index + 1), "示例坐标");
  if (ui::button(frame, "finish", "结束巡查", {.enabled = agreed, .hint = "先勾选当事人在场"})) ++saves;
}

void DemoApplication::draw_dialog(ui::Frame& frame) {
  const auto scope = frame.scope("confirm");
  const ui::Dialog dialog(frame, "dialog", "保存这次巡查？");
  ui::text(frame, "保存后不能删除，只能作废并写明理由。");
  ui::space(frame);
  if (ui::button(frame, "yes", "保存", {.tone = ui::Tone::accent})) {
    ++saves;
    asking = false;
    changed_ = true;
  }
  ui::same_line(frame);
  if (ui::button(frame, "no", "返回") || frame.shortcut({.key = ui::Key::escape})) {
    asking = false;
    changed_ = true;
  }
}

bool DemoApplication::handle() {
  return changed_;
}

bool DemoApplication::may_close() {
  return true;
}

}  // namespace kuangxun::tests
