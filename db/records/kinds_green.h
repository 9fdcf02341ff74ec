#pragma once

#include "db/records/describe.h"

// The numbers of the record kinds of green mines. For ever: add, never renumber, never reuse.
namespace kuangxun::records::kinds {

constexpr KindNumber green_table = 56;
constexpr KindNumber green_item = 57;
constexpr KindNumber green_assessment = 58;
constexpr KindNumber green_score = 59;
constexpr KindNumber green_step = 60;
constexpr KindNumber green_tier = 61;

}  // namespace kuangxun::records::kinds
