// A laptop goes on in another epoch: its key was lost, or a copy of it wrote under the same one.
#include <map>

#include "db/base/files.h"
#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

// Another laptop whose folder is a copy of this one's.
void copy_into(Laptop& original, Laptop& copy) {
  original.close();
  copy.close();
  std::filesystem::remove_all(copy.folder.path());
  std::filesystem::copy(original.folder.path(), copy.folder.path());
  original.reopen();
  copy.reopen();
}

void enter_next(Laptop& laptop, std::uint64_t first_lost) {
  const auto next = laptop.store->prepare_epoch(0);
  REQUIRE_MESSAGE(next.ok(), next.error().message());
  const Status entered = laptop.store->enter_epoch(*next, first_lost);
  REQUIRE_MESSAGE(entered.ok(), entered.error().message());
}

// All that is shown of the records, without the ids of operations.
std::map<Uuid, std::string> shown(Laptop& laptop) {
  std::map<Uuid, std::string> names;
  const auto all = laptop.store->list(records::kinds::unlicensed_place);
  REQUIRE(all.ok());
  for (const records::Record& record : *all) {
    names[record.id()] = record.text(records::common::name) + (record.is_voided() ? " 作废" : "") +
                         record.text(records::common::description);
  }
  return names;
}

}  // namespace

TEST_CASE("a prepared epoch is the same when asked again, and its proof is the new key's") {
  Laptop laptop(3);
  const auto next = laptop.store->prepare_epoch(0);
  REQUIRE(next.ok());
  CHECK(next->epoch == 2);
  CHECK(verify_signature(next->key, frames::new_epoch_statement(laptop.writer(), 2, next->key), next->proof));
  laptop.reopen();
  const auto again = laptop.store->prepare_epoch(1);
  CHECK(again->epoch == 2);
  CHECK(again->key == next->key);
  CHECK(laptop.store->prepared_key()->public_key() == next->key);
  // The county knows of epochs up to 5.
  const auto later = laptop.store->prepare_epoch(5);
  CHECK(later->epoch == 6);
  CHECK(later->key != next->key);
  CHECK(laptop.writer().epoch == 1);
  CHECK(laptop.store->enter_epoch(*next, 1).error().code() == ErrorCode::bad_input);
  REQUIRE(laptop.store->enter_epoch(*later, 1).ok());
  CHECK(laptop.writer().epoch == 6);
  CHECK(laptop.store->signing_key().public_key() == later->key);
  CHECK(laptop.store->prepared_key().error().code() == ErrorCode::not_found);
}

TEST_CASE_FIXTURE(Pair, "without its key file a laptop still reads and records, says so, and goes on with a new key") {
  const Uuid sealed = one.enter("已封存");
  one.seal();
  const Uuid unsealed = one.enter("未封存");
  one.close();
  std::filesystem::remove(one.folder / "device-1.key");
  one.reopen();
  CHECK_FALSE(one.store->has_key());
  CHECK(one.store->key_problem().find("device-1.key") != std::string::npos);
  CHECK(one.name_of(unsealed) == "未封存");
  const Uuid later = one.enter("没有密钥时录入");
  one.rename(sealed, "没有密钥时改名");
  CHECK(one.store->seal().error().code() == ErrorCode::unavailable);
  REQUIRE(one.store->rebuild().ok());
  one.reopen();
  CHECK(one.name_of(later) == "没有密钥时录入");
  CHECK(one.store->counts()->unsealed_operations == 3);
  CHECK(one.store->verify()->ok());
  CHECK_FALSE(one.store->verify()->notes.empty());

  const auto next = one.store->prepare_epoch(one.store->own_writer().epoch);
  REQUIRE(next.ok());
  CHECK(one.store->prepared_key()->public_key() == next->key);
  REQUIRE(one.store->enter_epoch(*next, one.store->first_unsealed().value()).ok());
  CHECK(one.store->has_key());
  one.seal();
  one.check_proof();
  CHECK(one.name_of(sealed) == "没有密钥时改名");
  CHECK(one.name_of(unsealed) == "未封存");

  // What the old key signed is sent as it is; the county knows the old key.
  const auto unsent = one.store->unsent_chains();
  REQUIRE(unsent->size() == 1);
  CHECK(unsent->front().writer.epoch == 1);
  CHECK(unsent->front().through == 1);
  two.pull(introductions);
  two.pull({county.introduce(one.writer(), one.store->public_key())});
  two.pull(one.frames_of({one.writer().device, 1}));
  two.pull(one.sealed());
  CHECK(shown(two) == shown(one));
  REQUIRE(one.store->note_progress({{one.writer().device, 1}, 1, 1, {5}}).ok());
  CHECK(one.store->unsent_chains()->empty());
}

