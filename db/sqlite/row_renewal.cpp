#include "db/sqlite/row_renewal.h"

#include <algorithm>
#include <limits>

#include "db/base/limits.h"
#include "db/frames/payload.h"

// A row says what a signed operation says, and nothing else, so it can be put right where it stands while people go on:
// whoever reads it sees the damaged one or the right one, never half of one. Names of records and persons stay, too:
// when one was damaged, its operations get a new one. What no frame covers exists only in its row, and is left alone.
namespace kuangxun::sqlite {
namespace {

// Some milliseconds when the rows are right, some ten when all are damaged.
constexpr std::uint64_t operations_per_step = 600;

}  // namespace

Result<bool> RowRenewal::step(std::int64_t& done) {
  bool is_over = false;
  // Whatever memory remembers of names, the tables may say otherwise.
  if (done == 0) KX_CHECK(memory_.load());
  std::int64_t reached = done;
  KX_CHECK(memory_.in_transaction([&]() -> Status {
    KX_TRY(is_at_end, renew_some(reached));
    is_over = is_at_end;
    if (!is_over) return {};
    KX_CHECK(remove_unsigned());
    parts_.log.defer();
    return memory_.set_behind(true);
  }));
  done = reached;
  return !is_over;
}

Result<bool> RowRenewal::renew_some(std::int64_t& done) {
  for (std::uint64_t operations = 0; operations < operations_per_step;) {
    KX_TRY(kept, parts_.frames.next_after(done));
    if (!kept.has_value()) return true;
    KX_CHECK(renew(kept->frame));
    done = kept->index;
    operations += std::max<std::uint64_t>(kept->frame.header.count, 1);
  }
  return false;
}

Status RowRenewal::renew(const frames::Frame& frame) {
  const auto operations = frames::decode_operations(frame);
  // Set aside when it came, or not: either is what this program can read today.
  KX_CHECK(parts_.frames.note_readable(frame, operations.ok()));
  if (!operations.ok()) {
    KX_TRY(writer, parts_.dictionary.writer_index(frame.header.writer));
    const OperationKey first = operation_key(writer, frame.header.first_sequence);
    const OperationKey last = operation_key(writer, frame.header.last_sequence());
    KX_TRY(count, parts_.rows.count_between(first, last));
    return count == 0 ? Status() : parts_.rows.remove_between(first, last);
  }
  for (const history::Operation& operation : *operations) {
    KX_TRY(key, parts_.dictionary.key_of(operation.id));
    KX_TRY(record, parts_.dictionary.record_entry(operation.record, operation.kind));
    KX_TRY(bases, parts_.dictionary.keys_of(operation.bases));
    KX_CHECK(parts_.rows.renew(key, cell_key(record.index, operation.group), operation, bases));
  }
  return {};
}

// Rows that nobody signed, but for our own that wait to be sealed; those of writers that nobody knows with them.
Status RowRenewal::remove_unsigned() {
  const auto own = parts_.dictionary.find_writer(parts_.own_writer);
  const auto writers = static_cast<std::int64_t>(parts_.dictionary.writers());
  for (std::int64_t writer = 1; writer <= writers; ++writer) {
    if (writer == own) continue;
    KX_TRY(end, parts_.frames.end_of(writer));
    KX_TRY(last, parts_.rows.last_sequence(writer));
    if (last <= end.through) continue;
    KX_CHECK(parts_.rows.remove_between(operation_key(writer, end.through + 1),
                                        operation_key(writer, limits::sequence_max)));
  }
  using Key = std::numeric_limits<OperationKey>;
  KX_CHECK(parts_.rows.remove_between(Key::min(), operation_key(1, 1) - 1));
  return parts_.rows.remove_between(operation_key(writers + 1, 1), Key::max());
}

}  // namespace kuangxun::sqlite
