// Two real laptops and a real county store over a link that loses, repeats and breaks; printed seeds replay exactly.
#include <doctest/doctest.h>

#include "db/records/handles/photo.h"
#include "db/records/kinds.h"
#include "db/sqlite/local_store.h"
#include "sync/client/conversation.h"
#include "sync/client/folder_attachments.h"
#include "sync/ledger/ingest.h"
#include "sync/requests/exchange.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

class NoCertificates final : public ports::CertificateAuthority {
 public:
  Result<Bytes> issue(const history::WriterId&, const std::string&, const PublicKey&, std::int64_t) override {
    return Bytes();
  }
  Result<std::vector<Bytes>> trusted() override { return std::vector<Bytes>(); }
};

class EmptyDisk final : public ports::DiskGauge {
 public:
  std::uint64_t free_bytes() override { return 1ULL << 40; }
};

// The county in the same process. Loses what `loss_percent` says: the request on its way, or the answer on its way
// back; sometimes an older request arrives once more.
class UnreliableLink final : public client::Link {
 public:
  UnreliableLink(TestCounty& county, SeededRandom& random, unsigned loss_percent)
      : exchange_({county.county(), authority_, disk_, [](const std::string&) {}}),
        random_(random),
        loss_percent_(loss_percent) {}
  Result<Bytes> exchange(ByteView message) override {
    const Error cut(ErrorCode::busy, "cut");
    if (random_.chance_percent(loss_percent_)) return cut;
    if (!older_.empty() && random_.chance_percent(loss_percent_)) exchange_.answer(older_, peer_);
    older_.assign(message.begin(), message.end());
    Bytes answer = exchange_.answer(older_, peer_).body;
    if (meanwhile) meanwhile();
    if (random_.chance_percent(loss_percent_)) return cut;
    return answer;
  }

  // What others do on the laptop while the answer is on its way; may be empty.
  std::function<void()> meanwhile;

