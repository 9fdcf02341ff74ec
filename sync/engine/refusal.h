#pragma once

#include "sync/wire/messages.h"

namespace kuangxun::engine {

// What a refusal means for the person at the laptop.
Error refusal_error(wire::AnswerCode code);
// Of own operations, from `sequence` on.
Error push_error(wire::PushRefusal refusal, std::uint64_t sequence);

}  // namespace kuangxun::engine