TEST_CASE("a key file that holds another key is told apart, and nothing is signed with it") {
  Laptop laptop(3);
  Laptop other(4);
  laptop.enter("甲");
  laptop.close();
  std::filesystem::copy_file(other.folder / "device-1.key", laptop.folder / "device-1.key",
                             std::filesystem::copy_options::overwrite_existing);
  laptop.reopen();
  CHECK_FALSE(laptop.store->has_key());
  CHECK_FALSE(laptop.store->seal().ok());
}

TEST_CASE_FIXTURE(Pair, "a copied laptop goes on in another epoch, and what both wrote is kept") {
  Laptop copy(99);
  const Uuid place = one.enter("共同");
  one.seal();
  copy_into(one, copy);
  one.rename(place, "原机改名");
  const Uuid of_one = one.enter("原机");
  copy.rename(place, "副本改名");
  const Uuid of_copy = copy.enter("副本");
  const auto originals = one.sealed();
  copy.seal();
  copy.rename(place, "副本再改名");  // not sealed yet
  history::PendingEdit typing;
  typing.edit = {
      place, records::kinds::unlicensed_place, 1, {{1, std::string("副本正在改")}}, copy.store->read(place)->seen(1)};
  REQUIRE(copy.store->keep_pending(typing).ok());

  // The county took the original's first.
  const history::WriterId shared = one.writer();
  enter_next(copy, 2);
  CHECK(copy.writer().epoch == 2);
  CHECK(copy.store->counts()->forks == 1);
  CHECK(copy.name_of(place) == "副本再改名");
  REQUIRE(copy.store->pending()->size() == 1);
  CHECK(copy.store->pending()->front().edit.seen == copy.store->read(place)->seen(1));
  REQUIRE(copy.take_home({originals.begin() + 1, originals.end()}).frames == originals.size() - 1);
  CHECK(copy.name_of(of_one) == "原机");
  REQUIRE(copy.store->promote_pending().ok());
  CHECK(copy.store->disputes()->size() == 1);  // the two names
  copy.seal();
  copy.check_proof();
  copy.check_rebuild();

  introductions.push_back(county.introduce(copy.writer(), copy.store->public_key()));
  two.pull(introductions);
  two.pull(copy.frames_of(copy.writer()));
  two.pull(originals);
  one.pull(introductions);
  one.pull(copy.frames_of(copy.writer()));
  CHECK(shown(two) == shown(one));
  CHECK(shown(two) == shown(copy));
  CHECK(two.name_of(of_copy) == "副本");
  CHECK(one.store->disputes()->size() == 1);
  CHECK(copy.frames_of(shared) == originals);
}

// The county was restored from before it knew of the copy's epoch, so it would take another under the same number.
TEST_CASE_FIXTURE(Pair,
                  "a laptop never goes on in an epoch in which its copy wrote, held here or only named as a base") {
  Laptop copy(99);
  one.seal();
  copy_into(one, copy);
  const Uuid kept = one.enter("原机，未封存");
  const Uuid place = copy.enter("副本，未封存");
  enter_next(copy, 1);
  copy.seal();
  introductions.push_back(county.introduce(copy.writer(), copy.store->public_key()));
  bool is_held = true;
  SUBCASE("its frames are here") {}
  SUBCASE("somebody wrote on them, whose frames are here") {
    is_held = false;
  }
  one.pull(introductions);
  if (is_held) {
    one.pull(copy.frames_of(copy.writer()));
  } else {
    two.pull(introductions);
    two.pull(copy.frames_of(copy.writer()));
    two.rename(place, "二号改名");
    one.pull(two.sealed());
    CHECK(one.store->counts()->parked == 1);
  }
  const auto next = one.store->prepare_epoch(1);
  REQUIRE(next.ok());
  CHECK(next->epoch == 3);
  CHECK(one.store->prepare_epoch(1)->key == next->key);
  REQUIRE(one.store->enter_epoch(*next, 1).ok());
  CHECK(one.name_of(kept) == "原机，未封存");
  CHECK(one.frames_of({one.writer().device, 2}) == (is_held ? copy.frames_of(copy.writer()) : std::vector<Bytes>()));
  one.check_rebuild();
  if (!is_held) one.pull(copy.frames_of(copy.writer()));
  CHECK(one.store->counts()->parked == 0);
  one.check_proof();
}

