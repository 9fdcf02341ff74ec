#include "app/pages/paper_forms.h"

#include <algorithm>

#include "app/pages/fields.h"
#include "db/language/language.h"

namespace kuangxun::pages {
namespace {

using blocks::Tone;
using records::FieldDescription;
using records::FieldType;
using records::Record;

// A return asks for a dozen figures, and each needs room for its label and its unit.
constexpr int entries_beside = 4;
constexpr std::size_t choices_beside_max = 3;

// Days and years are numbers that grow.
std::int64_t age_of(const Record& record) {
  const FieldDescription* dated = record.kind().find_field(record.kind().dated_by);
  return dated == nullptr ? 0 : record.integer(*dated);
}

bool is_before(const Record& a, const Record& b) {
  if (a.is_voided() != b.is_voided()) return b.is_voided();
  return age_of(a) != age_of(b) ? age_of(a) > age_of(b) : a.id() > b.id();
}

FieldAddress address_in(const PaperOwner& owner, const records::KindDescription& kind, const FieldDescription& field) {
  FieldAddress at{{}, kind.number, std::string(field.name)};
  at.seed.push_back(owner.seed);
  return at;
}

// A quantity whose unit is chosen beside it says which one.
void add_unit(const records::KindDescription& kind, const FieldDescription& field, const Record* paper,
              blocks::Entry& entry) {
  const FieldDescription* unit = kind.find_field(std::string(field.name) + "_unit");
  if (unit == nullptr) return;
  const bool is_chosen = paper != nullptr && paper->has(*unit);
  entry.label += say_with(" ({0})", {is_chosen ? paper->display(*unit) : say_text("unit not chosen")});
}

void add_standing(Context& context, const PaperOwner& owner, const Record* paper, blocks::Blocks& form) {
  if (!owner.belongs_to.empty()) form += blocks::Text{owner.belongs_to, Tone::muted};
  if (paper == nullptr) return;
  if (paper->is_voided()) {
    form += blocks::Text{say_with("void: {0}", {paper->void_reason()}), Tone::unsure};
  } else if (context.is_disputed(paper->id())) {
    form += blocks::Text{say_text("in dispute, see the page of disputes"), Tone::unsure};
  }
}

blocks::Section paper_form(Context& context, const PaperOwner& owner, const records::KindDescription& kind,
                           const Record* paper, std::size_t index) {
  const std::string prefix = owner.prefix + std::to_string(index) + ".";
  const bool is_open = paper == nullptr || !paper->is_voided();
  blocks::Section form;
  form.title = paper == nullptr ? say_with("New: {0}", {kind.label()}) : std::string(kind.label());
  if (paper != nullptr && is_example(*paper)) form.title += say_text(" (example)");
  add_standing(context, owner, paper, form.blocks);
  blocks::Columns choices{prefix + "choices", 1, {}};
  blocks::Columns entries{prefix + "entries", entries_beside, {}};
  for (const FieldDescription& field : kind.fields) {
    if (!field.is_on_form()) continue;
    FieldAddress at = paper == nullptr ? address_in(owner, kind, field) : address_of(*paper, field.name);
    const std::string name = prefix + std::string(field.name);
    if (is_choice(field)) {
      blocks::Choice choice = field_choice(context, paper, std::move(at), name, is_open);
      choice.look = blocks::Choice::Look::list;
      if (paper != nullptr) choice.options.push_back({"none", "", say_text("(not recorded)")});
      choices.cells += std::move(choice);
    } else {
      blocks::Entry entry = field_entry(context, paper, std::move(at), name, is_open);
      entry.lines = 1;
      add_unit(kind, field, paper, entry);
      if (field.type == FieldType::day) entry.hint = "2025-12-31";
      entries.cells += std::move(entry);
    }
  }
  choices.count = static_cast<int>(std::min(choices.cells.size(), choices_beside_max));
  if (!choices.cells.empty()) form.blocks += std::move(choices);
  if (!entries.cells.empty()) form.blocks += std::move(entries);
  if (paper != nullptr) form.blocks += void_button(context, *paper, prefix + "void");
  return form;
}

}  // namespace

void sort_papers(std::vector<Record>& papers) {
  std::ranges::stable_sort(papers, is_before);
}

std::size_t add_paper_forms(Context& context, const PaperOwner& owner, const records::KindDescription& kind,
                            std::vector<Record> papers, std::size_t first, blocks::Blocks& page) {
  sort_papers(papers);
  for (const Record& paper : papers) page += paper_form(context, owner, kind, &paper, first++);
  page += paper_form(context, owner, kind, nullptr, first++);
  return first;
}

}  // namespace kuangxun::pages
