// What administrators do beside the running county: keys, people, revocation, quarantine.
#include <doctest/doctest.h>

#include <algorithm>

#include "db/records/kinds.h"
#include "db/records/positioning_rules.h"
#include "tests/sync/office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// A running county with one laptop that has synced.
struct ServingOffice {
  ServingOffice() {
    REQUIRE(office.run({"init", "--empty"}).exit_code == 0);
    start();
    join(laptop, "first");
  }
  void start() {
    county = std::make_unique<Process>(office.words({"serve", "--listen", "127.0.0.1:0"}));
    address = address_in(county->first_line());
    REQUIRE_FALSE(address.empty());
  }
  void stop() {
    CHECK(county->end(SIGTERM) == 0);
    county.reset();
  }
  void join(Laptop& who, const std::string& name) {
    const Status joined = client::enrol(*who.store, address, office.code_for(name), who.clock, who.random);
    REQUIRE_MESSAGE(joined.ok(), (joined.ok() ? "" : joined.error().message()));
  }
  Result<engine::Report> sync(Laptop& who) {
    return client::sync(*who.store, who.folder / "photos", address, who.clock, who.random);
  }
  SqliteOffice office;
  Laptop laptop;
  std::unique_ptr<Process> county;
  std::string address;
};

}  // namespace

TEST_CASE("a laptop that was away while the county changed its keys twice syncs as if nothing had happened") {
  ServingOffice running;
  running.laptop.record_visit();
  REQUIRE(running.sync(running.laptop).ok());
  running.laptop.record_visit();
  for (int i = 0; i < 2; ++i) {
    const Ran rotated = running.office.run({"keys", "rotate"});
    REQUIRE_MESSAGE(rotated.exit_code == 0, rotated.err);
  }
  running.stop();
  running.start();
  const auto report = running.sync(running.laptop);
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message()));
  CHECK(report->pushed > 0);
  // A new laptop believes the whole line of keys, and reads what the old ones signed.
  Laptop second;
  running.join(second, "second");
  REQUIRE(running.sync(second).ok());
  CHECK(second.store->list(records::kinds::visit)->size() == 2);
  CHECK(second.store->verify()->ok());
}

TEST_CASE("a county that lost its keys needs new codes, and no laptop loses anything") {
  ServingOffice running;
  running.laptop.record_visit();
  REQUIRE(running.sync(running.laptop).ok());
  running.stop();
  std::filesystem::remove_all(running.office.folder / "keys");
  const Ran replaced = running.office.run({"keys", "replace-lost"});
  REQUIRE_MESSAGE(replaced.exit_code == 0, replaced.err);
  running.start();
  running.laptop.record_visit();
  const auto refused = running.sync(running.laptop);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  running.join(running.laptop, "first again");
  const auto report = running.sync(running.laptop);
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message()));
  CHECK(running.office.run({"status", "--json"}).out.find("\"visit\": 2") != std::string::npos);
}

TEST_CASE("a laptop whose name a copy of it took enrols under the next one, with all that it wrote") {
  ServingOffice running;
  const auto synced = [&](Laptop& who) {
    const auto report = running.sync(who);
    REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message()));
  };
  Laptop& original = running.laptop;
  original.record_visit();
  synced(original);
  const std::filesystem::path database = running.office.folder / "county.gpkg";
  const std::filesystem::path backup = running.office.folder / "backup.gpkg";
  running.stop();
  std::filesystem::copy_file(database, backup);
  running.start();
  const auto copy_of_folder = [&](Laptop& copy) {
    copy.store.reset();
    original.store.reset();
    std::filesystem::remove_all(copy.folder / "data");
    std::filesystem::copy(original.folder / "data", copy.folder / "data", std::filesystem::copy_options::recursive);
    copy.open();
    original.open();
  };
  Laptop second;
  Laptop third;
  copy_of_folder(second);
  copy_of_folder(third);
  for (Laptop* one : {&original, &second, &third}) {
    one->store.reset();
    REQUIRE(std::filesystem::remove(one->folder / "data" / "device-1.key"));
    one->open();
  }
  // The key of both is lost: the second finds the next name taken.
  running.join(original, "original");
  original.record_visit();
  synced(original);
  second.record_visit();
  running.join(second, "second");
  synced(second);
  CHECK(original.store->own_writer().epoch == 2);
  CHECK(second.store->own_writer().epoch == 3);

  // The county is restored from before all that, and the third comes first.
  running.stop();
  std::filesystem::copy_file(backup, database, std::filesystem::copy_options::overwrite_existing);
  running.start();
  third.record_visit();
  running.join(third, "third");
  synced(third);
  CHECK(third.store->own_writer().epoch == 2);
  const auto refused = running.sync(original);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  original.record_visit();
  running.join(original, "original again");
  CHECK(original.store->own_writer().epoch == 3);
  synced(original);
  synced(third);
  CHECK(original.store->list(records::kinds::visit)->size() == 4);
  CHECK(third.store->list(records::kinds::visit)->size() == 4);
  CHECK(running.office.run({"verify"}).exit_code == 0);
}

