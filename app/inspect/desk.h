#pragma once

#include "db/base/attachment_folder.h"
#include "db/base/calendar.h"
#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/history/record_store.h"

namespace kuangxun::inspect {

// What every action works with: the store, the originals, the hour, and who acts. Owned by app/main (or a test), which
// keeps the parts alive longer than the desk. One thread.
struct Desk {
  history::RecordStore& store;
  AttachmentFolder& attachments;
  Clock& clock;
  Random& random;
  // Who acts; nil while nobody is enrolled.
  Uuid person;
  // The offset from UTC that times are recorded with when the person does not say one.
  int offset_min = beijing_offset_min;
};

}  // namespace kuangxun::inspect
