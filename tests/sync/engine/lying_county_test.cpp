// A county that has the key and lies: in every field of every answer. The laptop stops with a named error or keeps the
// contradiction as evidence, and never believes.
#include <doctest/doctest.h>

#include <algorithm>

#include "sync/engine/witness.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/receipt.h"
#include "tests/sync/scripted/example_world.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

struct Lied {
  Talk talk;
  std::unique_ptr<WorldLaptop> laptop;
};

// Two laptops with something to say to each other; `other` has said it, `laptop` is about to ask.
struct LyingWorld {
  LyingWorld() {
    for (int i = 0; i < 3; ++i) other->write("示例：二号 " + std::to_string(i));
    laptop->write("示例：一号 0");
    world.talk(*laptop);
    laptop->write("示例：一号 1");
    laptop->write("示例：一号 2");
    world.talk(*other);
    before = world.county.books;
  }
  // A copy of the laptop, an untouched county, and `lie` in every answer of this type (from the `from`-th on).
  template <class Answer>
  Lied tell(std::function<void(Answer&)> lie, std::size_t from = 0) {
    world.county.books = before;
    Lied lied;
    lied.laptop = world.copy_of(*laptop);
    std::size_t count = 0;
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
      if (auto* body = std::get_if<Answer>(&outcome.body); body != nullptr && count++ >= from) lie(*body);
    };
    lied.talk = world.talk(*lied.laptop, options);
    return lied;
  }
  // Nothing was believed: a named error, no new place, no new operation, no checkpoint, no receipt.
  bool is_broken_promise(const Lied& lied) {
    if (!lied.talk.failure.has_value() || !is_untouched(lied)) return false;
    const ErrorCode code = lied.talk.failure->code();
    return code == ErrorCode::refused || code == ErrorCode::bad_input;
  }
  bool is_untouched(const Lied& lied) {
    const LaptopState& was = laptop->store.state();
    const LaptopState& is = lied.laptop->store.state();
    return is.mark == was.mark && is.operations.size() == was.operations.size() && is.checkpoint == was.checkpoint;
  }
  wire::Receipt receipt_of(const wire::ChainState& chain) {
    return *wire::open_receipt(chain.receipt, world.county.known());
  }
  Bytes signed_by_county(const wire::Checkpoint& checkpoint) {
    return wire::seal_checkpoint(checkpoint, world.county.key());
  }

  ExampleWorld world;
  std::unique_ptr<WorldLaptop> laptop = world.enrolled("一号");
  std::unique_ptr<WorldLaptop> other = world.enrolled("二号");
  CountyBooks before;
  SigningKey stranger = SigningKey::generate(world.random);
};

}  // namespace

TEST_CASE("the truth is believed, so that the lies below prove something") {
  LyingWorld w;
  const Lied none = w.tell<wire::EnrolAnswer>([](wire::EnrolAnswer&) {});
  CHECK_FALSE(none.talk.failure.has_value());
  CHECK(none.talk.report.pushed == 2);
  CHECK(none.talk.report.pulled == 3);
  CHECK_FALSE(w.is_untouched(none));
}

