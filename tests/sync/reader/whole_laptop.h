#pragma once

#include <doctest/doctest.h>

#include "db/sqlite/local_store.h"
#include "sync/postgres/county_database.h"
#include "sync/reader/county_reader.h"
#include "sync/sqlite/county_database.h"
#include "tests/sync/support/test_county.h"

namespace kuangxun::tests {

// A laptop with its real store that takes over all that the county has.
class WholeLaptop {
 public:
  explicit WholeLaptop(TestCounty& county) : county_(county) {
    store_ = must(sqlite::LocalStore::create(folder_.path(), {county.clock(), random_}));
    must(store_->note_county(county.county().known()));
  }
  sqlite::LocalStore& store() { return *store_; }

  void enrol() { county_.enrol(store_->own_writer(), store_->public_key(), "真机", records::Role::officer); }
  void push() {
    must(store_->seal());
    const history::WriterId writer = store_->own_writer();
    const auto answer = county_.push(writer, must(store_->frames_after(writer, 0, 1 << 24)));
    REQUIRE(answer.refusal == wire::PushRefusal::none);
    const ports::Chain chain = must(county_.store().chains({&writer, 1})).front();
    must(store_->note_progress({writer, chain.stored_through, chain.applied_through, chain.receipt}));
  }
  void pull() {
    const ports::CountyState state = must(county_.store().state());
    for (bool has_more = true; has_more;) {
      const ports::FramePage page = must(county_.store().page(pulled_, {}, {1 << 24, 50, 50}));
      std::vector<frames::SequencedFrame> frames;
      for (const ports::StoredFrame& frame : page.frames) frames.push_back({frame.county_sequence, frame.bytes});
      if (!frames.empty()) pulled_ = frames.back().county_sequence;
      must(store_->apply_pulled(frames, {state.incarnation, state.frontier}));
      has_more = page.has_more;
    }
    must(store_->show_pulled());
  }

 private:
  TestCounty& county_;
  TemporaryFolder folder_;
  SeededRandom random_{77};
  std::unique_ptr<sqlite::LocalStore> store_;
  std::uint64_t pulled_ = 0;
};

// The county's database once more, as an account opens it that may only read.
inline Result<std::unique_ptr<sql::SqlStore>> open_to_read(TestCounty& county) {
  auto database = county.sqlite_file().empty()
                      ? postgres::open_database(postgres_county_address(), postgres::Access::read)
                      : sqlite_county::open_database(county.sqlite_file(), sqlite_county::Access::read);
  if (!database.ok()) return database.error();
  return sql::SqlStore::open(std::move(database).value(), false);
}

inline std::unique_ptr<reader::CountyReader> reader_of(TestCounty& county) {
  return must(reader::CountyReader::open(must(open_to_read(county))));
}

}  // namespace kuangxun::tests
