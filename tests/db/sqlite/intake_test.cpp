// How frames come in: in any order, from writers not known yet, twice, damaged, or two for one place.
#include <algorithm>

#include "tests/db/sqlite/laptop.h"

namespace kuangxun::tests {
namespace {

// Frames of one operation each.
std::vector<Bytes> write_places(Laptop& laptop, int count) {
  const std::uint64_t before = laptop.store->counts()->operations;
  for (int i = 0; i < count; ++i) {
    laptop.enter("点 " + std::to_string(i));
    laptop.seal();
  }
  return laptop.frames_of(laptop.writer(), before);
}

std::size_t places(Laptop& laptop) {
  return laptop.store->list(records::kinds::unlicensed_place)->size();
}

}  // namespace

TEST_CASE_FIXTURE(Pair, "frames that come in the wrong order wait for the one that they continue") {
  two.pull(introductions);
  std::vector<Bytes> frames = write_places(one, 5);
  std::ranges::reverse(frames);
  const auto waiting = two.pull({frames.begin(), frames.end() - 1});
  CHECK(waiting.quarantined == 4);
  CHECK(waiting.frames == 0);
  CHECK(places(two) == 0);
  CHECK(two.store->counts()->waiting == 4);
  two.reopen();
  const auto all = two.pull({frames.back()});
  CHECK(all.frames == 5);
  CHECK(all.operations == 5);
  CHECK(places(two) == 5);
  CHECK(two.store->counts()->quarantined == 0);
  two.check_proof();
  two.check_rebuild();
}

TEST_CASE_FIXTURE(Pair, "frames of a laptop that the county has not introduced yet wait for its key") {
  const auto counts = two.pull(write_places(one, 3));
  CHECK(counts.quarantined == 3);
  CHECK(places(two) == 0);
  two.reopen();
  two.pull(introductions);
  CHECK(places(two) == 3);
  CHECK(two.store->counts()->quarantined == 0);
  two.check_proof();
}

TEST_CASE_FIXTURE(Pair, "the county's frames wait until its key is known, and bring everything with them") {
  Laptop three(13);
  const auto frames = write_places(one, 2);
  three.pull(frames);
  three.pull(introductions);
  CHECK(three.store->counts()->waiting == 4);
  REQUIRE(three.store->note_county(county.known()).ok());
  CHECK(places(three) == 2);
  CHECK(three.store->counts()->quarantined == 0);
}

TEST_CASE_FIXTURE(Pair, "the county goes on under another key, and older frames keep their proof") {
  Laptop three(13);
  two.pull(introductions);
  county.begin_epoch(random);
  REQUIRE(two.store->note_county(county.known()).ok());
  const Bytes introduction = county.introduce(three.writer(), three.store->public_key());
  two.pull({introduction});
  two.pull(write_places(three, 1));
  CHECK(places(two) == 1);
  two.check_proof();
  // Who only knows the old key cannot believe the new one's frames.
  CHECK(one.pull({introduction}).quarantined == 1);
}

TEST_CASE_FIXTURE(Pair, "what is known of the county is never replaced") {
  Laptop three(13);
  frames::KnownCounty other = county.known();
  other.signers.front().key = three.store->public_key();
  CHECK(one.store->note_county(other).error().code() == ErrorCode::bad_input);
  other = county.known();
  other.county = fixed_uuid("另一个县");
  CHECK(one.store->note_county(other).error().code() == ErrorCode::bad_input);
  CHECK(one.store->known_county().value() == county.known());
  one.reopen();
  CHECK(one.store->known_county().value() == county.known());
}

TEST_CASE_FIXTURE(Pair, "frames that come again change nothing, and get their place at the county") {
  two.pull(introductions);
  const auto frames = write_places(one, 3);
  two.pull(frames);
  const std::string before = two.dump();
  const auto again = two.pull(frames);
  CHECK(again.duplicates == 3);
  CHECK(again.frames == 0);
  CHECK(two.dump() == before);
}

TEST_CASE_FIXTURE(Pair, "a frame with a wrong key, a wrong hash or no shape at all is kept aside and blocks nothing") {
  two.pull(introductions);
  auto frames = write_places(one, 3);
  Bytes damaged = frames[1];
  damaged.back() ^= 1;
  Bytes forged = frames[1];
  forged[150] ^= 1;  // the signature
  const auto counts = two.pull({frames[0], damaged, forged, Bytes{1, 2, 3}, frames[1], frames[2]});
  CHECK(counts.frames == 3);
  CHECK(counts.quarantined == 3);
  CHECK(places(two) == 3);
  // The damaged copy is let go: its frame is here whole.
  CHECK(two.store->counts()->quarantined == 2);
  CHECK(two.store->counts()->waiting == 0);
  CHECK(two.store->counts()->oldest_quarantined_ms == two.clock.now_ms());
  two.check_proof();
  two.check_rebuild();
}

TEST_CASE_FIXTURE(Pair, "a signed frame that cannot be read stays in its place, and those behind it go on") {
  two.pull(introductions);
  one.enter("甲");
  one.seal();
  // A frame of the same chain whose payload is no operation, as a hostile or much newer program may write it.
  const Bytes first = one.frames_of(one.writer()).front();
  const auto parsed = frames::parse_frame(first);
  REQUIRE(parsed.ok());
  history::Operation operation = frames::decode_operations(*parsed)->front();
  operation.id.sequence = 2;
  operation.kind = 60'000;
  frames::Frame unreadable = frames::seal_frame({&operation, 1}, parsed->hash(), Hash{}, one.store->signing_key());
  // Two operations are promised, one is there.
  unreadable.bytes[36] = 2;
  const Signature signature = one.store->signing_key().sign(unreadable.signed_part());
  std::ranges::copy(signature.bytes, unreadable.bytes.begin() + 144);
  operation.id.sequence = 4;
  operation.kind = records::kinds::unlicensed_place;
  operation.record = fixed_uuid("丁");
  const auto reread = frames::parse_frame(unreadable.bytes);
  REQUIRE(reread.ok());
  const Bytes behind = frames::seal_frame({&operation, 1}, reread->hash(), Hash{}, one.store->signing_key()).bytes;

  const auto counts = two.pull({first, unreadable.bytes, behind});
  CHECK(counts.frames == 3);
  CHECK(counts.quarantined == 1);
  CHECK(places(two) == 2);
  CHECK(two.store->counts()->unreadable == 1);
  CHECK(two.store->chains()->back().through == 4);
  two.check_proof();
  two.check_rebuild();
}

TEST_CASE_FIXTURE(Pair,
                  "of two frames for one place the county's later word counts, and the other is kept as evidence") {
  two.pull(introductions);
  // A copy of the laptop's folder goes its own way.
  one.enter("同一个开头");
  one.seal();
  one.close();
  Laptop copy(99);
  copy.close();
  std::filesystem::remove_all(copy.folder.path());
  std::filesystem::copy(one.folder.path(), copy.folder.path());
  copy.reopen();
  one.reopen();
  REQUIRE(copy.writer() == one.writer());
  one.enter("原机");
  one.seal();
  one.enter("原机又一");
  copy.enter("副本");
  const auto originals = one.sealed();
  const auto copies = copy.sealed();
  two.pull(originals);
  CHECK(places(two) == 3);
  const auto counts = two.pull({copies.back()});
  CHECK(counts.frames == 1);
  CHECK(places(two) == 2);
  CHECK(two.store->counts()->forks == 2);
  two.check_proof();
  two.check_rebuild();
  CHECK_FALSE(two.store->verify()->notes.empty());
  // Who never saw the other ends with the same.
  Laptop three(13);
  REQUIRE(three.store->note_county(county.known()).ok());
  three.pull(introductions);
  three.pull(copies);
  CHECK(three.dump() == two.dump());
  // The laptop itself goes on with its own; the county's copy waits until it enters another epoch.
  CHECK(one.pull({copies.back()}).quarantined == 1);
  CHECK(places(one) == 3);
}

TEST_CASE_FIXTURE(Pair, "a value that went to the evidence is not asked for when another comes in its place") {
  two.pull(introductions);
  const Uuid place = one.enter("共同");
  one.seal();
  one.close();
  Laptop copy(99);
  copy.close();
  std::filesystem::remove_all(copy.folder.path());
  std::filesystem::copy(one.folder.path(), copy.folder.path());
  copy.reopen();
  one.reopen();
  one.rename(place, "原机");
  one.rename(place, "原机再改");
  copy.rename(place, "副本");
  two.pull(one.sealed());
  two.rename(place, "二号");
  two.pull({copy.sealed().back()});
  // What was based on the lost value waits for it.
  CHECK(two.name_of(place) == "副本");
  CHECK(two.store->counts()->parked == 1);
  two.check_rebuild();
  two.check_proof();
}

TEST_CASE_FIXTURE(Pair, "a laptop restored from an older copy gets its own frames back") {
  const auto frames = write_places(one, 2);
  one.close();
  Laptop restored(99);
  restored.close();
  std::filesystem::remove_all(restored.folder.path());
  std::filesystem::copy(one.folder.path(), restored.folder.path());
  one.reopen();
  const auto later = write_places(one, 2);
  restored.reopen();
  CHECK(restored.take_home(later).frames == 2);
  CHECK(places(restored) == 4);
  restored.enter("接着写");
  restored.seal();
  CHECK(restored.store->chains()->front().through == 5);
  restored.check_proof();
}

TEST_CASE_FIXTURE(Pair, "chains give their ends, the county's first and the registers' not") {
  two.pull(introductions);
  two.pull(write_places(one, 3));
  two.enter("自己的");
  two.seal();
  const auto chains = two.store->chains();
  REQUIRE(chains.ok());
  REQUIRE(chains->size() == 3);
  CHECK(chains->front().writer == county.writer());
  CHECK(chains->front().through == 4);
  for (const frames::ChainHead& head : *chains) {
    const auto frames = two.frames_of(head.writer);
    CHECK(frames::frame_hash(frames.back()) == head.last_frame);
  }
  CHECK(two.store->frames_after(one.writer(), 1, 1)->size() == 1);
  CHECK(two.store->frames_after(one.writer(), 3, 1 << 20)->empty());
}

TEST_CASE_FIXTURE(Pair, "the place, checkpoints and receipts are there after the program ends, and evidence stays") {
  frames::CountyMark mark{3, {}};
  mark.frontier.append(sha256(as_bytes("一")));
  REQUIRE(one.store->apply_pulled({}, mark).ok());
  REQUIRE(one.store->note_checkpoint({1, 2, 3}).ok());
  REQUIRE(one.store->note_checkpoint({4, 5, 6}).ok());
  REQUIRE(one.store->note_promise({7}).ok());
  REQUIRE(one.store->note_promise({7, 8}).ok());
  one.enter("甲");
  one.seal();
  REQUIRE(one.store->note_progress({one.writer(), 1, 1, {7, 7}}).ok());
  REQUIRE(one.store->note_progress({one.writer(), 1, 1, {7, 7}}).ok());
  REQUIRE(one.store->note_progress({one.writer(), 1, 1, {}}).ok());
  REQUIRE(one.store->note_contradiction({9}, Hash{}).ok());
  REQUIRE(one.store->note_contradiction({9}, Hash{}).ok());
  one.reopen();
  CHECK(one.store->county_mark().value() == mark);
  CHECK(one.store->newest_checkpoint().value() == Bytes{4, 5, 6});
  CHECK(one.store->promised_checkpoint().value() == Bytes{7, 8});
  CHECK(one.store->own_progress()->receipt == Bytes{7, 7});
  CHECK(one.store->own_progress()->applied_through == 1);
  CHECK(one.store->counts()->contradictions == 1);
  CHECK(one.store->counts()->unsynced_operations == 0);
  CHECK_FALSE(one.store->verify()->ok());
  // What is sealed from now on names the receipt: "not before".
  one.enter("乙");
  const auto frame = frames::parse_frame(one.sealed().back());
  CHECK(frame->header.county_receipt == sha256(Bytes{7, 7}));

  REQUIRE(one.store->start_over(4).ok());
  CHECK(one.store->county_mark().value() == frames::CountyMark{4, {}});
  CHECK(one.store->newest_checkpoint()->empty());
  CHECK(one.store->promised_checkpoint()->empty());
  CHECK(one.store->own_progress()->stored_through == 0);
  CHECK(one.store->own_progress()->receipt == Bytes{7, 7});
  CHECK(places(one) == 2);
}

}  // namespace kuangxun::tests
