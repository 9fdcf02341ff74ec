#pragma once

#include <cstdint>

#include "db/base/result.h"

namespace kuangxun::ports {

// Storing and applying go on beside each other: what comes in never waits for what is being merged.
enum class Work : std::uint8_t {
  store,  // the county's sequence: state, keys, tickets, frames, index, chains (their first part), attachments
  apply,  // heads, typed tables, parked operations, chains (their second part)
};

// Writing stands inside a transaction; it sees what it wrote.
class Transactions {
 public:
  virtual ~Transactions() = default;

  // A writing transaction; others for the same work, of other processes too, wait for it. Numbers of the county's
  // sequence that are given inside it are seen in the order of commits. Who applies may store as well (a decision), but
  // says so before it reads what storing changes; who only stores never applies.
  virtual Status begin(Work work) = 0;
  virtual Status also_store() = 0;
  virtual Status commit() = 0;
  virtual void rollback() = 0;
};

// Rolls back unless committed.
class [[nodiscard]] Transaction {
 public:
  static Result<Transaction> begin(Transactions& store, Work work) {
    KX_CHECK(store.begin(work));
    return Transaction(store);
  }
  Transaction(Transaction&& other) noexcept : store_(other.store_) { other.store_ = nullptr; }
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (store_ != nullptr) store_->rollback();
  }
  Status commit() {
    KX_CHECK(store_->commit());
    store_ = nullptr;
    return {};
  }

 private:
  explicit Transaction(Transactions& store) : store_(&store) {}
  Transactions* store_;
};

}  // namespace kuangxun::ports
