#include <algorithm>

#include "app/green/actions.h"
#include "app/pages/fields.h"
#include "app/pages/green_mine.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_score.h"
#include "db/records/handles/green_table.h"
#include "db/records/kinds_green.h"

// The items of an assessment and the form that enters the chosen one. An assessment has up to a hundred of them, so
// that what is entered brings up the next that is open.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using blocks::Tone;
using green::Assessment;
using green::format_marks;
using green::Item;
using green::ItemScore;
using records::Record;

std::string title(Context&, const Uuid&) {
  return say_text("Items");
}

const ItemScore* score_of(const Assessment& assessment, std::int64_t number) {
  const auto found = assessment.scores.find(number);
  return found == assessment.scores.end() ? nullptr : &found->second;
}

bool is_entered(const Assessment& assessment, std::int64_t number) {
  const ItemScore* score = score_of(assessment, number);
  return score != nullptr && score->is_entered();
}

blocks::Badge badge_of(const Item* item, const ItemScore* score) {
  if (score == nullptr) return {say_text("not entered"), Tone::unsure};
  if (score->is_contradictory) return {say_text("entered in two ways"), Tone::bad};
  if (!score->is_entered()) return {say_text("not entered"), Tone::unsure};
  if (score->is_not_applicable) return {say_text("does not apply"), Tone::muted};
  if (item != nullptr && item->is_veto && score->is_met) {
    return *score->is_met ? blocks::Badge{say_text("met"), Tone::good} : blocks::Badge{say_text("not met"), Tone::bad};
  }
  if (!score->marks) return {*score->is_met ? say_text("yes") : say_text("no"), Tone::plain};
  std::string word = format_marks(*score->marks);
  if (item != nullptr) word += " / " + format_marks(item->full_marks.value_or(0));
  return {word, Tone::plain};
}

// The next item of the table, after this one and then from the first, that is not entered.
std::optional<std::string> next_open_item(const Assessment& assessment, std::string_view after) {
  const auto& all = assessment.table->table.items;
  const auto here = std::ranges::find_if(all, [&](const Item& item) { return std::to_string(item.number) == after; });
  const auto is_open = [&](const Item& item) { return !is_entered(assessment, item.number); };
  auto next = std::find_if(here, all.end(), is_open);
  if (next == all.end()) next = std::find_if(all.begin(), here, is_open);
  if (next == here || next == all.end()) return std::nullopt;
  return std::to_string(next->number);
}

