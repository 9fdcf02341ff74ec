#include "sync/ledger/decisions.h"

#include "db/records/kinds.h"

// A decision's id follows from what it hides, so that there is one record about it: to decide anew is an edit of that,
// and whoever reads the county's records sees what came after what.
namespace kuangxun::ledger {
namespace {

records::Value number(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

// Group 5 of a decision.
std::vector<records::FieldValue> verdict(const County& county, bool is_hidden, std::int64_t code, std::string reason) {
  std::vector<records::FieldValue> values = {{5, std::int64_t{is_hidden}}};
  if (code != 0) values.push_back({6, code});
  if (!reason.empty()) values.push_back({7, std::move(reason)});
  values.push_back({8, county.clock().now_ms()});
  return values;
}

}  // namespace

std::vector<CountyEdit> hiding_edits(const County& county, const history::WriterId& writer,
                                     const history::SequenceRange& range, const rights::Objection& objection) {
  constexpr records::KindNumber kind = records::kinds::decision;
  const Uuid record = rights::decision_record_id(county.state().county, writer, range);
  return {{record,
           kind,
           1,
           {{1, writer.device}, {2, number(writer.epoch)}, {3, number(range.first)}, {4, number(range.last)}}},
          {record, kind, 5, verdict(county, true, objection.code, objection.reason)}};
}

CountyEdit release_edit(const County& county, const rights::Decision& decision, std::string reason) {
  return {decision.record, records::kinds::decision, 5, verdict(county, false, decision.code, std::move(reason))};
}

}  // namespace kuangxun::ledger