TEST_CASE("a revoked laptop is told so; what it wrote before stays") {
  ServingOffice running;
  running.laptop.record_visit();
  REQUIRE(running.sync(running.laptop).ok());
  const std::string id = running.laptop.store->own_writer().device.text();
  CHECK(running.office.run({"revoke", id}).exit_code == 2);  // without a reason
  const Ran revoked = running.office.run({"revoke", id, "--reason", "lost on the road"});
  REQUIRE_MESSAGE(revoked.exit_code == 0, revoked.err);
  running.laptop.record_visit();
  // It may leave what it has, and is told both.
  const auto told = running.sync(running.laptop);
  REQUIRE_MESSAGE(told.ok(), told.error().message());
  CHECK(told->pushed == 10);
  REQUIRE(told->problem.has_value());
  CHECK(told->problem->code() == ErrorCode::refused);
  CHECK(running.office.run({"devices", "--json"}).out.find("\"revoked\": true") != std::string::npos);
  CHECK(running.office.run({"status", "--json"}).out.find("\"visit\": 1") != std::string::npos);
}

TEST_CASE("what an administrator hides disappears everywhere, and comes back when it is released") {
  ServingOffice running;
  const Uuid visit = running.laptop.record_visit();
  REQUIRE(running.sync(running.laptop).ok());
  Laptop second;
  running.join(second, "second");
  REQUIRE(running.sync(second).ok());
  CHECK(second.store->read(visit).ok());
  const std::string id = running.laptop.store->own_writer().device.text();
  const Ran hidden = running.office.run({"quarantine", "add", id, "--first", "1", "--last", "100000", "--reason", "x"});
  CHECK(hidden.exit_code == 3);  // the county does not have so many
  const std::uint64_t through = running.laptop.store->own_progress()->stored_through;
  const Ran done = running.office.run(
      {"quarantine", "add", id, "--first", "1", "--last", std::to_string(through), "--reason", "entered by mistake"});
  REQUIRE_MESSAGE(done.exit_code == 0, done.err);
  REQUIRE(running.sync(second).ok());
  CHECK(second.store->list(records::kinds::visit)->empty());
  const auto own = running.sync(running.laptop);
  REQUIRE(own.ok());
  CHECK(own->quarantined == through);

  const Ran list = running.office.run({"quarantine", "list", "--json"});
  const std::size_t at = list.out.find("\"id\": \"");
  REQUIRE(at != std::string::npos);
  const std::string decision = list.out.substr(at + 7, 36);
  const Ran released = running.office.run({"quarantine", "release", decision, "--reason", "it was right after all"});
  REQUIRE_MESSAGE(released.exit_code == 0, released.err);
  REQUIRE(running.sync(second).ok());
  REQUIRE(second.store->read(visit).ok());
  CHECK(running.office.run({"status", "--json"}).out.find("\"quarantined\": 0") != std::string::npos);
}

