// Two laptops and the county's real program, all on this machine.
#include "tests/app/program/county.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
TEST_CASE("two laptops change one field apart: both see the dispute, one settles it, both and the county agree") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server);
  Laptop second(office, server);
  CHECK(member(first.run({"status", "--json"}).json(), "enrolled") == "true");
  CHECK(member(first.run({"status", "--json"}).json(), "county_url") == server.address);
  const std::string mine = iron_mine(first);
  REQUIRE(first.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  REQUIRE(second.run({"set", mine, "mining_method=open-pit"}).exit_code == 0);
  CHECK(member(first.run({"status", "--json"}).json(), "unsynced_operations") == "1");
  CHECK(member(first.run({"status", "--json"}).json(), "oldest_unsynced") != "null");

  CHECK(member(first.sync(), "disputes") == "0");
  CHECK(member(second.sync(), "disputes") == "1");
  CHECK(member(first.sync(), "disputes") == "1");
  CHECK(member(first.run({"status", "--json"}).json(), "unsynced_operations") == "0");
  const Outcome disputed = first.run({"disputes", "--json"});
  CHECK(disputed.exit_code == 1);
  CHECK(second.run({"disputes"}).exit_code == 1);
  REQUIRE(disputed.json().items.size() == 1);
  const json::JsonValue dispute = disputed.json().items.front();
  REQUIRE(dispute.find("values")->items.size() == 2);
  // Neither of them is a plain field to edit now.
  CHECK(first.run({"set", mine, "mining_method=underground"}).exit_code == 3);

  std::string taken;
  for (const auto& value : dispute.find("values")->items) {
    if (member(*value.find("values"), "mining_method") == "open-pit") taken = member(value, "operation");
  }
  REQUIRE(!taken.empty());
  REQUIRE(first.run({"resolve", member(dispute, "id"), "--take", taken}).exit_code == 0);
  CHECK(first.run({"disputes"}).exit_code == 0);
  CHECK(second.run({"disputes"}).exit_code == 1);
  CHECK(member(first.sync(), "disputes") == "0");
  CHECK(member(second.sync(), "disputes") == "0");
  for (Laptop* laptop : {&first, &second}) {
    CHECK(laptop->run({"disputes", "--json"}).out == "[]\n");
    CHECK(laptop->value(mine, "mining_method") == "open-pit");
    CHECK(member(laptop->run({"verify", "--json"}).json(), "ok") == "true");
  }
  CHECK(first.run({"list", "mining-right", "--json"}).json().items.size() == 16);
}

TEST_CASE("a visit recorded on one laptop is on the other after both synced") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server);
  Laptop second(office, server);
  REQUIRE(first.run({"record", source_folder() + "/assets/examples/visit-site.json"}).exit_code == 0);
  const auto sent = first.sync();
  CHECK(member(sent, "photos_sent") == "1");
  CHECK(member(second.sync(), "photos_fetched") == "1");
  for (const char* kind : {"visit", "gps-point", "finding", "visit-party", "restoration-status", "photo"}) {
    CAPTURE(kind);
    const auto there = second.run({"list", kind, "--json"}).json();
    const auto here = first.run({"list", kind, "--json"}).json();
    REQUIRE(!here.items.empty());
    REQUIRE(there.items.size() == here.items.size());
    for (const auto& record : here.items) {
      CHECK(member(record, "sync_state") == "applied");
      CHECK(where(there, "id", member(record, "id")).find("name") != nullptr);
    }
  }
  CHECK(member(second.run({"verify", "--json"}).json(), "ok") == "true");
}

