// Real sockets, real threads and a real store.
#include "sync/local/door.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>

#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/kinds.h"
#include "db/writer/queued_store.h"
#include "sync/local/remote_store.h"
#include "sync/local/requests.h"
#include "tests/support/county_chain/county_chain.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::local {
namespace {

using sqlite::LocalStore;

std::vector<history::Edit> naming(const Uuid& id, const std::string& name) {
  return {{id, records::kinds::unlicensed_place, 1, {{1, name}}, {}}};
}

Uuid numbered(std::uint8_t number) {
  Uuid id;
  id.bytes.fill(7);
  id.bytes[15] = number;
  return id;
}

struct Window {
  // Deeper than the address of a socket is long.
  std::filesystem::path data = folder.path() / std::string(100, 'd') / "data";
  SystemRandom random;
  SystemClock clock;
  std::unique_ptr<writer::StoreWriter> owner;
  std::atomic<int> changes = 0;
  std::unique_ptr<Door> door;

  LocalStore::World world() { return {clock, random}; }
  Window() {
    std::filesystem::create_directories(data.parent_path());
    auto store = LocalStore::create(data, world());
    REQUIRE_MESSAGE(store.ok(), store.error().message());
    owner = std::make_unique<writer::StoreWriter>(std::move(*store), clock);
    open();
  }
  void open() {
    auto opened = Door::open(*owner, clock, random, [this] { ++changes; });
    REQUIRE_MESSAGE(opened.ok(), opened.error().message());
    door = std::move(*opened);
  }
  std::unique_ptr<RemoteStore> guest() {
    auto opened = RemoteStore::open(data, world());
    REQUIRE_MESSAGE(opened.ok(), opened.error().message());
    REQUIRE(*opened != nullptr);
    return std::move(*opened);
  }
  std::unique_ptr<writer::QueuedStore> hand() {
    auto opened = writer::QueuedStore::open(*owner, world(), writer::Turn::entry);
    REQUIRE(opened.ok());
    return std::move(*opened);
  }

  static inline tests::TemporaryFolder folder;
  ~Window() {
    door.reset();
    owner.reset();
    std::filesystem::remove_all(data.parent_path());
  }
};

}  // namespace

