#pragma once

#include <functional>

#include "db/base/clock.h"
#include "db/base/running.h"
#include "db/frames/frame_store.h"
#include "sync/client/link.h"
#include "sync/engine/dialogue.h"

// Talk with the county over a link, one question at a time or a whole session. Blocks; runs on a worker.
namespace kuangxun::client {

// Sleeps that many milliseconds.
using Wait = std::function<void(int)>;

// Runs a dialogue to its end, with a pause after each break and where the county asks for one. A stop ends it between
// two requests; how much was exchanged is noted.
Result<engine::Report> converse(engine::Dialogue& dialogue, Link& link, const Wait& wait, const Running& running = {});

// One request of an enrolled laptop; its answer is the county's or an error.
Result<wire::AnswerBody> ask(Link& link, frames::FrameStore& store, Clock& clock, const wire::RequestBody& body);

}  // namespace kuangxun::client
