#include "db/records/positioning_rules.h"

#include "db/records/handles/positioning_rules.h"

namespace kuangxun::records {
namespace {

constexpr std::int64_t mm_per_cm = 10;

const Record* newest_of(std::span<const Record> records) {
  const Record* newest = nullptr;
  for (const Record& record : records) {
    if (!record.is_voided() && (newest == nullptr || newest->id() < record.id())) newest = &record;
  }
  return newest;
}

}  // namespace

PositioningRules read_positioning_rules(std::span<const Record> records) {
  PositioningRules rules;
  const Record* record = newest_of(records);
  if (record == nullptr) return rules;
  if (record->has(positioning_rules::accuracy_m_max)) {
    rules.gate = PositioningRules::Gate{};
    PositioningRules::Gate& gate = *rules.gate;
    gate.accuracy_mm_max = record->integer(positioning_rules::accuracy_m_max) * mm_per_cm;
    if (record->has(positioning_rules::warm_up_fixes))
      gate.warm_up_fixes = static_cast<int>(record->integer(positioning_rules::warm_up_fixes));
    if (record->has(positioning_rules::fix_age_ms_max))
      gate.fix_age_ms_max = record->integer(positioning_rules::fix_age_ms_max);
  }
  rules.keeps_sentences = record->integer(positioning_rules::keeps_sentences) == 1;
  if (record->has(positioning_rules::height_offset_m) && record->has(positioning_rules::height_offset_uncertainty_m)) {
    rules.height = {record->integer(positioning_rules::height_offset_m),
                    record->integer(positioning_rules::height_offset_uncertainty_m),
                    record->text(positioning_rules::height_source)};
  }
  return rules;
}

}  // namespace kuangxun::records
