// Who may write what: the lesser of the device's role and the person's, and a person counts only by signature.
#include <doctest/doctest.h>

#include <algorithm>

#include "db/frames/payload.h"
#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "sync/ledger/administration.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using records::Role;

namespace {

// The last operation, as that person wrote and signed it; who has no key signs nothing.
void sign(ExampleLaptop& laptop, const Uuid& person, const SigningKey* key) {
  history::Operation operation = laptop.written().back();
  operation.person = person;
  if (key != nullptr) operation.person_signature = key->sign(frames::person_signed_bytes(operation));
  laptop.replace_last_operation(operation);
}

void write_review(TestCounty& county, ExampleLaptop& laptop) {
  const auto& kind = records::kind_of(records::kinds::review);
  const records::FieldDescription& field = kind.fields.front();
  laptop.edit(make_uuid(county.clock(), county.random()), kind.number, field.group,
              {{field.number, example_value(field, county.random())}});
}

void write_finding(TestCounty& county, ExampleLaptop& laptop) {
  laptop.edit(make_uuid(county.clock(), county.random()), records::kinds::finding, 2, {{2, std::string("示例")}});
}

// What the county decided about what was just pushed; 0 for nothing.
std::int64_t verdict_of(TestCounty& county, ExampleLaptop& laptop) {
  county.clock().advance_ms(1000);
  const std::size_t before = county.decisions();
  county.push_all(laptop);
  return county.decisions() == before ? 0 : county.newest_decision().code;
}

}  // namespace

TEST_CASE("a review needs a reviewer on a reviewer's device, by signature") {
  on_every_store([](TestCounty& county) {
    const ExamplePerson officer = county.enrol_person("示例甲", Role::officer);
    const ExamplePerson reviewer = county.enrol_person("示例乙", Role::reviewer);
    ExampleLaptop field = county.enrol("一号", Role::officer);
    ExampleLaptop office = county.enrol("二号", Role::reviewer);
    struct Trial {
      ExampleLaptop& laptop;
      const ExamplePerson& person;
      bool is_signed;
      std::int64_t verdict;
    };
    for (const Trial& trial :
         {Trial{office, reviewer, true, 0}, Trial{office, reviewer, false, 4}, Trial{office, officer, true, 4},
          Trial{field, reviewer, true, 4}, Trial{field, officer, false, 4}}) {
      write_review(county, trial.laptop);
      sign(trial.laptop, trial.person.id, trial.is_signed ? &trial.person.key : nullptr);
      CHECK(verdict_of(county, trial.laptop) == trial.verdict);
    }
    CHECK(county.shown(records::kinds::review) == 1);
  });
}

TEST_CASE("a signature that does not verify hides what it signs, whatever it is") {
  on_every_store([](TestCounty& county) {
    const ExamplePerson person = county.enrol_person("示例甲", Role::officer);
    ExampleLaptop laptop = county.enrol("一号");
    write_finding(county, laptop);
    sign(laptop, person.id, &person.key);
    CHECK(verdict_of(county, laptop) == 0);
    // Another's key.
    const SigningKey other = SigningKey::generate(county.random());
    write_finding(county, laptop);
    sign(laptop, person.id, &other);
    CHECK(verdict_of(county, laptop) == records::decision_code::bad_person_signature);
    // A signature that was moved to another operation.
    write_finding(county, laptop);
    history::Operation moved = laptop.written().back();
    moved.person = person.id;
    moved.person_signature = laptop.written().front().person_signature;
    laptop.replace_last_operation(moved);
    CHECK(verdict_of(county, laptop) == records::decision_code::bad_person_signature);
    // Nobody signed: a claim.
    write_finding(county, laptop);
    CHECK(verdict_of(county, laptop) == 0);
    CHECK(county.shown(records::kinds::finding) == 2);
  });
}

TEST_CASE("a revoked key and a person who has left sign no more; what they signed stays") {
  on_every_store([](TestCounty& county) {
    const ExamplePerson left = county.enrol_person("示例甲", Role::reviewer);
    const ExamplePerson robbed = county.enrol_person("示例乙", Role::reviewer);
    ExampleLaptop office = county.enrol("一号", Role::reviewer);
    const auto review_by = [&](const ExamplePerson& person) {
      write_review(county, office);
      sign(office, person.id, &person.key);
      return verdict_of(county, office);
    };
    CHECK(review_by(left) == 0);
    CHECK(review_by(robbed) == 0);
    must(ledger::end_person(county.county(), left.id, "示例：调离"));
    const auto& keys = county.county().registry().person_keys();
    const auto key = std::ranges::find(keys, robbed.id, &rights::PersonKey::person);
    REQUIRE(key != keys.end());
    must(ledger::revoke_person_key(county.county(), key->record, "示例：遗失"));
    CHECK(review_by(left) == records::decision_code::no_right);
    CHECK(review_by(robbed) == records::decision_code::bad_person_signature);
    CHECK(county.shown(records::kinds::review) == 2);
  });
}

TEST_CASE("what was released once is not decided about again") {
  on_every_store([](TestCounty& county) {
    ExampleLaptop field = county.enrol("一号", Role::officer);
    write_review(county, field);
    CHECK(verdict_of(county, field) == records::decision_code::no_right);
    CHECK(county.shown(records::kinds::review) == 0);
    must(ledger::release(county.county(), county.newest_decision().record, "示例：补办授权"));
    CHECK(county.shown(records::kinds::review) == 1);
    const std::size_t decisions = county.decisions();
    county.push_all(field);
    CHECK(county.decisions() == decisions);
  });
}