TEST_CASE("the county is down, moves, and addresses that would not be safe") {
  const Office office;
  auto server = std::make_unique<Server>(office.store);
  Laptop laptop(office, *server);
  const std::string mine = iron_mine(laptop);
  server.reset();
  REQUIRE(laptop.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  const auto down = laptop.run({"sync"});
  CHECK(down.exit_code == 4);
  CHECK(down.is_one_line());
  CHECK(down.says("127.0.0.1"));
  CHECK(down.out.empty());
  // Nothing is lost, and work goes on.
  CHECK(member(laptop.run({"status", "--json"}).json(), "unsynced_operations") == "1");
  CHECK(laptop.value(mine, "mining_method") == "underground");
  for (const char* address : {"https://127.0.0.1", "ftp://127.0.0.1", "county", "https://:1"}) {
    CAPTURE(address);
    const auto refused = laptop.run({"sync", address});
    CHECK(refused.exit_code == 3);
    CHECK(refused.is_one_line());
    CHECK(refused.says(address));
    CHECK(refused.says("https://"));
  }
  const Server again(office.store);
  const auto synced = laptop.run({"sync", again.address, "--json"});
  CHECK_MESSAGE(synced.exit_code == 0, synced.err);
  CHECK(member(laptop.run({"status", "--json"}).json(), "unsynced_operations") == "0");
  CHECK(member(laptop.run({"status", "--json"}).json(), "county_url") == again.address);
}

TEST_CASE("a laptop that never enrolled, and a code that is wrong or used") {
  const Office office;
  const Server server(office.store);
  Program stranger;
  REQUIRE(stranger.run({"init"}).exit_code == 0);
  const auto early = stranger.run({"sync"});
  CHECK(early.exit_code == 4);
  CHECK(early.is_one_line());
  CHECK(early.says("enrol"));
  CHECK(member(stranger.run({"status", "--json"}).json(), "enrolled") == "false");
  const std::string code = office.code();
  Program other;
  REQUIRE(other.run({"init"}).exit_code == 0);
  REQUIRE(other.run({"enrol", server.address, code}).exit_code == 0);
  for (const std::string& wrong : {code, std::string("NOT-A-CODE")}) {
    const auto refused = stranger.run({"enrol", server.address, wrong});
    CHECK(refused.exit_code >= 3);
    CHECK(refused.is_one_line());
  }
  CHECK(stranger.run({"sync"}).exit_code == 4);
}

// Another byte in the one original of the laptop, which keeps its size.
void damage_photo(const Laptop& laptop) {
  for (const auto& file : std::filesystem::recursive_directory_iterator(laptop.data() + "/attachments")) {
    if (!file.is_regular_file()) continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(100);
    bytes.put('\x7f');
  }
}

TEST_CASE("a photo that is damaged here stays: what went is said all the same, by network and by stick") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  REQUIRE(laptop.run({"record", source_folder() + "/assets/examples/visit-site.json"}).exit_code == 0);
  damage_photo(laptop);
  const std::string stick = (laptop.folder / "out.kxb").string();
  const Outcome written = laptop.run({"bundle", "write", stick, "--json"});
  CHECK(written.exit_code == 4);
  CHECK(written.is_one_line());
  CHECK(written.says("a photo is not in the bundle"));
  CHECK(member(written.json(), "photos") == "0");
  CHECK(member(written.json(), "frames") != "0");
  CHECK(member(written.json(), "problem") != "null");
  CHECK(std::filesystem::exists(stick));

  const Outcome synced = laptop.run({"sync", "--json"});
  CHECK(synced.exit_code == 4);
  CHECK(synced.is_one_line());
  CHECK(member(synced.json(), "pushed") != "0");
  CHECK(member(synced.json(), "photos_sent") == "0");
  CHECK(member(synced.json(), "problem") != "null");
  CHECK(contains(synced.err, member(synced.json(), "problem")));
  CHECK(member(laptop.run({"status", "--json"}).json(), "unsynced_operations") == "0");
  // The next one has nothing but the problem to tell, and tells it.
  const Outcome again = laptop.run({"sync"});
  CHECK(again.exit_code == 4);
  CHECK(again.is_one_line());
  CHECK(contains(again.out, "pushed 0 operations"));
}

TEST_CASE("verify proves the county's receipts and checkpoints, and says everything that it counted") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  const auto before = laptop.run({"verify", "--json"}).json();
  CHECK(member(before, "receipts") == "0");
  REQUIRE(laptop.run({"set", iron_mine(laptop), "mining_method=underground"}).exit_code == 0);
  laptop.sync();
  const Outcome proved = laptop.run({"verify", "--json"});
  REQUIRE(proved.exit_code == 0);
  for (const char* name : {"frames", "operations", "receipts", "checkpoints"}) {
    CAPTURE(name);
    CHECK(std::stoul(member(proved.json(), name)) > 0);
  }
  for (const char* name : {"unsealed_operations", "unreadable_frames", "person_signatures", "unproved_signatures"}) {
    CAPTURE(name);
    CHECK(member(proved.json(), name) == "0");
  }
  CHECK(proved.json().find("problems")->items.empty());
  CHECK(proved.json().find("notes")->items.empty());
  const Outcome told = laptop.run({"verify"});
  CHECK(contains(told.out, "sound: "));
  CHECK(contains(told.out, "receipts of the county"));
  // What is no fault and worth knowing is said too.
  std::filesystem::remove(laptop.data() + "/device-1.key");
  const Outcome keyless = laptop.run({"verify", "--json"});
  CHECK(keyless.exit_code == 0);
  CHECK(keyless.json().find("notes")->items.size() == 1);
}

TEST_CASE(
    "an enrolment says what the county knows the laptop as, and in which epoch it goes on after its key is lost") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server, "示例一号", "reviewer");
  const auto status = laptop.run({"status", "--json"}).json();
  CHECK(member(status, "device_role") == "reviewer");
  std::filesystem::remove(laptop.data() + "/device-1.key");
  const Outcome again =
      laptop.run({"enrol", server.address, office.code_of("enrol --name 示例一号 --role reviewer"), "--json"});
  REQUIRE_MESSAGE(again.exit_code == 0, again.err);
  CHECK(member(again.json(), "url") == server.address);
  CHECK(member(again.json(), "device_name") == "示例一号");
  CHECK(member(again.json(), "device_role") == "reviewer");
  CHECK(member(again.json(), "new_epoch") == "2");
}

}  // namespace kuangxun::tests
