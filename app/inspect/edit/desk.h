#pragma once

#include <span>

#include "db/base/attachment_folder.h"
#include "db/base/calendar.h"
#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/history/record_store.h"

namespace kuangxun::inspect {

// Asked before something is committed that deserves the person's own signature (db/history/person_signature.h). Each
// surface brings its own, because one asks on the terminal and the other in a dialog.
class Signer {
 public:
  virtual ~Signer() = default;
  // ok: it goes on, signed with the person's key, or, when they have none on this laptop, on the device's word alone.
  // An error: nothing is committed.
  virtual Status before_signing(const Uuid& person) = 0;
};

// What every action works with: the store, the originals, the hour, and who acts. Made by whoever owns these
// (app/office, or a test) and keeps them alive longer than the desk. One thread.
struct Desk {
  history::RecordStore& store;
  AttachmentFolder& attachments;
  Clock& clock;
  Random& random;
  // Who acts; nil while nobody is enrolled.
  Uuid person;
  // The offset from UTC that times are recorded with when the person does not say one.
  int offset_min = beijing_offset_min;
  // May be null: then nobody is asked.
  Signer* signer = nullptr;
};

// What every action ends with. `settles`: a dispute, which deserves the person's signature whatever it is about.
Status commit(Desk& desk, std::span<const history::Edit> edits, bool settles = false);

}  // namespace kuangxun::inspect
