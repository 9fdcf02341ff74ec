// Files of version 1 that are never made again: every later program opens them and finds in them what stands here.
#include <doctest/doctest.h>

#include "db/base/files.h"
#include "sync/wire/checkpoint.h"
#include "tests/support/where.h"
#include "tests/sync/bundle/stick.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr std::string_view county_text = "019de0d5-c800-7d89-a2cf-8b483b9730d3";
constexpr std::string_view county_key_text = "96c8abc455baa01d52aafc84795be53b262d66319045070d5a82ab016138bf58";
constexpr std::string_view bundle_seed_text = "9e62aa7b52094c0ca847240d4561c988bee729a077be5b3e3f9d05b5b99cf04d";
constexpr std::string_view device_text = "019de0d5-c800-76f9-a4ea-4865c6073ce1";
constexpr std::string_view laptop_seed_text = "9eb160ea124c61f87c0356bcbbdfc029271cab3da69fc0540ba978fb2428c87d";
constexpr std::string_view photo_text = "df1329c8b6c7cf3740bbe2f8bab34d253a8d9534a79dceea18177081fdf9f0e9";
constexpr std::string_view id_text = "019de0d5-c800-74c9-b820-e91323c1bf43";
constexpr std::int64_t written_at_ms = 1'777'593'600'000;

std::filesystem::path golden(const char* name) {
  return std::filesystem::path(source_folder() + "/tests/sync/bundle/golden") / name;
}

SigningKey key_of(std::string_view seed) {
  return std::move(SigningKey::from_seed(*from_hex(seed))).value();
}

history::WriterId writer() {
  return {*parse_uuid(device_text), 1};
}

frames::KnownCounty county() {
  frames::KnownCounty known{*parse_uuid(county_text), {{1, {}}}};
  known.signers[0].key.bytes = parse_hash(county_key_text)->bytes;
  return known;
}

// The requests of the golden bundle, in its order.
std::vector<wire::Request> golden_requests() {
  std::vector<ExchangeSecret> secrets;
  secrets.push_back(std::move(ExchangeSecret::of(key_of(bundle_seed_text))).value());
  std::vector<wire::Request> requests;
  ManualClock clock;
  bundle::County desk{county().county, secrets, {}, {}, clock};
  desk.device_key = [](const history::WriterId& asker) -> Result<std::optional<PublicKey>> {
    REQUIRE(asker == writer());
    return std::optional<PublicKey>(key_of(laptop_seed_text).public_key());
  };
  const SigningKey any = key_of(laptop_seed_text);
  desk.answer = [&](Bytes bytes) {
    requests.push_back(*wire::parse_request(bytes));
    return wire::seal_refusal(requests.back().type, {wire::AnswerCode::not_allowed, sha256(bytes), 0, 1}, any);
  };
  REQUIRE(bundle::read_bundle(desk, golden("requests.kxbu"), {}).ok());
  return requests;
}

template <class Body>
Body body_of(const wire::Request& request) {
  return std::get<Body>(*wire::decode_request_body(request.type, request.body()));
}

}  // namespace

TEST_CASE("the beginning of the golden files, byte by byte as BUNDLE.md says") {
  const Bytes bytes = *read_file(golden("requests.kxbu"), 1 << 20);
  CHECK(bytes.size() == 38'476);
  CHECK(sha256(bytes).text() == "0afb1b0384bc1d47286db60a7edc627cb0d28125af54e7470f2f9e193a30a7a4");
  CHECK(to_hex(ByteView(bytes).first(72)) ==
        "4b58425501000000"
        "019de0d5c8007d89a2cf8b483b9730d3"
        "019de0d5c80076f9a4ea4865c6073ce1"
        "0100000001000000"
        "00c8d5e09d010000"
        "019de0d5c80074c9b820e91323c1bf43");
  const auto header = bundle::SealedFileReader::read_header(golden("answers.kxba"));
  REQUIRE(header.ok());
  CHECK(*header == bundle::BundleHeader{bundle::Content::answers, county().county, writer(), 1, written_at_ms,
                                        *parse_uuid(id_text)});
}

TEST_CASE("the golden bundle holds these requests") {
  const auto requests = golden_requests();
  REQUIRE(requests.size() == 6);
  CHECK(requests[0].type == wire::MessageType::keys);
  CHECK(body_of<wire::PushRequest>(requests[1]).writer == writer());
  CHECK(body_of<wire::PushRequest>(requests[1]).frames.size() == 2);
  const wire::AttachmentName photo{*parse_hash(photo_text), 1000};
  CHECK(body_of<wire::AttachmentPutRequest>(requests[2]).name == photo);
  CHECK(body_of<wire::AttachmentPutRequest>(requests[2]).bytes == Bytes(1000, 7));
  CHECK(body_of<wire::AttachmentHaveRequest>(requests[3]).names == std::vector<wire::AttachmentName>{photo});
  CHECK(requests[4].type == wire::MessageType::status);
  CHECK(body_of<wire::PullRequest>(requests[5]).after == 0);
  CHECK(body_of<wire::PullRequest>(requests[5]).bytes_max == 4U << 20);
  for (const wire::Request& request : requests) CHECK(request.header.sent_at_ms == written_at_ms);
}

TEST_CASE("the golden answers bring a laptop what they brought the first time") {
  ManualClock clock;
  SeededRandom random(1);
  FrameShelf shelf;
  LaptopState state;
  state.device = writer().device;
  state.key = std::make_shared<const SigningKey>(key_of(laptop_seed_text));
  state.own_keys[1] = state.key->public_key();
  state.county = county();
  WorldLaptop laptop{{{clock, random, shelf}, state}, {}};
  std::vector<frames::SequencedFrame> own;
  for (const Bytes& frame : body_of<wire::PushRequest>(golden_requests()[1]).frames) own.push_back({0, frame});
  REQUIRE(laptop.store.apply_chain(own).ok());
  REQUIRE(laptop.photos.keep(Bytes(1000, 7)).hash.text() == photo_text);

  const auto absorbed = bundle::read_answers({laptop.store, &laptop.photos, clock, random}, golden("answers.kxba"), {});
  REQUIRE(absorbed.ok());
  CHECK_FALSE(absorbed->report.problem.has_value());
  CHECK(absorbed->report.stored_through == 2);
  CHECK(absorbed->report.pulled == 5);
  CHECK(absorbed->report.photos_confirmed == 1);
  CHECK(absorbed->county_time_ms == written_at_ms);
  CHECK(laptop.store.county_mark()->sequence() == 5);
  CHECK(laptop.read(*parse_uuid("97a1cdad-6ece-bfa6-7875-f30a4837dc4e")) == std::vector<std::string>{"示例：界桩缺失"});
  CHECK(wire::open_checkpoint(*laptop.store.newest_checkpoint(), county())->size == 5);
}
