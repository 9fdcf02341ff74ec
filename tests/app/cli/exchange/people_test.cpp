// People who sign with their own key: the real programs, a real county.
#include "tests/app/program/county.h"
#include "tests/support/where.h"

namespace kuangxun::tests {
namespace {

const std::string pin = "4711-08";

// The first open dispute of a laptop, and the operation that carries `method`.
struct Dispute {
  std::string id;
  std::string operation;
};
Dispute dispute_of(Program& laptop, std::string_view method) {
  const json::JsonValue all = laptop.run({"disputes", "--json"}).json();
  REQUIRE(all.items.size() == 1);
  Dispute dispute{member(all.items[0], "id"), {}};
  for (const json::JsonValue& value : all.items[0].find("values")->items) {
    if (member(*value.find("values"), "mining_method") == method) dispute.operation = member(value, "operation");
  }
  REQUIRE(!dispute.operation.empty());
  return dispute;
}

// Two laptops that do not know of each other give a mine another method.
std::string disagree(Laptop& first, Laptop& second) {
  const std::string mine = iron_mine(first);
  REQUIRE(first.run({"set", mine, "mining_method=underground"}).exit_code == 0);
  REQUIRE(second.run({"set", mine, "mining_method=open-pit"}).exit_code == 0);
  first.sync();
  second.sync();
  first.sync();
  return mine;
}

// An ended visit of an example place with two officers who signed, ready to be sealed.
std::string visit_to_seal(Program& laptop) {
  const Outcome recorded = laptop.run({"record", source_folder() + "/assets/examples/visit-site.json"});
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
  const auto visits = laptop.run({"list", "visit", "--json"}).json();
  REQUIRE(visits.items.size() == 1);
  return member(visits.items[0], "id");
}

}  // namespace

TEST_CASE("a person settles a dispute with their PIN, and the other laptop sees who did") {
  const Office office;
  const Server server(office.store);
  Laptop first(office, server, "示例一号");
  Laptop second(office, server, "示例二号");
  const std::string person = first.register_person(office, "示例甲", pin);
  const auto people = first.run({"person", "list", "--json"}).json();
  REQUIRE(people.items.size() == 1);
  CHECK(member(people.items[0], "is_current") == "true");
  CHECK(member(people.items[0], "has_key_here") == "true");
  CHECK(member(people.items[0], "role") == "officer");
  const std::string mine = disagree(first, second);

  // Names come with the county's records.
  const auto seen = second.run({"disputes", "--json"}).json();
  REQUIRE(seen.items.size() == 1);
  const auto by_person = where(*seen.items[0].find("values"), "person", person);
  CHECK(member(by_person, "person_name") == "示例甲");
  CHECK(member(by_person, "device_name") == "示例一号");
  const Outcome for_people = second.run({"disputes"});
  CHECK(contains(for_people.out, "示例甲, 示例一号"));
  CHECK(contains(for_people.out, "nobody named, 示例二号"));

  const Dispute dispute = dispute_of(first, "open-pit");
  const std::string before = first.state();
  SUBCASE("without a PIN, and with a wrong one, nothing is changed") {
    const Outcome silent = first.run({"resolve", dispute.id, "--take", dispute.operation});
    CHECK(silent.exit_code == 4);
    CHECK(silent.is_one_line());
    CHECK(silent.says("--pin-file"));
    first.input = "1234-99\n";
    const Outcome wrong = first.run({"resolve", dispute.id, "--take", dispute.operation});
    CHECK(wrong.exit_code == 4);
    CHECK(wrong.is_one_line());
    CHECK(wrong.says("1 so far"));
    CHECK(first.state() == before);
    CHECK(first.run({"disputes"}).exit_code == 1);
  }
  SUBCASE("with the PIN it is settled and signed, and the county believes it") {
    first.input = pin + "\n";
    const Outcome settled = first.run({"resolve", dispute.id, "--take", dispute.operation});
    REQUIRE_MESSAGE(settled.exit_code == 0, settled.err);
    CHECK(contains(settled.out, "personally signed"));
    CHECK_FALSE(contains(settled.out, "not personally"));
    CHECK(member(first.sync(), "quarantined") == "0");
    CHECK(member(second.sync(), "disputes") == "0");
    CHECK(second.value(mine, "mining_method") == "open-pit");
    CHECK(member(second.run({"verify", "--json"}).json(), "ok") == "true");
    CHECK(member(first.run({"verify", "--json"}).json(), "ok") == "true");
  }
  SUBCASE("from a file; what is typed nowhere stands on the command line") {
    std::ofstream(first.folder / "pin") << pin << "\n";
    CHECK(first.run({"resolve", dispute.id, "--take", dispute.operation, "--pin", pin}).exit_code == 2);
    const Outcome settled =
        first.run({"resolve", dispute.id, "--take", dispute.operation, "--pin-file", (first.folder / "pin").string()});
    CHECK_MESSAGE(settled.exit_code == 0, settled.err);
  }
}

TEST_CASE("wrong PINs are counted from one run to the next, and then it must wait") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  laptop.register_person(office, "示例甲", pin);
  for (int wrong = 1; wrong <= 3; ++wrong) {
    laptop.input = "1234-99\nxxxxxx-1\n";
    const Outcome refused = laptop.run({"person", "pin"});
    CHECK(refused.exit_code == 4);
    CHECK(refused.says(std::to_string(wrong) + " so far"));
  }
  laptop.input = pin + "\nxxxxxx-1\n";
  const Outcome early = laptop.run({"person", "pin"});
  CHECK(early.exit_code == 4);
  CHECK(early.says("try again in"));
}

