#pragma once

#include "db/records/describe.h"

// Every closed list of choices. Numbers and codes are for ever: add at the end, never renumber.
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

// The numbers that code asks for by name.
namespace decision_code {
constexpr std::int64_t undecodable = 1, meaningless = 2, fork = 3, no_right = 4, bad_person_signature = 5;
}
namespace mining_method {
constexpr std::int64_t open_pit = 1, underground = 2;
}
namespace operating_state {
constexpr std::int64_t producing = 1, suspended = 2, planned = 3;
}
namespace visit_state {
constexpr std::int64_t under_way = 1, ended = 2, is_signed = 3, reviewed = 4;
}
namespace restoration_state {
constexpr std::int64_t untreated = 1, under_treatment = 2, completed = 3;
}
namespace area_method {
constexpr std::int64_t entered = 1, measured = 2;
}
namespace party_role {
constexpr std::int64_t officer = 1, person_present = 2, witness = 3;
}
namespace point_purpose {
constexpr std::int64_t position = 1, unit_corner = 2, extraction_area = 3, waste_dump = 4, tailings = 5, benchmark = 8;
}
namespace area_kind {
constexpr std::int64_t extraction_area = 1;
}
namespace mine_stage {
constexpr std::int64_t is_new = 1, extended = 2, producing = 3, closing = 4, abandoned = 5;
}
namespace quantity_unit {
constexpr std::int64_t t = 1, ten_kt = 2, m3 = 3, ten_k_m3 = 4, kg = 5;
}
namespace approved_plan {
constexpr std::int64_t merged = 1, protection_and_reclamation = 2, geological_protection = 3, reclamation = 4,
                       development = 5;
}
namespace datum {
constexpr std::int64_t cgcs2000 = 1, wgs84 = 2;
}

}  // namespace kuangxun::records
