// What people sign with their own key.
#include "db/frames/payload.h"
#include "db/records/enumerations.h"
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

const Uuid officer = fixed_uuid("示例人员");

history::Edit review() {
  return {fixed_uuid("示例审核"), records::kinds::review, 2, {{2, std::int64_t{1}}}, {}};
}

SigningKey key_of_officer() {
  SeededRandom random(77);
  return SigningKey::generate(random);
}

std::vector<history::Operation> operations_of(Laptop& laptop) {
  std::vector<history::Operation> all;
  for (const Bytes& bytes : laptop.sealed()) {
    const auto operations = frames::decode_operations(*frames::parse_frame(bytes));
    REQUIRE(operations.ok());
    all.insert(all.end(), operations->begin(), operations->end());
  }
  return all;
}

Status rename_as(Laptop& laptop, const Uuid& place, const std::string& name, std::vector<history::OperationId> seen) {
  const history::Edit edit{place, records::kinds::unlicensed_place, 1, {{1, name}}, std::move(seen)};
  return laptop.store->commit(std::vector{edit}, officer);
}

}  // namespace

TEST_CASE("a review needs its person's key, and carries a signature over itself and its place") {
  Laptop laptop(3);
  const Status refused = laptop.store->commit(std::vector{review()}, officer);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::refused);
  laptop.store->unlock(officer, key_of_officer());
  CHECK(laptop.store->unlocked_person() == officer);
  // Somebody else's key does not help.
  CHECK_FALSE(laptop.store->commit(std::vector{review()}, fixed_uuid("另一人")).ok());
  REQUIRE(laptop.store->commit(std::vector{review()}, officer).ok());
  laptop.store->lock();
  const auto operations = operations_of(laptop);
  REQUIRE(operations.size() == 1);
  REQUIRE(operations.front().person_signature.has_value());
  CHECK(verify_signature(key_of_officer().public_key(), frames::person_signed_bytes(operations.front()),
                         *operations.front().person_signature));
  history::Operation moved = operations.front();
  moved.id.sequence = 2;
  CHECK_FALSE(verify_signature(key_of_officer().public_key(), frames::person_signed_bytes(moved),
                               *operations.front().person_signature));
  laptop.check_rebuild();
}

TEST_CASE("what deserves it is signed while the person's key is at hand, and nothing else is") {
  Laptop laptop(3);
  laptop.store->unlock(officer, key_of_officer());
  const Uuid place = laptop.enter("甲");  // by nobody
  REQUIRE(rename_as(laptop, place, "乙", {}).ok());
  const auto disputed = laptop.store->read(place)->seen(1);
  REQUIRE(disputed.size() == 2);
  REQUIRE(rename_as(laptop, place, "定", disputed).ok());
  laptop.store->lock();
  REQUIRE(rename_as(laptop, place, "再改", laptop.store->read(place)->seen(1)).ok());
  const auto operations = operations_of(laptop);
  REQUIRE(operations.size() == 4);
  CHECK_FALSE(operations[0].person_signature.has_value());
  CHECK_FALSE(operations[1].person_signature.has_value());
  CHECK(operations[2].person_signature.has_value());
  CHECK_FALSE(operations[3].person_signature.has_value());
}

TEST_CASE("a review that is being typed waits for its person, and holds up nothing else") {
  Laptop laptop(3);
  const Uuid place = laptop.enter("甲");
  REQUIRE(laptop.store->keep_pending({review(), officer, 1}).ok());
  const history::Edit other{
      place, records::kinds::unlicensed_place, 1, {{1, std::string("乙")}}, laptop.store->read(place)->seen(1)};
  REQUIRE(laptop.store->keep_pending({other, officer, 2}).ok());
  laptop.reopen();
  CHECK(laptop.name_of(place) == "乙");
  REQUIRE(laptop.store->pending()->size() == 1);
  laptop.store->unlock(officer, key_of_officer());
  laptop.seal();
  CHECK(laptop.store->pending()->empty());
  CHECK(laptop.store->list(records::kinds::review)->size() == 1);
}

TEST_CASE_FIXTURE(Pair, "verify proves people's signatures with the keys the county gave, and finds a false one") {
  one.store->unlock(officer, key_of_officer());
  REQUIRE(one.store->commit(std::vector{review()}, officer).ok());
  one.seal();
  CHECK(one.store->verify()->unproved_signatures == 1);
  CHECK(one.store->verify()->ok());
  introductions.push_back(county.add_person_key(officer, key_of_officer().public_key()));
  one.pull(introductions);
  CHECK(one.store->verify()->person_signatures == 1);
  CHECK(one.store->verify()->ok());

  Laptop three(13);
  REQUIRE(three.store->note_county(county.known()).ok());
  three.store->unlock(officer, SigningKey::generate(random));
  REQUIRE(three.store->commit(std::vector{review()}, officer).ok());
  three.seal();
  two.pull(introductions);
  two.pull({county.introduce(three.writer(), three.store->public_key())});
  two.pull(three.sealed());
  CHECK_FALSE(two.store->verify()->ok());
  // Once the county hides it, it is no fault of this laptop's data any more.
  two.pull({county.decide(three.writer(), 1, 1, true)});
  CHECK(two.store->verify()->ok());
}

TEST_CASE("in another epoch what a person signed is signed again while the key is at hand, else the loss is counted") {
  for (const bool is_unlocked : {true, false}) {
    Laptop laptop(3);
    laptop.store->unlock(officer, key_of_officer());
    REQUIRE(laptop.store->commit(std::vector{review()}, officer).ok());
    laptop.seal();
    if (!is_unlocked) laptop.store->lock();
    const auto next = laptop.store->prepare_epoch(0);
    REQUIRE(laptop.store->enter_epoch(*next, 1).ok());
    const auto operations = operations_of(laptop);
    REQUIRE(operations.size() == 1);
    CHECK(operations.front().person_signature.has_value() == is_unlocked);
    CHECK(laptop.store->counts()->lost_signatures == (is_unlocked ? 0 : 1));
    if (is_unlocked) {
      CHECK(verify_signature(key_of_officer().public_key(), frames::person_signed_bytes(operations.front()),
                             *operations.front().person_signature));
    }
  }
}

}  // namespace kuangxun::tests
