// What the county hides and shows again, on every kind of store.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "db/base/limits.h"
#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "sync/ledger/county_writer.h"
#include "sync/ledger/decisions.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr records::KindNumber visit = records::kinds::visit;
constexpr records::FieldNumber summary = 9;

// A visit whose summary two laptops wrote one after the other.
struct TwoEdits {
  explicit TwoEdits(TestCounty& in)
      : county(in), first(in.enrol("一号")), second(in.enrol("二号")), record(make_uuid(in.clock(), in.random())) {
    write(first, "起初");
    second.see(first.written());
    write(second, "改过");
    county.push_all(first);
    county.push_all(second);
  }
  void write(ExampleLaptop& laptop, const std::string& text) const {
    laptop.edit(record, visit, summary, {{summary, text}});
  }
  // The texts that stand, ascending by operation.
  std::vector<std::string> standing() const {
    std::map<history::OperationId, std::string> found;
    for (const auto& head : must(county.store().heads_of({{record, visit}}))) {
      found[head.id] = std::get<std::string>(head.values.front().value);
    }
    std::vector<std::string> texts;
    for (const auto& [id, text] : found) texts.push_back(text);
    return texts;
  }
  void hide(const ExampleLaptop& laptop, std::uint64_t first_sequence, std::uint64_t last_sequence) const {
    must(ledger::quarantine(county.county(), laptop.writer(), {first_sequence, last_sequence}, "示例"));
  }
  void show_again() const { must(ledger::release(county.county(), county.newest_decision().record, "示例：查明无误")); }
  using Texts = std::vector<std::string>;

  TestCounty& county;
  ExampleLaptop first;
  ExampleLaptop second;
  Uuid record;
};

using Texts = TwoEdits::Texts;

}  // namespace

TEST_CASE("what is hidden supersedes nothing, and is back when it is released") {
  on_every_store([](TestCounty& county) {
    TwoEdits edits(county);
    CHECK(edits.standing() == Texts{"改过"});
    edits.hide(edits.second, 1, 1);
    CHECK(edits.standing() == Texts{"起初"});
    CHECK(county.row(edits.record).find("起初") != std::string::npos);
    edits.show_again();
    CHECK(edits.standing() == Texts{"改过"});
    CHECK(county.decisions() == 1);  // the same record, edited
    CHECK_FALSE(county.newest_decision().is_hidden);
  });
}

TEST_CASE("a record of which everything is hidden is in no table") {
  on_every_store([](TestCounty& county) {
    TwoEdits edits(county);
    edits.hide(edits.first, 1, 1);
    CHECK(edits.standing() == Texts{"改过"});
    edits.hide(edits.second, 1, 1);
    CHECK(edits.standing().empty());
    CHECK(county.shown(visit) == 0);
    edits.show_again();
    CHECK(county.shown(visit) == 1);
  });
}

TEST_CASE("nobody waits for what is hidden") {
  on_every_store([](TestCounty& county) {
    TwoEdits edits(county);
    ExampleLaptop third = county.enrol("三号");
    third.see(edits.second.written());
    edits.hide(edits.second, 1, 1);
    edits.write(third, "又改过");
    county.push_all(third);
    CHECK(county.kept().parked == 0);
    // What it is based on is hidden and supersedes nothing: two values stand.
    CHECK(edits.standing().size() == 2);
    edits.show_again();
    CHECK(edits.standing() == Texts{"又改过"});
  });
}

