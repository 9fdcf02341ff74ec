// The way of a stick: laptop, county, laptop.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>

#include "db/base/files.h"
#include "sync/engine/refusal.h"
#include "sync/engine/witness.h"
#include "sync/wire/receipt.h"
#include "tests/sync/bundle/stick.h"

using namespace kuangxun;
using namespace kuangxun::tests;

using Names = std::vector<std::string>;

TEST_CASE("a stick brings to the county what was written, and back what is new there, each with its proof") {
  ExampleWorld world;
  Stick stick(world);
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  const Uuid by_two = two->write("示例：二号");
  world.talk(*two);
  const Uuid by_one = one->write("示例：一号");
  one->rewrite(by_one, "示例：一号，改");
  const auto photo = one->photos.keep(Bytes(300'000, 7));

  const auto written = stick.write(*one, "bundle");
  REQUIRE(written.ok());
  CHECK(written->frames == 2);
  CHECK(written->photos == 1);
  CHECK(written->file.bytes == std::filesystem::file_size(stick.path("bundle")));
  CHECK(written->file.hash == sha256(*read_file(stick.path("bundle"), 10'000'000)));
  // Writing alone is nothing: only the answers count.
  CHECK(one->store.own_progress()->stored_through == 0);
  CHECK_FALSE(one->photos.is_sent(photo));

  const auto taken = stick.read("bundle", "answers");
  REQUIRE(taken.ok());
  CHECK(taken->frames == 2);
  CHECK(taken->photo_pieces == 2);
  CHECK(taken->refused == 0);
  CHECK(world.county.chain(one->store.own_writer()).stored_through == 2);
  CHECK(world.county.books.photos.at(photo).is_whole);
  REQUIRE(taken->answers.has_value());
  CHECK(taken->answers->bytes < 40'000);

  const auto absorbed = stick.absorb(*one, "answers");
  REQUIRE(absorbed.ok());
  CHECK_FALSE(absorbed->report.problem.has_value());
  CHECK(absorbed->header.id == written->id);
  CHECK(absorbed->report.stored_through == 2);
  CHECK(absorbed->report.photos_confirmed == 1);
  CHECK(absorbed->report.pulled == 5);
  CHECK_FALSE(absorbed->report.has_more);
  CHECK(one->photos.is_sent(photo));
  CHECK(one->read(by_two) == Names{"示例：二号"});
  CHECK(wire::open_receipt(one->store.own_progress()->receipt, world.county.known())->stored_through == 2);
  CHECK(one->store.county_mark()->frontier.root() == world.county.checkpoint().root);
  CHECK_FALSE(one->store.newest_checkpoint()->empty());
  // Over the network there is nothing left to say.
  CHECK(world.talk(*one).asked == Names{"status"});
}

TEST_CASE("a bundle of nothing, and the next one, are sound too") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  REQUIRE(stick.round_trip(*laptop).ok());
  laptop->write("示例");
  const auto second = stick.round_trip(*laptop);
  REQUIRE(second.ok());
  CHECK(second->report.stored_through == 1);
  const auto third = stick.round_trip(*laptop);
  REQUIRE(third.ok());
  CHECK(third->report.pulled == 0);
  CHECK_FALSE(third->report.problem.has_value());
}

TEST_CASE("a bundle read twice, answers read twice: nothing more happens") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  laptop->photos.keep(Bytes(1000, 7));
  REQUIRE(stick.write(*laptop, "bundle").ok());
  REQUIRE(stick.read("bundle", "answers").ok());
  const auto sequence = world.county.latest();
  const auto again = stick.read("bundle", "answers-again");
  REQUIRE(again.ok());
  CHECK(again->refused == 0);
  CHECK(world.county.latest() == sequence);
  REQUIRE(stick.absorb(*laptop, "answers").ok());
  const LaptopState once = laptop->store.state();
  for (const char* name : {"answers", "answers-again"}) {
    const auto absorbed = stick.absorb(*laptop, name);
    REQUIRE(absorbed.ok());
    CHECK_FALSE(absorbed->report.problem.has_value());
    CHECK(absorbed->report.pulled == 0);
    CHECK(laptop->store.state().mark == once.mark);
    CHECK(laptop->store.state().progress.at(laptop->store.own_writer()).stored_through == 1);
  }
}

TEST_CASE("files that are not for whoever reads them") {
  ExampleWorld world;
  ExampleWorld elsewhere(50);
  Stick stick(world);
  Stick stick_elsewhere(elsewhere);
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  const auto stranger = world.new_laptop();
  REQUIRE(stranger->store.note_county(world.county.known()).ok());
  laptop->write("示例");
  REQUIRE(stick.write(*laptop, "bundle").ok());

  const auto wrong_county = bundle::read_bundle(stick_elsewhere.county(), stick.path("bundle"), {});
  REQUIRE_FALSE(wrong_county.ok());
  CHECK(wrong_county.error().code() == ErrorCode::refused);

  REQUIRE(stick.write(*stranger, "stranger").ok());
  const auto unknown = stick.read("stranger", "stranger.back");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code() == ErrorCode::refused);
  CHECK(unknown.error().message().find(stranger->store.own_writer().device.text()) != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(stick.path("stranger.back")));

  REQUIRE(stick.read("bundle", "answers").ok());
  CHECK(stick.absorb(*other, "answers").error().code() == ErrorCode::refused);
  CHECK(stick.absorb(*laptop, "bundle").error().code() == ErrorCode::refused);
  CHECK(stick.read("answers", "x").error().code() == ErrorCode::refused);
  CHECK(stick.absorb(*laptop, "nowhere").error().code() == ErrorCode::not_found);
  REQUIRE(write_file_durably(stick.path("letter"), as_bytes("示例：一封信")).ok());
  CHECK(stick.read("letter", "").error().code() == ErrorCode::bad_input);
  CHECK(bundle::recipient_of({}).error().code() == ErrorCode::refused);
}

