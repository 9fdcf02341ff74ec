// Several laptops change the same records, on every kind of store.
#include <doctest/doctest.h>

#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr records::KindNumber visit = records::kinds::visit;
constexpr records::FieldNumber summary = 9;

struct TwoLaptops {
  explicit TwoLaptops(TestCounty& county)
      : first(county.enrol("一号")), second(county.enrol("二号")), record(make_uuid(county.clock(), county.random())) {
    write(first, "起初");
    second.see(first.written());
  }
  history::Operation write(ExampleLaptop& laptop, const std::string& text) const {
    return laptop.edit(record, visit, summary, {{summary, text}});
  }
  ExampleLaptop first;
  ExampleLaptop second;
  Uuid record;
};

bool row_has(TestCounty& county, const Uuid& record, const std::string& text) {
  return county.row(record).find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("an edit that comes before what it is based on waits for it") {
  on_every_database([](TestCounty& county) {
    TwoLaptops two(county);
    two.write(two.second, "改过");
    two.write(two.second, "又改过");
    const wire::PushAnswer early = county.push_all(two.second);
    CHECK(early.chain.stored_through == 2);
    CHECK(early.chain.applied_through == 0);
    CHECK(county.number("SELECT count(*) FROM visit") == 0);
    CHECK(county.kept().parked == 2);

    county.push_all(two.first);
    CHECK(row_has(county, two.record, "又改过"));
    CHECK(county.number("SELECT count(*) FROM sync_parked") == 0);
    CHECK(must(county.store().chains({&two.second.writer(), 1})).front().applied_through == 2);
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields IS NOT NULL") == 0);
  });
}

TEST_CASE("two people who changed the same field both keep their value until it is settled") {
  on_every_database([](TestCounty& county) {
    TwoLaptops two(county);
    two.write(two.first, "甲的说法");
    county.clock().advance_ms(1000);
    two.write(two.second, "乙的说法");
    county.push_all(two.first);
    county.push_all(two.second);
    CHECK(row_has(county, two.record, "乙的说法"));  // the latest is shown, nothing is decided
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields = 'summary'") == 1);
    CHECK(county.number("SELECT count(*) FROM sync_head WHERE kind < 64") == 2);

    two.first.see(two.second.written());
    two.write(two.first, "商定的说法");
    county.push_all(two.first);
    CHECK(row_has(county, two.record, "商定的说法"));
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields IS NULL") == 1);
    CHECK(county.number("SELECT count(*) FROM sync_head WHERE kind < 64") == 1);
  });
}

TEST_CASE("two people who entered the same value do not disagree") {
  on_every_database([](TestCounty& county) {
    TwoLaptops two(county);
    two.write(two.first, "一样");
    two.write(two.second, "一样");
    county.push_all(two.first);
    county.push_all(two.second);
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields IS NULL") == 1);
    CHECK(county.number("SELECT count(*) FROM sync_head WHERE kind < 64") == 2);
  });
}

TEST_CASE("voided by one, edited by another: both stand, the row is marked") {
  on_every_database([](TestCounty& county) {
    TwoLaptops two(county);
    two.first.set_voided(two.record, visit, true, "重复录入");
    two.write(two.second, "不同的内容");
    county.push_all(two.first);
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields IS NULL AND void_reason = '重复录入'") == 1);
    county.push_all(two.second);
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields = 'is_voided'") == 1);
    CHECK(row_has(county, two.record, "不同的内容"));
    CHECK(row_has(county, two.record, "重复录入"));

    two.first.see(two.second.written());
    two.first.set_voided(two.record, visit, true, "确认作废");
    county.push_all(two.first);
    CHECK(county.number("SELECT count(*) FROM visit WHERE disputed_fields IS NULL AND void_reason = '确认作废'") == 1);

    two.first.set_voided(two.record, visit, false, "误作废");
    county.push_all(two.first);
    CHECK(row_has(county, two.record, "|0|误作废|"));
  });
}

TEST_CASE("one id under two kinds is two records") {
  on_every_database([](TestCounty& county) {
    TwoLaptops two(county);
    county.push_all(two.first);
    two.second.edit(two.record, records::kinds::finding, 2, {{2, std::string("另一种记录")}});
    county.push_all(two.second);
    CHECK(county.decisions() == 0);
    CHECK(county.shown(records::kinds::finding) == 1);
    CHECK(county.shown(visit) == 1);
  });
}

TEST_CASE("a frame with an operation that names its own future as a base cannot be read, and nothing waits for it") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const Uuid record = make_uuid(county.clock(), county.random());
    history::Operation operation = laptop.edit(record, visit, summary, {{summary, std::string("自指")}});
    operation.bases = {{laptop.writer(), 5}};
    laptop.replace_last_operation(operation);
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(county.newest_decision().code == records::decision_code::undecodable);
    CHECK(answer.chain.applied_through == 1);
    CHECK(county.kept().parked == 0);
  });
}
