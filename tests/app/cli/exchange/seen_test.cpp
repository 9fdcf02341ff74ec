// What people see of the way to the county: records, photos, what is hidden, what status and the log say.
#include "tests/app/program/county.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

std::string id_of_device(const Office& office, const std::string& name) {
  const auto devices = json::parse_json(office.run("devices --json").out);
  REQUIRE(devices.ok());
  for (const json::JsonValue& device : devices->items) {
    if (member(device, "name") != name) continue;
    for (const char* key : {"device", "device_id", "id"}) {
      if (device.find(key) != nullptr) return member(device, key);
    }
  }
  return {};
}

const std::string example_place = R"({"places": [{"kind": "legacy-site", "name": "示例采坑", "is_example": true}]})";

std::string log_of(const Program& laptop) {
  return Program::read(laptop.data() + "/logs/kuangxun.log");
}

}  // namespace

TEST_CASE("what the county hides is said with its reason on every laptop, and comes back when it is released") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server, "示例一号");
  Laptop second(office, server, "示例二号");
  const std::string mine = iron_mine(first);
  REQUIRE(first.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  first.sync();
  const std::string device = id_of_device(office, "示例一号");
  REQUIRE(!device.empty());
  const Outcome hidden = office.run("quarantine add " + device + " --first 1 --last 1 --reason 示例原因");
  REQUIRE_MESSAGE(hidden.exit_code == 0, hidden.err);
  CHECK(member(first.sync(), "quarantined") == "1");
  second.sync();
  for (Laptop* laptop : {&first, &second}) {
    const auto shown = laptop->run({"show", mine, "--json"}).json();
    CHECK(member(shown, "mining_method") != "underground");
    REQUIRE(shown.find("hidden")->items.size() == 1);
    const json::JsonValue& change = shown.find("hidden")->items[0];
    CHECK(member(change, "group") == "mining_method");
    CHECK(member(change, "reason") == "示例原因");
    CHECK(member(change, "device_name") == "示例一号");
    const Outcome said = laptop->run({"show", mine});
    CHECK(contains(said.out, "hidden by the county"));
    CHECK(contains(said.out, "示例原因"));
    CHECK(contains(laptop->run({"list", "mining-right"}).out, "partly hidden by the county"));
  }
  CHECK(member(first.run({"status", "--json"}).json(), "hidden_by_county") == "1");
  CHECK(contains(first.run({"status"}).out, "Mind: the county hides 1 operations"));
  CHECK(member(second.run({"status", "--json"}).json(), "hidden_by_county") == "0");

  const auto decisions = json::parse_json(office.run("quarantine list --json").out);
  REQUIRE(decisions.ok());
  REQUIRE(decisions->items.size() == 1);
  const Outcome released = office.run("quarantine release " + member(decisions->items[0], "id") + " --reason 示例放行");
  REQUIRE_MESSAGE(released.exit_code == 0, released.err);
  CHECK(member(first.sync(), "quarantined") == "0");
  CHECK(first.value(mine, "mining_method") == "underground");
  CHECK(first.run({"show", mine, "--json"}).json().find("hidden")->items.empty());
}

TEST_CASE("a record of which the county hides everything is not just gone: list and show say why") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server, "示例一号");
  REQUIRE(laptop.record(example_place).exit_code == 0);
  const std::string place = member(laptop.run({"list", "legacy-site", "--json"}).json().items[0], "id");
  const std::string last = member(laptop.sync(), "stored_through");
  const std::string device = id_of_device(office, "示例一号");
  const Outcome hidden = office.run("quarantine add " + device + " --first 1 --last " + last + " --reason 示例原因");
  REQUIRE_MESSAGE(hidden.exit_code == 0, hidden.err);
  laptop.sync();
  CHECK(laptop.run({"list", "legacy-site", "--json"}).out == "[]\n");
  const Outcome listed = laptop.run({"list", "legacy-site"});
  CHECK(contains(listed.out, place));
  CHECK(contains(listed.out, "示例原因"));
  const Outcome shown = laptop.run({"show", place});
  CHECK(shown.exit_code == 3);
  CHECK(shown.says("示例原因"));
}

