// The session, step by step, against answers written by hand.
#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/engine/session.h"
#include "sync/wire/receipt.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/sync/support/example_laptop.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using engine::Phase;
using engine::Step;

namespace {

// A laptop's store that remembers what it was told.
class RememberingStore final : public frames::FrameStore {
 public:
  explicit RememberingStore(ExampleLaptop& laptop) : laptop_(laptop) {}
  history::WriterId own_writer() override { return laptop_.writer(); }
  Status seal() override {
    laptop_.seal();
    said.push_back("seal");
    return {};
  }
  Result<std::vector<Bytes>> own_frames_after(std::uint64_t after, std::size_t bytes_max) override {
    std::vector<Bytes> found;
    std::size_t total = 0;
    for (const Bytes& bytes : laptop_.frames()) {
      const auto frame = frames::parse_frame(bytes);
      if (frame->header.last_sequence() <= after) continue;
      total += bytes.size();
      if (!found.empty() && total > bytes_max) break;
      found.push_back(bytes);
    }
    return found;
  }
  Status note_progress(const frames::ChainProgress& told) override {
    progress = told;
    return {};
  }
  Result<frames::ChainProgress> own_progress() override { return progress; }
  Status note_device(const Uuid&, const PublicKey&, const std::string& name) override {
    said.push_back("device " + name);
    return {};
  }
  Result<std::uint64_t> county_cursor() override { return cursor; }
  Result<frames::ApplyCounts> apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                           std::uint64_t cursor_after) override {
    said.push_back("apply " + std::to_string(frames.size()) + " to " + std::to_string(cursor_after));
    cursor = cursor_after;
    return frames::ApplyCounts{frames.size(), frames.size(), 0, 0};
  }

  std::vector<std::string> said;
  frames::ChainProgress progress;
  std::uint64_t cursor = 0;

 private:
  ExampleLaptop& laptop_;
};

struct Situation {
  void write_findings(int frames) {
    for (int i = 0; i < frames; ++i) {
      laptop.enter(example_record(records::kind_of(records::kinds::finding), clock, random));
      laptop.seal();
    }
  }
  // What an honest county says when it has the laptop's first `frames` frames.
  wire::ChainState chain_through(std::size_t frames) {
    wire::ChainState chain;
    if (frames == 0) return chain;
    const auto frame = frames::parse_frame(laptop.frames()[frames - 1]);
    chain.stored_through = frame->header.last_sequence();
    chain.applied_through = chain.stored_through;
    chain.last_frame = frame->hash();
    chain.receipt = wire::seal_receipt(
        {Uuid{{1}}, laptop.writer(), chain.stored_through, 1, frame->hash(), clock.now_ms()}, county);
    return chain;
  }
  template <class Body>
  const Body& asked(const Step& step) {
    REQUIRE(step.request.has_value());
    REQUIRE(std::holds_alternative<Body>(*step.request));
    return std::get<Body>(*step.request);
  }

  ManualClock clock;
  SeededRandom random{3};
  SigningKey county = SigningKey::generate(random);
  ExampleLaptop laptop{clock, random, "一号"};
  RememberingStore store{laptop};
  engine::Session session{store, nullptr, county.public_key()};
};

}  // namespace

TEST_CASE("nothing changed: one question and done") {
  Situation s;
  s.store.cursor = 40;
  s.asked<wire::StatusRequest>(s.session.begin());
  CHECK(s.session.answered(wire::StatusAnswer{{}, 40}).is_done());
  CHECK(s.store.said == std::vector<std::string>{"seal"});
}

TEST_CASE("seal, then push, then pull") {
  Situation s;
  s.write_findings(2);
  s.asked<wire::StatusRequest>(s.session.begin());
  Step step = s.session.answered(wire::StatusAnswer{{}, 10});
  CHECK(s.asked<wire::PushRequest>(step).frames == s.laptop.frames());
  step = s.session.answered(wire::PushAnswer{s.chain_through(2), {}, 0, {}});
  CHECK(s.asked<wire::PullRequest>(step).after == 0);
  step = s.session.answered(wire::PullAnswer{{{{Uuid{{7}}, 1}, {}, "二号"}}, {{3, {}}, {4, {}}}, 6, true});
  CHECK(s.asked<wire::PullRequest>(step).after == 6);
  step = s.session.answered(wire::PullAnswer{{}, {{9, {}}}, 12, false});
  CHECK(step.is_done());
  CHECK(s.store.said == std::vector<std::string>{"seal", "device 二号", "apply 2 to 6", "apply 1 to 12"});
  CHECK(s.session.report().pushed == s.laptop.written().size());
  CHECK(s.session.report().pulled == 3);
  CHECK(s.session.report().stored_through == s.laptop.written().size());
  CHECK(s.store.progress.receipt == sha256(s.chain_through(2).receipt));
}

