#pragma once

#include <string>

#include "app/facts/output_facts.h"
#include "app/facts/registers.h"

// For this folder only: where the plan states one target in several ways, what each way would say.
namespace kuangxun::facts {

// Of the share of large and medium mines (scale 4), the share itself in front; empty when the register has no targets.
std::string say_share_readings(const FactValue& share, const Registers& registers);
// Of an output (scale 6) whose targets stand in unlike units; empty when they agree.
std::string say_output_readings(const FactValue& output, const Mineral& mineral, const Registers& registers);

}  // namespace kuangxun::facts