TEST_CASE("nothing on a stick is overwritten, and a full stick leaves nothing behind") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  REQUIRE(write_file_durably(stick.path("bundle"), Bytes{1}).ok());
  CHECK(stick.write(*laptop, "bundle").error().code() == ErrorCode::bad_input);
  CHECK(*read_file(stick.path("bundle"), 10) == Bytes{1});
  CHECK(stick.write(*laptop, "no/such/folder").error().code() == ErrorCode::unavailable);
  laptop->write("示例");
  for (const rlim_t bytes_max : {0U, 71U, 72U, 200U, 5'000U, 30'000U}) {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes_max, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    const auto written = stick.write(*laptop, "full");
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, handler);
    CHECK(written.error().code() == ErrorCode::unavailable);
    CHECK_FALSE(std::filesystem::exists(stick.path("full")));
    CHECK_FALSE(std::filesystem::exists(stick.path("full.part")));
  }
  REQUIRE(stick.write(*laptop, "good").ok());
  CHECK(stick.read("good", "bundle").error().code() == ErrorCode::bad_input);
}

TEST_CASE("a bundle in which somebody put what this laptop did not sign") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  const auto forge = [&](const std::string& name, const wire::RequestHeader& header, const SigningKey& key) {
    const bundle::BundleHeader clear{
        bundle::Content::requests, world.county.id(), laptop->store.own_writer(), 1, 0, {}};
    auto file =
        bundle::SealedFileWriter::create(stick.path(name), clear, world.county.bundle_secrets().back().public_key());
    REQUIRE(file.ok());
    REQUIRE((*file)->add(wire::seal_request(header, wire::StatusRequest{}, key)).ok());
    REQUIRE((*file)->finish().ok());
    int asked = 0;
    bundle::County county = stick.county();
    county.answer = [&](Bytes request) {
      ++asked;
      return world.county.answer_bytes(std::move(request));
    };
    const auto taken = bundle::read_bundle(county, stick.path(name), {});
    return std::pair(taken.ok(), asked);
  };
  const SigningKey& own = laptop->store.signing_key();
  const SigningKey& theirs = other->store.signing_key();
  const Uuid county = world.county.id();
  CHECK(forge("own", {county, laptop->store.own_writer(), 0}, own) == std::pair(true, 1));
  CHECK(forge("theirs", {county, other->store.own_writer(), 0}, theirs) == std::pair(false, 0));
  CHECK(forge("forged", {county, laptop->store.own_writer(), 0}, theirs) == std::pair(false, 0));
  CHECK(forge("elsewhere", {Uuid{{9}}, laptop->store.own_writer(), 0}, own) == std::pair(false, 0));
}