TEST_CASE("lies in the status") {
  LyingWorld w;
  using wire::StatusAnswer;
  const auto lie = [&](std::function<void(StatusAnswer&)> how) { return w.tell<StatusAnswer>(std::move(how)); };
  CHECK(w.is_broken_promise(lie([](StatusAnswer& a) { a.chain.stored_through += 1; })));
  // Nothing is lost by a county that denies what it has: it gets it again.
  CHECK(lie([](StatusAnswer& a) { a.chain = {}; }).talk.report.pushed == 3);
  CHECK(w.is_broken_promise(lie([](StatusAnswer& a) { a.chain.applied_through = a.chain.stored_through + 1; })));
  CHECK(w.is_broken_promise(lie([](StatusAnswer& a) { a.chain.last_frame.bytes[3] ^= 1; })));
  CHECK(w.is_broken_promise(lie([](StatusAnswer& a) { a.checkpoint[90] ^= 1; })));
  CHECK(w.is_broken_promise(
      lie([&](StatusAnswer& a) { a.checkpoint = wire::seal_checkpoint(w.world.county.checkpoint(), w.stranger); })));
  CHECK(w.is_broken_promise(lie([&](StatusAnswer& a) {
    wire::Checkpoint other_size = w.world.county.checkpoint();
    ++other_size.size;
    a.checkpoint = w.signed_by_county(other_size);
  })));
  CHECK(w.is_broken_promise(lie([&](StatusAnswer& a) {
    wire::Checkpoint other_county = w.world.county.checkpoint();
    other_county.county = Uuid{{9}};
    a.checkpoint = w.signed_by_county(other_county);
  })));
  CHECK(w.is_broken_promise(lie([&](StatusAnswer& a) {
    wire::Checkpoint other_incarnation = w.world.county.checkpoint();
    ++other_incarnation.incarnation;
    a.checkpoint = w.signed_by_county(other_incarnation);
  })));
}

TEST_CASE("a county that went back and does not admit it") {
  LyingWorld w;
  const auto denies = [&](std::function<void(wire::StatusAnswer&)> how) {
    w.world.county.books = w.before;
    Lied lied;
    lied.laptop = w.world.copy_of(*w.laptop);
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
      if (auto* status = std::get_if<wire::StatusAnswer>(&outcome.body)) how(*status);
    };
    lied.talk = w.world.talk(*lied.laptop, options);
    return lied;
  };
  // An older incarnation, a shorter sequence: shown its own signature it changes nothing.
  const Lied older = denies([](wire::StatusAnswer& a) { a.incarnation = 0; });
  CHECK(w.is_broken_promise(older));
  CHECK(older.talk.asked == std::vector<std::string>{"status", "claim"});
  CHECK(w.is_broken_promise(denies([](wire::StatusAnswer& a) { a.latest_sequence = 1; })));
  // It says yes and goes on as before: bounded, and nothing is lost.
  TalkOptions options;
  const auto copy = w.world.copy_of(*w.laptop);
  options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
    if (auto* status = std::get_if<wire::StatusAnswer>(&outcome.body)) status->latest_sequence = 1;
    if (auto* claim = std::get_if<wire::ClaimAnswer>(&outcome.body)) claim->incarnation = 7;
  };
  const Talk talk = w.world.talk(*copy, options);
  REQUIRE(talk.failure.has_value());
  CHECK(talk.asked.size() < 40);
  CHECK(copy->store.state().operations.size() == w.laptop->store.state().operations.size());
}

TEST_CASE("lies about what was pushed") {
  LyingWorld w;
  using wire::PushAnswer;
  const auto lie = [&](std::function<void(PushAnswer&)> how) { return w.tell<PushAnswer>(std::move(how)); };
  const auto progress_stays = [&](const Lied& lied) {
    return w.is_broken_promise(lied) && lied.laptop->store.own_progress()->stored_through == 1;
  };
  CHECK(progress_stays(lie([](PushAnswer& a) { a.chain.stored_through = 0; })));
  CHECK(progress_stays(lie([&](PushAnswer& a) { a.chain = w.laptop->written() == 0 ? a.chain : wire::ChainState{}; })));
  CHECK(progress_stays(lie([](PushAnswer& a) { a.chain.receipt.clear(); })));
  CHECK(progress_stays(lie([](PushAnswer& a) { a.chain.receipt[60] ^= 1; })));
  CHECK(progress_stays(
      lie([&](PushAnswer& a) { a.chain.receipt = wire::seal_receipt(w.receipt_of(a.chain), w.stranger); })));
  CHECK(progress_stays(lie([&](PushAnswer& a) {
    wire::Receipt other_writer = w.receipt_of(a.chain);
    ++other_writer.writer.epoch;
    a.chain.receipt = wire::seal_receipt(other_writer, w.world.county.key());
  })));
  CHECK(progress_stays(lie([&](PushAnswer& a) {
    wire::Receipt other_frame = w.receipt_of(a.chain);
    other_frame.frame.bytes[0] ^= 1;
    a.chain.receipt = wire::seal_receipt(other_frame, w.world.county.key());
  })));
  // A whole lie that fits itself: another frame at our place, with a receipt for it. The comparison finds none.
  CHECK(progress_stays(lie([&](PushAnswer& a) {
    wire::Receipt other_frame = w.receipt_of(a.chain);
    other_frame.frame.bytes[0] ^= 1;
    a.chain.last_frame = other_frame.frame;
    a.chain.receipt = wire::seal_receipt(other_frame, w.world.county.key());
  })));
  CHECK(progress_stays(lie([&](PushAnswer& a) {
    wire::Receipt more = w.receipt_of(a.chain);
    more.stored_through += 5;
    a.chain.stored_through = more.stored_through;
    a.chain.receipt = wire::seal_receipt(more, w.world.county.key());
  })));
  // A gap for ever.
  const Lied gaps = lie([&](PushAnswer& a) {
    a.chain = w.world.county.chain(w.laptop->store.own_writer());
    a.refusal = wire::PushRefusal::gap;
  });
  CHECK(gaps.talk.asked.size() < 15);
}

