#include "db/base/language.h"
#include "db/sqlite/bulk_projection.h"
#include "db/sqlite/local_store.h"
#include "db/sqlite/schema.h"

// Making every table again: from the frames, or only what is shown from the operations that are here.
namespace kuangxun::sqlite {

using history::Operation;

Status LocalStore::clear_projection() {
  KX_CHECK(database_->connection().execute(
      "DELETE FROM head; DELETE FROM existence; DELETE FROM dispute; DELETE FROM parked;"));
  KX_CHECK(drop_typed_tables(*database_));
  return create_typed_tables(*database_);
}

Status LocalStore::clear_tables() {
  KX_CHECK(clear_projection());
  KX_CHECK(database_->connection().execute("DELETE FROM operation; DELETE FROM record; DELETE FROM person;"));
  KX_CHECK(dictionary_->load());
  return log_->load();
}

Status LocalStore::reproject() {
  KX_CHECK(clear_projection());
  BulkProjection bulk(*dictionary_, *projection_, *log_);
  KX_CHECK(bulk.gather_rows());
  KX_CHECK(bulk.show(county_->known().county));
  return set_behind(false);
}

Status LocalStore::rebuild(RebuildPath path) {
  if (has_key()) KX_CHECK(seal());
  KX_CHECK(in_transaction([&] { return rebuild_all(path); }));
  return load();
}

Result<std::vector<Operation>> LocalStore::unsealed_operations() {
  std::vector<Operation> unsealed;
  const auto own = dictionary_->find_writer(own_writer_);
  if (!own.has_value()) return unsealed;
  KX_TRY(end, frames_->end_of(*own));
  KX_TRY(keys, log_->keys_between(operation_key(*own, end.through + 1), operation_key(*own, limits::sequence_max)));
  for (const OperationKey key : keys) {
    KX_TRY(operation, log_->read(key));
    unsealed.push_back(std::move(operation));
  }
  return unsealed;
}

Status LocalStore::rebuild_all(RebuildPath path) {
  // What no frame covers yet exists only in the rows that are about to go.
  KX_TRY(unsealed, unsealed_operations());
  KX_CHECK(clear_tables());
  KX_CHECK(path == RebuildPath::bulk ? rebuild_bulk(unsealed) : rebuild_incrementally(unsealed));
  return set_behind(false);
}

Status LocalStore::for_each_operation(const std::vector<Operation>& unsealed,
                                      const std::function<Status(const Operation&)>& visit) {
  KX_CHECK(frames_->for_each(0, [&](const frames::Frame& frame) -> Status {
    const auto operations = frames::decode_operations(frame);
    // Set aside when it came, or not: either is what this program can read today.
    KX_CHECK(frames_->note_readable(frame, operations.ok()));
    if (!operations.ok()) return {};
    for (const Operation& operation : *operations) KX_CHECK(visit(operation));
    return {};
  }));
  for (const Operation& operation : unsealed) KX_CHECK(visit(operation));
  return {};
}

Status LocalStore::rebuild_bulk(const std::vector<Operation>& unsealed) {
  BulkProjection bulk(*dictionary_, *projection_, *log_);
  KX_CHECK(for_each_operation(unsealed, [&](const Operation& operation) { return bulk.gather(operation); }));
  return bulk.show(county_->known().county);
}

Status LocalStore::rebuild_incrementally(const std::vector<Operation>& unsealed) {
  // First what the county says about the rest.
  log_->set_visibility(history::Visibility(county_->known().county, {}));
  const auto append_those = [&](bool is_countys) {
    return for_each_operation(unsealed, [&, is_countys](const Operation& operation) -> Status {
      const bool belongs =
          history::is_county_only(operation.kind) && operation.id.writer.device == county_->known().county;
      if (belongs != is_countys) return {};
      KX_TRY(is_new, log_->append(operation));
      static_cast<void>(is_new);
      return {};
    });
  };
  KX_CHECK(append_those(true));
  KX_TRY(visibility, projection_->read_visibility(county_->known().county));
  log_->set_visibility(std::move(visibility));
  log_->take_county_change();
  KX_CHECK(append_those(false));
  // A decision that had to wait for something else.
  return log_->take_county_change() ? reproject() : Status();
}

}  // namespace kuangxun::sqlite
