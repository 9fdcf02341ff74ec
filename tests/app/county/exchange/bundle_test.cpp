// The courier's stick between real laptops and the real county program.
#include <fstream>

#include "db/base/attachment_folder.h"
#include "db/base/files.h"
#include "db/records/handles/photo.h"
#include "sync/bundle/sealed_file.h"
#include "sync/client/bundles.h"
#include "tests/sync/office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

template <class T>
T must_be(Result<T> result) {
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message()));
  return std::move(result).value();
}

// A county of which two laptops know, and a stick.
struct Road {
  Road() {
    REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
    Process county(office.words({"serve", "--listen", "127.0.0.1:0"}));
    for (Laptop* laptop : {&first, &second}) {
      const Status joined = client::enrol(*laptop->store, address_in(county.first_line()), office.code_for("laptop"),
                                          laptop->clock, laptop->random);
      REQUIRE_MESSAGE(joined.ok(), (joined.ok() ? "" : joined.error().message()));
    }
    CHECK(county.end(SIGTERM) == 0);
  }
  bundle::WrittenBundle write(Laptop& laptop, const char* name) {
    return must_be(
        client::write_bundle(*laptop.store, laptop.folder / "photos", stick / name, laptop.clock, laptop.random));
  }
  Ran read(const char* name, const char* answers) {
    return office.run({"bundle", "read", (stick / name).string(), "--answer", (stick / answers).string()});
  }
  Result<engine::Report> absorb(Laptop& laptop, const char* answers) {
    return client::read_answers(*laptop.store, laptop.folder / "photos", stick / answers, laptop.clock, laptop.random);
  }
  SqliteOffice office;
  Laptop first;
  Laptop second;
  TemporaryFolder stick;
};

// A photo's record and its file.
Hash take_photo(Laptop& laptop, std::size_t size) {
  Bytes file(size);
  laptop.random.fill(file);
  AttachmentFolder folder(laptop.folder / "photos");
  const Attachment kept = must_be(folder.keep(file));
  records::Record photo = example_record(records::kind_of(records::kinds::photo), laptop.clock, laptop.random);
  photo.set_value(records::photo::file_hash, Bytes(kept.hash.bytes.begin(), kept.hash.bytes.end()));
  photo.set_value(records::photo::file_bytes, static_cast<std::int64_t>(size));
  REQUIRE(laptop.store->commit(history::edits_for_new(photo), Uuid{{1}}).ok());
  return kept.hash;
}

}  // namespace

TEST_CASE("without any network: two laptops learn of each other by sticks") {
  Road road;
  const Uuid visit = road.first.record_visit();
  take_photo(road.first, 700'000);
  const auto written = road.write(road.first, "one");
  CHECK(written.photos == 1);
  CHECK(road.first.store->counts()->unsynced_operations > 0);
  const Ran taken = road.read("one", "one.back");
  REQUIRE_MESSAGE(taken.exit_code == 0, taken.err);
  CHECK(road.office.run({"status", "--json"}).out.find("\"visit\": 1") != std::string::npos);

  const auto absorbed = must_be(road.absorb(road.first, "one.back"));
  CHECK_FALSE(absorbed.problem.has_value());
  CHECK(absorbed.photos_confirmed == 1);
  CHECK(road.first.store->counts()->unsynced_operations == 0);
  CHECK(*road.first.store->sync_state(visit) == history::SyncState::applied);

  road.second.record_visit();
  road.write(road.second, "two");
  REQUIRE(road.read("two", "two.back").exit_code == 0);
  CHECK(must_be(road.absorb(road.second, "two.back")).pulled > 0);
  CHECK(road.second.store->read(visit).ok());
  CHECK(road.second.store->verify()->ok());
  CHECK(road.second.store->county_mark()->frontier.root() != frames::Frontier().root());
  const Ran verified = road.office.run({"verify"});
  CHECK_MESSAGE(verified.exit_code == 0, verified.err);
}

TEST_CASE("a stick that was damaged on the road changes nothing on either side") {
  Road road;
  road.first.record_visit();
  road.write(road.first, "one");
  Bytes bytes = *read_file(road.stick / "one", 10'000'000);
  bytes[bytes.size() / 2] ^= 1;
  REQUIRE(write_file_durably(road.stick / "damaged", bytes).ok());
  const Ran refused = road.read("damaged", "back");
  CHECK(refused.exit_code == 4);
  CHECK_FALSE(refused.err.empty());
  CHECK_FALSE(std::filesystem::exists(road.stick / "back"));
  CHECK(road.office.run({"status", "--json"}).out.find("\"visit\": 1") == std::string::npos);
  CHECK(road.read("nowhere", "back").exit_code == 3);

  REQUIRE(road.read("one", "back").exit_code == 0);
  bytes = *read_file(road.stick / "back", 10'000'000);
  bytes[bytes.size() - 1] ^= 1;
  REQUIRE(write_file_durably(road.stick / "damaged.back", bytes).ok());
  CHECK(road.absorb(road.first, "damaged.back").error().code() == ErrorCode::corrupt);
  CHECK(road.first.store->counts()->unsynced_operations > 0);
  CHECK(must_be(road.absorb(road.first, "back")).stored_through > 0);
}

TEST_CASE("a county that changed its keys while the stick was on the road, and one that serves meanwhile") {
  Road road;
  road.first.record_visit();
  road.write(road.first, "one");
  REQUIRE(road.office.run({"keys", "rotate"}).exit_code == 0);
  Process county(road.office.words({"serve", "--listen", "127.0.0.1:0"}));
  const Ran taken = road.read("one", "back");
  REQUIRE_MESSAGE(taken.exit_code == 0, taken.err);
  CHECK_FALSE(must_be(road.absorb(road.first, "back")).problem.has_value());
  CHECK(road.first.store->known_county()->signers.size() == 2);
  // The next one is sealed to the new key.
  road.first.record_visit();
  road.write(road.first, "two");
  CHECK(must_be(bundle::SealedFileReader::read_header(road.stick / "two")).key_generation ==
        road.first.store->known_county()->signers.back().first_epoch);
  REQUIRE(road.read("two", "two.back").exit_code == 0);
  REQUIRE(road.absorb(road.first, "two.back").ok());
  const auto report = client::sync(*road.second.store, road.second.folder / "photos", address_in(county.first_line()),
                                   road.second.clock, road.second.random);
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message()));
  CHECK(road.second.store->list(records::kinds::visit)->size() == 2);
}

TEST_CASE("a laptop that never joined writes no bundle") {
  Laptop laptop;
  TemporaryFolder stick;
  const auto written =
      client::write_bundle(*laptop.store, laptop.folder / "photos", stick / "one", laptop.clock, laptop.random);
  REQUIRE_FALSE(written.ok());
  CHECK(written.error().code() == ErrorCode::refused);
}