TEST_CASE("a long sequence comes page by page; what does not fit comes with the next stick") {
  ExampleWorld world;
  Stick stick(world);
  const auto one = world.enrolled("一号");
  const auto two = world.enrolled("二号");
  for (int i = 0; i < 700; ++i) one->write("示例 " + std::to_string(i));
  world.talk(*one);
  two->write("示例：二号");
  const auto whole = stick.round_trip(*two);
  REQUIRE(whole.ok());
  CHECK_FALSE(whole->report.has_more);
  CHECK(two->store.county_mark()->sequence() == 705 - 2);

  // Pages shorter than the questions' distance: each stick still brings one.
  const auto three = world.enrolled("三号");
  world.county.page_frames_max = 40;
  std::uint64_t reached = 0;
  int trips = 0;
  for (bool has_more = true; has_more; ++trips) {
    REQUIRE(trips < 30);
    const auto part = stick.round_trip(*three);
    REQUIRE(part.ok());
    CHECK_FALSE(part->report.problem.has_value());
    CHECK(three->store.county_mark()->sequence() > reached);
    reached = three->store.county_mark()->sequence();
    has_more = part->report.has_more;
  }
  CHECK(three->store.county_mark()->frontier.root() == world.county.checkpoint().root);
}

TEST_CASE("answers that the network has overtaken: taken as far as they are new, never backwards") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  laptop->write("示例：上 U 盘的");
  const auto photo = laptop->photos.keep(Bytes(100, 7));
  REQUIRE(stick.write(*laptop, "bundle").ok());
  TalkOptions options;
  options.has_photos = false;

  SUBCASE("the laptop synced after the bundle was read") {
    REQUIRE(stick.read("bundle", "answers").ok());
    laptop->write("示例：之后的");
    other->write("示例：二号");
    world.talk(*other);
    world.talk(*laptop, options);
    const LaptopState before = laptop->store.state();
    const auto absorbed = stick.absorb(*laptop, "answers");
    REQUIRE(absorbed.ok());
    CHECK(absorbed->report.is_overtaken);
    CHECK(absorbed->report.photos_confirmed == 1);
    CHECK(laptop->photos.is_sent(photo));
    CHECK(laptop->store.state().mark == before.mark);
    CHECK(laptop->store.own_progress()->stored_through == 2);
  }
  SUBCASE("the laptop synced before the bundle was read, and others wrote more") {
    laptop->write("示例：之后的");
    world.talk(*laptop, options);
    other->write("示例：二号");
    world.talk(*other);
    REQUIRE(stick.read("bundle", "answers").ok());
    laptop->write("示例：还没有送的");
    const auto absorbed = stick.absorb(*laptop, "answers");
    REQUIRE(absorbed.ok());
    CHECK_FALSE(absorbed->report.is_overtaken);
    CHECK(absorbed->report.pulled == 1);
    CHECK(laptop->store.county_mark()->frontier.root() == world.county.checkpoint().root);
    CHECK(laptop->store.own_progress()->stored_through == 2);
  }
  SUBCASE("the laptop pushed between the reading and the answers") {
    REQUIRE(stick.read("bundle", "answers").ok());
    laptop->write("示例：之后的");
    // Cut off before it could pull.
    options.luck = [](std::size_t number) { return number < 3 ? Luck::arrives : Luck::request_lost; };
    world.talk(*laptop, options);
    CHECK(laptop->store.own_progress()->stored_through == 2);
    const auto absorbed = stick.absorb(*laptop, "answers");
    REQUIRE(absorbed.ok());
    CHECK_FALSE(absorbed->report.is_overtaken);
    CHECK(laptop->store.own_progress()->stored_through == 2);
    CHECK(laptop->store.county_mark()->sequence() == 3);
  }
  CHECK_FALSE(world.talk(*laptop).failure.has_value());
}