TEST_CASE("a county that refuses our frames: the reason is told, the rest is done") {
  LyingWorld w;
  for (const auto refusal : {wire::PushRefusal::malformed, wire::PushRefusal::wrong_writer, wire::PushRefusal::damaged,
                             wire::PushRefusal::gap}) {
    const Lied lied = w.tell<wire::PushAnswer>([&](wire::PushAnswer& a) {
      w.world.county.books = w.before;
      a = {w.world.county.chain(w.laptop->store.own_writer()), refusal, 2};
    });
    CHECK_FALSE(lied.talk.failure.has_value());
    REQUIRE(lied.talk.report.problem.has_value());
    CHECK(lied.talk.report.problem->code() == ErrorCode::refused);
    CHECK(lied.talk.report.pulled == 3);
  }
}

TEST_CASE("lies in a page of the sequence") {
  LyingWorld w;
  using wire::PullAnswer;
  const auto lie = [&](std::function<void(PullAnswer&)> how) { return w.tell<PullAnswer>(std::move(how)); };
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.frames.pop_back(); })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.frames.erase(a.frames.begin()); })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { std::swap(a.frames[0], a.frames[1]); })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.frames.push_back(a.frames.back()); })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.frames[0].county_sequence += 1; })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.skipped.pop_back(); })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.cursor += 1; })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.cursor = 0; })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.checkpoint.clear(); })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) { a.checkpoint[70] ^= 1; })));
  CHECK(w.is_broken_promise(
      lie([&](PullAnswer& a) { a.checkpoint = wire::seal_checkpoint(w.world.county.checkpoint(), w.stranger); })));
  CHECK(w.is_broken_promise(lie([&](PullAnswer& a) {
    wire::Checkpoint shorter = w.world.county.checkpoint();
    --shorter.size;
    a.checkpoint = w.signed_by_county(shorter);
  })));
  CHECK(w.is_broken_promise(lie([](PullAnswer& a) {
    a = {};
    a.has_more = true;
  })));
  // Everything is there and it says that there is more: it must end.
  const Lied more = lie([](PullAnswer& a) { a.has_more = true; });
  CHECK(more.talk.failure.has_value());
}