TEST_CASE("what the county has is not sent again") {
  Situation s;
  s.write_findings(3);
  s.session.begin();
  const Step step = s.session.answered(wire::StatusAnswer{s.chain_through(2), 0});
  CHECK(s.asked<wire::PushRequest>(step).frames == std::vector<Bytes>{s.laptop.frames()[2]});
}

TEST_CASE("after a cut it asks how far the county is and goes on in small messages") {
  Situation s;
  s.write_findings(200);
  s.session.begin();
  Step step = s.session.answered(wire::StatusAnswer{{}, 0});
  CHECK(s.asked<wire::PushRequest>(step).frames.size() == 200);
  s.asked<wire::StatusRequest>(s.session.cut());
  step = s.session.answered(wire::StatusAnswer{s.chain_through(150), 0});
  const auto& push = s.asked<wire::PushRequest>(step);
  std::size_t bytes = 0;
  for (const Bytes& frame : push.frames) bytes += frame.size();
  CHECK(push.frames.front() == s.laptop.frames()[150]);
  CHECK(bytes <= limits::message_bytes_after_cut);
  CHECK(push.frames.size() < 50);
}

TEST_CASE("cuts without progress end in a failure, not in a loop") {
  Situation s;
  s.session.begin();
  int cuts = 0;
  while (!s.session.cut().failure.has_value()) REQUIRE(++cuts < 20);
  CHECK(cuts == 5);
}

TEST_CASE("a county restored from a backup gets again what it lost") {
  Situation s;
  s.write_findings(3);
  s.store.cursor = 500;
  s.store.progress.stored_through = s.laptop.written().size();
  s.session.begin();
  Step step = s.session.answered(wire::StatusAnswer{s.chain_through(1), 20});
  CHECK(s.asked<wire::PushRequest>(step).frames.size() == 2);
  step = s.session.answered(wire::PushAnswer{s.chain_through(3), {}, 0, {}});
  CHECK(s.asked<wire::PullRequest>(step).after == 0);
}

TEST_CASE("a laptop restored from a backup takes its own frames back and pushes nothing") {
  Situation s;
  s.write_findings(4);
  ExampleLaptop older = s.laptop.clone();
  const wire::ChainState chain = s.chain_through(4);
  older.forget_frames_after(2);
  RememberingStore store(older);
  engine::Session session(store, nullptr, s.county.public_key());
  session.begin();
  const Step step = session.answered(wire::StatusAnswer{chain, 9});
  CHECK(s.asked<wire::PullRequest>(step).wants_own);
  CHECK(s.asked<wire::PullRequest>(step).after == 0);
}

TEST_CASE("a copied laptop is told, and still pulls") {
  Situation s;
  ExampleLaptop copy = s.laptop.clone();
  s.write_findings(1);
  copy.enter(example_record(records::kind_of(records::kinds::finding), s.clock, s.random));
  RememberingStore store(copy);
  engine::Session session(store, nullptr, s.county.public_key());
  session.begin();
  Step step = session.answered(wire::StatusAnswer{s.chain_through(1), 9});
  CHECK(s.asked<wire::PullRequest>(step).after == 0);
  step = session.answered(wire::PullAnswer{{}, {}, 9, false});
  CHECK(step.is_done());
  REQUIRE(session.report().problem.has_value());
  CHECK(session.report().problem->code() == ErrorCode::refused);
}

TEST_CASE("a county that contradicts itself stops the session") {
  Situation s;
  s.write_findings(2);
  const auto fails_after = [&](const wire::AnswerBody& answer) {
    engine::Session session(s.store, nullptr, s.county.public_key());
    session.begin();
    session.answered(wire::StatusAnswer{{}, 5});
    return session.answered(answer).failure.has_value();
  };
  CHECK(fails_after(wire::PushAnswer{{}, {}, 0, {}}));  // nothing stored, nothing refused
  CHECK(fails_after(wire::StatusAnswer{{}, 5}));        // another answer than was asked for
  wire::ChainState forged = s.chain_through(2);
  forged.receipt[50] ^= 1;
  CHECK(fails_after(wire::PushAnswer{forged, {}, 0, {}}));  // a receipt that is not the county's
  forged = s.chain_through(2);
  forged.stored_through = 99;
  CHECK(fails_after(wire::PushAnswer{forged, {}, 0, {}}));  // more than its receipt says
  CHECK_FALSE(fails_after(wire::PushAnswer{s.chain_through(2), {}, 0, {}}));

  const auto pull_fails = [&](const wire::PullAnswer& answer) {
    RememberingStore store(s.laptop);
    engine::Session session(store, nullptr, s.county.public_key());
    session.begin();
    session.answered(wire::StatusAnswer{s.chain_through(2), 5});
    return session.answered(answer).failure.has_value();
  };
  CHECK(pull_fails(wire::PullAnswer{{}, {{3, {}}, {3, {}}}, 5, false}));  // the same place twice
  CHECK(pull_fails(wire::PullAnswer{{}, {{3, {}}}, 2, false}));           // a cursor before its frames
  CHECK(pull_fails(wire::PullAnswer{{}, {}, 0, true}));                   // more, for ever
}