TEST_CASE("the county has a new key: old bundles open, and its answers introduce the new key") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  REQUIRE(stick.write(*laptop, "bundle").ok());
  world.county.change_key();
  world.county.change_key();
  REQUIRE(stick.read("bundle", "answers").ok());
  std::size_t statements = 0;
  const auto absorbed =
      bundle::read_answers(stick.side_of(*laptop), stick.path("answers"), [&](const wire::KeysAnswer& keys) {
        statements = keys.keys.size();
        return Status();
      });
  REQUIRE(absorbed.ok());
  CHECK(statements == 3);
  CHECK(*laptop->store.known_county() == world.county.known());
  CHECK(laptop->store.own_progress()->stored_through == 1);

  // One for which nobody could sign is not believed by a stick either.
  world.county.change_key(true);
  REQUIRE(stick.write(*laptop, "second").ok());
  REQUIRE(stick.read("second", "second.back").ok());
  const LaptopState before = laptop->store.state();
  CHECK(stick.absorb(*laptop, "second.back").error().code() == ErrorCode::refused);
  CHECK(laptop->store.state().mark == before.mark);
  CHECK(*laptop->store.known_county() == before.county);
}

TEST_CASE("a county restored from a backup is told by the bundle, and gets everything again with the next") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  const CountyBooks backup = world.county.books;
  other->write("示例：只有一号还记得");
  world.talk(*other);
  laptop->write("示例：一");
  const auto photo = laptop->photos.keep(Bytes(100, 7));
  REQUIRE(stick.round_trip(*laptop).ok());
  world.county.books = backup;
  laptop->write("示例：二");

  const auto first = stick.round_trip(*laptop);
  REQUIRE(first.ok());
  CHECK(first->report.is_county_restored);
  CHECK(first->report.has_more);
  CHECK(world.county.books.incarnation == 2);
  CHECK_FALSE(laptop->photos.is_sent(photo));
  const auto second = stick.round_trip(*laptop);
  REQUIRE(second.ok());
  CHECK_FALSE(second->report.problem.has_value());
  CHECK_FALSE(second->report.has_more);
  CHECK(world.county.chain(laptop->store.own_writer()).stored_through == 2);
  CHECK(world.county.chain(other->store.own_writer()).stored_through == 1);
  CHECK(world.county.books.photos.at(photo).is_whole);
  CHECK(laptop->store.county_mark()->frontier.root() == world.county.checkpoint().root);
}

TEST_CASE("what only the network can settle is told, and nothing is lost") {
  ExampleWorld world;
  Stick stick(world);
  const auto [original, copy, shared] = world.copied_laptop();
  original->write("示例：原机");
  world.talk(*original);
  const Uuid by_copy = copy->write("示例：副本");
  const auto absorbed = stick.round_trip(*copy);
  REQUIRE(absorbed.ok());
  REQUIRE(absorbed->report.problem.has_value());
  CHECK(absorbed->report.problem->code() == ErrorCode::refused);
  CHECK(copy->read(by_copy) == Names{"示例：副本"});
  CHECK(world.county.books.forks.size() == 1);
  CHECK(world.talk(*copy).report.new_epoch == 2);
  CHECK(stick.round_trip(*copy).ok());
}