TEST_CASE("another history than it signed for: kept as evidence, nothing of it applied, pushing goes on") {
  LyingWorld w;
  using wire::PullAnswer;
  const auto is_evidence = [&](const Lied& lied) {
    const LaptopState& state = lied.laptop->store.state();
    return !lied.talk.failure.has_value() && lied.talk.report.problem.has_value() &&
           lied.talk.report.problem->message() == engine::history_changed().message() && w.is_untouched(lied) &&
           state.contradictions.size() == 1 && lied.talk.report.pushed == 2;
  };
  // A wrong leaf, a frame that was changed, one of another at its place.
  CHECK(is_evidence(w.tell<PullAnswer>([](PullAnswer& a) { a.skipped[0].hash.bytes[0] ^= 1; })));
  CHECK(is_evidence(w.tell<PullAnswer>([](PullAnswer& a) { a.frames[0].bytes[100] ^= 1; })));
  CHECK(is_evidence(w.tell<PullAnswer>([](PullAnswer& a) { std::swap(a.frames[0].bytes, a.frames[1].bytes); })));
  // Another root of the same size, in the page and in the status.
  CHECK(is_evidence(w.tell<PullAnswer>([&](PullAnswer& a) {
    wire::Checkpoint other_root = w.world.county.checkpoint();
    other_root.root.bytes[0] ^= 1;
    a.checkpoint = w.signed_by_county(other_root);
  })));
  wire::Checkpoint kept_root;
  const Lied status = w.tell<wire::StatusAnswer>([&](wire::StatusAnswer& a) {
    kept_root = *wire::open_checkpoint(w.laptop->store.state().checkpoint, w.world.county.known());
    a.latest_sequence = kept_root.size;
    kept_root.root.bytes[0] ^= 1;
    a.checkpoint = w.signed_by_county(kept_root);
  });
  CHECK(is_evidence(status));
  CHECK(status.laptop->store.state().contradictions.front().first == w.signed_by_county(kept_root));
  CHECK(status.talk.count("pull") == 0);
}

TEST_CASE("a status that promised another history than the pages then show") {
  LyingWorld w;
  const Lied lied = w.tell<wire::StatusAnswer>([&](wire::StatusAnswer& a) {
    wire::Checkpoint promise = w.world.county.checkpoint();
    promise.root.bytes[5] ^= 1;
    a.checkpoint = w.signed_by_county(promise);
  });
  // The county grew by our own push meanwhile: its last checkpoint is of another size, and still it is found out.
  REQUIRE(lied.talk.report.problem.has_value());
  CHECK(lied.talk.report.problem->message() == engine::history_changed().message());
  CHECK(lied.laptop->store.state().contradictions.size() == 1);
  CHECK(w.is_untouched(lied));
}

TEST_CASE("lies about our own chain when it is compared") {
  LyingWorld w;
  const auto original = w.world.enrolled("三号");
  original->write("示例：共有");
  w.world.talk(*original);
  const auto copy = w.world.copy_of(*original);
  original->write("示例：原机");
  original->write("示例：原机二");
  copy->write("示例：副本");
  w.world.talk(*original);
  const CountyBooks before = w.world.county.books;
  const LaptopState was = copy->store.state();
  const auto fails = [&](std::function<void(wire::ChainFramesAnswer&)> lie) {
    w.world.county.books = before;
    const auto liar = w.world.copy_of(*copy);
    TalkOptions options;
    options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
      if (auto* frames = std::get_if<wire::ChainFramesAnswer>(&outcome.body)) lie(*frames);
    };
    const Talk talk = w.world.talk(*liar, options);
    return talk.failure.has_value() && talk.failure->code() == ErrorCode::refused && talk.asked.size() < 40 &&
           liar->store.own_writer() == copy->store.own_writer() &&
           liar->store.state().operations.size() == was.operations.size();
  };
  using wire::ChainFramesAnswer;
  CHECK(fails([](ChainFramesAnswer& a) { a.frames.clear(); }));
  CHECK(fails([](ChainFramesAnswer& a) { a.frames.resize(1); }));
  CHECK(fails([](ChainFramesAnswer& a) { a.frames.erase(a.frames.begin()); }));
  CHECK(fails([](ChainFramesAnswer& a) { std::swap(a.frames[0], a.frames[1]); }));
  CHECK(fails([](ChainFramesAnswer& a) { a.frames[1].bytes.pop_back(); }));
  // A frame under our name that our key never signed.
  CHECK(fails([&](ChainFramesAnswer& a) {
    const auto theirs = frames::parse_frame(a.frames[1].bytes);
    const auto operations = frames::decode_operations(*theirs);
    a.frames[1].bytes = frames::seal_frame(*operations, theirs->header.previous, {}, w.stranger).bytes;
  }));
  CHECK(fails([](ChainFramesAnswer& a) {
    a.frames.clear();
    a.has_more = true;
  }));
}

