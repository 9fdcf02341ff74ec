#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"
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
  std::int64_t number;
  std::string_view code;
  std::string_view name;  // of its controls
  std::vector<std::string> fields;
};

const Role& officer() {
  static const Role role{
      records::party_role::officer, "officer", "officer", {"name", "certificate_number", "organisation"}};
  return role;
}

const Role& person_present() {
  static const Role role{
      records::party_role::person_present, "person-present", "present", {"name", "post", "organisation", "telephone"}};
  return role;
}

const Role& witness() {
  static const Role role{records::party_role::witness, "witness", "witness", {"name", "organisation", "telephone"}};
  return role;
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
        field_choice(context_, &record, address_of(record, "visit_kind"), "visit.kind", visit.is_open());
    kind.look = blocks::Choice::Look::list;
    page += std::move(kind);
    page += own_field(visit, "purpose");
    page += own_field(visit, "summary");
    KX_CHECK(add_parties(visit, officer(), say_text("Officers (at least two, with certificate numbers)"), page));
    KX_CHECK(add_parties(visit, person_present(), say_text("Person present"), page));
    page += own_field(visit, "statement");
    blocks::Section refusal{say_text("Refusal to sign"), {}};
    refusal.blocks +=
        field_choice(context_, &record, address_of(record, "is_refused"), "visit.is_refused", visit.is_open());
    refusal.blocks += own_field(visit, "refusal_reason");
    page += std::move(refusal);
    KX_CHECK(add_parties(visit, witness(), say_text("Witnesses (needed for a refusal)"), page));
    return page;
  }

 private:
  blocks::Entry own_field(const VisitFacts& visit, const std::string& field) {
    const Record& record = visit.visit();
    return field_entry(context_, &record, address_of(record, field), "visit." + field, visit.is_open());
  }

  Status add_parties(const VisitFacts& visit, const Role& role, std::string title, blocks::Blocks& page) {
    blocks::Section section{std::move(title), {}};
    std::size_t index = 0;
    const auto next_prefix = [&] { return "visit." + std::string(role.name) + "." + std::to_string(index++) + "."; };
    for (const inspect::Child* child : visit.children(kinds::visit_party)) {
      if (child->record.integer(records::common::role) != role.number) continue;
      KX_CHECK(add_party(visit, role, *child, next_prefix(), section.blocks));
    }
    if (!visit.visit().is_voided()) section.blocks += blank_party(visit, role, next_prefix());
    page += std::move(section);
    return {};
  }

  Status add_party(const VisitFacts& visit, const Role& role, const inspect::Child& child, const std::string& prefix,
                   blocks::Blocks& parties) {
    const Record& party = child.record;
    blocks::Columns entries{prefix + "entries", fields_beside, {}};
    for (const std::string& field : role.fields) {
      // A group of fields is entered whole, and a name is what it needs.
      const bool has_name = field == "name" || party.has(records::visit_party::name) ||
                            context_.typing().text_of(party.id(), "name").has_value();
      entries.cells +=
          field_entry(context_, &party, address_of(party, field), prefix + field, visit.is_editable(child) && has_name);
    }
    parties += std::move(entries);
    std::string standing;
    if (party.has(records::visit_party::signed_at))
      standing = say_with("signed {0}", {minute_text(party, records::visit_party::signed_at)});
    const std::string more = standing_of(context_, child);
    if (!more.empty()) standing += (standing.empty() ? "" : " · ") + more;
    if (!standing.empty()) parties += blocks::Text{std::move(standing), blocks::Tone::accent};
    if (party.is_voided()) return {};
    blocks::Line buttons;
    if (!party.has(records::visit_party::signed_at)) {
      KX_TRY(sign, action_button(context_, "party.sign", party.id(), prefix + "sign"));
      buttons.blocks += std::move(sign);
    }
    buttons.blocks += void_button(context_, party, prefix + "void");
    parties += std::move(buttons);
    return {};
  }

  // The line in which the next person is entered.
  blocks::Columns blank_party(const VisitFacts& visit, const Role& role, const std::string& prefix) {
    blocks::Columns entries{prefix + "entries", fields_beside, {}};
    for (const std::string& field : role.fields) {
      FieldAddress at = address_in(visit, kinds::visit_party, field, {{"role", std::string(role.code)}});
      blocks::Entry entry = field_entry(context_, nullptr, std::move(at), prefix + field, field == "name");
      if (field == "name") entry.hint = say_text("type a name to add");
      entries.cells += std::move(entry);
    }
    return entries;
  }

  Context& context_;
};

const Registered people_page{{"people", Where::visit, 10, title, make<PeoplePage>}};

}  // namespace
}  // namespace kuangxun::pages
