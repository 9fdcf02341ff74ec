#include <doctest/doctest.h>

#include "app/inspect/edit/edit.h"
#include "app/inspect/edit/evidence.h"
#include "app/inspect/edit/settle.h"
#include "db/records/choices/mining_method.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/finding.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/visit_party.h"
#include "tests/app/field_day/field_day.h"

namespace kuangxun::tests {
namespace {

std::string set(FieldDay& day, const Uuid& id, const char* field, const std::string& text) {
  const std::vector<inspect::FieldText> fields = {{field, text}};
  const Status status = inspect::set_fields(day.desk, id, fields);
  return status.ok() ? std::string() : status.error().message();
}

}  // namespace

TEST_CASE("setting one field of a group keeps the others and names what was seen") {
  FieldDay day;
  const Uuid mine =
      day.entered(kinds::mining_right,
                  {{"name", "示例矿"}, {"stage", "new"}, {"stage_since", "2024-01-01"}, {"stage_source", "示例文件"}});
  const auto group = day.read(mine).kind().find_field(records::mining_right::stage)->group;
  const auto seen = day.store.read(mine)->seen(group);
  CHECK(set(day, mine, "stage", "producing").empty());
  CHECK(day.read(mine).text(records::mining_right::stage_source) == "示例文件");
  CHECK(day.read(mine).integer(records::mining_right::stage) == 3);
  CHECK(day.store.operations().back().bases == seen);
  SUBCASE("a value that stands already makes no operation") {
    const auto count = day.store.operations().size();
    CHECK(set(day, mine, "stage", "producing").empty());
    CHECK(day.store.operations().size() == count);
  }
  SUBCASE("what is wrong is refused") {
    CHECK(contains(set(day, mine, "stage", "flying"), "stage"));
    CHECK(contains(set(day, mine, "wings", "2"), "wings"));
    CHECK(contains(set(day, mine, "name", ""), "name"));
    CHECK(contains(set(day, mine, "area_km2", "-1"), "area_km2"));
  }
}

TEST_CASE("voiding needs a reason, stays visible, and ends editing") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}});
  const Uuid visit = day.acted("visit.start", mine);
  const Uuid finding = day.acted("finding.add", visit, {{"text", "写错了"}});
  CHECK(!day.act("record.void", finding, {}, "  ").empty());
  CHECK(day.act("record.void", finding, {}, "重复录入").empty());
  CHECK(day.read(finding).is_voided());
  CHECK(day.read(finding).void_reason() == "重复录入");
  CHECK(day.read(finding).text(records::finding::text) == "写错了");
  CHECK(contains(set(day, finding, "text", "改"), "重复录入"));
  CHECK(!day.act("record.void", finding, {}, "再来").empty());
}

TEST_CASE("what stood at the signing cannot be changed; what comes later is marked") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}});
  const Uuid visit = day.acted("visit.start", mine);
  const Uuid finding = day.acted("finding.add", visit, {{"text", "第一条"}});
  CHECK(set(day, finding, "text", "第一条，改正").empty());
  CHECK(!day.act("visit.sign", visit).empty());
  const Uuid signed_visit = day.signed_visit(mine);
  REQUIRE(day.read(signed_visit).integer(records::common::state) == records::visit_state::is_signed);
  CHECK(contains(set(day, signed_visit, "summary", "后来想起"), "签字"));
  const Uuid later = day.acted("finding.add", signed_visit, {{"text", "后来发现"}});
  REQUIRE(!later.is_nil());
  CHECK(*inspect::is_added_after_signing(day.store, *day.store.read(later)));
  CHECK(set(day, later, "text", "后来发现，改字").empty());
  SUBCASE("it can be reviewed, not taken back") {
    CHECK(!set(day, signed_visit, "state", "under-way").empty());
    CHECK(set(day, signed_visit, "state", "reviewed").empty());
  }
  SUBCASE("its evidence can be voided") {
    const auto parties = *day.store.list_where(kinds::visit_party, records::visit_party::visit, signed_visit);
    CHECK(!*inspect::is_added_after_signing(day.store, *day.store.read(parties.front().id())));
    CHECK(contains(set(day, parties.front().id(), "name", "别人"), "签字"));
    CHECK(day.act("record.void", parties.front().id(), {}, "录错人").empty());
  }
}

