#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/criteria/condition.h"

namespace kuangxun::criteria {

// What a condition asks, as people say it: "生产规模 ≥ 15 万吨/年，并且矿种为金矿或铁矿". Of an empty condition the
// empty text. The text must have been compiled.
std::string condition_in_words(const Condition& condition, const facts::FactDictionary& facts);

// The figures that the condition compares a fact with, scaled as the fact is; ascending, each once.
std::vector<std::int64_t> limits_of(const Condition& condition, const facts::FactDefinition& fact);

}  // namespace kuangxun::criteria
