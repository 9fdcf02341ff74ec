#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "db/history/record_store.h"
#include "db/sqlite/connection/database.h"

namespace kuangxun::sqlite {

// Which text of which typing: rows get their serial once and for ever in this file, and another version with each text.
struct PendingToken {
  std::int64_t serial = 0;
  std::int64_t version = 0;
};

struct PendingRow {
  history::PendingEdit pending;
  PendingToken token;
};

// What is being typed: pending.db beside the store, a row for each group of a record. It is a file of its own, with a
// connection of its own, so that a key press waits for nothing but its own flush, whatever the store is doing. Any
// thread may call it.
class PendingFile {
 public:
  // Makes the file when it is missing.
  static Result<std::unique_ptr<PendingFile>> open(const std::filesystem::path& folder);
  // Beside the program that writes; null when there is no file.
  static Result<std::unique_ptr<PendingFile>> open_read_only(const std::filesystem::path& folder);

  // In place of the row of the same record and group. Durable when it returns.
  Status keep(const history::PendingEdit& pending);
  // Oldest first.
  Result<std::vector<PendingRow>> all();
  Result<std::uint64_t> count();
  // All rows at once: these, instead of what is there.
  Status take_over(const std::vector<history::PendingEdit>& rows);
  // Unless another text came meanwhile, which stays.
  Status remove(const PendingToken& token);

 private:
  // With the mutex held.
  Status write(const history::PendingEdit& pending);
  explicit PendingFile(Database database) : database_(std::move(database)) {}

  std::mutex mutex_;
  Database database_;  // protected by mutex_
};

// Rows that the store itself keeps in files of version 2, in its table pending; none in a later one, or in an empty
// file.
Result<std::optional<std::vector<history::PendingEdit>>> read_former_pending(Database& store);

}  // namespace kuangxun::sqlite
