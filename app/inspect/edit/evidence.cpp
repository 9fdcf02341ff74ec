#include "app/inspect/edit/evidence.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/records/choices/party_role.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_table.h"
#include "db/records/handles/visit.h"
#include "db/records/handles/visit_party.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

bool is_signed_state(std::int64_t state) {
  return state == records::visit_state::is_signed || state == records::visit_state::reviewed;
}

// What stood in the file; the line that sums are compared with is the office's to set.
bool is_of_an_item_table(const records::Record& record, const records::FieldDescription& field) {
  if (record.kind().number == kinds::green_item) return true;
  return record.kind().number == kinds::green_table &&
         field.group == record.kind().find_field(records::green_table::index_id)->group;
}

history::HybridTime begun(const history::RecordView& view) {
  history::HybridTime first{INT64_MAX, 0};
  for (const auto& [group, heads] : view.heads) {
    for (const history::Head& head : heads) first = std::min(first, head.time);
  }
  return first;
}

}  // namespace

std::optional<Uuid> visit_of(const records::Record& record) {
  if (record.kind().number == kinds::visit) return record.id();
  if (!record.kind().is_evidence || record.kind().find_field(records::common::visit) == nullptr ||
      !record.has(records::common::visit)) {
    return std::nullopt;
  }
  return record.reference(records::common::visit);
}

Result<std::optional<Seal>> seal_of(history::RecordReader& store, const Uuid& visit) {
  const records::FieldDescription& state = *records::kind_of(kinds::visit).find_field(records::visit::state);
  KX_TRY(operations, store.history(visit, state.group));
  for (const history::Operation& operation : operations) {
    for (const records::FieldValue& value : operation.values) {
      const auto* number = std::get_if<std::int64_t>(&value.value);
      if (value.field == state.number && number != nullptr && is_signed_state(*number)) {
        return std::optional(
            Seal{operation.person, operation.id.writer, operation.time, operation.person_signature.has_value()});
      }
    }
  }
  return std::optional<Seal>();
}

Result<std::optional<history::HybridTime>> signed_time(history::RecordReader& store, const Uuid& visit) {
  KX_TRY(seal, seal_of(store, visit));
  if (!seal.has_value()) return std::optional<history::HybridTime>();
  return std::optional(seal->time);
}

Result<bool> is_added_after_signing(history::RecordReader& store, const history::RecordView& view) {
  const auto visit = visit_of(view.record);
  if (!visit || *visit == view.record.id() || view.record.kind().number == kinds::review) return false;
  KX_TRY(time, signed_time(store, *visit));
  return time.has_value() && begun(view) > *time;
}

Status check_editable(history::RecordReader& store, const history::RecordView& view,
                      const records::FieldDescription& field) {
  if (view.record.is_voided()) {
    return Error(ErrorCode::bad_input, phrase("record {0} is voided ({1}) and cannot be edited",
                                              {view.record.id().text(), view.record.void_reason()}));
  }
  if (is_of_an_item_table(view.record, field)) {
    return Error(ErrorCode::bad_input, phrase("an imported item table is not edited, because assessments keep the "
                                              "version they used; import the corrected file as a new version"));
  }
  const auto visit = visit_of(view.record);
  if (!visit) return {};
  if (view.record.kind().number == kinds::visit && field.name == "state") return {};
  KX_TRY(time, signed_time(store, *visit));
  if (!time.has_value() || begun(view) > *time) return {};
  return Error(ErrorCode::bad_input,
               phrase("visit {0} is signed: its {1} cannot be changed; void it with a reason and add a new one (it is "
                      "marked as added after signing)",
                      {visit->text(), view.record.kind().label_words()}));
}

// Signing is not taken back: what stood then is what people put their names to. Before it a visit may go on after all.
Status check_visit_state(std::int64_t from, std::int64_t to) {
  const bool reopened = from == records::visit_state::ended && to == records::visit_state::under_way;
  if (to >= from || reopened) return {};
  const auto label = [](std::int64_t state) {
    const auto* option = records::visit_state_enumeration.find(state);
    return option != nullptr ? either(option->chinese, option->english) : std::string_view("?");
  };
  return Error(ErrorCode::bad_input, phrase("a visit cannot go back from {0} to {1}", {label(from), label(to)}));
}

std::string missing_for_signing(const records::Record& visit, const std::vector<records::Record>& parties) {
  if (!visit.has(records::visit::ended_at)) return say_text("the visit has not ended");
  int officers = 0;
  bool present_signed = false;
  for (const records::Record& party : parties) {
    if (party.is_voided() || !party.has(records::visit_party::signed_at)) continue;
    const std::int64_t role = party.integer(records::visit_party::role);
    if (role == records::party_role::officer && party.has(records::visit_party::certificate_number)) ++officers;
    present_signed = present_signed || role == records::party_role::person_present;
  }
  if (officers < 2) {
    return say_with("at least two officers with certificate numbers must sign (now {0})", {std::to_string(officers)});
  }
  if (present_signed) return {};
  if (visit.integer(records::visit::is_refused) == 0) {
    return say_text("the person present must sign, or the refusal must be recorded with its reason");
  }
  // A witness may be invited and need not be: the law asks only that the refusal is recorded with its reason.
  if (!visit.has(records::visit::refusal_reason)) return say_text("the refusal needs its reason");
  return {};
}

}  // namespace kuangxun::inspect
