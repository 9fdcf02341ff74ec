#include "db/sqlite/table_builder.h"

#include "db/base/limits.h"
#include "db/sqlite/tables/bulk_projection.h"
#include "db/sqlite/tables/schema.h"
#include "db/sqlite/tables/settings.h"

// There are two ways to the same tables. In bulk, for people who wait: which operation stands is worked out for all at
// once, and every record is written once. One operation after another, as they arrive day by day: it is what the bulk
// way is held to.

namespace kuangxun::sqlite {

using history::Operation;

Status TableBuilder::rebuild(RebuildPath path) {
  KX_CHECK(memory_.in_transaction([&] { return rebuild_all(path); }));
  return memory_.load();
}

Status TableBuilder::refresh_descriptions() {
  constexpr std::string_view fingerprint_setting = "description_fingerprint";
  KX_TRY(known, read_setting(parts_.database, fingerprint_setting));
  const std::string fingerprint = description_fingerprint();
  if (known == fingerprint) return {};
  KX_CHECK(memory_.load_log());
  return memory_.in_transaction([&]() -> Status {
    KX_CHECK(rebuild_all(RebuildPath::bulk));
    return write_setting(parts_.database, fingerprint_setting, fingerprint);
  });
}

Status TableBuilder::show_pulled() {
  // A reader of a store that another program is pulling into shows what was shown before the pull.
  if (!parts_.is_behind || parts_.lock == nullptr) return {};
  return memory_.in_transaction([&] { return reproject(); });
}

Status TableBuilder::clear_projection() {
  ++parts_.times_shown_anew;
  // Half-made ones: whoever fills them begins anew.
  KX_CHECK(drop_beside_tables(parts_.database));
  KX_CHECK(
      parts_.database.execute("DELETE FROM @head; DELETE FROM @existence; DELETE FROM @dispute; DELETE FROM @parked;"));
  KX_CHECK(drop_typed_tables(parts_.database));
  return create_typed_tables(parts_.database);
}

Status TableBuilder::clear_tables() {
  KX_CHECK(clear_projection());
  KX_CHECK(parts_.database.connection().execute("DELETE FROM operation; DELETE FROM record; DELETE FROM person;"));
  KX_CHECK(parts_.dictionary.load());
  return parts_.log.load();
}

Status TableBuilder::reproject() {
  KX_CHECK(clear_projection());
  BulkProjection bulk(parts_.dictionary, parts_.projection, parts_.rows, parts_.heads, parts_.log);
  KX_CHECK(bulk.gather_rows());
  KX_CHECK(bulk.show(parts_.county.known().county));
  return memory_.set_behind(false);
}

Result<std::vector<Operation>> TableBuilder::unsealed_operations() {
  std::vector<Operation> unsealed;
  const auto own = parts_.dictionary.find_writer(parts_.own_writer);
  if (!own.has_value()) return unsealed;
  KX_TRY(end, parts_.frames.end_of(*own));
  KX_TRY(keys,
         parts_.rows.keys_between(operation_key(*own, end.through + 1), operation_key(*own, limits::sequence_max)));
  for (const OperationKey key : keys) {
    KX_TRY(operation, parts_.rows.read(key));
    unsealed.push_back(std::move(operation));
  }
  return unsealed;
}

Status TableBuilder::rebuild_all(RebuildPath path) {
  // What no frame covers yet exists only in the rows that are about to go.
  KX_TRY(unsealed, unsealed_operations());
  KX_CHECK(clear_tables());
  KX_CHECK(path == RebuildPath::bulk ? rebuild_bulk(unsealed) : rebuild_incrementally(unsealed));
  return memory_.set_behind(false);
}

Status TableBuilder::for_each_operation(const std::vector<Operation>& unsealed,
                                        const std::function<Status(const Operation&)>& visit) {
  KX_CHECK(parts_.frames.for_each([&](const frames::Frame& frame) -> Status {
    const auto operations = frames::decode_operations(frame);
    // Set aside when it came, or not: either is what this program can read today.
    KX_CHECK(parts_.frames.note_readable(frame, operations.ok()));
    if (!operations.ok()) return {};
    for (const Operation& operation : *operations) KX_CHECK(visit(operation));
    return {};
  }));
  for (const Operation& operation : unsealed) KX_CHECK(visit(operation));
  return {};
}

Status TableBuilder::rebuild_bulk(const std::vector<Operation>& unsealed) {
  BulkProjection bulk(parts_.dictionary, parts_.projection, parts_.rows, parts_.heads, parts_.log);
  KX_CHECK(for_each_operation(unsealed, [&](const Operation& operation) { return bulk.gather(operation); }));
  return bulk.show(parts_.county.known().county);
}

Status TableBuilder::rebuild_incrementally(const std::vector<Operation>& unsealed) {
  // First what the county says about the rest.
  parts_.log.set_visibility(history::Visibility(parts_.county.known().county, {}));
  const auto append_those = [&](bool is_countys) {
    return for_each_operation(unsealed, [&, is_countys](const Operation& operation) -> Status {
      const bool belongs =
          history::is_county_only(operation.kind) && operation.id.writer.device == parts_.county.known().county;
      if (belongs != is_countys) return {};
      KX_TRY(is_new, parts_.log.append(operation));
      static_cast<void>(is_new);
      return {};
    });
  };
  KX_CHECK(append_those(true));
  KX_TRY(visibility, parts_.projection.read_visibility(parts_.county.known().county));
  parts_.log.set_visibility(std::move(visibility));
  parts_.log.take_county_change();
  KX_CHECK(append_those(false));
  // A decision that had to wait for something else.
  return parts_.log.take_county_change() ? reproject() : Status();
}

}  // namespace kuangxun::sqlite