TEST_CASE("a decision about operations that wait frees them, and those that wait for them") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    ExampleLaptop third = county.enrol("三号");
    const Uuid record = make_uuid(county.clock(), county.random());
    first.edit(record, visit, summary, {{summary, std::string("起初")}});
    second.see(first.written());
    second.edit(record, visit, summary, {{summary, std::string("改过")}});
    third.see(second.written());
    third.edit(record, visit, summary, {{summary, std::string("又改过")}});
    county.push_all(second);
    county.push_all(third);
    CHECK(county.kept().parked == 2);
    must(ledger::quarantine(county.county(), second.writer(), {1, 1}, "示例"));
    CHECK(county.kept().parked == 0);
    CHECK(county.shown(visit) == 1);
    CHECK(must(county.store().chains({&third.writer(), 1})).front().applied_through == 1);
    // Shown again, it waits for its base as before, and so does what is based on it.
    must(ledger::release(county.county(), county.newest_decision().record, "示例"));
    CHECK(county.kept().parked == 2);
    CHECK(county.shown(visit) == 0);
    CHECK(must(county.store().chains({&third.writer(), 1})).front().applied_through == 0);
    county.push_all(first);
    CHECK(county.kept().parked == 0);
    CHECK(county.shown(visit) == 1);
  });
}

TEST_CASE("of a revoked device nothing is shown from the revoked operation on, whenever it comes") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const auto finding = [&] {
      laptop.enter(example_record(records::kind_of(records::kinds::finding), county.clock(), county.random()));
    };
    finding();
    const std::uint64_t good = laptop.written().size();
    finding();
    county.push_all(laptop);
    CHECK(county.shown(records::kinds::finding) == 2);
    must(ledger::revoke_device(county.county(), laptop.writer(), good + 1, "示例：遗失"));
    CHECK(county.shown(records::kinds::finding) == 1);
    finding();
    const auto answer = county.push_all(laptop);
    CHECK(answer.refusal == wire::PushRefusal::none);
    CHECK(answer.chain.stored_through == laptop.written().size());
    CHECK(answer.chain.applied_through == laptop.written().size());
    CHECK(county.shown(records::kinds::finding) == 1);
    CHECK(county.decisions() == 0);  // hidden by rule
    CHECK(county.county().registry().find_device(laptop.writer())->revoked_from == good + 1);
  });
}

TEST_CASE("what only the county may write is hidden when a laptop writes it") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const records::Record forged =
        example_record(records::kind_of(records::kinds::device), county.clock(), county.random());
    laptop.enter(forged);
    const std::size_t devices = county.county().registry().devices().size();
    county.push_all(laptop);
    must(county.county().refresh());
    CHECK(county.county().registry().devices().size() == devices);
    CHECK(county.shown(records::kinds::device) == devices);
    CHECK(county.decisions() == 0);
    CHECK(must(county.store().chains({&laptop.writer(), 1})).front().applied_through == laptop.written().size());
  });
}

// A laptop and the county were restored from backups; the laptop wrote on, and others know what it had written before.
TEST_CASE("a chain with a longer one aside is ended: nobody waits for what will not come, and it is ended once") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop before = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    ExampleLaptop restored = before.clone();
    const Uuid record = make_uuid(county.clock(), county.random());
    for (const char* text : {"甲", "乙", "丙"}) before.edit(record, visit, summary, {{summary, text}});
    before.seal();
    second.see(before.written());
    second.edit(record, visit, summary, {{summary, "据丙而改"}});
    restored.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "恢复之后"}});
    county.push_all(restored);
    county.push_all(second);
    CHECK(county.kept().parked == 1);
    CHECK(county.push(before.writer(), before.frames()).refusal == wire::PushRefusal::fork);
    CHECK(county.kept().parked == 1);

    must(ledger::close_forked_chain(county.county(), before.writer()));
    CHECK(county.kept().parked == 0);
    CHECK(county.row(record).find("据丙而改") != std::string::npos);
    CHECK(county.newest_decision().code == records::decision_code::fork);
    CHECK(county.shown(visit) == 2);

    // It takes no more of it, and keeps what comes.
    const std::uint64_t forks = county.kept().forks;
    restored.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "还在旧链上"}});
    CHECK(county.push_all(restored).refusal == wire::PushRefusal::fork);
    CHECK(county.kept().forks == forks + 1);
    must(ledger::close_forked_chain(county.county(), before.writer()));
    CHECK(county.decisions() == 1);

    // An administrator may open it again.
    must(ledger::release(county.county(), county.newest_decision().record, "示例：查明"));
    CHECK(county.push_all(restored).refusal == wire::PushRefusal::none);
    CHECK(county.shown(visit) == 3);
    must(ledger::close_forked_chain(county.county(), before.writer()));
    CHECK_FALSE(county.newest_decision().is_hidden);
  });
}

