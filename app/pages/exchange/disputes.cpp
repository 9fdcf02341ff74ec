#include "app/inspect/edit/settle.h"
#include "app/inspect/edit/standing.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

// Where two people changed the same thing without knowing of each other. Both values stand beside each other with who
// and when, because nothing here may choose for the people: taking one is an operation of its own, signed by whoever
// takes it.
namespace kuangxun::pages {
namespace {

using blocks::Tone;

std::string title(Context& context, const Uuid&) {
  std::string words = say_text("Disputes");
  const std::uint64_t open = context.counts().disputes;
  if (open > 0) words += " (" + std::to_string(open) + ")";
  return words;
}

// The values of the group as one side has them.
std::vector<blocks::Fact> values_of(const history::Dispute& dispute, const history::Head& head) {
  std::vector<blocks::Fact> facts;
  for (const records::FieldDescription* field : records::kind_of(dispute.kind).fields_of(dispute.group)) {
    records::Value value;
    for (const records::FieldValue& given : head.values) {
      if (given.field == field->number) value = given.value;
    }
    const std::string shown = records::display_value(*field, value);
    facts.push_back({std::string(field->label()), shown.empty() ? say_text("(empty)") : shown});
  }
  return facts;
}

std::string void_reason_of(const history::Head& head) {
  for (const records::FieldValue& value : head.values) {
    const auto* reason = std::get_if<std::string>(&value.value);
    if (value.field == history::existence_reason_field && reason != nullptr) return *reason;
  }
  return {};
}

class DisputesPage final : public Page {
 public:
  explicit DisputesPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    KX_TRY(disputes, context_.desk().store.disputes());
    blocks::Blocks page;
    page += blocks::Text{disputes.empty()
                             ? say_text("No disputes.")
                             : say_text("Two people changed the same thing without knowing of each other. Both "
                                        "values are kept; taking one settles it.")};
    if (!disputes.empty()) page += blocks::Text{context_.signing_text(), Tone::muted};
    for (std::size_t index = 0; index < disputes.size(); ++index) add(disputes[index], index, page);
    return page;
  }

 private:
  void add(const history::Dispute& dispute, std::size_t index, blocks::Blocks& page) {
    const auto record = context_.desk().store.read(dispute.record);
    const records::KindDescription& kind = records::kind_of(dispute.kind);
    const std::int64_t since_ms = context_.desk().clock.now_ms() - inspect::dispute_began_ms(dispute);
    const std::string prefix = "dispute." + std::to_string(index);
    blocks::Section shown{
        (record.ok() ? record->record.name() : dispute.record.text()) + " · " + std::string(kind.label()), {}};
    shown.blocks += blocks::Text{
        inspect::group_label(kind, dispute.group) + " · " + say_with("for {0}", {inspect::age_text(since_ms)}),
        Tone::muted};
    blocks::Columns sides{prefix, 1, {}};
    const auto add_side = [&](const history::Head& head, bool is_unseen_edit) {
      sides.cells += side(dispute, head, is_unseen_edit, prefix + ".take." + std::to_string(sides.cells.size()));
    };
    for (const history::Head& head : dispute.heads) add_side(head, false);
    for (const history::Head& head : dispute.unseen_edits) add_side(head, true);
    sides.count = static_cast<int>(sides.cells.size());
    shown.blocks += std::move(sides);
    page += std::move(shown);
  }

  blocks::Stack side(const history::Dispute& dispute, const history::Head& head, bool is_unseen_edit,
                     std::string name) {
    blocks::Stack side;
    side.blocks += blocks::Text{context_.names().who_text(head.person, head.id.writer, head.time.wall_ms), Tone::muted};
    std::string label = say_text("Take this");
    if (is_unseen_edit) {
      label = say_text("Keep the record");
      side.blocks += blocks::Fact{say_text("Edit"), inspect::values_text(records::kind_of(dispute.kind), head),
                                  say_text("made without knowing that it was voided")};
    } else if (dispute.group == records::existence_group) {
      label = say_text("Keep it voided");
      side.blocks += blocks::Fact{say_text("Void"), void_reason_of(head)};
    } else {
      for (blocks::Fact& fact : values_of(dispute, head)) side.blocks += std::move(fact);
    }
    side.blocks += blocks::Button{
        std::move(name), std::move(label),
        [this, id = inspect::dispute_id(dispute), operation = head.id.text()] { return take(id, operation); },
        Tone::accent};
    return side;
  }

  // Found again by its id: it may have been settled since the page was made.
  Status take(const std::string& id, const std::string& operation) {
    KX_TRY(dispute, inspect::find_dispute(context_.desk().store, id));
    return inspect::take_operation(context_.desk(), dispute, operation);
  }

  Context& context_;
};

const Registered disputes_page{{"disputes", Where::window, 40, title, make<DisputesPage>}};

}  // namespace
}  // namespace kuangxun::pages