TEST_CASE("lies about chains and relayed frames") {
  ExampleWorld world;
  const auto laptop = world.enrolled("一号");
  const history::WriterId former = laptop->store.own_writer();
  laptop->write("示例：旧钥匙签过");
  laptop->lose_key();
  world.county.enrol(laptop->store.own_writer(), laptop->store.signing_key().public_key(), "一号");
  const CountyBooks before = world.county.books;
  const auto tell = [&](auto lie) {
    world.county.books = before;
    auto copy = world.copy_of(*laptop);
    TalkOptions options;
    options.change = [&](const wire::RequestBody& request, ScriptedCounty::Outcome& outcome) { lie(request, outcome); };
    world.talk(*copy, options);
    return copy->store.unsent_chains()->size();
  };
  // Still unsent, whatever it says.
  const SigningKey stranger = SigningKey::generate(world.random);
  CHECK(tell([](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
          if (auto* chains = std::get_if<wire::ChainsAnswer>(&outcome.body)) chains->ends.clear();
        }) == 1);
  CHECK(tell([](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
          if (auto* chains = std::get_if<wire::ChainsAnswer>(&outcome.body)) chains->ends = {{2, Hash{}}};
          if (auto* push = std::get_if<wire::PushAnswer>(&outcome.body)) push->chain = {};
        }) == 1);
  CHECK(tell([&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
          auto* push = std::get_if<wire::PushAnswer>(&outcome.body);
          if (push != nullptr) push->chain.receipt = wire::seal_receipt({}, stranger);
        }) == 1);
  CHECK(tell([&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
          auto* push = std::get_if<wire::PushAnswer>(&outcome.body);
          if (push == nullptr) return;
          push->chain.last_frame = Hash{};
          push->chain.receipt = wire::seal_receipt({world.county.id(), former, 1, 3, Hash{}, 0, 1}, world.county.key());
        }) == 1);
  CHECK(tell([](const wire::RequestBody&, ScriptedCounty::Outcome&) {}) == 0);
  // That it has more than we is not believed before it has seen ours.
  CHECK(tell([](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
          if (auto* chains = std::get_if<wire::ChainsAnswer>(&outcome.body)) chains->ends = {{9, Hash{}}};
        }) == 0);
  CHECK(world.county.chain(former).stored_through == 1);
}

TEST_CASE("an answer of another kind than was asked for ends the session, in every phase") {
  const std::vector<wire::AnswerBody> answers = {wire::EnrolAnswer{},
                                                 wire::StatusAnswer{},
                                                 wire::PushAnswer{},
                                                 wire::PullAnswer{},
                                                 wire::AttachmentHaveAnswer{},
                                                 wire::AttachmentPutAnswer{},
                                                 wire::AttachmentGetAnswer{},
                                                 wire::ChainsAnswer{},
                                                 wire::ChainFramesAnswer{},
                                                 wire::ClaimAnswer{},
                                                 wire::NewEpochAnswer{},
                                                 wire::KeysAnswer{},
                                                 wire::RenewCertificateAnswer{},
                                                 wire::EnrolPersonAnswer{}};
  LyingWorld w;
  w.laptop->photos.keep(Bytes(1000, 3));
  w.laptop->photos.want({sha256(Bytes{1}), 1});
  for (std::size_t at = 0; at < 8; ++at) {
    for (const wire::AnswerBody& other : answers) {
      w.world.county.books = w.before;
      const auto copy = w.world.copy_of(*w.laptop);
      std::size_t number = 0;
      bool is_other = false;
      TalkOptions options;
      options.change = [&](const wire::RequestBody&, ScriptedCounty::Outcome& outcome) {
        if (number++ != at || outcome.body.index() == other.index()) return;
        outcome.body = other;
        is_other = true;
      };
      const Talk talk = w.world.talk(*copy, options);
      if (is_other) CHECK(talk.failure.has_value());
    }
  }
}
