#include "db/registers/genesis.h"

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/history/record_store.h"
#include "db/language/language.h"
#include "db/registers/registers.h"

namespace kuangxun::registers {
namespace {

// The plan was published in April 2023; what it says is older than anything an officer records.
constexpr std::int64_t published_ms = 1'680'278'400'000;  // 2023-04-01T00:00:00+08:00

history::Operation operation_of(const history::Edit& edit, const history::OperationId& id) {
  history::Operation operation;
  operation.id = id;
  operation.time = {published_ms, 0};
  operation.record = edit.record;
  operation.kind = edit.kind;
  operation.group = edit.group;
  operation.values = edit.values;
  return operation;
}

}  // namespace

Result<frames::Frame> build_unpinned_frame(const std::filesystem::path& folder) {
  KX_TRY(records, load_registers(folder));
  const history::WriterId writer = frames::pinned_writer();
  std::vector<history::Operation> operations;
  for (const records::Record& record : records) {
    for (const history::Edit& edit : history::edits_for_new(record)) {
      operations.push_back(operation_of(edit, {writer, operations.size() + 1}));
    }
  }
  if (operations.empty() || operations.size() > limits::frame_operations_max) {
    return Error(ErrorCode::bad_input, phrase("{0}: the registers have {1} entries, which do not fit one frame",
                                              {folder.string(), std::to_string(operations.size())}));
  }
  return frames::seal_pinned_frame(operations);
}

Result<frames::Frame> build_genesis_frame(const std::filesystem::path& folder) {
  KX_TRY(frame, build_unpinned_frame(folder));
  if (frame.hash() != frames::pinned_hash()) {
    return Error(ErrorCode::refused, phrase("{0} is not the edition of the registers this program is pinned to ({1}); "
                                            "install the program's data again",
                                            {folder.string(), frame.hash().text()}));
  }
  return frame;
}

}  // namespace kuangxun::registers