TEST_CASE("a photo: not sent yet, at the county, and on another laptop missing until it is fetched") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server);
  Laptop second(office, server);
  REQUIRE(first.run({"record", source_folder() + "/assets/examples/visit-site.json"}).exit_code == 0);
  const auto picture = [](Laptop& laptop) {
    const auto photos = laptop.run({"list", "photo", "--json"}).json();
    REQUIRE(photos.items.size() == 1);
    return member(*photos.items[0].find("picture"), "state");
  };
  CHECK(picture(first) == "on-laptop");
  CHECK(contains(first.run({"list", "photo"}).out, "not sent yet"));
  first.sync();
  CHECK(picture(first) == "at-county");
  second.sync();
  CHECK(picture(second) == "at-county");
  std::filesystem::remove_all(second.data() + "/attachments");
  CHECK(picture(second) == "missing-here");
  CHECK(contains(second.run({"list", "photo"}).out, "a sync fetches it"));
  CHECK(member(second.sync(), "photos_fetched") == "1");
  CHECK(picture(second) == "at-county");
}

TEST_CASE("status of an enrolled laptop: its certificate, the county's time, where the log is") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server, "示例一号");
  laptop.sync();
  const auto status = laptop.run({"status", "--json"}).json();
  CHECK(member(status, "device_name") == "示例一号");
  CHECK(member(status, "certificate_until") != "null");
  CHECK(member(status, "county_time") != "null");
  CHECK(member(status, "clock_ahead_s") == "0");
  CHECK(member(status, "clock_suspect") == "false");
  CHECK(member(status, "key_missing") == "false");
  CHECK(member(status, "quarantine_age_s") == "null");
  CHECK(status.find("warnings")->items.empty());
  CHECK(std::filesystem::exists(member(status, "logs")));

  std::filesystem::remove(laptop.data() + "/device-1.key");
  const auto keyless = laptop.run({"status", "--json"}).json();
  CHECK(member(keyless, "key_missing") == "true");
  CHECK(keyless.find("warnings")->items.size() == 1);
  CHECK(contains(laptop.run({"status"}).out, "Mind: "));
}

TEST_CASE("the log says what was done and how it ended, and nothing of what was entered") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  const std::string mine = iron_mine(laptop);
  REQUIRE(
      laptop.record(R"({"places": [{"kind": "legacy-site", "name": "示例不入日志", "is_example": true}]})").exit_code ==
      0);
  CHECK(laptop.run({"set", mine, "mining_method=nonsense"}).exit_code == 3);
  laptop.sync();
  const std::string log = log_of(laptop);
  CHECK(contains(log, "record exit=0"));
  CHECK(contains(log, "set exit=3"));
  CHECK(contains(log, "sync exit=0"));
  CHECK(contains(log, "pushed="));
  CHECK_FALSE(contains(log, "示例不入日志"));
  CHECK_FALSE(contains(log, "nonsense"));
  CHECK_FALSE(contains(log, mine));
  // Looking leaves no trace.
  laptop.run({"list", "visit"});
  laptop.run({"status"});
  laptop.run({"show", mine});
  CHECK(log_of(laptop) == log);
  // A command on a folder without data makes none.
  CHECK(laptop.run_on((laptop.folder / "nothing").string(), {"verify"}).exit_code == 4);
  CHECK_FALSE(std::filesystem::exists(laptop.folder / "nothing"));
}

