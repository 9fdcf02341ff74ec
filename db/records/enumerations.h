#pragma once

#include "db/records/describe.h"

// Every closed list of choices. Numbers and codes are for ever: add at the end, never renumber. Code names a choice by
// the header that is made of its list while building: choices/visit_state.h has visit_state::ended.
namespace kuangxun::records {

extern const EnumerationDescription mineral_enumeration;
extern const EnumerationDescription mining_method_enumeration;
extern const EnumerationDescription operating_state_enumeration;
extern const EnumerationDescription mine_stage_enumeration;
extern const EnumerationDescription scale_unit_enumeration;
extern const EnumerationDescription zone_type_enumeration;
extern const EnumerationDescription block_purpose_enumeration;
extern const EnumerationDescription plan_level_enumeration;
extern const EnumerationDescription comparison_enumeration;
extern const EnumerationDescription visit_kind_enumeration;
extern const EnumerationDescription visit_state_enumeration;
extern const EnumerationDescription point_purpose_enumeration;
extern const EnumerationDescription datum_enumeration;
extern const EnumerationDescription fix_type_enumeration;
extern const EnumerationDescription point_source_enumeration;
extern const EnumerationDescription answer_enumeration;
extern const EnumerationDescription restoration_state_enumeration;
extern const EnumerationDescription area_method_enumeration;
extern const EnumerationDescription party_role_enumeration;
extern const EnumerationDescription role_enumeration;
extern const EnumerationDescription decision_code_enumeration;
extern const EnumerationDescription review_conclusion_enumeration;
extern const EnumerationDescription marker_state_enumeration;
extern const EnumerationDescription rock_stability_enumeration;
extern const EnumerationDescription ore_dip_enumeration;
extern const EnumerationDescription iron_ore_enumeration;
extern const EnumerationDescription quantity_unit_enumeration;
extern const EnumerationDescription approved_plan_enumeration;
extern const EnumerationDescription area_kind_enumeration;

// All of them, those of green mines too.
std::span<const EnumerationDescription* const> all_enumerations();

}  // namespace kuangxun::records