TEST_CASE("a PIN is changed; the old one is worth nothing then") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  laptop.register_person(office, "示例甲", pin);
  laptop.input = pin + "\n123456\n";
  CHECK(laptop.run({"person", "pin"}).exit_code == 3);
  laptop.input = pin + "\n8-29-1-44\n";
  CHECK(laptop.run({"person", "pin"}).exit_code == 0);
  laptop.input = pin + "\n8-29-1-45\n";
  CHECK(laptop.run({"person", "pin"}).exit_code == 4);
  laptop.input = "8-29-1-44\n8-29-1-45\n";
  CHECK(laptop.run({"person", "pin"}).exit_code == 0);
}

TEST_CASE("the seal of a visit: by the officer's own key, or on the laptop's word when nobody is registered") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server, "示例一号");
  SUBCASE("nobody is registered: it goes as before, and it is said") {
    const std::string visit = visit_to_seal(laptop);
    const Outcome shown = laptop.run({"show", visit});
    const auto seal = laptop.run({"show", visit, "--json"}).json();
    REQUIRE(seal.find("seal") != nullptr);
    CHECK(member(*seal.find("seal"), "personally_signed") == "false");
    CHECK(contains(shown.out, "signed by this laptop only"));
  }
  SUBCASE("registered: the PIN is asked for, the seal carries the signature, the county keeps it") {
    laptop.register_person(office, "示例甲", pin);
    const Outcome locked = laptop.run({"record", source_folder() + "/assets/examples/visit-site.json"});
    CHECK(locked.exit_code == 4);
    CHECK(laptop.run({"list", "visit", "--json"}).out == "[]\n");
    laptop.input = pin + "\n";
    const std::string visit = visit_to_seal(laptop);
    CHECK(member(laptop.sync(), "quarantined") == "0");
    const auto shown = laptop.run({"show", visit, "--json"}).json();
    const json::JsonValue& seal = *shown.find("seal");
    CHECK(member(seal, "personally_signed") == "true");
    CHECK(member(seal, "person_name") == "示例甲");
    CHECK(member(seal, "device_name") == "示例一号");
    CHECK(member(laptop.run({"verify", "--json"}).json(), "ok") == "true");
  }
}

TEST_CASE("a review is a reviewer's, signed, on a reviewer's laptop") {
  const Office office;
  const Server server(office.store);
  Laptop desk(office, server, "示例内业", "reviewer");
  const std::string visit = visit_to_seal(desk);
  const std::string review =
      R"({"reviews": [{"visit": ")" + visit + R"(", "conclusion": "accepted", "reason": "示例"}]})";
  const Outcome unsigned_review = desk.record(review);
  CHECK(unsigned_review.exit_code == 4);
  CHECK(unsigned_review.is_one_line());
  desk.register_person(office, "示例乙", pin, "reviewer");
  desk.input = pin + "\n";
  const Outcome reviewed = desk.record(review);
  REQUIRE_MESSAGE(reviewed.exit_code == 0, reviewed.err);
  CHECK(contains(reviewed.out, "personally signed"));
  CHECK(member(desk.sync(), "quarantined") == "0");
  const auto reviews = desk.run({"list", "review", "--json"}).json();
  REQUIRE(reviews.items.size() == 1);
  CHECK(member(reviews.items[0], "sync_state") == "applied");
  CHECK(reviews.items[0].find("hidden")->items.empty());
}

TEST_CASE("several people on one laptop: --person by name, and who acts is chosen once") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  const std::string first = laptop.register_person(office, "示例甲", pin);
  const std::string second = laptop.register_person(office, "示例乙", "8-29-1-44");
  laptop.sync();
  const auto current = [&] {
    return member(where(laptop.run({"person", "list", "--json"}).json(), "is_current", "true"), "id");
  };
  CHECK(current() == second);
  REQUIRE(laptop.run({"person", "use", "示例甲"}).exit_code == 0);
  CHECK(current() == first);
  CHECK(laptop.run({"--person", "示例丙", "status"}).exit_code == 2);
  CHECK(laptop.run({"--person", "示例-示例乙", "status"}).exit_code == 0);
  // The PIN must be that of who is named.
  laptop.input = pin + "\nxxxxxx-1\n";
  CHECK(laptop.run({"--person", "示例乙", "person", "pin"}).exit_code == 4);
  laptop.input = "8-29-1-44\nxxxxxx-1\n";
  CHECK(laptop.run({"--person", "示例乙", "person", "pin"}).exit_code == 0);
  REQUIRE(laptop.run({"person", "use"}).exit_code == 0);
  CHECK(laptop.run({"person", "pin"}).exit_code == 2);
}

TEST_CASE("a person's code that is wrong or used, or a laptop that is not enrolled") {
  const Office office;
  const Server server(office.store);
  Laptop laptop(office, server);
  const std::string code = office.person_code("示例甲");
  laptop.input = pin + "\n";
  REQUIRE(laptop.run({"person", "enrol", code}).exit_code == 0);
  for (const std::string& wrong : {code, std::string("NOT-A-CODE")}) {
    CAPTURE(wrong);
    laptop.input = pin + "\n";
    const Outcome refused = laptop.run({"person", "enrol", wrong});
    CHECK(refused.exit_code >= 3);
    CHECK(refused.is_one_line());
  }
  Program stranger;
  REQUIRE(stranger.run({"init"}).exit_code == 0);
  stranger.input = pin + "\n";
  const Outcome refused = stranger.run({"person", "enrol", office.person_code("示例乙")});
  CHECK(refused.exit_code == 4);
  CHECK(refused.says("enrol"));
  CHECK(laptop.run({"person", "list", "--json"}).json().items.size() == 1);
}

}  // namespace kuangxun::tests