TEST_CASE("frames of an earlier epoch travel by stick, and their receipt comes home") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例：旧钥匙签过");
  laptop->lose_key();
  world.county.enrol(laptop->store.own_writer(), laptop->store.signing_key().public_key(), "一号");
  laptop->write("示例：新钥匙签的");
  const auto absorbed = stick.round_trip(*laptop);
  REQUIRE(absorbed.ok());
  CHECK_FALSE(absorbed->report.problem.has_value());
  CHECK(laptop->store.unsent_chains()->empty());
  CHECK(laptop->store.own_progress()->stored_through == 1);
  // Answers to what it wrote under the former key come too late.
  CHECK(laptop->store.own_writer().epoch == 2);
}

TEST_CASE("answers for a former key") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  REQUIRE(stick.write(*laptop, "bundle").ok());
  REQUIRE(stick.read("bundle", "answers").ok());
  laptop->lose_key();
  CHECK(stick.absorb(*laptop, "answers").error().code() == ErrorCode::refused);
}

TEST_CASE("a revoked laptop leaves what it recorded by stick too") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例：吊销之前录的");
  REQUIRE(stick.write(*laptop, "bundle").ok());
  world.county.books.revoked.insert(laptop->store.own_writer());
  const auto taken = stick.read("bundle", "answers");
  REQUIRE(taken.ok());
  CHECK(taken->first_refusal == wire::AnswerCode::not_allowed);
  CHECK(world.county.chain(laptop->store.own_writer()).stored_through == 1);
  const auto absorbed = stick.absorb(*laptop, "answers");
  REQUIRE_FALSE(absorbed.ok());
  CHECK(absorbed.error().message() == engine::refusal_error(wire::AnswerCode::not_allowed).message());
}

TEST_CASE("a county that lies in a file is found out as over the network") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  other->write("示例：二号");
  world.talk(*other);
  laptop->write("示例：一号");
  REQUIRE(stick.write(*laptop, "bundle").ok());
  bundle::County county = stick.county();
  county.answer = [&](Bytes bytes) {
    const auto request = wire::parse_request(bytes);
    const Bytes honest = world.county.answer_bytes(bytes);
    const auto answer = wire::parse_answer(honest);
    if (answer->type != wire::MessageType::pull || answer->header.code != wire::AnswerCode::done) return honest;
    auto body = wire::decode_answer_body(answer->type, answer->body());
    auto& page = std::get<wire::PullAnswer>(*body);
    if (!page.frames.empty()) page.frames.back().bytes.back() ^= 1;
    if (!page.frames.empty()) page.frames.back().bytes[60] ^= 1;
    return wire::seal_answer(answer->type, answer->header, *body, world.county.key());
  };
  REQUIRE(bundle::read_bundle(county, stick.path("bundle"), stick.path("answers")).ok());
  const auto absorbed = stick.absorb(*laptop, "answers");
  REQUIRE(absorbed.ok());
  REQUIRE(absorbed->report.problem.has_value());
  CHECK(absorbed->report.problem->message() == engine::history_changed().message());
  CHECK(laptop->store.state().contradictions.size() == 1);
  CHECK(laptop->store.county_mark()->sequence() == 0);

  // Not signed by the county at all.
  const SigningKey stranger = SigningKey::generate(world.random);
  county.answer = [&](Bytes bytes) {
    const auto answer = wire::parse_answer(world.county.answer_bytes(bytes));
    if (answer->header.code != wire::AnswerCode::done) return answer->bytes;
    return wire::seal_answer(answer->type, answer->header, *wire::decode_answer_body(answer->type, answer->body()),
                             stranger);
  };
  REQUIRE(bundle::read_bundle(county, stick.path("bundle"), stick.path("forged")).ok());
  CHECK(stick.absorb(*laptop, "forged").error().message() == engine::not_the_county().message());
}
