#include "db/history/shown_record.h"

#include <doctest/doctest.h>

#include "db/records/handles/common.h"
#include "db/records/kinds.h"

namespace kuangxun::history {
namespace {

const records::KindDescription& place_kind() {
  return records::kind_of(records::kinds::unlicensed_place);
}

Head head(std::uint64_t sequence, std::int64_t wall_ms, std::vector<records::FieldValue> values) {
  return {{{Uuid{{1}}, 1}, sequence}, {wall_ms, 0}, Uuid{{2}}, std::move(values)};
}

}  // namespace

TEST_CASE("of a dispute the value that was written last is shown") {
  const records::FieldDescription& name = *place_kind().find_field(records::common::name);
  const HeadsByGroup heads = {
      {name.group, {head(1, 20, {{name.number, std::string("后写")}}), head(2, 10, {{name.number, "先写"}})}}};
  CHECK(shown_record(Uuid{{3}}, place_kind(), heads).text(records::common::name) == "后写");
}

TEST_CASE("what does not fit its field, stands in another group or is not known shows nothing and harms nothing") {
  const records::FieldDescription& name = *place_kind().find_field(records::common::name);
  const HeadsByGroup heads = {{name.group, {head(1, 1, {{name.number, std::int64_t{7}}})}},
                              {900, {head(2, 1, {{name.number, std::string("别组")}, {901, std::string("新字段")}})}}};
  CHECK(shown_record(Uuid{{3}}, place_kind(), heads) == records::Record(Uuid{{3}}, place_kind()));
}

TEST_CASE("a voided record carries its reason, a restored one none") {
  const auto shown = [](bool voided) {
    return shown_record(Uuid{{3}}, place_kind(),
                        {{records::existence_group, {head(1, 1, existence_values(voided, "重复"))}}});
  };
  CHECK(shown(true).is_voided());
  CHECK(shown(true).void_reason() == "重复");
  CHECK_FALSE(shown(false).is_voided());
  CHECK(shown(false).void_reason().empty());
}

}  // namespace kuangxun::history