 private:
  NoCertificates authority_;
  EmptyDisk disk_;
  requests::Exchange exchange_;
  requests::Peer peer_{requests::Peer::Carrier::bundle, false, false, {}};
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
    county.enrol(store->own_writer(), store->public_key(), name, records::Role::officer);
    REQUIRE(store->note_county(county.county().known()).ok());
  }
  void record(const records::Record& record) { REQUIRE(store->commit(history::edits_for_new(record), Uuid{{1}}).ok()); }
  Result<engine::Report> try_sync(client::Link& link) {
    client::FolderAttachments photos(*store, folder / "photos");
    engine::Dialogue dialogue(*store, &photos, clock, {});
    return client::converse(dialogue, link, [](int) {});
  }
  // Tries until it got through once.
  engine::Report sync(client::Link& link) {
    for (int tries = 0; tries < 50; ++tries) {
      const auto report = try_sync(link);
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
  photo.set_value(records::photo::visit, make_uuid(county.clock(), county.random()));
  photo.set_value(records::photo::file_name, std::string("示例.jpg"));
  photo.set_value(records::photo::file_hash, Bytes(kept->hash.bytes.begin(), kept->hash.bytes.end()));
  photo.set_value(records::photo::file_bytes, static_cast<std::int64_t>(size));
  laptop.record(photo);
  return file;
}

// Kinds that an officer writes.
std::vector<const records::KindDescription*> officers_kinds() {
  std::vector<const records::KindDescription*> kinds;
  for (const records::KindDescription& kind : records::all_kinds()) {
    if (!kind.is_county_only && kind.write_role == records::Role::officer) kinds.push_back(&kind);
  }
  return kinds;
}

void two_laptops_meet(std::uint64_t seed, unsigned loss_percent) {
  INFO("seed ", seed, " loss ", loss_percent, " %");
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  SeededRandom random(seed);
  UnreliableLink link(*county, random, loss_percent);
  Laptop first(*county, "一号");
  Laptop second(*county, "二号");
  const auto kinds = officers_kinds();
  for (int i = 0; i < 12; ++i) {
    county->clock().advance_ms(1000);
    first.record(example_record(*kinds[random.below(kinds.size())], county->clock(), county->random()));
    second.record(example_record(*kinds[random.below(kinds.size())], county->clock(), county->random()));
    if (i % 4 == 3) first.sync(link);
  }
  const Bytes photo = take_photo(first, *county, 700'000);
  first.sync(link);
  second.sync(link);
  first.sync(link);

  const auto here = first.store->counts();
  const auto there = second.store->counts();
  REQUIRE(here.ok());
  REQUIRE(there.ok());
  CHECK(here->operations == there->operations);
  CHECK(here->records == there->records);
  CHECK(here->unsynced_operations == 0);
  county->apply_all();
  CHECK(county->kept().parked == 0);
  CHECK(county->decisions() == 0);
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
  UnreliableLink link(*county, county->random(), 0);
  Laptop laptop(*county, "一号");
  laptop.record(example_record(records::kind_of(records::kinds::visit), county->clock(), county->random()));
  const engine::Report report = laptop.sync(link);
  CHECK(report.pushed > 0);
  CHECK(report.stored_through == report.pushed);
  CHECK(report.applied_through == report.pushed);
  const engine::Report again = laptop.sync(link);
  CHECK(again.pushed == 0);
  CHECK(again.pulled == 0);
  CHECK(again.stored_through == report.stored_through);
}

TEST_CASE("over a link that loses and repeats, everything arrives once and whole") {
  for (std::uint64_t seed = 501; seed < 504; ++seed) {
    for (const unsigned loss_percent : {0U, 10U, 30U}) two_laptops_meet(seed, loss_percent);
  }
}

// A track that goes on during a sync: what is recorded while the session waits breaks nothing of it, and travels later.
TEST_CASE("while a sync waits others write: nothing is lost, nothing goes twice") {
  for (const unsigned loss_percent : {0U, 20U}) {
    const TemporaryFolder folder;
    const auto county = county_on_sqlite(folder);
    SeededRandom random(77);
    UnreliableLink link(*county, random, loss_percent);
    Laptop first(*county, "一号");
    Laptop second(*county, "二号");
    const auto new_record = [&](records::KindNumber kind) {
      county->clock().advance_ms(1000);
      return example_record(records::kind_of(kind), county->clock(), county->random());
    };
    first.record(new_record(records::kinds::visit));
    second.record(new_record(records::kinds::finding));
    second.sync(link);
    int rests = 0;
    link.meanwhile = [&] {
      ++rests;
      // A pending row, as points are kept; every other time it becomes an operation, as a minute is over.
      for (history::Edit& edit : history::edits_for_new(new_record(records::kinds::track_block))) {
        const auto group = edit.group;
        const Uuid id = edit.record;
        REQUIRE(first.store->keep_pending({std::move(edit), Uuid{{1}}, county->clock().now_ms()}).ok());
        if (rests % 2 == 0) REQUIRE(first.store->promote_pending(id, group).ok());
      }
    };
    bool is_through = false;
    for (int tries = 0; !is_through && tries < 50; ++tries) is_through = first.try_sync(link).ok();
    REQUIRE(is_through);
    link.meanwhile = {};
    CHECK(rests > 2);
    CHECK(first.store->counts()->unsynced_operations > 0);
    first.sync(link);
    CHECK(first.store->counts()->unsynced_operations == 0);
    CHECK(first.store->pending()->empty());
    second.sync(link);
    first.sync(link);
    CHECK(first.lines() == second.lines());
    CHECK(first.store->list(records::kinds::track_block)->size() == static_cast<std::size_t>(rests));
    for (Laptop* laptop : {&first, &second}) CHECK(laptop->store->verify()->problems.empty());
  }
}

TEST_CASE("who answers with another key than the county's is not believed") {
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  const TemporaryFolder elsewhere;
  const auto impostor = county_on_sqlite(elsewhere);
  UnreliableLink link(*impostor, county->random(), 0);
  Laptop laptop(*county, "一号");
  laptop.record(example_record(records::kind_of(records::kinds::visit), county->clock(), county->random()));
  const auto report = laptop.try_sync(link);
  REQUIRE_FALSE(report.ok());
  CHECK(report.error().code() == ErrorCode::refused);
  const auto counts = laptop.store->counts();
  REQUIRE(counts.ok());
  CHECK(counts->unsynced_operations == counts->operations);
}
