#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "sync/ports/county_store.h"
#include "sync/ports/machine.h"
#include "sync/rights/registry.h"

namespace kuangxun::ledger {

// One program's view of the county: what it keeps in memory of the store, and the key it signs with. Other processes
// change the store too: refresh() before relying on it. One thread, that of the store.
class County {
 public:
  struct Parts {
    ports::CountyStore& store;
    ports::SecretKeys& secrets;
    Clock& clock;
    Random& random;
  };
  // not_found when there is no county yet, or when its key is not here.
  static Result<std::unique_ptr<County>> open(const Parts& parts);

  ports::CountyStore& store() const { return parts_.store; }
  ports::SecretKeys& secrets() const { return parts_.secrets; }
  Clock& clock() const { return parts_.clock; }
  Random& random() const { return parts_.random; }

  const ports::CountyState& state() const { return state_; }
  // Changes go to the store by set_state(), inside a transaction that stores.
  ports::CountyState& state() { return state_; }
  const rights::Registry& registry() const { return registry_; }
  const std::vector<Bytes>& statements() const { return statements_; }
  // The county with all its keys.
  const frames::KnownCounty& known() const { return known_; }
  // Of the present epoch.
  const SigningKey& key() const { return *key_; }
  history::WriterId writer() const { return {state_.county, state_.epoch}; }
  // Before this program writes into the county's chain for the first time: begins another epoch of it. So the chain of
  // an epoch is only ever continued by programs that saw its end, and when the database is restored from a backup and
  // nobody says so, what laptops bring back of the county's old chains continues them, and never contradicts them.
  void begin_own_epoch();
  bool is_county(const history::WriterId& writer) const { return writer.device == state_.county; }

  // Reads what has changed since.
  Status refresh();
  // After the county's own records changed inside the transaction.
  Status reload_registry();
  // After a transaction that failed: what memory holds may never have been committed.
  void forget();

 private:
  explicit County(const Parts& parts) : parts_(parts) {}
  Status reload_keys();
  Status recover_statements();

  Parts parts_;
  ports::CountyState state_;
  rights::Registry registry_;
  std::vector<Bytes> statements_;
  frames::KnownCounty known_;
  std::optional<SigningKey> key_;
  std::optional<std::uint64_t> registry_read_through_;
  std::optional<std::uint32_t> key_epoch_;
  bool has_own_epoch_ = false;
};

// The next epoch or incarnation: seconds since 2020, so that a store which is restored twice from one backup does not
// give the same number two meanings; one more than what is known when the clock is wrong.
std::uint32_t next_number(std::uint32_t known, std::int64_t now_ms);

// A transaction of the store in which the county is fresh. Unless it is committed, the store rolls back and memory
// forgets.
class [[nodiscard]] CountyTransaction {
 public:
  static Result<CountyTransaction> begin(County& county, ports::Work work);
  CountyTransaction(CountyTransaction&& other) noexcept : county_(other.county_) { other.county_ = nullptr; }
  CountyTransaction& operator=(CountyTransaction&&) = delete;
  CountyTransaction(const CountyTransaction&) = delete;
  CountyTransaction& operator=(const CountyTransaction&) = delete;
  ~CountyTransaction();
  // From here on the transaction, which began to apply, stores as well.
  Status also_store();
  Status commit();

 private:
  explicit CountyTransaction(County& county) : county_(&county) {}
  County* county_;
};

}  // namespace kuangxun::ledger
