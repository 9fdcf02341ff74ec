#include <algorithm>
#include <array>

#include "app/geo/county_lines.h"
#include "app/inspect/place/dossier.h"
#include "app/licence/boundaries.h"
#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "db/language/language.h"
#include "db/records/handles/citation.h"

// What the register says of a place: each value with what is printed and where it stands there. What a person completes
// or corrects is entered beside it and never over it.
namespace kuangxun::pages {
namespace {

using blocks::Tone;
using records::FieldDescription;
using records::Record;

constexpr std::array<std::string_view, 3> settable_choices = {"mining_method", "operating_state", "stage"};
constexpr std::array<std::string_view, 4> settable_entries = {"holder", "licence_number", "description", "target_use"};

std::string title(Context&, const Uuid&) {
  return say_text(in_context("pages", "Register"));
}

// The printed text of a field and where it stands.
std::string citation_of(const std::vector<Record>& citations, std::string_view field) {
  std::string note;
  for (const Record& citation : citations) {
    if (citation.text(records::citation::field) != field) continue;
    if (!note.empty()) note += "\n";
    const std::string where = citation.has(records::citation::table_number)
                                  ? say_with("table {0}, row {1}", {citation.display(records::citation::table_number),
                                                                    citation.display(records::citation::row)})
                                  : citation.text(records::citation::source);
    note += say_with("printed “{0}”, {1}", {citation.text(records::citation::printed), where});
  }
  return note;
}

class RegisterPage final : public Page {
 public:
  explicit RegisterPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& place) override {
    KX_TRY(facts, inspect::record_facts(context_.desk().store, place));
    blocks::Blocks page;
    add_register(facts, page);
    add_orientation(place, page);
    add_settable(facts.view.record, page);
    return page;
  }

 private:
  std::string value_of(const Record& record, const FieldDescription& field) {
    if (field.type != records::FieldType::reference || !record.has(field)) return record.display(field);
    const auto target = context_.desk().store.read(record.reference(field));
    return target.ok() ? target->record.name() : record.reference(field).text();
  }

  void add_register(const inspect::RecordFacts& facts, blocks::Blocks& page) {
    const Record& record = facts.view.record;
    for (const FieldDescription& field : record.kind().fields) {
      const std::string note = citation_of(facts.citations, field.name);
      if (field.name == "is_example" || field.name == record.kind().name_field) continue;
      // Two fields of one quantity in two units: only the one that is used is shown.
      const bool is_alternative = field.group != field.number && !record.has(field) && note.empty();
      if (is_alternative) continue;
      blocks::Fact fact{std::string(field.label()), value_of(record, field), note};
      if (std::ranges::find(facts.view.disputed, field.group) != facts.view.disputed.end()) {
        fact.note += (note.empty() ? "" : "\n") + say_text("in dispute, see the page of disputes");
        fact.tone = Tone::bad;
      }
      if (fact.value.empty()) {
        fact.value = say_text("not recorded");
        fact.tone = Tone::muted;
      }
      page += std::move(fact);
    }
  }

  // A place has no position of its own; the first corner of its line stands for it.
  void add_orientation(const Uuid& place, blocks::Blocks& page) {
    const auto boundary = licence::boundary_of(context_.desk().store, place);
    if (!boundary.ok() || !*boundary || (*boundary)->rings().empty()) return;
    const auto orientation = context_.county_lines().at((*boundary)->rings().front().front());
    if (!orientation.ok()) return;
    page += blocks::Fact{say_text("Orientation (first corner)"), geo::orientation_text(*orientation)};
  }

  void add_settable(const Record& record, blocks::Blocks& page) {
    blocks::Columns choices{"place.choices", 1, {}};
    for (const std::string_view field : settable_choices) {
      if (record.kind().find_field(field) == nullptr) continue;
      blocks::Choice choice =
          field_choice(context_, &record, address_of(record, field), "place." + std::string(field), true);
      choice.options.push_back({"none", "", say_text("(not recorded)")});
      choice.look = blocks::Choice::Look::list;
      choices.cells += std::move(choice);
    }
    blocks::Columns entries{"place.entries", 1, {}};
    for (const std::string_view field : settable_entries) {
      if (record.kind().find_field(field) == nullptr) continue;
      entries.cells += field_entry(context_, &record, address_of(record, field), "place." + std::string(field), true);
    }
    blocks::Section section{say_text("Complete or correct (the printed text stays)"), {}};
    for (blocks::Columns* columns : {&choices, &entries}) {
      columns->count = static_cast<int>(columns->cells.size());
      if (columns->count > 0) section.blocks += std::move(*columns);
    }
    if (!section.blocks.empty()) page += std::move(section);
  }

  Context& context_;
};

const Registered register_page{{"register", Where::place, 10, title, make<RegisterPage>}};

}  // namespace
}  // namespace kuangxun::pages
