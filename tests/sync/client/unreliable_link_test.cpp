// Two real laptops and a real county store over a link that loses, repeats and breaks; printed seeds replay exactly.
#include <doctest/doctest.h>

#include "db/records/kinds.h"
#include "sync/client/folder_attachments.h"
#include "sync/client/sync.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// The county in the same process. Loses what `loss_percent` says: the request on its way, or the answer on its way
// back; sometimes an older request arrives once more.
class UnreliableLink final : public client::Link {
 public:
  UnreliableLink(server::Exchange& county, SeededRandom& random, unsigned loss_percent)
      : county_(county), random_(random), loss_percent_(loss_percent) {}
  Result<Bytes> exchange(ByteView message) override {
    const Error cut(ErrorCode::busy, "cut");
    if (random_.chance_percent(loss_percent_)) return cut;
    if (!older_.empty() && random_.chance_percent(loss_percent_)) county_.answer(older_);
    older_.assign(message.begin(), message.end());
    Bytes answer = county_.answer(older_);
    if (random_.chance_percent(loss_percent_)) return cut;
    return answer;
  }

 private:
  server::Exchange& county_;
  SeededRandom& random_;
  unsigned loss_percent_;
  Bytes older_;
};

struct Laptop {
  Laptop(TestCounty& county, const char* name)
      : clock(county.clock()), store([&] {
          auto made = sqlite::LocalStore::create(folder / "data", {county.clock(), county.random()});
          REQUIRE_MESSAGE(made.ok(), (made.ok() ? "" : made.error().message()));
          return std::move(made).value();
        }()) {
    auto transaction = server::Transaction::begin(county.store());
    REQUIRE(transaction.ok());
    REQUIRE(county.store().add_device({store->own_writer(), store->public_key(), name, "officer", false, 0}).ok());
    REQUIRE(transaction->commit().ok());
  }
  void record(const records::Record& record) { REQUIRE(store->commit(history::edits_for_new(record), Uuid{{1}}).ok()); }
  // Tries until it got through once.
  engine::Report sync(TestCounty& county, client::Link& link) {
    const client::Caller caller{store->own_writer(), store->signing_key(), clock};
    const client::County whom{county.authority().identity.county, county.authority().identity.key};
    for (int tries = 0; tries < 50; ++tries) {
      client::FolderAttachments photos(*store, folder / "photos");
      engine::Session session(*store, &photos, whom.key);
      const auto report = client::run_session(session, link, caller, whom, [](int) {});
      if (report.ok()) return *report;
      REQUIRE(report.error().code() == ErrorCode::unavailable);
    }
    FAIL("never got through");
    return {};
  }
  std::vector<std::string> lines() {
    std::vector<std::string> all;
    REQUIRE(store->dump([&](std::string_view line) { all.emplace_back(line); }).ok());
    return all;
  }

  TemporaryFolder folder;
  Clock& clock;
  std::unique_ptr<sqlite::LocalStore> store;
};

// A photo whose file lies in the laptop's folder.
Bytes take_photo(Laptop& laptop, TestCounty& county, std::size_t size) {
  Bytes file(size);
  county.random().fill(file);
  AttachmentFolder folder(laptop.folder / "photos");
  const auto kept = folder.keep(file);
  REQUIRE(kept.ok());
  records::Record photo(make_uuid(county.clock(), county.random()), records::kind_of(records::kinds::photo));
  photo.set_value("visit", make_uuid(county.clock(), county.random()));
  photo.set_value("file_name", std::string("示例.jpg"));
  photo.set_value("file_hash", Bytes(kept->hash.bytes.begin(), kept->hash.bytes.end()));
  photo.set_value("file_bytes", static_cast<std::int64_t>(size));
  laptop.record(photo);
  return file;
}

void two_laptops_meet(std::uint64_t seed, unsigned loss_percent) {
  INFO("seed ", seed, " loss ", loss_percent, " %");
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  SeededRandom random(seed);
  server::Exchange exchange(county->store(), county->authority(), [](const std::string&) {});
  UnreliableLink link(exchange, random, loss_percent);
  Laptop first(*county, "一号");
  Laptop second(*county, "二号");
  for (int i = 0; i < 12; ++i) {
    county->clock().advance_ms(1000);
    const auto& kinds = records::all_kinds();
    first.record(example_record(kinds[random.below(kinds.size())], county->clock(), county->random()));
    second.record(example_record(kinds[random.below(kinds.size())], county->clock(), county->random()));
    if (i % 4 == 3) first.sync(*county, link);
  }
  const Bytes photo = take_photo(first, *county, 700'000);
  first.sync(*county, link);
  second.sync(*county, link);
  first.sync(*county, link);

  const auto here = first.store->counts();
  const auto there = second.store->counts();
  REQUIRE(here.ok());
  REQUIRE(there.ok());
  CHECK(here->operations == there->operations);
  CHECK(here->records == there->records);
  CHECK(here->unsynced_operations == 0);
  CHECK(county->number("SELECT count(*) FROM sync_operation") == static_cast<std::int64_t>(here->operations));
  CHECK(county->number("SELECT count(*) FROM sync_quarantine") == 0);
  const auto fetched = AttachmentFolder(second.folder / "photos").read(sha256(photo));
  REQUIRE(fetched.ok());
  CHECK(*fetched == photo);
  const auto proof = second.store->verify();
  REQUIRE(proof.ok());
  CHECK(proof->problems.empty());
}

}  // namespace

TEST_CASE("over a good link everything arrives at once, and the second time nothing moves") {
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  server::Exchange exchange(county->store(), county->authority(), [](const std::string&) {});
  UnreliableLink link(exchange, county->random(), 0);
  Laptop laptop(*county, "一号");
  laptop.record(example_record(records::kind_of(records::kinds::visit), county->clock(), county->random()));
  const engine::Report report = laptop.sync(*county, link);
  CHECK(report.pushed > 0);
  CHECK(report.stored_through == report.pushed);
  CHECK(report.applied_through == report.pushed);
  const engine::Report again = laptop.sync(*county, link);
  CHECK(again.pushed == 0);
  CHECK(again.pulled == 0);
  CHECK(again.stored_through == report.stored_through);
}

TEST_CASE("over a link that loses and repeats, everything arrives once and whole") {
  for (std::uint64_t seed = 501; seed < 504; ++seed) {
    for (const unsigned loss_percent : {0U, 10U, 30U}) two_laptops_meet(seed, loss_percent);
  }
}

TEST_CASE("who answers with another key than the county's is not believed") {
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  const TemporaryFolder elsewhere;
  const auto impostor = county_on_sqlite(elsewhere);
  server::Exchange exchange(impostor->store(), impostor->authority(), [](const std::string&) {});
  UnreliableLink link(exchange, county->random(), 0);
  Laptop laptop(*county, "一号");
  laptop.record(example_record(records::kind_of(records::kinds::visit), county->clock(), county->random()));
  const client::Caller caller{laptop.store->own_writer(), laptop.store->signing_key(), county->clock()};
  SeededRandom other(77);
  const client::County whom{county->authority().identity.county, SigningKey::generate(other).public_key()};
  engine::Session session(*laptop.store, nullptr, whom.key);
  const auto report = client::run_session(session, link, caller, whom, [](int) {});
  REQUIRE_FALSE(report.ok());
  CHECK(report.error().code() == ErrorCode::refused);
  const auto counts = laptop.store->counts();
  REQUIRE(counts.ok());
  CHECK(counts->unsynced_operations == counts->operations);
}
