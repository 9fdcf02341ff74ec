#include "db/history/person_signature.h"

#include <doctest/doctest.h>

#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/kinds.h"

namespace kuangxun::history {
namespace {

Operation on(records::KindNumber kind, records::GroupNumber group, records::Value value, std::size_t bases) {
  Operation operation;
  operation.kind = kind;
  operation.group = group;
  operation.values = {{group, std::move(value)}};
  for (std::size_t i = 0; i < bases; ++i) operation.bases.push_back({{}, i + 1});
  return operation;
}

}  // namespace

TEST_CASE("a review needs the person's signature, what officers enter does not") {
  CHECK(needs_person_signature(records::kinds::review));
  CHECK_FALSE(needs_person_signature(records::kinds::visit));
  CHECK_FALSE(needs_person_signature(60'000));
}

TEST_CASE("seals, settlements and voids deserve a signature, an ordinary answer does not") {
  using records::kinds::visit;
  CHECK(deserves_person_signature(on(records::kinds::review, 2, std::int64_t{1}, 0)));
  CHECK(deserves_person_signature(on(visit, 8, records::visit_state::is_signed, 1)));
  CHECK(deserves_person_signature(on(visit, 8, records::visit_state::reviewed, 1)));
  CHECK_FALSE(deserves_person_signature(on(visit, 8, records::visit_state::ended, 1)));
  CHECK_FALSE(deserves_person_signature(on(visit, 3, std::string("例行检查"), 1)));
  CHECK(deserves_person_signature(on(visit, 3, std::string("例行检查"), 2)));
  CHECK(deserves_person_signature(on(visit, records::existence_group, std::int64_t{1}, 1)));
}

}  // namespace kuangxun::history
