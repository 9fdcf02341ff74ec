#include "sync/ledger/administration.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "sync/ledger/decisions.h"
#include "sync/ledger/reshow.h"

namespace kuangxun::ledger {
namespace {

Error unknown(MessageId message, const std::string& id) {
  return Error(ErrorCode::not_found, phrase("there is no such {0}: {1}", {phrase(message), id}));
}

std::string name_of(const history::WriterId& writer) {
  return writer.device.text() + ":" + std::to_string(writer.epoch);
}

records::Value number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

Result<std::uint64_t> first_to_come(County& county, const history::WriterId& writer) {
  KX_TRY(chains, county.store().chains({&writer, 1}));
  return chains.front().stored_through + 1;
}

Result<records::FieldValue> positioning_value(std::string_view name, std::int64_t value) {
  const records::FieldDescription& field = *records::kind_of(records::kinds::positioning_rules).find_field(name);
  if (field.minimum <= value && value <= field.maximum) return records::FieldValue{field.number, value};
  return Error(ErrorCode::bad_input, phrase("{0} is out of range", {either_phrase(field.chinese, field.english)}));
}

Result<std::vector<CountyEdit>> positioning_edits(County& county, const records::PositioningRules& rules,
                                                  const std::string& reason) {
  constexpr records::KindNumber kind = records::kinds::positioning_rules;
  std::vector<CountyEdit> edits;
  if (rules.gate) {
    // Centimetres, rounded down: never a laxer limit than was said.
    KX_TRY(accuracy, positioning_value("accuracy_m_max", rules.gate->accuracy_mm_max / 10));
    std::vector<records::FieldValue> values = {accuracy};
    if (rules.gate->warm_up_fixes) {
      KX_TRY(fixes, positioning_value("warm_up_fixes", *rules.gate->warm_up_fixes));
      values.push_back(fixes);
    }
    if (rules.gate->fix_age_ms_max) {
      KX_TRY(age, positioning_value("fix_age_ms_max", *rules.gate->fix_age_ms_max));
      values.push_back(age);
    }
    values.push_back({8, reason});
    edits.push_back({{}, kind, 1, std::move(values)});
  } else if (county.registry().positioning_record().is_nil()) {
    return Error(ErrorCode::bad_input, phrase("set the largest accepted error first"));
  }
  const bool keeps = rules.keeps_sentences;
  if (keeps != county.registry().positioning().keeps_sentences) {
    edits.push_back({{}, kind, 4, {{4, std::int64_t{keeps}}}});
  }
  if (rules.height) {
    if (rules.height->source.empty()) {
      return Error(ErrorCode::bad_input, phrase("a height offset needs its source (a benchmark or a document)"));
    }
    KX_TRY(offset, positioning_value("height_offset_m", rules.height->offset_mm));
    KX_TRY(uncertainty, positioning_value("height_offset_uncertainty_m", rules.height->uncertainty_mm));
    edits.push_back({{}, kind, 5, {offset, uncertainty, {7, rules.height->source}}});
  }
  return edits;
}

}  // namespace

Status revoke_device(County& county, history::WriterId writer, std::uint64_t from_sequence, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  if (county.registry().find_device(writer) == nullptr) return unknown("device", name_of(writer));
  std::vector<CountyEdit> edits;
  // Of later epochs all, because whoever has the laptop may have gone on in them; of earlier ones what may still come.
  for (const rights::Device* device : county.registry().epochs_of(writer.device)) {
    std::uint64_t from = device->writer.epoch == writer.epoch ? from_sequence : 1;
    if (device->writer.epoch < writer.epoch) {
      if (device->is_revoked()) continue;
      KX_TRY(to_come, first_to_come(county, device->writer));
      from = to_come;
    }
    edits.push_back(
        {device->record, records::kinds::device, 7, {{7, number(from)}, {8, county.clock().now_ms()}, {9, reason}}});
  }
  KX_CHECK(write_as_county(county, transaction, edits));
  return transaction.commit();
}

Status quarantine(County& county, history::WriterId writer, history::SequenceRange range, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  KX_TRY(to_come, first_to_come(county, writer));
  if (range.first == 0 || range.last < range.first || range.last >= to_come || county.is_county(writer)) {
    return Error(ErrorCode::bad_input, phrase("of {0} the county has operations 1 to {1}: it cannot hide {2}-{3}",
                                              {name_of(writer), std::to_string(to_come - 1),
                                               std::to_string(range.first), std::to_string(range.last)}));
  }
  KX_CHECK(write_as_county(county, transaction, hiding_edits(county, writer, range, {0, reason})));
  return transaction.commit();
}

Status close_forked_chain(County& county, history::WriterId writer) {
  if (county.is_county(writer)) return {};
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  KX_TRY(to_come, first_to_come(county, writer));
  // One that begins later was decided before a restore took away what lies between: it ends nothing yet.
  const auto ends_here = [&](const rights::Decision* closing) { return closing->range.first <= to_come; };
  if (std::ranges::any_of(county.registry().closings_of(writer), ends_here)) return {};
  KX_TRY(forked_through, county.store().forked_through(writer));
  if (forked_through < to_come) return {};
  const rights::Objection objection{
      records::decision_code::fork,
      say_text("another chain of this name is kept as evidence: this one ends here, and the "
               "device goes on in another epoch")};
  KX_CHECK(
      write_as_county(county, transaction, hiding_edits(county, writer, {to_come, limits::sequence_max}, objection)));
  return transaction.commit();
}

Status end_chain(County& county, history::WriterId writer, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  KX_TRY(to_come, first_to_come(county, writer));
  const auto ends_here = [&](const rights::Decision* closing) {
    return closing->is_hidden && closing->range.first <= to_come;
  };
  if (std::ranges::any_of(county.registry().closings_of(writer), ends_here)) return {};
  KX_TRY(forked_through, county.store().forked_through(writer));
  KX_TRY(waiting, county.store().parked_on({{writer, {{to_come, limits::sequence_max}}}}));
  if ((forked_through == 0 && waiting.empty()) || county.is_county(writer)) {
    return Error(ErrorCode::bad_input,
                 phrase("nothing of another chain of {0} is kept aside, and nothing waits for it: it cannot be "
                        "ended; for a lost device use revoke",
                        {name_of(writer)}));
  }
  const rights::Objection objection{records::decision_code::fork, reason};
  KX_CHECK(
      write_as_county(county, transaction, hiding_edits(county, writer, {to_come, limits::sequence_max}, objection)));
  return transaction.commit();
}

Status release(County& county, Uuid id, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  const rights::Decision* decision = county.registry().find_decision(id);
  if (decision == nullptr) return unknown("decision", id.text());
  if (!decision->is_hidden) return {};
  KX_TRY(is_readable, can_read(county.store(), decision->writer, decision->range));
  // After a restore the decision is back before what it hides: nobody knows yet whether that can be read.
  KX_TRY(to_come, first_to_come(county, decision->writer));
  const bool is_here = decision->range.last < to_come;
  if (decision->code == records::decision_code::undecodable && !is_here) {
    return Error(ErrorCode::refused, phrase("what is hidden has not come back since the county was restored: wait "
                                            "until a laptop has brought it"));
  }
  if (!is_readable) {
    return Error(ErrorCode::refused, phrase("this program still cannot read what is hidden: update the county's "
                                            "program first"));
  }
  const CountyEdit edit = release_edit(county, *decision, reason);
  KX_CHECK(write_as_county(county, transaction, {&edit, 1}));
  return transaction.commit();
}

Status set_positioning(County& county, const records::PositioningRules& rules, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  KX_TRY(edits, positioning_edits(county, rules, reason));
  const Uuid& known = county.registry().positioning_record();
  const Uuid record = known.is_nil() ? make_uuid(county.clock(), county.random()) : known;
  for (CountyEdit& edit : edits) edit.record = record;
  KX_CHECK(write_as_county(county, transaction, edits));
  return transaction.commit();
}

Status end_person(County& county, Uuid id, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  if (county.registry().find_person(id) == nullptr) return unknown("person", id.text());
  const CountyEdit edit{id, records::kinds::person, 4, {{4, county.clock().now_ms()}, {5, reason}}};
  KX_CHECK(write_as_county(county, transaction, {&edit, 1}));
  return transaction.commit();
}

Status revoke_person_key(County& county, Uuid id, const std::string& reason) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::apply));
  KX_CHECK(transaction.also_store());
  const auto& keys = county.registry().person_keys();
  if (std::ranges::find(keys, id, &rights::PersonKey::record) == keys.end()) return unknown("person's key", id.text());
  const CountyEdit edit{id, records::kinds::person_key, 5, {{5, county.clock().now_ms()}, {6, reason}}};
  KX_CHECK(write_as_county(county, transaction, {&edit, 1}));
  return transaction.commit();
}

}  // namespace kuangxun::ledger