// It was ended, and then the county was restored from before that: its decision comes back with its own frames, but
// what the chain had reached does not, because only the forked laptop's disk held it.
TEST_CASE("a chain that was ended further on is ended again where a restored county has it") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop before = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    ExampleLaptop restored = before.clone();
    const Uuid record = make_uuid(county.clock(), county.random());
    for (const char* text : {"甲", "乙", "丙"}) before.edit(record, visit, summary, {{summary, text}});
    before.seal();
    second.see(before.written());
    second.edit(record, visit, summary, {{summary, "据丙而改"}});
    constexpr history::SequenceRange further{3, limits::sequence_max};
    const rights::Objection ended{records::decision_code::fork, "示例"};
    auto transaction = must(ledger::CountyTransaction::begin(county.county(), ports::Work::apply));
    must(ledger::write_as_county(county.county(), transaction,
                                 ledger::hiding_edits(county.county(), before.writer(), further, ended)));
    must(transaction.commit());
    restored.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "恢复之后"}});
    county.push_all(restored);
    second.edit(record, visit, summary, {{summary, "再改"}});
    county.push_all(second);
    CHECK(county.push(before.writer(), before.frames()).refusal == wire::PushRefusal::fork);

    must(ledger::close_forked_chain(county.county(), before.writer()));
    CHECK(county.kept().parked == 0);
    CHECK(county.row(record).find("再改") != std::string::npos);
    CHECK(county.decisions() == 2);
    restored.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "还在旧链上"}});
    CHECK(county.push_all(restored).refusal == wire::PushRefusal::fork);
    must(ledger::close_forked_chain(county.county(), before.writer()));
    CHECK(county.decisions() == 2);
  });
}

// After a restore the county's own frames come back first, a decision and its release apart, and then, later than what
// is based on it, what they are about.
TEST_CASE("what was hidden and released before it came: it supersedes and keeps waiting as if nobody had decided") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop first = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    ExampleLaptop third = county.enrol("三号");
    const Uuid record = make_uuid(county.clock(), county.random());
    const auto write = [&](ExampleLaptop& laptop, const char* text) {
      laptop.edit(record, visit, summary, {{summary, std::string(text)}});
    };
    write(first, "一号写");
    bool is_on_both = false;
    SUBCASE("it alone was waited for") {}
    SUBCASE("another was waited for too") {
      is_on_both = true;
    }
    if (is_on_both) write(second, "二号写");
    third.see(first.written());
    third.see(second.written());
    write(third, "据此而改");
    county.push_all(third);
    if (!is_on_both) {
      // What stands then is superseded in turn.
      write(third, "再改");
      county.push_all(third);
    }
    const rights::Objection objection{records::decision_code::meaningless, "示例"};
    auto transaction = must(ledger::CountyTransaction::begin(county.county(), ports::Work::apply));
    must(ledger::write_as_county(county.county(), transaction,
                                 ledger::hiding_edits(county.county(), first.writer(), {1, 1}, objection)));
    must(transaction.commit());
    must(ledger::release(county.county(), county.newest_decision().record, "示例：查明"));
    if (is_on_both) county.push_all(second);
    county.push_all(first);
    CHECK(county.kept().parked == 0);
    const auto heads = must(county.store().heads_of({{record, visit}}));
    REQUIRE(heads.size() == 1);
    CHECK(heads.front().id == third.written().back().id);
    CHECK(must(county.store().chains({&third.writer(), 1})).front().applied_through == third.written().size());
  });
}

