// A sync by stick: the laptop has no network after it was enrolled.
#include "tests/app/program/county.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

TEST_CASE("what was recorded goes by stick, counts as synced when the answers are home, and brings news back") {
  const Office office;
  auto server = std::make_unique<Server>(office.store);
  Laptop far(office, *server, "示例一号");
  Laptop near(office, *server, "示例二号");
  const std::string mine = iron_mine(near);
  REQUIRE(near.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  near.sync();
  REQUIRE(far.run({"record", source_folder() + "/assets/examples/visit-site.json"}).exit_code == 0);
  const std::string stick = (far.folder / "out.kxb").string();
  const std::string answers = (far.folder / "home.kxb").string();

  const Outcome written = far.run({"bundle", "write", stick, "--json"});
  REQUIRE_MESSAGE(written.exit_code == 0, written.err);
  CHECK(member(written.json(), "photos") == "1");
  CHECK(std::filesystem::file_size(stick) == std::stoull(member(written.json(), "bytes")));
  // Written is not synced.
  CHECK(member(far.run({"status", "--json"}).json(), "unsynced_operations") != "0");
  CHECK(contains(far.run({"list", "visit"}).out, "on this laptop"));
  // Nothing on a stick is overwritten.
  CHECK(far.run({"bundle", "write", stick}).exit_code == 3);

  const Outcome taken = office.run("bundle read " + stick + " --answer " + answers);
  REQUIRE_MESSAGE(taken.exit_code == 0, taken.err);
  const Outcome home = far.run({"bundle", "read", answers, "--json"});
  REQUIRE_MESSAGE(home.exit_code == 0, home.err);
  CHECK(member(home.json(), "stored_through") != "0");
  CHECK(member(home.json(), "photos_confirmed") == "1");
  CHECK(member(far.run({"status", "--json"}).json(), "unsynced_operations") == "0");
  CHECK(far.value(mine, "mining_method") == "underground");
  const auto photos = far.run({"list", "photo", "--json"}).json();
  CHECK(member(*photos.items[0].find("picture"), "state") == "at-county");
  CHECK(member(far.run({"verify", "--json"}).json(), "ok") == "true");
  // Reading them again does no harm.
  CHECK(far.run({"bundle", "read", answers}).exit_code == 0);
  // And the others have it over the network.
  near.sync();
  CHECK(near.run({"list", "visit", "--json"}).json().items.size() == 1);
}

// Both wrote on after the folder was copied; `first` has told the county, `copy` has not.
struct CopiedLaptop {
  CopiedLaptop() {
    std::filesystem::copy(first.data(), copy.data(), std::filesystem::copy_options::recursive);
    const std::string mine = iron_mine(first);
    REQUIRE(first.run({"set", mine, "mining_method=underground"}).exit_code == 0);
    REQUIRE(copy.run({"set", mine, "mining_method=open-pit"}).exit_code == 0);
    first.sync();
  }
  // By stick to the county and home again, into `answers`.
  void carry() {
    const Outcome written = copy.run({"bundle", "write", stick});
    REQUIRE_MESSAGE(written.exit_code == 0, written.err);
    const Outcome taken = office.run("bundle read " + stick + " --answer " + answers);
    REQUIRE_MESSAGE(taken.exit_code == 0, taken.err);
  }
  const Office office;
  const Server server{office.store};
  Laptop first{office, server};
  Program copy;
  const std::string stick = (copy.folder / "out.kxb").string();
  const std::string answers = (copy.folder / "home.kxb").string();
};

TEST_CASE("a laptop that is a copy is told so by stick too, with what to do; the network settles it") {
  CopiedLaptop laptops;
  laptops.carry();
  Program& copy = laptops.copy;
  const Outcome home = copy.run({"bundle", "read", laptops.answers});
  CHECK(home.exit_code == 4);
  CHECK(home.is_one_line());
  CHECK(home.says("copied or restored"));
  CHECK(home.says("sync once over the network"));
  CHECK(contains(home.out, "pushed 0 operations"));
  // Read again, by a program: the same answer.
  const Outcome asked = copy.run({"bundle", "read", laptops.answers, "--json"});
  CHECK(asked.exit_code == 4);
  CHECK(asked.is_one_line());
  CHECK(contains(member(asked.json(), "problem"), "copied or restored"));
  CHECK(member(asked.json(), "pushed") == "0");
  copy.language = "zh";
  const Outcome chinese = copy.run({"bundle", "read", laptops.answers});
  CHECK(chinese.exit_code == 4);
  CHECK(chinese.is_one_line());
  CHECK(chinese.says("复制或恢复过"));
  CHECK(chinese.says("联网同步一次"));
  copy.language = "en";
  // Whoever looks into the log later finds why nothing went.
  CHECK(contains(Program::read(copy.data() + "/logs/kuangxun.log"), "copied or restored"));
  CHECK(member(copy.run({"status", "--json"}).json(), "unsynced_operations") == "1");

  const Outcome synced = copy.run({"sync", "--json"});
  CHECK_MESSAGE(synced.exit_code == 0, synced.err);
  CHECK(member(synced.json(), "new_epoch") == "2");
  CHECK(member(synced.json(), "problem") == "null");
  CHECK(member(copy.run({"status", "--json"}).json(), "unsynced_operations") == "0");
}

TEST_CASE("a laptop that joined no county, another county's answers, a file that is none") {
  const Office office;
  const Server server(office.store);
  Program stranger;
  REQUIRE(stranger.run({"init"}).exit_code == 0);
  const Outcome refused = stranger.run({"bundle", "write", (stranger.folder / "out.kxb").string()});
  CHECK(refused.exit_code == 4);
  CHECK(refused.is_one_line());
  Laptop laptop(office, server);
  const std::string file = (laptop.folder / "none.kxb").string();
  CHECK(laptop.run({"bundle", "read", file}).exit_code >= 3);
  std::ofstream(file) << "not a bundle at all";
  const Outcome strange = laptop.run({"bundle", "read", file});
  CHECK(strange.exit_code >= 3);
  CHECK(strange.is_one_line());
  CHECK(laptop.run({"bundle"}).exit_code == 2);
}

}  // namespace kuangxun::tests
