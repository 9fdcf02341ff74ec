#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sync/upward/read_package.h"
#include "sync/upward/write_package.h"
#include "tests/sync/support/test_county.h"

namespace kuangxun::tests {

// A county with one laptop, and a prefecture that trusts it.
class Line {
 public:
  // The prefecture's database is a PostgreSQL one when its address is given, a SQLite file otherwise.
  explicit Line(TestCounty& of, std::string postgres_address = {});

  Result<std::unique_ptr<sql::SqlStore>> open(const Uuid& id);
  upward::Ledger ledger() { return upward::Ledger(county.sql(), county.id()); }
  // The laptop enters a visit and pushes it.
  void work();
  // A photo that is whole at the county.
  Hash keep_photo(const Bytes& file);
  upward::WrittenPackage write(const std::string& file, upward::PackageWish wish = {});
  Result<upward::ReadPackage> read(const std::string& file) {
    return upward::read_package(*prefecture, folder.path() / file);
  }
  void take_receipt(const Bytes& receipt);
  void trust_key(const PublicKey& of_county);
  // What the prefecture shows of the county; the frames, and the whole photos, it has.
  std::string dump() { return must(must(open(county.id()))->dump()); }
  std::uint64_t frames();
  std::uint64_t photos() { return must(must(open(county.id()))->counts()).attachments_whole; }
  // Its database is gone; an empty one takes its place.
  void lose_prefecture();

  TestCounty& county;
  ManualClock clock;
  TemporaryFolder folder;
  SigningKey key;  // the prefecture's
  ExampleLaptop laptop;
  std::optional<upward::Prefecture> prefecture;
  // Stands between the prefecture and its database, when a test wants something there.
  std::function<std::unique_ptr<sql::SqlDatabase>(std::unique_ptr<sql::SqlDatabase>)> between;

 private:
  std::string postgres_address_;
  std::string name_ = "prefecture";
  int lost_ = 0;
};

// A county and its prefecture, both on SQLite, then both on PostgreSQL.
void on_every_line(const std::function<void(TestCounty&, Line&)>& situation);

}  // namespace kuangxun::tests