class ItemsPage final : public Page {
 public:
  explicit ItemsPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    if (assessment_id_ != id) {
      assessment_id_ = id;
      choose_none();
    }
    // A character typed into the form reads nothing again.
    if (!assessment_ || read_at_ != context_.revision() || assessment_->record.id() != id) {
      KX_TRY(assessment, green::read_assessment(context_.desk().store, context_.green(), id));
      assessment_ = std::move(assessment);
      read_at_ = context_.revision();
    }
    const Assessment& assessment = *assessment_;
    blocks::Pane list{"green.items", {}};
    add_rows(assessment, list.blocks);
    blocks::Blocks page;
    blocks::Line head;
    head.blocks += blocks::Text{green::entered_text(assessment)};
    if (!list.blocks.empty() || lists_only_open_) {
      head.blocks += own_check(lists_only_open_, "green.only_open", say_text("Only open ones"));
    }
    page += std::move(head);
    blocks::Panes panes{{}, blocks::Panes::Look::equal_parts};
    if (!list.blocks.empty()) panes.cells += std::move(list);
    blocks::Pane form{"green.item.form", {}};
    add_form(assessment, form.blocks);
    panes.cells += std::move(form);
    page += std::move(panes);
    KX_CHECK(add_settings(assessment, page));
    return page;
  }

 private:
  void choose_none() {
    item_.clear();
    marks_.clear();
    evidence_.clear();
  }

  blocks::Row row_of(const Assessment& assessment, std::int64_t number, const Item* item) {
    const std::string code = std::to_string(number);
    blocks::Row row{"green.item." + code, say_with("Item {0}", {code}), {}};
    if (item != nullptr) {
      row.title = code + "　" + item->name;
      row.detail = item->first_level + " / " + item->second_level;
      if (item->is_veto) row.detail += say_text("  veto");
    }
    row.badge = badge_of(item, score_of(assessment, number));
    row.press = [this, code] { return choose(code); };
    row.is_selected = item_ == code;
    return row;
  }

  void add_rows(const Assessment& assessment, blocks::Blocks& list) {
    if (assessment.table) {
      for (const Item& item : assessment.table->table.items) {
        if (lists_only_open_ && is_entered(assessment, item.number)) continue;
        list += row_of(assessment, item.number, &item);
      }
      return;
    }
    for (const auto& [number, score] : assessment.scores) {
      if (score.is_entered() || score.is_contradictory) list += row_of(assessment, number, nullptr);
    }
  }

  // By the number as the store writes it.
  const Item* chosen_item(const Assessment& assessment) const {
    if (!assessment.table) return nullptr;
    const auto& all = assessment.table->table.items;
    const auto found =
        std::ranges::find_if(all, [&](const Item& item) { return std::to_string(item.number) == item_; });
    return found == all.end() ? nullptr : &*found;
  }

  void add_form(const Assessment& assessment, blocks::Blocks& form) {
    const Item* item = chosen_item(assessment);
    if (!assessment.table) {
      form += blocks::Text{say_text("Enter by number")};
      form += blocks::Text{say_text("There is no item table: marks go by the number of the official text and are not "
                                    "held against the full marks."),
                           Tone::muted};
      form += own_entry(item_, "green.item.number", say_text("Number of the item"));
    } else if (item != nullptr) {
      std::string words = item_ + "　" + item->name;
      if (item->full_marks) words += say_with(" (of {0})", {format_marks(*item->full_marks)});
      form += blocks::Text{std::move(words)};
      if (!item->scoring.empty()) form += blocks::Text{say_text("Marked by: ") + item->scoring, Tone::muted};
      if (!item->evidence.empty()) form += blocks::Text{say_text("Proved by: ") + item->evidence, Tone::muted};
    } else {
      form += blocks::Text{say_text("Choose an item on the left."), Tone::muted};
      return;
    }
    form += own_entry(marks_, "green.item.marks", say_text("Marks"));
    form += own_entry(evidence_, "green.item.evidence", say_text("Evidence, remark"));
    form += entry_buttons(assessment, item);
  }

  // `value`: as green::ItemEntry takes it; nothing: the marks that are typed.
  blocks::Button entry_button(std::string name, std::string label, std::optional<std::string> value) {
    return {"green.enter." + std::move(name), std::move(label),
            [this, value = std::move(value)] { return enter(value.value_or(marks_)); }};
  }

  blocks::Line entry_buttons(const Assessment& assessment, const Item* item) {
    blocks::Line buttons;
    const bool is_veto = item != nullptr && item->is_veto;
    const bool has_marks = item == nullptr || item->full_marks.value_or(0) > 0;
    if (has_marks) {
      blocks::Button record = entry_button("marks", say_text("Record the marks"), {});
      record.tone = Tone::accent;
      record.enabled = !item_.empty() && !marks_.empty();
      if (!record.enabled) record.hint = say_text("enter the marks first");
      buttons.blocks += std::move(record);
    }
    if (is_veto) {
      buttons.blocks += entry_button("yes", say_text("Met"), "yes");
      buttons.blocks += entry_button("no", say_text("Not met"), "no");
    }
    blocks::Button not_applicable = entry_button("na", say_text("Does not apply"), "na");
    not_applicable.hint = say_text(
        "how items that do not apply count is set below; while it is not, all three ways are "
        "shown");
    not_applicable.enabled = !item_.empty();
    buttons.blocks += std::move(not_applicable);
    blocks::Button clear = entry_button("clear", say_text("Back to not entered"), "");
    clear.enabled = item == nullptr ? !item_.empty() : score_of(assessment, item->number) != nullptr;
    buttons.blocks += std::move(clear);
    return buttons;
  }

  // What the office sets for an assessment: its table, the lines, how items that do not apply are treated.
  Status add_settings(const Assessment& assessment, blocks::Blocks& page) {
    const Record& record = assessment.record;
    KX_TRY(tables, green::tables_of(context_.desk().store, context_.green(), assessment.index->id));
    blocks::Columns choices{"green.settings", 1, {}};
    blocks::Columns entries{"green.lines", 1, {}};
    if (!tables.empty()) choices.cells += table_choice(assessment, tables);
    if (assessment.table) {
      blocks::Choice rule =
          field_choice(context_, &record, address_of(record, records::common::na_rule), "green.na_rule", true);
      rule.options.push_back({"none", "", say_text("(not decided)")});
      rule.look = blocks::Choice::Look::list;
      choices.cells += std::move(rule);
      for (const std::string_view field : {"na_source", "pass_total", "floor_percent", "line_source"}) {
        entries.cells += field_entry(context_, &record, address_of(record, field), "green." + std::string(field), true);
      }
    }
    if (choices.cells.empty()) return {};
    blocks::Section section{say_text("Table, lines, items that do not apply (by the office)"), {}};
    for (blocks::Columns* columns : {&choices, &entries}) {
      columns->count = static_cast<int>(columns->cells.size());
      if (columns->count > 0) section.blocks += std::move(*columns);
    }
    page += std::move(section);
    return {};
  }

  blocks::Choice table_choice(const Assessment& assessment, const std::vector<green::StoredTable>& tables) {
    const Record& record = assessment.record;
    blocks::Choice choice =
        value_choice(context_, address_of(record, records::green_assessment::item_table), "green.item_table", true);
    choice.label = record.kind().find_field(records::green_assessment::item_table)->label();
    choice.look = blocks::Choice::Look::list;
    for (const green::StoredTable& table : tables) {
      std::string label = table.record.text(records::green_table::label);
      if (!table.gaps.empty()) label += say_text(" (incomplete)");
      if (table.is_invented()) label += say_text(" (invented)");
      const std::string id = table.record.id().text();
      if (record.reference(records::green_assessment::item_table) == table.record.id()) {
        choice.chosen = choice.options.size();
      }
      choice.options.push_back({id, id, std::move(label)});
    }
    return choice;
  }

  // What is recorded of it comes into the form.
  Status choose(const std::string& item) {
    choose_none();
    item_ = item;
    KX_TRY(scores,
           context_.desk().store.list_where(kinds::green_score, records::green_score::assessment, assessment_id_));
    for (const Record& score : scores) {
      if (score.is_voided() || score.text(records::green_score::item) != item) continue;
      if (score.has(records::green_score::score)) marks_ = format_marks(score.integer(records::green_score::score));
      evidence_ = score.text(records::green_score::evidence);
    }
    return {};
  }

  Status enter(const std::string& value) {
    const std::string item = item_;
    KX_CHECK(green::enter_items(context_.desk(), context_.green(), assessment_id_, {{item, value, evidence_}}));
    context_.say({say_with("item {0} is recorded", {item}), Tone::good});
    // On to the next that is open; the form stays with this one when none is.
    KX_TRY(assessment, green::read_assessment(context_.desk().store, context_.green(), assessment_id_));
    if (!assessment.table) {
      choose_none();
      return {};
    }
    return choose(next_open_item(assessment, item).value_or(item));
  }

  Context& context_;
  Uuid assessment_id_;
  std::optional<Assessment> assessment_;
  std::uint64_t read_at_ = 0;  // of the context's revision
  std::string item_;           // its number; empty: none is chosen
  std::string marks_;
  std::string evidence_;
  bool lists_only_open_ = false;
};

const Registered items_page{{.name = "items",
                             .where = Where::assessment,
                             .order = 30,
                             .title = title,
                             .make = make<ItemsPage>,
                             .needs_room = true}};

}  // namespace
}  // namespace kuangxun::pages
