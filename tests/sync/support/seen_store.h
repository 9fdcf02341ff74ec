#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "db/records/describe.h"
#include "sync/sql/sql_store.h"

namespace kuangxun::tests {

// Says what went wrong, and gives up.
template <class T>
T must(Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().message());
  return std::move(result).value();
}
inline void must(const Status& status) {
  if (!status.ok()) throw std::runtime_error(status.error().message());
}

// A county's store as tests look into it, whatever it is made of.
class SeenStore {
 public:
  explicit SeenStore(std::unique_ptr<ports::CountyStore> store) : store_(std::move(store)) {}

  const Uuid& id() const { return id_; }
  ports::CountyStore& store() { return *store_; }
  // The store, where it is one in SQL.
  sql::SqlStore& sql();
  bool is_sql() const;
  // How many records of a kind are shown; how many frames and operations of laptops are kept.
  std::uint64_t shown(records::KindNumber kind);
  struct Kept {
    std::uint64_t frames = 0;
    std::uint64_t operations = 0;  // in the index
    std::uint64_t parked = 0;
    std::uint64_t forks = 0;
    bool operator==(const Kept&) const = default;
  };
  Kept kept();
  // Every operation that can be read, the county's too.
  std::vector<history::Operation> operations();

  // What the tables show, or, where there is no SQL, the heads.
  std::string dump();
  std::string heads_dump();
  // The first line about a record in the dump; empty when there is none.
  std::string row(const Uuid& record);
  std::int64_t number(const std::string& sql);

 protected:
  Uuid id_;  // of the county; whoever founds it gives it

 private:
  std::unique_ptr<ports::CountyStore> store_;
};

}  // namespace kuangxun::tests
