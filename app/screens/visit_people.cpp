#include "app/inspect/actions.h"
#include "app/screens/visit_making.h"
#include "db/base/language.h"
#include "db/records/enumerations.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

struct Role {
  std::int64_t number;
  std::string_view code;
  std::string_view name;  // of its controls
  std::vector<std::string> fields;
};

const std::vector<Role>& roles() {
  static const std::vector<Role> all = {
      {records::party_role::officer, "officer", "officer", {"name", "certificate_number", "organisation"}},
      {records::party_role::person_present, "person-present", "present", {"name", "post", "organisation", "telephone"}},
      {records::party_role::witness, "witness", "witness", {"name", "organisation", "telephone"}},
  };
  return all;
}

PartyView party_view(const Making& making, const VisitFacts& visit, const Role& role, const inspect::Child& child,
                     std::size_t index) {
  const std::string prefix = "visit." + std::string(role.name) + "." + std::to_string(index) + ".";
  const records::Record& party = child.record;
  PartyView view;
  for (const std::string& field : role.fields) {
    // A group of fields is entered whole, and a name is what it needs.
    const bool has_name =
        field == "name" || party.has(records::visit_party::name) || making.typing.text_of(party.id(), "name");
    view.entries.push_back(
        text_entry(making, &party, address_of(party, field), prefix + field, visit.is_editable(child) && has_name));
  }
  if (party.has(records::visit_party::signed_at)) {
    view.standing = say_with("已签字 {0}", "signed {0}", {minute_text(party, records::visit_party::signed_at)});
  }
  const std::string more = standing_of(making, child);
  if (!more.empty()) view.standing += (view.standing.empty() ? "" : " · ") + more;
  if (party.is_voided()) return view;
  if (!party.has(records::visit_party::signed_at)) {
    auto sign = action_button(making, "party.sign", party.id(), prefix + "sign");
    if (sign.ok()) view.buttons.push_back(std::move(*sign));
  }
  view.buttons.push_back(void_button(party, prefix + "void"));
  return view;
}

// The line in which the next person is entered.
PartyView blank_party(const Making& making, const VisitFacts& visit, const Role& role, std::size_t index) {
  const std::string prefix = "visit." + std::string(role.name) + "." + std::to_string(index) + ".";
  PartyView view;
  for (const std::string& field : role.fields) {
    const FieldAddress at = address_in(visit, kinds::visit_party, field, {{"role", std::string(role.code)}});
    TextEntry entry = text_entry(making, nullptr, at, prefix + field, field == "name");
    entry.hint = field == "name" ? say_text("输入姓名即添加", "type a name to add") : std::string();
    view.entries.push_back(std::move(entry));
  }
  return view;
}

std::vector<PartyView> parties_of(const Making& making, const VisitFacts& visit, const Role& role) {
  std::vector<PartyView> views;
  for (const inspect::Child* child : visit.children(kinds::visit_party)) {
    if (child->record.integer(records::visit_party::role) != role.number) continue;
    views.push_back(party_view(making, visit, role, *child, views.size()));
  }
  if (!visit.visit().is_voided()) views.push_back(blank_party(making, visit, role, views.size()));
  return views;
}

}  // namespace

void add_people(const Making& making, const VisitFacts& visit, VisitView& view) {
  const records::Record& record = visit.visit();
  view.facts.push_back({say_text("开始", "Started"), minute_text(record, records::visit::started_at)});
  if (record.has(records::visit::ended_at))
    view.facts.push_back({say_text("结束", "Ended"), minute_text(record, records::visit::ended_at)});
  view.kind =
      choice_entry(making, &record, address_of(record, records::visit::visit_kind), "visit.kind", visit.is_open());
  for (const std::string field : {"purpose", "summary"}) {
    view.entries.push_back(text_entry(making, &record, address_of(record, field), "visit." + field, visit.is_open()));
  }
  view.officers = parties_of(making, visit, roles()[0]);
  view.present = parties_of(making, visit, roles()[1]);
  view.witnesses = parties_of(making, visit, roles()[2]);
  view.refused = choice_entry(making, &record, address_of(record, records::visit::is_refused), "visit.is_refused",
                              visit.is_open());
  view.refusal_reason = text_entry(making, &record, address_of(record, records::visit::refusal_reason),
                                   "visit.refusal_reason", visit.is_open());
  view.statement =
      text_entry(making, &record, address_of(record, records::visit::statement), "visit.statement", visit.is_open());
}

}  // namespace kuangxun::screens
