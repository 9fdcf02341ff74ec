#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"
#include "db/records/asked_fields.h"
#include "db/records/choices/party_role.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"

// Who takes part in a visit, what it is for and what it found, what the other side says, and its refusal. A person is
// added by typing a name into the empty line: there is no form to open with gloves on.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;
using records::Record;

constexpr int fields_beside = 4;

struct Role {
  records::Choice choice;
  std::string_view name;  // of its controls
  std::vector<records::FieldHandle> fields;
};

namespace party = records::visit_party;

const Role& officer() {
  static const Role role{
      records::party_role::officer, "officer", {party::name, party::certificate_number, party::organisation}};
  return role;
}

const Role& person_present() {
  static const Role role{records::party_role::person_present,
                         "present",
                         {party::name, party::post, party::organisation, party::telephone}};
  return role;
}

const Role& witness() {
  static const Role role{records::party_role::witness, "witness", {party::name, party::organisation, party::telephone}};
  return role;
}

// What the page has a place of its own for, or what the program writes; every other field of a visit follows them.
constexpr records::FieldHandle placed_of_visit[] = {
    records::visit::visit_kind,         records::visit::purpose,         records::visit::started_at,
    records::visit::ended_at,           records::visit::state,           records::visit::summary,
    records::visit::statement,          records::visit::is_refused,      records::visit::refusal_reason,
    records::visit::started_offset_min, records::visit::ended_offset_min};
// The same of a person: what no role has a place for is asked of all of them.
constexpr records::FieldHandle placed_of_party[] = {
    party::role, party::name,      party::certificate_number, party::organisation,
    party::post, party::telephone, party::signed_at,          party::signed_offset_min};

std::vector<std::string_view> fields_of(const Role& role, const records::KindDescription& kind) {
  std::vector<std::string_view> names(role.fields.begin(), role.fields.end());
  for (const records::FieldDescription* field : records::asked_beside(kind, placed_of_party)) {
    names.push_back(field->name);
  }
  return names;
}

std::string title(Context&, const Uuid&) {
  return say_text("People");
}

class PeoplePage final : public Page {
 public:
  explicit PeoplePage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(visit, read_visit(context_.desk().store, id));
    const Record& record = visit.visit();
    blocks::Blocks page;
    page += blocks::Fact{say_text("Started"), minute_text(record, records::visit::started_at)};
    if (record.has(records::visit::ended_at))
      page += blocks::Fact{say_text("Ended"), minute_text(record, records::visit::ended_at)};
    blocks::Choice kind =
        field_choice(context_, &record, address_of(record, records::visit::visit_kind), "visit.kind", visit.is_open());
    kind.look = blocks::Choice::Look::list;
    page += std::move(kind);
    page.push_back(own_field(visit, records::visit::purpose));
    page.push_back(own_field(visit, records::visit::summary));
    for (const records::FieldDescription* field : records::asked_beside(record.kind(), placed_of_visit)) {
      page.push_back(own_field(visit, field->name));
    }
    KX_CHECK(add_parties(visit, officer(), say_text("Officers (at least two, with certificate numbers)"), page));
    KX_CHECK(add_parties(visit, person_present(), say_text("Person present"), page));
    page.push_back(own_field(visit, records::visit::statement));
    blocks::Section refusal{say_text("Refusal to sign"), {}};
    refusal.blocks += field_choice(context_, &record, address_of(record, records::visit::is_refused),
                                   "visit.is_refused", visit.is_open());
    refusal.blocks.push_back(own_field(visit, records::visit::refusal_reason));
    page += std::move(refusal);
    KX_CHECK(add_parties(visit, witness(), say_text("Witnesses (needed for a refusal)"), page));
    return page;
  }

 private:
  blocks::Block own_field(const VisitFacts& visit, std::string_view field) {
    const Record& record = visit.visit();
    return field_control(context_, &record, address_of(record, field), "visit." + std::string(field), visit.is_open());
  }

  Status add_parties(const VisitFacts& visit, const Role& role, std::string title, blocks::Blocks& page) {
    blocks::Section section{std::move(title), {}};
    std::size_t index = 0;
    const auto next_prefix = [&] { return "visit." + std::string(role.name) + "." + std::to_string(index++) + "."; };
    for (const inspect::Child* child : visit.children(kinds::visit_party)) {
      if (child->record.integer(records::common::role) != role.choice) continue;
      KX_CHECK(add_party(visit, role, *child, next_prefix(), section.blocks));
    }
    if (!visit.visit().is_voided()) section.blocks += blank_party(visit, role, next_prefix());
    page += std::move(section);
    return {};
  }

  Status add_party(const VisitFacts& visit, const Role& role, const inspect::Child& child, const std::string& prefix,
                   blocks::Blocks& parties) {
    const Record& person = child.record;
    blocks::Columns entries{prefix + "entries", fields_beside, {}};
    for (const std::string_view field : fields_of(role, person.kind())) {
      // A group of fields is entered whole, and a name is what it needs.
      const bool has_name = field == party::name.name || person.has(party::name) ||
                            context_.typing().text_of(person.id(), party::name).has_value();
      entries.cells.push_back(field_control(context_, &person, address_of(person, field), prefix + std::string(field),
                                            visit.is_editable(child) && has_name));
    }
    parties += std::move(entries);
    std::string standing;
    if (person.has(party::signed_at)) standing = say_with("signed {0}", {minute_text(person, party::signed_at)});
    const std::string more = standing_of(context_, child);
    if (!more.empty()) standing += (standing.empty() ? "" : " · ") + more;
    if (!standing.empty()) parties += blocks::Text{std::move(standing), blocks::Tone::accent};
    if (person.is_voided()) return {};
    blocks::Line buttons;
    if (!person.has(party::signed_at)) {
      KX_TRY(sign, action_button(context_, "party.sign", person.id(), prefix + "sign"));
      buttons.blocks += std::move(sign);
    }
    buttons.blocks += void_button(context_, person, prefix + "void");
    parties += std::move(buttons);
    return {};
  }

  // The line in which the next person is entered.
  blocks::Columns blank_party(const VisitFacts& visit, const Role& role, const std::string& prefix) {
    blocks::Columns entries{prefix + "entries", fields_beside, {}};
    for (const std::string_view field : fields_of(role, records::kind_of(kinds::visit_party))) {
      FieldAddress at = address_in(visit, kinds::visit_party, std::string(field), {{party::role, role.choice.text()}});
      const bool is_name = field == party::name.name;
      blocks::Block control = field_control(context_, nullptr, std::move(at), prefix + std::string(field), is_name);
      if (is_name) std::get<blocks::Entry>(control.shape).hint = say_text("type a name to add");
      entries.cells.push_back(std::move(control));
    }
    return entries;
  }

  Context& context_;
};

const Registered people_page{{"people", Where::visit, 10, title, make<PeoplePage>}};

}  // namespace
}  // namespace kuangxun::pages
