#include <doctest/doctest.h>

#include "db/base/limits.h"
#include "db/frames/payload.h"
#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"
#include "sync/rights/operation_check.h"
#include "sync/rights/registry.h"
#include "sync/rights/roles.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using history::Operation;
using history::WriterId;
using records::Role;
namespace decision_code = records::decision_code;

namespace {

Bytes bytes_of(const PublicKey& key) {
  return Bytes(key.bytes.begin(), key.bytes.end());
}

// The county's own chain, as far as the registry reads it: every edit is a head.
struct Chain {
  Uuid county = fixed_uuid("county");
  std::vector<Operation> heads;

  void edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group,
            std::vector<records::FieldValue> values, std::uint32_t epoch = 1) {
    Operation operation;
    operation.id = {{county, epoch}, heads.size() + 1};
    operation.time = {static_cast<std::int64_t>(heads.size()), 0};
    operation.record = record;
    operation.kind = kind;
    operation.group = group;
    operation.values = std::move(values);
    heads.push_back(std::move(operation));
  }
  void enrol(const WriterId& writer, const PublicKey& key, Role role, std::uint32_t epoch = 1) {
    const Uuid record = rights::device_record_id(county, writer);
    edit(record, records::kinds::device, 1,
         {{1, writer.device}, {2, static_cast<std::int64_t>(writer.epoch)}, {3, bytes_of(key)}}, epoch);
    if (epoch == 1) edit(record, records::kinds::device, 5, {{5, static_cast<std::int64_t>(role)}});
  }
  Uuid enrol_person(const std::string& name, Role role, const PublicKey& key) {
    const Uuid person = fixed_uuid(name);
    edit(person, records::kinds::person, 1, {{1, name}});
    edit(person, records::kinds::person, 3, {{3, static_cast<std::int64_t>(role)}});
    edit(rights::person_key_record_id(county, person, key), records::kinds::person_key, 1,
         {{1, person}, {2, bytes_of(key)}, {3, fixed_uuid("laptop")}});
    return person;
  }
  void decide(const WriterId& writer, const history::SequenceRange& range, std::int64_t code, bool is_hidden) {
    const Uuid record = rights::decision_record_id(county, writer, range);
    edit(record, records::kinds::decision, 1,
         {{1, writer.device},
          {2, static_cast<std::int64_t>(writer.epoch)},
          {3, static_cast<std::int64_t>(range.first)},
          {4, static_cast<std::int64_t>(range.last)}});
    edit(record, records::kinds::decision, 5, {{5, std::int64_t{is_hidden}}, {6, code}});
  }
  rights::Registry registry() const { return rights::Registry(county, heads); }
};

const WriterId laptop{fixed_uuid("laptop"), 1};

Operation written(records::KindNumber kind, records::GroupNumber group, std::vector<records::FieldValue> values) {
  Operation operation;
  operation.id = {laptop, 1};
  operation.record = fixed_uuid("record");
  operation.kind = kind;
  operation.group = group;
  operation.values = std::move(values);
  return operation;
}

// Something that only reviewers may write.
Operation review() {
  const records::KindDescription& kind = records::kind_of(records::kinds::review);
  return written(kind.number, kind.fields.front().group, {});
}

std::int64_t objection_code(const Chain& chain, const Operation& operation) {
  const auto objection = rights::find_objection(chain.registry(), operation);
  return objection.has_value() ? objection->code : 0;
}

}  // namespace

TEST_CASE("a device that two restored counties enrolled has one key that continues it, and knows the others") {
  tests::SeededRandom random(1);
  const PublicKey first = SigningKey::generate(random).public_key();
  const PublicKey second = SigningKey::generate(random).public_key();
  Chain chain;
  chain.enrol(laptop, first, Role::reviewer);
  chain.enrol(laptop, second, Role::reviewer, 2);
  const rights::Registry registry = chain.registry();
  const rights::Device* device = registry.find_device(laptop);
  REQUIRE(device != nullptr);
  REQUIRE(device->other_keys.size() == 1);
  CHECK(device->key != device->other_keys.front());
  CHECK(device->role == Role::reviewer);
  CHECK(registry.find_device({laptop.device, 2}) == nullptr);
}

TEST_CASE("a decision is known whether it stands or was released; only one to the end of all numbers closes a chain") {
  Chain chain;
  chain.decide(laptop, {3, 5}, decision_code::meaningless, false);
  chain.decide(laptop, {9, limits::sequence_max}, decision_code::fork, true);
  const rights::Registry registry = chain.registry();
  CHECK_FALSE(registry.is_decided({laptop, 2}));
  CHECK(registry.is_decided({laptop, 3}));
  CHECK(registry.is_decided({laptop, 5}));
  CHECK_FALSE(registry.is_decided({laptop, 6}));
  CHECK_FALSE(registry.is_decided({{laptop.device, 2}, 4}));
  REQUIRE(registry.closings_of(laptop).size() == 1);
  CHECK(registry.closings_of(laptop).front()->range.first == 9);
  CHECK(registry.closings_of({laptop.device, 2}).empty());
}

TEST_CASE("the right to write is the lesser of the device's and the person's, and a person's needs a signature") {
  tests::SeededRandom random(2);
  const SigningKey key = SigningKey::generate(random);
  const PublicKey device_key = SigningKey::generate(random).public_key();
  for (const Role of_device : {Role::officer, Role::reviewer}) {
    for (const Role of_person : {Role::officer, Role::reviewer}) {
      CAPTURE(rights::role_code(of_device));
      CAPTURE(rights::role_code(of_person));
      Chain chain;
      chain.enrol(laptop, device_key, of_device);
      Operation operation = review();
      operation.person = chain.enrol_person("示例", of_person, key.public_key());
      CHECK(objection_code(chain, operation) == decision_code::no_right);
      operation.person_signature = key.sign(frames::person_signed_bytes(operation));
      const bool may = of_device == Role::reviewer && of_person == Role::reviewer;
      CHECK(objection_code(chain, operation) == (may ? 0 : decision_code::no_right));
      operation.person = fixed_uuid("another");
      CHECK(objection_code(chain, operation) == decision_code::bad_person_signature);
    }
  }
}

TEST_CASE("what a newer program wrote is no reason to hide it; a value against its field's description is") {
  const Chain chain;
  CHECK(objection_code(chain, written(60'000, 7, {{7, std::string("新的种类")}})) == 0);
  CHECK(objection_code(chain, written(records::kinds::visit, 900, {{900, records::OpaqueValue{6, {1, 2, 3}}}})) == 0);
  const records::KindDescription& finding = records::kind_of(records::kinds::finding);
  for (const records::FieldDescription& field : finding.fields) {
    CAPTURE(field.name);
    const bool is_text = field.type == records::FieldType::text || field.type == records::FieldType::long_text;
    const records::Value wrong = is_text ? records::Value(std::int64_t{1}) : records::Value(std::string("字"));
    CHECK(objection_code(chain, written(finding.number, field.group, {{field.number, wrong}})) ==
          decision_code::meaningless);
    // One of the record's own fields, in a group that is not its own.
    const auto group = static_cast<records::GroupNumber>(field.group + 1);
    CHECK(objection_code(chain, written(finding.number, group, {{field.number, {}}})) == decision_code::meaningless);
  }
}

TEST_CASE("a role that this program does not know is the least one") {
  CHECK(rights::role_of_number(2) == Role::reviewer);
  CHECK(rights::role_of_number(0) == Role::officer);
  CHECK(rights::role_of_number(99) == Role::officer);
  CHECK(rights::role_code(Role::administrator) == "administrator");
}
