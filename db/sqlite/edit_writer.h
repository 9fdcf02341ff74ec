#pragma once

#include <span>
#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/pending_rows.h"
#include "db/sqlite/store_memory.h"

namespace kuangxun::sqlite {

// Writes what people enter: edits, and what was pending, become operations of this laptop and show in the tables, all
// or nothing, durable when a call returns. What was pulled must be shown first.
class EditWriter {
 public:
  EditWriter(StoreParts& parts, StoreMemory& memory, PendingRows& pending)
      : parts_(parts), memory_(memory), pending_(pending) {}

  Status commit(std::span<const history::Edit> edits, const Uuid& person);
  // bad_input for what must not be signed and kept for ever, refused where the person's own signature is needed.
  Status keep_pending(const history::PendingEdit& pending);
  // Turns these rows into their operations. What nobody can sign now goes on waiting, and holds up nothing else.
  Status promote(std::vector<history::PendingEdit> rows);
  // With the person's key, when it is at hand and the operation deserves it.
  void sign_for_person(history::Operation& operation) const;

 private:
  Status append_own(const history::Edit& edit, const Uuid& person);
  bool lacks_signer(const history::Edit& edit, const Uuid& person) const;

  StoreParts& parts_;
  StoreMemory& memory_;
  PendingRows& pending_;
};

}  // namespace kuangxun::sqlite
