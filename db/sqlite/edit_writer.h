#pragma once

#include <functional>
#include <span>
#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/pending_file.h"
#include "db/sqlite/store_memory.h"

namespace kuangxun::sqlite {

// Writes what people enter: edits, and what was pending, become operations of this laptop and show in the tables, all
// or nothing, durable when a call returns. While a first pull lags behind, what people
// enter is shown at once all the same.
class EditWriter {
 public:
  EditWriter(StoreParts& parts, StoreMemory& memory) : parts_(parts), memory_(memory) {}

  Status commit(std::span<const history::Edit> edits, const Uuid& person);
  // Turns rows of the file that are wanted into their operations, each once, whatever is killed when: the transaction
  // that makes the operation keeps the row's token, and a row whose token is kept is not made an operation again. What
  // nobody can sign now goes on waiting, and holds up nothing else.
  using Wanted = std::function<bool(const history::PendingEdit&)>;
  Status promote(PendingFile& file, const Wanted& wanted);
  // With the person's key, when it is at hand and the operation deserves it.
  void sign_for_person(history::Operation& operation) const;

 private:
  Status append_own(const history::Edit& edit, const Uuid& person);
  bool lacks_signer(const history::Edit& edit, const Uuid& person) const;
  Status promote_row(const PendingRow& row);
  // Whoever went on typing after their typing became an operation saw that one, in the place of what it superseded.
  Status see_earlier(std::vector<history::OperationId>& seen, OperationKey earlier);
  // Tokens of rows that are gone from the file.
  Status forget_tokens_but(const std::vector<PendingRow>& rows);

  StoreParts& parts_;
  StoreMemory& memory_;
};

// What must not be signed and kept for ever: bad_input. Of one thing to say it is asked while a person types, too.
Status check_edit(const history::Edit& edit);

}  // namespace kuangxun::sqlite
