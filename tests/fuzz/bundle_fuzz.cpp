#include <filesystem>

#include "db/base/files.h"
#include "sync/bundle/read_answers.h"
#include "sync/bundle/read_bundle.h"
#include "sync/bundle/recorded_answers.h"
#include "tests/fuzz/bundle_scene.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/property.h"
#include "tests/support/temporary_folder.h"

// A stick's files where they are read. Input: a byte of choice, then
//   0: a file as it is, at the county and at the laptop;
//   1: records of a bundle, sealed to the county: what is not whole and signed by the laptop never reaches its store;
//   2: answers, sealed to the laptop and signed by the county, sense or not: the laptop loses nothing of its own, and
//      a session over the network ends afterwards.
// Files are really sealed; signatures are the stand-in of tests/simulation/quick_signing.cpp: no input can forge one.
// A record is a byte of kind (0 as it is, 1 signed, 2 signed by a stranger), a byte of type, u16 length, and the bytes.
namespace kuangxun::fuzz {
namespace {

using tests::ExampleWorld;
using tests::WorldLaptop;
namespace fs = std::filesystem;

class Table {
 public:
  Table() : books_(scene_.world.county.books) {}

  void read_as_it_is(ByteView bytes) {
    const fs::path path = fresh("file");
    must(write_file_durably(path, bytes).ok(), "a file can be written");
    const auto taken = bundle::read_bundle(county(), path, {});
    must(!taken.ok(), "nobody can make a bundle without sealing it");
    must(!bundle::RecordedAnswers::open(path, secret_, laptop_->store).ok(), "nor answers");
  }

  void read_requests(Input input) {
    const fs::path path = fresh("bundle");
    auto file = bundle::SealedFileWriter::create(path, header(bundle::Content::requests),
                                                 world_.county.bundle_secrets().back().public_key());
    must(file.ok(), "a bundle can be written");
    while (!input.is_empty()) must((*file)->add(request_of(input)).ok(), "a record can be written");
    must((*file)->finish().ok(), "a bundle can be finished");
    asked_ = 0;
    const auto taken = bundle::read_bundle(county(), path, fresh("answers"));
    must(taken.ok() || asked_ == 0, "what is refused is refused before anything of it is taken");
    if (!taken.ok()) return;
    const auto copy = world_.copy_of(*laptop_);
    static_cast<void>(read(*copy, fs::path(folder_.path() / "answers")));
    check_sound(*copy);
  }

  void read_answers(Input input) {
    const fs::path path = fresh("answers");
    auto file = bundle::SealedFileWriter::create(path, header(bundle::Content::answers), secret_.public_key());
    must(file.ok(), "answers can be written");
    while (!input.is_empty()) must((*file)->add(answer_of(input)).ok(), "a record can be written");
    must((*file)->finish().ok(), "answers can be finished");
    const auto copy = world_.copy_of(*laptop_);
    static_cast<void>(read(*copy, path));
    check_sound(*copy);
  }

 private:
  fs::path fresh(const char* name) {
    fs::remove(folder_.path() / name);
    return folder_.path() / name;
  }

  bundle::BundleHeader header(bundle::Content content) {
    return {content, world_.county.id(), laptop_->store.own_writer(), 1, world_.clock.now_ms(), Uuid{{7}}};
  }

  bundle::County county() {
    world_.county.books = books_;
    bundle::County county{world_.county.id(), world_.county.bundle_secrets(), {}, {}, world_.clock};
    county.device_key = [this](const history::WriterId& writer) -> Result<std::optional<PublicKey>> {
      if (writer != laptop_->store.own_writer()) return std::optional<PublicKey>();
      return std::optional<PublicKey>(laptop_->store.signing_key().public_key());
    };
    county.answer = [this](Bytes bytes) {
      ++asked_;
      const auto request = wire::parse_request(bytes);
      must(request.ok() && wire::is_signed_by(*request, laptop_->store.signing_key().public_key()),
           "only what the laptop signed is put to the county");
      return world_.county.answer_bytes(std::move(bytes));
    };
    return county;
  }

  Result<bundle::ReadAnswers> read(WorldLaptop& laptop, const fs::path& path) {
    return bundle::read_answers({laptop.store, &laptop.photos, world_.clock, world_.random}, path, {});
  }

