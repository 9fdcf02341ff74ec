#pragma once

#include <vector>

#include "db/sqlite/tables/dictionary.h"

namespace kuangxun::sqlite {

// The table rehomed: what became of own operations when this laptop went on in another epoch. Changes happen inside the
// caller's transaction.
class Rehomed {
 public:
  Rehomed(Database& database, Dictionary& dictionary) : database_(database), dictionary_(dictionary) {}

  Status note(const history::Operation& original, OperationKey became, bool has_lost_signature);
  // Ids that somebody saw before the change, as they are called now, sorted, each once. A page, or a row of what is
  // being typed, may name the former ones for as long as it stands.
  Status follow(std::vector<history::OperationId>& ids);

 private:
  Database& database_;
  Dictionary& dictionary_;
};

}  // namespace kuangxun::sqlite