TEST_CASE("signing wants two officers and the other side, or a refusal with its reason; a witness may be there") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}});
  const Uuid visit = day.acted("visit.start", mine);
  const auto add = [&](const char* role, const char* number) {
    const Uuid party =
        day.acted("party.add", visit, {{"role", role}, {"name", "示例"}, {"certificate_number", number}});
    CHECK(day.act("party.sign", party).empty());
  };
  CHECK(contains(day.act("visit.sign", visit), "尚未结束"));
  CHECK(day.act("visit.end", visit).empty());
  add("officer", "示例-001");
  CHECK(contains(day.act("visit.sign", visit), "现有 1 名"));
  add("officer", "示例-002");
  CHECK(contains(day.act("visit.sign", visit), "拒签"));
  CHECK(day.act("visit.refuse", visit, {{"refusal_reason", "不同意检查结果"}}).empty());
  SUBCASE("without a witness") {}
  SUBCASE("with one") {
    add("witness", "");
  }
  CHECK(day.act("visit.sign", visit).empty());
}

TEST_CASE("two officers changed one field: both values stand until somebody takes one") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}, {"mining_method", "open-pit"}});
  const auto seen =
      day.store.read(mine)->seen(day.read(mine).kind().find_field(records::mining_right::mining_method)->group);
  CHECK(set(day, mine, "mining_method", "").empty());
  day.elsewhere(mine, "mining_method", records::mining_method::underground, seen);
  const auto disputes = *day.store.disputes();
  REQUIRE(disputes.size() == 1);
  const std::string id = mine.text() + "/mining_method";
  CHECK(inspect::dispute_id(disputes.front()) == id);
  const auto dispute = *inspect::find_dispute(day.store, id);
  CHECK(dispute.heads.size() == 2);
  CHECK(contains(set(day, mine, "mining_method", "open-pit"), "争议"));
  SUBCASE("taking one value") {
    for (const history::Head& head : dispute.heads) {
      if (head.values.empty()) continue;
      REQUIRE(inspect::take_operation(day.desk, dispute, head.id.text()).ok());
    }
    CHECK(day.read(mine).integer(records::mining_right::mining_method) == records::mining_method::underground);
    CHECK(day.store.disputes()->empty());
  }
  SUBCASE("entering it anew") {
    const std::vector<inspect::FieldText> fields = {{"mining_method", "open-pit"}};
    REQUIRE(inspect::settle_with(day.desk, dispute, fields).ok());
    CHECK(day.read(mine).integer(records::mining_right::mining_method) == records::mining_method::open_pit);
    CHECK(day.store.disputes()->empty());
    CHECK(!inspect::find_dispute(day.store, id).ok());
  }
  SUBCASE("an operation or field that is not in it") {
    CHECK(!inspect::take_operation(day.desk, dispute, fixed_uuid("x").text() + ":1:1").ok());
    const std::vector<inspect::FieldText> fields = {{"name", "别的"}};
    CHECK(!inspect::settle_with(day.desk, dispute, fields).ok());
  }
}

TEST_CASE("one voids what another edits: settled either way") {
  FieldDay day;
  const Uuid mine = day.entered(kinds::mining_right, {{"name", "示例矿"}});
  const auto seen = day.store.read(mine)->seen(day.read(mine).kind().find_field(records::mining_right::name)->group);
  REQUIRE(day.act("record.void", mine, {}, "重复").empty());
  day.elsewhere(mine, "name", std::string("示例矿（改名）"), seen);
  const auto dispute = inspect::find_dispute(day.store, mine.text() + "/existence");
  REQUIRE(dispute.ok());
  REQUIRE(dispute->unseen_edits.size() == 1);
  SUBCASE("the edit brings it back") {
    REQUIRE(inspect::take_operation(day.desk, *dispute, dispute->unseen_edits.front().id.text()).ok());
    CHECK(!day.read(mine).is_voided());
    CHECK(day.read(mine).name() == "示例矿（改名）");
  }
  SUBCASE("the void stands") {
    REQUIRE(inspect::take_operation(day.desk, *dispute, dispute->heads.front().id.text()).ok());
    CHECK(day.read(mine).is_voided());
  }
  CHECK(day.store.disputes()->empty());
}

}  // namespace kuangxun::tests