  // Its own words are there, and a session over the network ends and leaves them there.
  void check_sound(WorldLaptop& laptop) {
    check_own_words(laptop);
    world_.county.books = books_;
    static_cast<void>(world_.talk(laptop));
    check_own_words(laptop);
  }
  void check_own_words(WorldLaptop& laptop) {
    for (const auto& [id, operation] : laptop_->store.state().operations) {
      if (id.writer.device != laptop_->store.own_writer().device) continue;
      must(laptop.store.state().operations.contains(id), "no answer takes away what was written here");
    }
    must(laptop.store.own_writer() == laptop_->store.own_writer(), "no file changes who the laptop is");
  }

  const SigningKey& stranger() {
    static const SigningKey key = std::move(SigningKey::from_seed(Bytes(32, 0x66))).value();
    return key;
  }

  struct Told {
    std::uint8_t kind = 0;
    wire::MessageType type = wire::MessageType::status;
    Bytes bytes;
  };
  Told take(Input& input) {
    Told told;
    told.kind = static_cast<std::uint8_t>(input.below(3));
    told.type = static_cast<wire::MessageType>(1 + input.below(14));
    const ByteView bytes = input.take(input.number<std::uint16_t>());
    told.bytes.assign(bytes.begin(), bytes.end());
    return told;
  }

  Bytes request_of(Input& input) {
    const Told told = take(input);
    const auto body = wire::decode_request_body(told.type, told.bytes);
    if (told.kind == 0 || !body.ok()) return told.bytes;
    const SigningKey& key = told.kind == 1 ? laptop_->store.signing_key() : stranger();
    return wire::seal_request({world_.county.id(), laptop_->store.own_writer(), 0}, *body, key);
  }

  // The answer to the question that a bundle would put.
  Bytes answer_of(Input& input) {
    const Told told = take(input);
    const auto body = wire::decode_answer_body(told.type, told.bytes);
    if (told.kind == 0 || !body.ok()) return told.bytes;
    const Bytes question = wire::seal_request({world_.county.id(), laptop_->store.own_writer(), 0},
                                              question_of(told.type, *body), laptop_->store.signing_key());
    const SigningKey& key = told.kind == 1 ? world_.county.key() : stranger();
    const Bytes answer = wire::seal_answer(told.type, {wire::AnswerCode::done, sha256(question), 0, 1}, *body, key);
    Bytes record;
    const Bytes& kept = told.type == wire::MessageType::push ? Bytes() : question;
    for (std::size_t i = 0; i < 4; ++i) record.push_back(static_cast<std::uint8_t>(kept.size() >> (8 * i)));
    record.insert(record.end(), kept.begin(), kept.end());
    record.insert(record.end(), answer.begin(), answer.end());
    return record;
  }

  wire::RequestBody question_of(wire::MessageType type, const wire::AnswerBody& answer) {
    switch (type) {
      case wire::MessageType::pull:
        return wire::PullRequest{1, 0, 1 << 20};
      case wire::MessageType::keys:
        return wire::KeysRequest{};
      case wire::MessageType::claim:
        return wire::ClaimRequest{Bytes(10)};
      case wire::MessageType::attachment_have: {
        wire::AttachmentHaveRequest have;
        const std::size_t count = std::get<wire::AttachmentHaveAnswer>(answer).maps.size();
        for (std::size_t i = 0; i < count; ++i) have.names.push_back({sha256(Bytes(i)), 1 + i});
        return have;
      }
      default:
        return wire::StatusRequest{};
    }
  }

  BundleScene scene_;
  ExampleWorld& world_ = scene_.world;
  WorldLaptop* laptop_ = scene_.laptop.get();
  ExchangeSecret secret_ = std::move(ExchangeSecret::of(laptop_->store.signing_key())).value();
  tests::CountyBooks books_;
  tests::TemporaryFolder folder_;
  std::size_t asked_ = 0;
};

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun::fuzz;
  static Table table;
  Input input(data, size);
  switch (input.below(3)) {
    case 0:
      table.read_as_it_is(input.rest());
      break;
    case 1:
      table.read_requests(input);
      break;
    default:
      table.read_answers(input);
      break;
  }
  return 0;
}