TEST_CASE("a forked chain is ended, opened again and ended again; the laptop goes on under another epoch") {
  ServingOffice running;
  Laptop& original = running.laptop;
  const auto synced = [&](Laptop& who) {
    const auto report = running.sync(who);
    REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message()));
  };
  original.record_visit();
  synced(original);
  const std::string id = original.store->own_writer().device.text();
  const auto end_chain = [&] { return running.office.run({"quarantine", "end-chain", id, "--reason", "copied"}); };
  CHECK(end_chain().exit_code == 3);  // nothing of another is aside
  CHECK(running.office.run({"quarantine", "end-chain", id}).exit_code == 2);
  Laptop copy;
  copy.store.reset();
  original.store.reset();
  std::filesystem::remove_all(copy.folder / "data");
  std::filesystem::copy(original.folder / "data", copy.folder / "data", std::filesystem::copy_options::recursive);
  copy.open();
  original.open();
  for (Laptop* one : {&original, &copy}) one->record_visit();
  synced(original);
  synced(copy);
  CHECK(copy.store->own_writer().epoch == 2);

  const auto decisions = [&](const char* hidden) {
    const std::string list = running.office.run({"quarantine", "list", "--json"}).out;
    std::size_t count = 0;
    for (std::size_t at = list.find(hidden); at != std::string::npos; at = list.find(hidden, at + 1)) ++count;
    return count;
  };
  const Ran ended = end_chain();
  REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
  REQUIRE(decisions("\"hidden\": true") == 1);
  CHECK(end_chain().exit_code == 0);  // once is enough
  const std::string list = running.office.run({"quarantine", "list", "--json"}).out;
  const std::string decision = list.substr(list.find("\"id\": \"") + 7, 36);
  REQUIRE(running.office.run({"quarantine", "release", decision, "--reason", "only one of them"}).exit_code == 0);
  CHECK(decisions("\"hidden\": true") == 0);
  original.record_visit();
  synced(original);
  CHECK(original.store->own_writer().epoch == 1);

  REQUIRE(end_chain().exit_code == 0);
  CHECK(decisions("\"hidden\": true") == 1);
  CHECK(decisions("\"hidden\": false") == 1);
  original.record_visit();
  synced(original);
  CHECK(original.store->own_writer().epoch == 3);
  synced(copy);
  CHECK(copy.store->list(records::kinds::visit)->size() == 5);
  CHECK(running.office.run({"verify"}).exit_code == 0);
}

// That a base is on no disk takes restores of two laptops and the county; here the table says so.
TEST_CASE("status tells whom others wait for in vain, and how the waiting is ended") {
  ServingOffice running;
  running.laptop.record_visit();
  REQUIRE(running.sync(running.laptop).ok());
  const std::string id = running.laptop.store->own_writer().device.text();
  CHECK(running.office.run({"status", "--json"}).out.find("\"awaited\": []") != std::string::npos);
  rows_of(running.office,
          "INSERT INTO sync_parked SELECT county_id, device_id, epoch, last_sequence, device_id, 7, 58 FROM sync_frame"
          " WHERE device_id <> county_id LIMIT 1");

  const Ran status = running.office.run({"status"});
  CHECK_MESSAGE(status.out.find("1 operations wait for operations from 58 on of device \"not enrolled\" (" + id +
                                ", epoch 7)") != std::string::npos,
                status.out);
  CHECK(status.out.find("quarantine end-chain " + id + " --epoch 7") != std::string::npos);
  const std::string json = running.office.run({"status", "--json"}).out;
  CHECK(json.find("\"parked\": 1") != std::string::npos);
  CHECK(json.find("\"awaited\": [{\"device\": \"" + id + "\"") != std::string::npos);
  CHECK(json.find("\"first_sequence\": 58, \"operations\": 1") != std::string::npos);

  const Ran ended =
      running.office.run({"quarantine", "end-chain", id, "--epoch", "7", "--reason", "no laptop has it any more"});
  REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
  const std::string after = running.office.run({"status", "--json"}).out;
  CHECK(after.find("\"parked\": 0") != std::string::npos);
  CHECK(after.find("\"awaited\": []") != std::string::npos);
  CHECK(running.office.run({"quarantine", "end-chain", id, "--epoch", "8", "--reason", "x"}).exit_code == 3);
}