TEST_CASE("a dispute stays open for whoever came later than what was settled") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server, "示例一号");
  Laptop second(office, server, "示例二号");
  Laptop third(office, server, "示例三号");
  REQUIRE(first.record(example_place).exit_code == 0);
  const std::string place = member(first.run({"list", "legacy-site", "--json"}).json().items[0], "id");
  for (Laptop* laptop : {&first, &second, &third}) laptop->sync();
  REQUIRE(first.run({"set", place, "description=示例甲说"}).exit_code == 0);
  REQUIRE(second.run({"set", place, "description=示例乙说"}).exit_code == 0);
  REQUIRE(third.run({"set", place, "description=示例丙说"}).exit_code == 0);
  first.sync();
  second.sync();
  first.sync();
  const auto two = first.run({"disputes", "--json"}).json();
  REQUIRE(two.items.size() == 1);
  REQUIRE(two.items[0].find("values")->items.size() == 2);
  const std::string taken = member(two.items[0].find("values")->items[0], "operation");
  REQUIRE(first.run({"resolve", member(two.items[0], "id"), "--take", taken}).exit_code == 0);
  CHECK(first.run({"disputes"}).exit_code == 0);
  first.sync();
  // The third one's value was in nobody's sight when the two were settled.
  third.sync();
  first.sync();
  const auto later = first.run({"disputes", "--json"}).json();
  REQUIRE(later.items.size() == 1);
  CHECK(later.items[0].find("values")->items.size() == 2);
  CHECK(third.run({"disputes", "--json"}).json().items.size() == 1);
  CHECK(member(first.run({"status", "--json"}).json(), "oldest_dispute_age_s") != "null");
}

TEST_CASE("voided by one and edited by another: a dispute in both orders of arrival, settled either way") {
  const Office office;
  const Server server(office.store);
  Laptop voider(office, server, "示例一号");
  Laptop editor(office, server, "示例二号");
  REQUIRE(voider.record(example_place).exit_code == 0);
  const std::string place = member(voider.run({"list", "legacy-site", "--json"}).json().items[0], "id");
  voider.sync();
  editor.sync();
  REQUIRE(voider.run({"void", place, "示例：重复录入"}).exit_code == 0);
  REQUIRE(editor.run({"set", place, "description=示例说明"}).exit_code == 0);
  Laptop* order[2] = {&voider, &editor};
  SUBCASE("the void arrives first") {}
  SUBCASE("the edit arrives first") {
    std::swap(order[0], order[1]);
  }
  order[0]->sync();
  order[1]->sync();
  order[0]->sync();
  for (Laptop* laptop : {&voider, &editor}) {
    const auto disputes = laptop->run({"disputes", "--json"}).json();
    REQUIRE(disputes.items.size() == 1);
    CHECK(member(disputes.items[0], "group") == "existence");
    CHECK(disputes.items[0].find("values")->items.size() == 2);
    CHECK(contains(laptop->run({"disputes"}).out, "示例说明"));
    CHECK(contains(laptop->run({"disputes"}).out, "示例：重复录入"));
  }
  const auto dispute = editor.run({"disputes", "--json"}).json().items[0];
  for (const json::JsonValue& value : dispute.find("values")->items) {
    if (value.find("group") == nullptr) continue;  // the edit's side has one
    REQUIRE(editor.run({"resolve", member(dispute, "id"), "--take", member(value, "operation")}).exit_code == 0);
  }
  editor.sync();
  voider.sync();
  for (Laptop* laptop : {&voider, &editor}) {
    CHECK(laptop->run({"disputes"}).exit_code == 0);
    const auto kept = laptop->run({"show", place, "--json"}).json();
    CHECK(member(kept, "voided") == "false");
    CHECK(member(kept, "description") == "示例说明");
  }
}

TEST_CASE("two who enter the same value do not disagree") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server);
  Laptop second(office, server);
  const std::string mine = iron_mine(first);
  for (Laptop* laptop : {&first, &second}) {
    REQUIRE(laptop->run({"set", mine, "mining_method=underground"}).exit_code == 0);
  }
  first.sync();
  CHECK(member(second.sync(), "disputes") == "0");
  CHECK(member(first.sync(), "disputes") == "0");
  // The next edit stands on both.
  REQUIRE(first.run({"set", mine, "mining_method=open-pit"}).exit_code == 0);
  first.sync();
  CHECK(member(second.sync(), "disputes") == "0");
  CHECK(second.value(mine, "mining_method") == "open-pit");
}

}  // namespace kuangxun::tests
