#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {

TEST_CASE_FIXTURE(Pair,
                  "a rebuild by either path leaves waiting what waits for its base, and it is shown when that comes") {
  const Uuid place = one.enter("起初");
  two.pull(introductions);
  two.pull(one.sealed());
  two.rename(place, "改过");
  two.rename(place, "又改过");
  const Uuid other = two.enter("别处");

  // Who gets the second laptop's frames first.
  Laptop three{13};
  REQUIRE(three.store->note_county(county.known()).ok());
  three.pull(introductions);
  three.pull(two.sealed());
  CHECK(three.name_of(place).empty());
  CHECK(three.name_of(other) == "别处");
  three.check_rebuild();
  CHECK(three.name_of(place).empty());
  three.pull(one.sealed());
  CHECK(three.name_of(place) == "又改过");
  CHECK(three.store->disputes()->empty());
  three.check_rebuild();
  three.check_proof();
}

}  // namespace kuangxun::tests
