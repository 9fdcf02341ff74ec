#include "tests/sync/upward/line.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/ledger/attachments.h"
#include "sync/postgres/county_database.h"
#include "sync/sqlite/county_database.h"
#include "sync/upward/receipt.h"

namespace kuangxun::tests {

Line::Line(TestCounty& of, std::string postgres_address)
    : county(of),
      key(SigningKey::generate(county.random())),
      laptop(county.enrol("一号", records::Role::officer)),
      postgres_address_(std::move(postgres_address)) {
  prefecture.emplace(upward::Prefecture{[this](const Uuid& id) { return open(id); }, key, clock, county.random()});
  auto transaction = must(ports::Transaction::begin(county.sql(), ports::Work::store));
  must(ledger().set_peer({key.public_key(), 0, {}}));
  must(transaction.commit());
  trust_key(county.key().public_key());
}

Result<std::unique_ptr<sql::SqlStore>> Line::open(const Uuid& id) {
  auto database = postgres_address_.empty()
                      ? sqlite_county::open_database(folder.path() / (name_ + ".gpkg"), sqlite_county::Access::create)
                      : postgres::open_database(postgres_address_);
  if (!database.ok()) return database.error();
  auto opened = std::move(database).value();
  if (between) opened = between(std::move(opened));
  return sql::SqlStore::open(std::move(opened), true, id);
}

void Line::work() {
  laptop.enter(example_record(records::kind_of(records::kinds::visit), county.clock(), county.random()));
  REQUIRE(county.push_all(laptop).refusal == wire::PushRefusal::none);
}

Hash Line::keep_photo(const Bytes& file) {
  const wire::AttachmentName name{sha256(file), file.size()};
  for (std::uint32_t index = 0; index < name.chunk_count(); ++index) {
    const auto begin = file.begin() + static_cast<std::ptrdiff_t>(std::size_t{index} * limits::chunk_bytes);
    must(ledger::keep_chunk(
        county.store(),
        {name, index, 0, Bytes(begin, begin + static_cast<std::ptrdiff_t>(name.chunk_size_bytes(index)))}));
  }
  return name.hash;
}

upward::WrittenPackage Line::write(const std::string& file, upward::PackageWish wish) {
  wish.path = folder.path() / file;
  auto own = ledger();
  return must(upward::write_package(county.county(), own, wish));
}

void Line::take_receipt(const Bytes& receipt) {
  auto own = ledger();
  must(upward::take_receipt(county.county(), own, receipt));
}

void Line::trust_key(const PublicKey& of_county) {
  must(upward::trust(*prefecture, county.id(), upward::fingerprint_of(of_county)));
}

std::uint64_t Line::frames() {
  const auto state = must(open(county.id()))->state();
  return state.ok() ? state->latest_sequence() : 0;
}

void Line::lose_prefecture() {
  if (postgres_address_.empty()) {
    name_ = "prefecture-" + std::to_string(++lost_);
  } else {
    postgres_address_ = county_on_postgres_empty();
  }
}

void on_every_line(const std::function<void(TestCounty&, Line&)>& situation) {
  on_every_database([&](TestCounty& county) {
    const bool is_sqlite = !county.sqlite_file().empty();
    Line line(county, is_sqlite ? std::string() : county_on_postgres_empty());
    situation(county, line);
  });
}

}  // namespace kuangxun::tests