TEST_CASE("what the county asks of positions reaches every laptop, and is corrected by saying it again") {
  ServingOffice running;
  const auto positioning = [&](std::vector<std::string> more) {
    more.insert(more.begin(), "positioning");
    return running.office.run(more);
  };
  CHECK(positioning({"--json"}).out.find("\"accuracy_m_max\": null") != std::string::npos);
  CHECK(positioning({"set", "--warm-up", "10", "--reason", "example"}).exit_code == 2);
  CHECK(positioning({"set", "--accuracy", "x", "--reason", "example"}).exit_code == 2);
  CHECK(positioning({"set", "--accuracy", "5000", "--reason", "example"}).exit_code == 3);
  CHECK(positioning({"set", "--accuracy", "5", "--height-offset", "47.5", "--reason", "example"}).exit_code == 2);
  const Ran set =
      positioning({"set", "--accuracy", "5", "--warm-up", "20", "--sentences", "yes", "--height-offset", "47.5",
                   "--height-uncertainty", "0.4", "--height-source", "benchmark", "--reason", "example"});
  REQUIRE_MESSAGE(set.exit_code == 0, set.err);
  REQUIRE(running.sync(running.laptop).ok());
  const auto rules_here = [&] {
    return records::read_positioning_rules(*running.laptop.store->list(records::kinds::positioning_rules));
  };
  REQUIRE(rules_here().gate.has_value());
  CHECK(rules_here().gate->accuracy_mm_max == 5000);
  CHECK(rules_here().gate->warm_up_fixes == 20);
  CHECK_FALSE(rules_here().gate->fix_age_ms_max.has_value());
  CHECK(rules_here().keeps_sentences);
  REQUIRE(rules_here().height.has_value());
  CHECK(rules_here().height->offset_mm == 47'500);
  CHECK(rules_here().height->uncertainty_mm == 400);

  REQUIRE(positioning({"set", "--accuracy", "8.125", "--sentences", "no", "--reason", "example"}).exit_code == 0);
  REQUIRE(running.sync(running.laptop).ok());
  CHECK(rules_here().gate->accuracy_mm_max == 8120);
  CHECK(rules_here().gate->warm_up_fixes == 20);
  CHECK_FALSE(rules_here().keeps_sentences);
  CHECK(rules_here().height->offset_mm == 47'500);
  CHECK(running.laptop.store->list(records::kinds::positioning_rules)->size() == 1);
  CHECK(positioning({}).out.find("8.12") != std::string::npos);
}

TEST_CASE("status speaks to people in their language, whatever the names in JSON are") {
  ServingOffice running;
  running.laptop.record_visit();
  REQUIRE(running.sync(running.laptop).ok());
  const std::string json = running.office.run({"status", "--json"}).out;
  std::vector<std::string> words = running.office.words({"status"});
  const std::string english = run_program(words).out;
  *(std::ranges::find(words, "--lang") + 1) = "zh";
  const std::string chinese = run_program(words).out;
  std::size_t names = 0;
  for (std::size_t at = json.find('"'); at != std::string::npos; at = json.find('"', at)) {
    const std::size_t end = json.find('"', at + 1);
    const std::string name = json.substr(at + 1, end - at - 1);
    at = end + 1;
    const bool is_name = json[at] == ':' && name != "name" && name != "records";
    if (!is_name) continue;
    CAPTURE(name);
    CHECK(english.find("  " + name + ":") == std::string::npos);
    CHECK(chinese.find("  " + name + "：") == std::string::npos);
    ++names;
  }
  CHECK(names > 25);
  CHECK(english.find("Frames stored: ") != std::string::npos);
  CHECK(chinese.find("现场检查：1") != std::string::npos);
}

TEST_CASE("a person makes a key with a code that is theirs, once") {
  ServingOffice running;
  const Ran code = running.office.run({"people", "enrol", "--name", "示例人员", "--role", "reviewer"});
  REQUIRE_MESSAGE(code.exit_code == 0, code.err);
  const SigningKey key = SigningKey::generate(running.laptop.random);
  const auto enrolled = client::enrol_person(*running.laptop.store, std::string(trim(code.out)), key,
                                             running.laptop.clock, running.laptop.random);
  REQUIRE_MESSAGE(enrolled.ok(), (enrolled.ok() ? "" : enrolled.error().message()));
  CHECK(enrolled->name == "示例人员");
  CHECK(enrolled->role == "reviewer");
  const SigningKey other = SigningKey::generate(running.laptop.random);
  CHECK_FALSE(client::enrol_person(*running.laptop.store, std::string(trim(code.out)), other, running.laptop.clock,
                                   running.laptop.random)
                  .ok());
  CHECK(running.office.run({"people", "--json"}).out.find("示例人员") != std::string::npos);
}