// The county's own frames come back first, then what they decide about.
TEST_CASE("after a restore nothing unreadable is released before it has come back") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    constexpr history::SequenceRange hidden{1, 2};
    const rights::Objection unreadable{records::decision_code::undecodable, "示例"};
    auto transaction = must(ledger::CountyTransaction::begin(county.county(), ports::Work::apply));
    must(ledger::write_as_county(county.county(), transaction,
                                 ledger::hiding_edits(county.county(), laptop.writer(), hidden, unreadable)));
    must(transaction.commit());
    const Uuid decision = county.newest_decision().record;
    const auto release = [&] { return ledger::release(county.county(), decision, "示例"); };
    REQUIRE_FALSE(release().ok());
    CHECK(release().error().code() == ErrorCode::refused);
    laptop.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "甲"}});
    county.push_all(laptop);
    CHECK_FALSE(release().ok());
    laptop.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "乙"}});
    county.push_all(laptop);
    CHECK(county.shown(visit) == 0);
    must(release());
    CHECK(county.shown(visit) == 2);
  });
}

TEST_CASE("an administrator ends a chain of which another is aside, and again after a release") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    ExampleLaptop clone = laptop.clone();
    const auto write = [&](ExampleLaptop& by) {
      by.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, std::string("甲")}});
      return county.push_all(by).refusal;
    };
    const auto end = [&] { return ledger::end_chain(county.county(), laptop.writer(), "示例：被复制"); };
    CHECK(write(laptop) == wire::PushRefusal::none);
    REQUIRE_FALSE(end().ok());
    CHECK(end().error().code() == ErrorCode::bad_input);
    CHECK(write(clone) == wire::PushRefusal::fork);
    must(end());
    must(end());
    CHECK(county.decisions() == 1);
    CHECK(write(laptop) == wire::PushRefusal::fork);
    must(ledger::release(county.county(), county.newest_decision().record, "示例：查明"));
    CHECK(county.push_all(laptop).refusal == wire::PushRefusal::none);
    must(end());
    CHECK(county.decisions() == 2);
    CHECK(write(laptop) == wire::PushRefusal::fork);
    CHECK(county.shown(visit) == 2);
  });
}

// The laptop, the one that had read it and the county were all restored from backups: what the second laptop wrote came
// back, what that is based on is on no disk any more.
TEST_CASE("what no disk holds is waited for, and told, until an administrator ends the chain that held it") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop gone = county.enrol("一号");
    ExampleLaptop second = county.enrol("二号");
    ExampleLaptop third = county.enrol("三号");
    const Uuid record = make_uuid(county.clock(), county.random());
    gone.edit(record, visit, summary, {{summary, std::string("甲")}});
    county.push_all(gone);
    CHECK(must(county.store().awaited_chains()).empty());
    for (const char* text : {"乙", "丙"}) gone.edit(record, visit, summary, {{summary, std::string(text)}});
    second.see(gone.written());
    second.edit(record, visit, summary, {{summary, std::string("据丙而改")}});
    second.edit(record, visit, summary, {{summary, std::string("再改")}});
    const std::int64_t came_ms = county.clock().now_ms();
    county.push_all(second);
    county.clock().advance_ms(3'600'000);
    third.see(second.written());
    third.edit(record, visit, summary, {{summary, std::string("三号改")}});
    county.push_all(third);
    CHECK(county.kept().parked == 3);

    // Only what the county does not have is told: the third waits for the second, which is here.
    const auto awaited = must(county.store().awaited_chains());
    REQUIRE(awaited.size() == 1);
    CHECK(awaited.front().writer == gone.writer());
    CHECK(awaited.front().first_sequence == 3);
    CHECK(awaited.front().waiting == 1);
    CHECK(awaited.front().since_ms == came_ms);

    const auto end = [&](const ExampleLaptop& laptop) {
      return ledger::end_chain(county.county(), laptop.writer(), "示例：各笔记本都没有");
    };
    REQUIRE_FALSE(end(second).ok());
    CHECK(end(second).error().code() == ErrorCode::bad_input);
    must(end(gone));
    must(end(gone));
    CHECK(county.decisions() == 1);
    CHECK(county.kept().parked == 0);
    CHECK(must(county.store().awaited_chains()).empty());
    // Nobody's words are lost: what the chain had, and what was written on what is gone, stand beside each other.
    std::set<history::OperationId> heads;
    for (const auto& head : must(county.store().heads_of({{record, visit}}))) heads.insert(head.id);
    CHECK(heads == std::set{gone.written().front().id, third.written().back().id});
    CHECK(must(county.store().chains({&third.writer(), 1})).front().applied_through == third.written().size());

    // Should a disk turn up after all, what it brings is kept aside.
    CHECK(county.push_all(gone).refusal == wire::PushRefusal::fork);
    CHECK(county.kept().forks > 0);
  });
}

