#include "sync/http/connection_table.h"

#include <doctest/doctest.h>

#include <vector>

using namespace kuangxun;
using http::ConnectionTable;
using Doing = http::ConnectionTable::Doing;

namespace {

// A table, and who of those in it was closed.
struct Watched {
  ConnectionTable table{6, 3, 2};
  std::vector<std::string> closed;
  ConnectionTable::Id add(const std::string& name, const std::string& address) {
    return table.add(address, [this, name] { closed.push_back(name); });
  }
};

PublicKey key(std::uint8_t number) {
  PublicKey made;
  made.bytes[0] = number;
  return made;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("whoever floods from one address pushes out himself") {
  Watched watched;
  watched.add("laptop", "10.0.0.1");
  for (const char* name : {"a", "b", "c", "d", "e"}) CHECK(watched.add(name, "10.0.0.9") != 0);
  CHECK(watched.closed == Names{"a", "b"});
  CHECK(watched.table.size() == 4);
  CHECK(watched.table.turned_away() == 2);
}

TEST_CASE("when all is full, the oldest that showed no certificate goes; who showed one, or is being answered, stays") {
  Watched watched;
  const auto laptop = watched.add("laptop", "1");
  const auto enrolling = watched.add("enrolling", "2");
  watched.table.set_device(laptop, key(1));
  watched.table.set_doing(enrolling, Doing::working);
  for (int i = 0; i < 10; ++i) CHECK(watched.add("stranger " + std::to_string(i), std::to_string(10 + i)) != 0);
  CHECK(watched.closed == Names{"stranger 0", "stranger 1", "stranger 2", "stranger 3", "stranger 4", "stranger 5"});
  CHECK(watched.table.size() == 6);
}

TEST_CASE("where everybody may stay, nobody is let in") {
  Watched watched;
  for (std::uint8_t i = 0; i < 3; ++i) watched.table.set_device(watched.add("laptop", "1"), key(i));
  CHECK(watched.add("late", "1") == 0);
  CHECK(watched.closed.empty());
  CHECK(watched.add("elsewhere", "2") != 0);
}

TEST_CASE("the address that a proxy names counts, not the proxy's") {
  Watched watched;
  Names expected;
  for (int i = 0; i < 4; ++i) {
    const auto id = watched.add(std::to_string(i), "");
    REQUIRE(id != 0);
    CHECK(watched.table.set_address(id, "10.0.0.9"));
  }
  CHECK(watched.closed == Names{"0"});
  CHECK_FALSE(watched.table.set_address(999, "10.0.0.9"));
}

TEST_CASE("a laptop that comes again replaces its connection that is in the middle of a body, and no other") {
  Watched watched;
  const auto cut = watched.add("cut", "1");
  watched.table.set_device(cut, key(1));
  watched.table.set_doing(cut, Doing::receiving);
  const auto answered = watched.add("answered", "1");
  watched.table.set_device(answered, key(2));
  watched.table.set_doing(answered, Doing::working);
  watched.table.set_device(watched.add("again", "1"), key(1));
  CHECK(watched.closed == Names{"cut"});
  watched.table.set_device(watched.add("again too", "2"), key(2));
  CHECK(watched.closed == Names{"cut"});
}

TEST_CASE("one laptop has only so many connections") {
  Watched watched;
  for (const char* name : {"a", "b", "c", "d"}) watched.table.set_device(watched.add(name, name), key(1));
  CHECK(watched.closed == Names{"a", "b"});
  CHECK(watched.table.size() == 2);
}

TEST_CASE("what is gone is forgotten, once") {
  Watched watched;
  const auto id = watched.add("a", "1");
  watched.table.remove(id);
  watched.table.remove(id);
  CHECK(watched.table.size() == 0);
  watched.add("b", "1");
  watched.table.close_all();
  watched.table.close_all();
  CHECK(watched.closed == Names{"b"});
}