TEST_CASE_FIXTURE(Pair, "the county's copy of the old epoch may come before the laptop knows that it forked") {
  Laptop copy(99);
  const Uuid place = one.enter("共同");
  one.seal();
  copy_into(one, copy);
  const Uuid of_one = one.enter("原机");
  copy.rename(place, "副本改名");  // stands where the original's frame belongs, not sealed
  CHECK(copy.pull(one.sealed()).quarantined == 1);
  CHECK(copy.name_of(of_one).empty());
  enter_next(copy, 2);
  CHECK(copy.name_of(of_one) == "原机");
  CHECK(copy.name_of(place) == "副本改名");
  CHECK(copy.store->counts()->quarantined == 0);
  copy.seal();
  copy.check_proof();
}

TEST_CASE("whatever was sealed, edited or typed when a laptop changes its epoch, the same is shown after") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Laptop laptop(seed);
    SeededRandom random(seed + 1000);
    std::vector<Uuid> places;
    const auto act = [&] {
      const std::uint64_t what = random.below(10);
      if (places.empty() || what < 3) return places.push_back(laptop.enter("点 " + std::to_string(places.size())));
      const Uuid place = places[random.below(places.size())];
      const auto view = laptop.store->read(place);
      REQUIRE(view.ok());
      history::Edit edit{place, records::kinds::unlicensed_place, 1, {}, view->seen(1)};
      if (what < 6) return laptop.rename(place, "名 " + std::to_string(random.below(1000)));
      if (what == 6) return laptop.seal();
      if (what == 7) {
        const bool voids = !view->record.is_voided();
        edit = {place, edit.kind, records::existence_group, history::existence_values(voids, "误录"),
                voids ? view->seen_all() : view->seen(records::existence_group)};
        REQUIRE(laptop.store->commit(std::vector{edit}, Uuid{}).ok());
      } else {
        edit.values = {{1, "输入中 " + std::to_string(random.below(1000))}};
        REQUIRE(laptop.store->keep_pending({edit, Uuid{}, laptop.clock.now_ms()}).ok());
      }
    };
    for (int epochs = 0; epochs < 3; ++epochs) {
      for (std::uint64_t acts = random.below(20); acts > 0; --acts) act();
      const auto before = shown(laptop);
      const std::uint64_t operations = laptop.store->counts()->operations;
      const std::size_t disputes = laptop.store->disputes()->size();
      const std::size_t pending = laptop.store->pending()->size();
      std::map<Uuid, std::size_t> histories;
      for (const Uuid& place : places) histories[place] = laptop.store->history(place, 1)->size();
      const auto last = laptop.store->first_unsealed().value() + 3;
      enter_next(laptop, 1 + random.below(last));
      if (random.chance_percent(50))
        laptop.reopen();
      else
        CHECK(laptop.store->pending()->size() == pending);
      REQUIRE(laptop.store->promote_pending().ok());
      laptop.check_proof();
      if (pending == 0) CHECK(shown(laptop) == before);
      CHECK(laptop.store->counts()->operations == operations + pending);
      if (pending == 0) CHECK(laptop.store->disputes()->size() == disputes);
      for (const Uuid& place : places) CHECK(laptop.store->history(place, 1)->size() >= histories[place]);
      laptop.check_rebuild();
    }
    // Whoever knows the keys sees the same.
    ManualClock clock;
    CountyChain county(clock, random);
    Laptop reader(seed + 500);
    REQUIRE(reader.store->note_county(county.known()).ok());
    for (std::uint32_t epoch = 1; epoch <= 4; ++epoch) {
      const auto seed_bytes = read_file(laptop.folder.path() / ("device-" + std::to_string(epoch) + ".key"), 32);
      const history::WriterId writer{laptop.writer().device, epoch};
      reader.pull({county.introduce(writer, SigningKey::from_seed(*seed_bytes)->public_key())});
      reader.pull(laptop.frames_of(writer));
    }
    CHECK(shown(reader) == shown(laptop));
    CHECK(reader.store->counts()->parked == 0);
  }
}

}  // namespace kuangxun::tests