TEST_CASE("a chain is not ended for a fork within what the county has") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    ExampleLaptop clone = laptop.clone();
    for (int i = 0; i < 3; ++i)
      laptop.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "甲"}});
    clone.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, "乙"}});
    county.push_all(laptop);
    CHECK(county.push_all(clone).refusal == wire::PushRefusal::fork);
    must(ledger::close_forked_chain(county.county(), laptop.writer()));
    CHECK(county.decisions() == 0);
  });
}

TEST_CASE("administrators cannot hide what is not there, nor release what cannot be read") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const auto hide = [&](std::uint64_t first, std::uint64_t last) {
      const Status done = ledger::quarantine(county.county(), laptop.writer(), {first, last}, "示例");
      return done.ok() ? ErrorCode::busy : done.error().code();
    };
    CHECK(hide(1, 1) == ErrorCode::bad_input);
    laptop.edit(make_uuid(county.clock(), county.random()), visit, summary, {{summary, std::string("看不懂")}});
    laptop.replace_last_frame(with_payload(laptop.seal(), Bytes(100, 0xee), laptop.key()));
    county.push_all(laptop);
    CHECK(hide(1, 2) == ErrorCode::bad_input);
    CHECK(hide(0, 1) == ErrorCode::bad_input);
    REQUIRE(county.decisions() == 1);
    const Status released = ledger::release(county.county(), county.newest_decision().record, "示例");
    REQUIRE_FALSE(released.ok());
    CHECK(released.error().code() == ErrorCode::refused);
    CHECK(county.newest_decision().is_hidden);
    CHECK_FALSE(ledger::release(county.county(), Uuid{{1}}, "示例").ok());
    CHECK_FALSE(ledger::revoke_device(county.county(), {Uuid{{1}}, 1}, 1, "示例").ok());
  });
}

TEST_CASE("one bad operation at any place is hidden alone") {
  on_every_store([](TestCounty& county) {
    constexpr std::size_t count = 6;
    for (std::size_t bad = 0; bad < count; ++bad) {
      ExampleLaptop laptop = county.enrol("一号");
      const Uuid record = make_uuid(county.clock(), county.random());
      for (std::size_t i = 0; i < count; ++i) {
        const records::Value value =
            i == bad ? records::Value(std::int64_t{5}) : records::Value("第 " + std::to_string(i));
        laptop.edit(record, visit, summary, {{summary, value}});
      }
      county.push_all(laptop);
      county.clock().advance_ms(1);
      const rights::Decision decision = county.newest_decision();
      CHECK(decision.code == records::decision_code::meaningless);
      CHECK(decision.range == history::SequenceRange{bad + 1, bad + 1});
      const auto heads = must(county.store().heads_of({{record, visit}}));
      const std::size_t last_good = bad == count - 1 ? count - 2 : count - 1;
      // The edit after the bad one superseded only that: what stood before it stands still.
      const bool is_split = bad > 0 && bad < count - 1;
      REQUIRE(heads.size() == (is_split ? 2 : 1));
      CHECK(std::ranges::any_of(heads, [&](const auto& head) { return head.id.sequence == last_good + 1; }));
    }
  });
}
