#include "db/sqlite/tables/rehomed.h"

#include <algorithm>

#include "db/frames/payload.h"

// Others' operations, pages that are open and pending rows may still name what was written anew by its former id. So
// the way from one to the other is kept for ever, and the original with it as it was signed.
namespace kuangxun::sqlite {

Status Rehomed::note(const history::Operation& original, OperationKey became, bool has_lost_signature) {
  KX_TRY(former, dictionary_.key_of(original.id));
  KX_TRY(insert, database_.statement("INSERT INTO rehomed (former_key, operation_key, has_lost_signature, original) "
                                     "VALUES (?, ?, ?, ?)"));
  const Bytes payload = frames::encode_payload({&original, 1});
  insert->bind(0, former);
  insert->bind(1, became);
  insert->bind(2, std::int64_t{has_lost_signature ? 1 : 0});
  insert->bind(3, ByteView(payload));
  return insert->run();
}

Status Rehomed::follow(std::vector<history::OperationId>& ids) {
  for (history::OperationId& id : ids) {
    // It may have moved more than once; every epoch is a later one, so this ends.
    for (;;) {
      const auto writer = dictionary_.find_writer(id.writer);
      if (!writer.has_value()) break;
      KX_TRY(select, database_.statement("SELECT operation_key FROM rehomed WHERE former_key = ?"));
      select->bind(0, operation_key(*writer, id.sequence));
      KX_TRY(has_moved, select->step());
      if (has_moved) id = dictionary_.id_of(select->integer(0));
      select->reset();
      if (!has_moved) break;
    }
  }
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  return {};
}

}  // namespace kuangxun::sqlite
