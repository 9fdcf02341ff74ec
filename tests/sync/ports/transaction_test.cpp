#include <doctest/doctest.h>

#include "sync/ports/transactions.h"

using namespace kuangxun;
using ports::Transaction;
using ports::Work;

namespace {

// Counts what it is asked for.
class Counting final : public ports::Transactions {
 public:
  Status begin(Work) override { return ++begun, answer; }
  Status also_store() override { return {}; }
  Status commit() override { return ++committed, answer; }
  void rollback() override { ++rolled_back; }

  Status answer;
  int begun = 0;
  int committed = 0;
  int rolled_back = 0;
};

}  // namespace

TEST_CASE("a transaction that nobody commits is rolled back, once") {
  Counting store;
  {
    auto transaction = Transaction::begin(store, Work::store);
    REQUIRE(transaction.ok());
    const Transaction moved = std::move(transaction).value();
  }
  CHECK(store.begun == 1);
  CHECK(store.rolled_back == 1);
}

TEST_CASE("what was committed is not rolled back; what could not be committed is") {
  Counting store;
  {
    auto transaction = Transaction::begin(store, Work::apply);
    REQUIRE(transaction.ok());
    CHECK(transaction->commit().ok());
  }
  CHECK(store.rolled_back == 0);
  {
    auto transaction = Transaction::begin(store, Work::apply);
    REQUIRE(transaction.ok());
    store.answer = Error(ErrorCode::unavailable, "示例：磁盘已满");
    CHECK_FALSE(transaction->commit().ok());
  }
  CHECK(store.rolled_back == 1);
}

TEST_CASE("a transaction that could not begin is not rolled back") {
  Counting store;
  store.answer = Error(ErrorCode::unavailable, "示例：被占用");
  CHECK_FALSE(Transaction::begin(store, Work::store).ok());
  CHECK(store.rolled_back == 0);
}