TEST_CASE_FIXTURE(Window, "a guest writes through the socket, both see it, and the window is told") {
  const auto guest = this->guest();
  const auto window = hand();
  const int before = changes;
  REQUIRE(guest->commit(naming(numbered(1), "东沟"), numbered(9)).ok());
  CHECK(window->read(numbered(1))->record.text(records::common::name) == "东沟");
  CHECK(guest->read(numbered(1))->record.text(records::common::name) == "东沟");
  CHECK(window->history(numbered(1), 1)->front().person == numbered(9));
  CHECK(changes > before);
  // What is typed in one program and left in the other.
  REQUIRE(guest->keep_pending({naming(numbered(2), "西沟").front(), Uuid{}, 5}).ok());
  CHECK(window->pending()->size() == 1);
  REQUIRE(guest->promote_pending(numbered(2), 1).ok());
  CHECK(guest->pending()->empty());
  REQUIRE(guest->set_setting("county_url", std::string(20'000, 'x')).ok());
  CHECK(window->setting("county_url")->value().size() == 20'000);
  REQUIRE(guest->seal().ok());
  CHECK(window->counts()->unsealed_operations == 0);
  REQUIRE(guest->rebuild().ok());
  CHECK(guest->list(records::kinds::unlicensed_place)->size() == 2);
  // What is refused there is refused here, with its kind, and in the words of whoever asked.
  history::Edit of_county{numbered(3), records::kinds::positioning_rules, 1, {}, {}};
  const Status refused = guest->commit({&of_county, 1}, Uuid{});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code() == ErrorCode::bad_input);
  CHECK_FALSE(refused.error().message().empty());
  const Speaking english(Language::english);
  const auto other = this->guest();
  const Status in_english = other->commit({&of_county, 1}, Uuid{});
  REQUIRE_FALSE(in_english.ok());
  CHECK(in_english.error().message() != refused.error().message());
}

TEST_CASE_FIXTURE(Window, "a guest signs with the key that was unlocked there, for itself alone") {
  const auto guest = this->guest();
  const auto other = this->guest();
  for (const std::uint8_t number : std::initializer_list<std::uint8_t>{1, 2, 3})
    REQUIRE(guest->commit(naming(numbered(number), "沟"), Uuid{}).ok());
  // Voiding is worth a signature.
  const auto is_signed_when_voided_by = [&](RemoteStore& store, std::uint8_t number) {
    history::Edit edit{numbered(number), records::kinds::unlicensed_place, records::existence_group, {}, {}};
    edit.values = {{history::existence_voided_field, std::int64_t{1}},
                   {history::existence_reason_field, std::string("示例")}};
    edit.seen = store.read(numbered(number))->seen_all();
    const Status done = store.commit({&edit, 1}, numbered(99));
    REQUIRE_MESSAGE(done.ok(), done.error().message());
    const auto all = store.history(numbered(number), records::existence_group);
    return all->back().person_signature.has_value();
  };
  guest->unlock(numbered(99), SigningKey::generate(random));
  CHECK(guest->unlocked_person() == numbered(99));
  CHECK(is_signed_when_voided_by(*guest, 1));
  CHECK_FALSE(is_signed_when_voided_by(*other, 2));
  guest->lock();
  CHECK(guest->unlocked_person().is_nil());
  CHECK_FALSE(is_signed_when_voided_by(*guest, 3));
}

TEST_CASE_FIXTURE(Window, "a session with the county goes through the socket as through the store") {
  const auto guest = this->guest();
  tests::ManualClock county_clock;
  tests::SeededRandom county_random(21);
  tests::CountyChain county(county_clock, county_random);
  REQUIRE(guest->has_key());
  REQUIRE(guest->note_county(county.known()).ok());
  CHECK(guest->known_county()->county == county.known().county);
  REQUIRE(guest->commit(naming(numbered(1), "东沟"), Uuid{}).ok());
  REQUIRE(guest->seal().ok());
  std::vector<frames::SequencedFrame> frames;
  frames.push_back({1, county.introduce(guest->own_writer(), guest->signing_key().public_key())});
  frames::CountyMark mark{1, {}};
  mark.frontier.append(sha256(frames.front().bytes));
  const auto counts = guest->apply_pulled(frames, mark);
  REQUIRE_MESSAGE(counts.ok(), counts.error().message());
  CHECK(counts->frames == 1);
  REQUIRE(guest->show_pulled().ok());
  CHECK(*guest->county_mark() == mark);
  const auto next = guest->prepare_epoch(1);
  REQUIRE(next.ok());
  REQUIRE(guest->enter_epoch(*next, 1).ok());
  CHECK(guest->own_writer().epoch == next->epoch);
  CHECK(guest->signing_key().public_key() == next->key);
}

TEST_CASE_FIXTURE(Window, "only the same user may come: mode 0600, in a folder of 0700") {
  struct stat facts {};
  REQUIRE(::stat((data / "window.socket").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE_FIXTURE(Window, "a socket that a killed window left is nobody's, and is replaced") {
  door.reset();
  CHECK_FALSE(std::filesystem::exists(data / "window.socket"));
  CHECK(*RemoteStore::open(data, world()) == nullptr);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto left = Listener::open(data);
    ::kill(::getpid(), SIGKILL);
  }
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  REQUIRE(std::filesystem::exists(data / "window.socket"));
  CHECK(*RemoteStore::open(data, world()) == nullptr);
  open();
  CHECK(guest()->commit(naming(numbered(1), "东沟"), Uuid{}).ok());
}

TEST_CASE_FIXTURE(Window, "when the window goes, the guest is told and nothing hangs") {
  const auto guest = this->guest();
  REQUIRE(guest->commit(naming(numbered(1), "东沟"), Uuid{}).ok());
  door.reset();
  const Status gone = guest->commit(naming(numbered(2), "西沟"), Uuid{});
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.error().code() == ErrorCode::unavailable);
  CHECK(hand()->list(records::kinds::unlicensed_place)->size() == 1);
}

TEST_CASE_FIXTURE(Window, "strangers, half messages and another version do nothing, and the next guest is served") {
  const auto talk = [&](const Bytes& message) -> Result<Answer> {
    auto channel = Channel::connect(data);
    REQUIRE(channel.ok());
    REQUIRE((*channel)->send(message).ok());
    KX_TRY(came, (*channel)->receive(message_bytes_max));
    if (!came.has_value()) return Error(ErrorCode::unavailable, "closed");
    return decode_answer(*came);
  };
  const auto code_of = [](ErrorCode code) { return 1 + static_cast<int>(code); };
  CHECK(talk(encode(Hello{protocol_version + 1, "zh"}))->code == code_of(ErrorCode::newer_version));
  CHECK(talk(encode(SetSetting{{'a'}, {'b'}}))->code == code_of(ErrorCode::newer_version));
  CHECK(talk({})->code == code_of(ErrorCode::bad_input));
  CHECK(talk({200, 1, 2})->code == code_of(ErrorCode::bad_input));
  {
    const auto channel = Channel::connect(data);
    REQUIRE((*channel)->send(encode(Hello{protocol_version, "zh"})).ok());
    Bytes commit = encode(Commit{Uuid{}, {body_of(naming(numbered(1), "东沟").front())}});
    commit.pop_back();
    REQUIRE((*channel)->receive(message_bytes_max).ok());
    REQUIRE((*channel)->send(commit).ok());
    const auto came = (*channel)->receive(message_bytes_max);
    REQUIRE(came.ok());
    CHECK(decode_answer(**came)->code == code_of(ErrorCode::bad_input));
  }
  CHECK(hand()->list(records::kinds::unlicensed_place)->empty());
  CHECK(guest()->commit(naming(numbered(1), "东沟"), Uuid{}).ok());
}

TEST_CASE_FIXTURE(Window, "a guest killed at any moment leaves what was confirmed, once, and the window goes on") {
  std::uint8_t next = 1;
  for (int round = 0; round < 6; ++round) {
    CAPTURE(round);
    int told[2] = {};
    REQUIRE(::pipe(told) == 0);
    // Threads of the door do not come along: the child only connects.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      SystemRandom child_random;
      SystemClock child_clock;
      auto store = RemoteStore::open(data, {child_clock, child_random});
      if (!store.ok() || *store == nullptr) ::_exit(1);
      for (std::uint8_t number = next; number < next + 40; ++number) {
        if (!(*store)->commit(naming(numbered(number), "沟"), Uuid{}).ok()) ::_exit(1);
        if (::write(told[1], &number, 1) != 1) ::_exit(1);
      }
      ::pause();
      ::_exit(0);
    }
    ::close(told[1]);
    ::usleep(static_cast<useconds_t>(15'000 * (round + 1)));
    ::kill(child, SIGKILL);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    std::uint8_t number = 0;
    std::uint8_t confirmed = 0;
    while (::read(told[0], &number, 1) == 1) confirmed = number;
    ::close(told[0]);
    const auto window = hand();
    for (std::uint8_t one = next; one <= confirmed; ++one) {
      const auto all = window->history(numbered(one), 1);
      REQUIRE(all.ok());
      CHECK(all->size() == 1);
    }
    CHECK(window->commit(naming(numbered(250), "窗口"), Uuid{}).ok());
    next = static_cast<std::uint8_t>(next + 40);
  }
}

}  // namespace kuangxun::local
