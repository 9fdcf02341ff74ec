#pragma once

#include "db/records/describe.h"

// The numbers of the record kinds. For ever: add, never renumber, never reuse.
namespace kuangxun::records::kinds {

// The county's registers (from the plan, in the genesis frame).
constexpr KindNumber county = 1;
constexpr KindNumber mining_right = 2;
constexpr KindNumber exploration_right = 3;
constexpr KindNumber restoration_project = 4;
constexpr KindNumber restoration_unit = 5;
constexpr KindNumber plan_zone = 6;
constexpr KindNumber block_quota = 7;
constexpr KindNumber plan_target = 8;
constexpr KindNumber key_project = 9;
constexpr KindNumber minimum_scale = 10;
constexpr KindNumber reserve = 11;
constexpr KindNumber period_result = 12;
constexpr KindNumber citation = 13;
constexpr KindNumber plan_note = 14;
constexpr KindNumber township = 15;
constexpr KindNumber place_alias = 16;

// What officers record.
constexpr KindNumber visit = 32;
constexpr KindNumber gps_point = 33;
constexpr KindNumber photo = 34;
constexpr KindNumber checklist_answer = 35;
constexpr KindNumber finding = 36;
constexpr KindNumber restoration_status = 37;
constexpr KindNumber visit_party = 38;
constexpr KindNumber review = 39;
constexpr KindNumber legacy_site = 40;
constexpr KindNumber closed_mine = 41;
constexpr KindNumber unlicensed_place = 42;
constexpr KindNumber track_block = 43;
constexpr KindNumber boundary = 44;
constexpr KindNumber corner_marker = 45;
constexpr KindNumber walked_area = 46;

// What mines file, sign or are granted over the years.
constexpr KindNumber annual_return = 48;
constexpr KindNumber fund_entry = 49;
constexpr KindNumber approved_plan = 50;
constexpr KindNumber grant_contract = 51;
constexpr KindNumber green_listing = 52;
constexpr KindNumber mine_stage = 53;
constexpr KindNumber county_year = 54;
constexpr KindNumber restoration_task = 55;

// What the county itself writes, and nobody else may.
constexpr KindNumber device = 64;
constexpr KindNumber person = 65;
constexpr KindNumber person_key = 66;
constexpr KindNumber decision = 67;
constexpr KindNumber positioning_rules = 68;

// What administrators write on their laptops for the whole county, signed with their own keys.
constexpr KindNumber criteria_catalogue = 69;

}  // namespace kuangxun::records::kinds

namespace kuangxun::records {
// Defined in kinds_register.cpp, kinds_field.cpp, kinds_yearly.cpp, kinds_green.cpp and kinds_county.cpp.
std::vector<KindDescription> register_kinds();
std::vector<KindDescription> field_kinds();
std::vector<KindDescription> yearly_kinds();
std::vector<KindDescription> green_kinds();
std::vector<KindDescription> county_kinds();
}  // namespace kuangxun::records
