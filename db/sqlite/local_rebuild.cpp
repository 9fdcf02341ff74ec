#include <algorithm>

#include "db/base/language.h"
#include "db/sqlite/bulk_projection.h"
#include "db/sqlite/local_store.h"
#include "db/sqlite/schema.h"

// Making every table again from the frames.
namespace kuangxun::sqlite {

using history::Operation;

Status LocalStore::clear_tables() {
  KX_CHECK(database_->connection().execute(
      "DELETE FROM operation; DELETE FROM head; DELETE FROM existence; DELETE FROM dispute; DELETE FROM parked;"
      "DELETE FROM record; DELETE FROM person;"));
  KX_CHECK(drop_typed_tables(*database_));
  KX_CHECK(create_typed_tables(*database_));
  KX_CHECK(dictionary_->load());
  return log_->load();
}

Status LocalStore::rebuild(RebuildPath path) {
  KX_CHECK(seal());
  KX_CHECK(in_transaction([&]() -> Status {
    KX_CHECK(clear_tables());
    return path == RebuildPath::bulk ? rebuild_bulk() : rebuild_incrementally();
  }));
  return load();
}

Status LocalStore::rebuild_incrementally() {
  return for_each_frame([&](const frames::Frame& frame) -> Status {
    KX_TRY(operations, frames::decode_operations(frame));
    for (const Operation& operation : operations) {
      KX_TRY(is_new, log_->append(operation));
      static_cast<void>(is_new);
    }
    return {};
  });
}

Status LocalStore::rebuild_bulk() {
  BulkProjection bulk(*database_, *dictionary_, *projection_, *log_);
  KX_CHECK(for_each_frame([&](const frames::Frame& frame) -> Status {
    KX_TRY(operations, frames::decode_operations(frame));
    for (const Operation& operation : operations) KX_CHECK(bulk.gather(operation));
    return {};
  }));
  if (bulk.has_every_base()) return bulk.show();
  // Operations that wait for a missing base are rare; the incremental path sorts them out.
  KX_CHECK(clear_tables());
  return rebuild_incrementally();
}

}  // namespace kuangxun::sqlite
