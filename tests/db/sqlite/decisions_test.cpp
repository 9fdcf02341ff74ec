// What the county hides and shows again, seen from a laptop.
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {

TEST_CASE_FIXTURE(Pair, "what the county hides disappears here, and comes back when it is released") {
  two.pull(introductions);
  const Uuid place = one.enter("甲");
  one.rename(place, "乙");
  two.pull(one.sealed());
  CHECK(two.name_of(place) == "乙");
  two.pull({county.decide(one.writer(), 2, 2, true)});
  CHECK(two.name_of(place) == "甲");
  CHECK(two.store->history(place, 1)->size() == 1);
  two.check_proof();
  two.check_rebuild();
  two.reopen();
  CHECK(two.name_of(place) == "甲");
  two.pull({county.decide(one.writer(), 2, 2, false)});
  CHECK(two.name_of(place) == "乙");
  two.check_rebuild();
}

TEST_CASE_FIXTURE(Pair, "a decision that comes before what it is about gives the same") {
  const Uuid place = one.enter("甲");
  one.rename(place, "乙");
  const auto frames = one.sealed();
  const Bytes decision = county.decide(one.writer(), 2, 2, true);
  two.pull(introductions);
  two.pull({decision});
  two.pull(frames);
  Laptop three(13);
  REQUIRE(three.store->note_county(county.known()).ok());
  three.pull(introductions);
  three.pull(frames);
  three.pull({decision});
  CHECK(two.name_of(place) == "甲");
  CHECK(two.dump() == three.dump());
}

TEST_CASE_FIXTURE(Pair, "an edit on top of a hidden one does not wait, and stands") {
  two.pull(introductions);
  const Uuid place = one.enter("甲");
  two.pull(one.sealed());
  two.rename(place, "二号改的");
  two.pull({county.decide(one.writer(), 1, 1, true)});
  CHECK(two.name_of(place) == "二号改的");
  CHECK(two.store->counts()->parked == 0);
  // Released again, it is a base like any other.
  two.pull({county.decide(one.writer(), 1, 1, false)});
  CHECK(two.name_of(place) == "二号改的");
  CHECK(two.store->disputes()->empty());
}

TEST_CASE_FIXTURE(Pair, "two values of which the county hides one are no dispute any more") {
  for (Laptop* laptop : {&one, &two}) laptop->pull(introductions);
  const Uuid place = one.enter("甲");
  const auto first = one.sealed();
  two.pull(first);
  one.rename(place, "一号");
  two.rename(place, "二号");
  two.pull(one.sealed());
  REQUIRE(two.store->disputes()->size() == 1);
  two.pull({county.decide(one.writer(), 2, 2, true)});
  CHECK(two.store->disputes()->empty());
  CHECK(two.name_of(place) == "二号");
  two.pull({county.decide(one.writer(), 2, 2, false)});
  CHECK(two.store->disputes()->size() == 1);
}

TEST_CASE_FIXTURE(Pair, "what a revoked laptop writes after that is hidden, what it wrote before stays") {
  two.pull(introductions);
  const Uuid before = one.enter("吊销前");
  const Uuid after = one.enter("吊销后");
  two.pull({county.revoke(one.writer(), 2)});
  two.pull(one.sealed());
  CHECK(two.name_of(before) == "吊销前");
  CHECK(two.name_of(after).empty());
  two.check_proof();
}

TEST_CASE_FIXTURE(Pair, "a laptop counts what the county hides of its own, and goes on on top of what it still shows") {
  one.pull(introductions);
  const Uuid place = one.enter("甲");
  one.rename(place, "乙");
  one.seal();
  CHECK(one.store->hidden_own().value() == 0);
  one.pull({county.decide(one.writer(), 2, 2, true)});
  CHECK(one.store->hidden_own().value() == 1);
  CHECK(one.store->counts()->hidden_own == 1);
  CHECK(one.name_of(place) == "甲");
  one.rename(place, "丙");
  CHECK(one.name_of(place) == "丙");
  one.check_rebuild();
}

TEST_CASE_FIXTURE(Pair, "a decision about operations that are not sealed yet leaves them in the log") {
  one.pull(introductions);
  const Uuid place = one.enter("甲");
  one.pull({county.decide(one.writer(), 1, 1, true)});
  CHECK(one.name_of(place).empty());
  one.pull({county.decide(one.writer(), 1, 1, false)});
  CHECK(one.name_of(place) == "甲");
  one.seal();
  one.check_proof();
}

TEST_CASE_FIXTURE(Pair, "nobody writes for the county: neither this program nor a forged frame from another laptop") {
  two.pull(introductions);
  const history::Edit edit{fixed_uuid("x"), records::kinds::person, 1, {{1, std::string("冒名")}}, {}};
  CHECK(one.store->commit(std::vector{edit}, Uuid{}).error().code() == ErrorCode::bad_input);

  const history::WriterId forger{fixed_uuid("示例伪造者"), 1};
  const SigningKey key = SigningKey::generate(random);
  history::Operation operation;
  operation.id = {forger, 1};
  operation.record = fixed_uuid("冒名的决定");
  operation.kind = records::kinds::decision;
  operation.group = 1;
  operation.values = {
      {1, one.writer().device}, {2, std::int64_t{1}}, {3, std::int64_t{1}}, {4, std::int64_t{1'000'000}}};
  history::Operation hides = operation;
  hides.id.sequence = 2;
  hides.group = 5;
  hides.values = {{5, std::int64_t{1}}};
  const std::vector both{operation, hides};
  const frames::Frame frame = frames::seal_frame(both, Hash{}, Hash{}, key);
  two.pull({county.introduce(forger, key.public_key()), frame.bytes});
  const Uuid place = one.enter("甲");
  two.pull(one.sealed());
  CHECK(two.store->list(records::kinds::decision)->empty());
  CHECK(two.name_of(place) == "甲");
  two.check_rebuild();
}

TEST_CASE_FIXTURE(Pair, "a hidden stranger who took a record's id for another kind does not stand before it") {
  two.pull(introductions);
  const Uuid place = one.enter("甲");
  const history::WriterId stranger{fixed_uuid("示例陌生人"), 1};
  const SigningKey key = SigningKey::generate(random);
  history::Operation operation;
  operation.id = {stranger, 1};
  operation.record = place;
  operation.kind = records::kinds::mining_right;
  operation.group = 2;
  operation.values = {{2, std::string("占用编号")}};
  const frames::Frame frame = frames::seal_frame({&operation, 1}, Hash{}, Hash{}, key);
  two.pull({county.introduce(stranger, key.public_key()), county.decide(stranger, 1, 1, true), frame.bytes});
  two.pull(one.sealed());
  CHECK(two.name_of(place) == "甲");
}

TEST_CASE_FIXTURE(Pair, "operations that name each other in a circle wait for ever and harm nothing") {
  two.pull(introductions);
  std::vector<frames::Frame> frames;
  std::vector<history::WriterId> writers = {{fixed_uuid("圈一"), 1}, {fixed_uuid("圈二"), 1}};
  std::vector<Bytes> arrivals;
  for (std::size_t i = 0; i < 2; ++i) {
    const SigningKey key = SigningKey::generate(random);
    history::Operation operation;
    operation.id = {writers[i], 1};
    operation.record = fixed_uuid("圈");
    operation.kind = records::kinds::unlicensed_place;
    operation.group = 1;
    operation.bases = {{writers[1 - i], 1}};
    operation.values = {{1, std::string("圈")}};
    arrivals.push_back(county.introduce(writers[i], key.public_key()));
    arrivals.push_back(frames::seal_frame({&operation, 1}, Hash{}, Hash{}, key).bytes);
  }
  two.pull(arrivals);
  CHECK(two.store->counts()->parked == 2);
  two.check_proof();
  two.check_rebuild();
  CHECK(two.store->counts()->parked == 2);
}

}  // namespace kuangxun::tests
