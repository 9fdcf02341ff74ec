#include "db/history/operation.h"

#include <doctest/doctest.h>

#include <limits>

#include "db/base/text.h"
#include "db/history/record_store.h"
#include "db/records/handles/gps_point.h"
#include "db/records/kinds.h"

namespace kuangxun::history {
namespace {

OperationId id_of(std::uint8_t writer, std::uint64_t sequence, std::uint32_t epoch = 1) {
  OperationId id;
  id.writer.device.bytes[15] = writer;
  id.writer.epoch = epoch;
  id.sequence = sequence;
  return id;
}

Head head_of(const OperationId& id) {
  return {id, {}, {}, {}};
}

}  // namespace

TEST_CASE("an operation's id comes back from its text") {
  for (const OperationId& id : {id_of(1, 1), id_of(255, std::numeric_limits<std::uint64_t>::max(),
                                                   std::numeric_limits<std::uint32_t>::max())}) {
    const auto parsed = parse_operation_id(id.text());
    REQUIRE(parsed.ok());
    CHECK(*parsed == id);
  }
  CHECK(id_of(1, 7).text() == "00000000-0000-0000-0000-000000000001:1:7");
}

TEST_CASE("text that is no operation's id is refused in one clean line") {
  const std::string device = Uuid{}.text();
  for (const std::string& text :
       {std::string(), device, device + ":1", device + ":1:", device + "::1", device + ":1:1:1", device + ":1:-1",
        device + ":+1:1", device + ":1:1 ", device + ":4294967296:1", device + ":1:18446744073709551616",
        "x" + device + ":1:1", std::string("\xff\n") + device}) {
    CAPTURE(text);
    const auto parsed = parse_operation_id(text);
    REQUIRE(!parsed.ok());
    CHECK(parsed.error().code() == ErrorCode::bad_input);
    CHECK(is_clean_utf8(parsed.error().message()));
    CHECK(parsed.error().message().find('\n') == std::string::npos);
  }
}

TEST_CASE("ids order by writer, then by sequence") {
  CHECK(id_of(1, 9) < id_of(2, 1));
  CHECK(id_of(1, 1) < id_of(1, 2));
  CHECK(id_of(1, 9, 1) < id_of(1, 1, 2));
}

TEST_CASE("only an existence operation that says so voids") {
  Operation operation;
  operation.group = records::existence_group;
  operation.values = existence_values(true, "重复录入");
  CHECK(operation.is_void());
  CHECK(operation.values.size() == 2);
  operation.values = existence_values(false, "");
  CHECK(operation.values.size() == 1);
  CHECK(!operation.is_void());
  operation.values = {{existence_voided_field, std::string("1")}};
  CHECK(!operation.is_void());
  operation.values.clear();
  CHECK(!operation.is_void());
  operation.group = 1;
  operation.values = {{existence_voided_field, std::int64_t{1}}};
  CHECK(!operation.is_void());
}

TEST_CASE("edits that whoever voided had not seen are told apart from those they had") {
  const std::vector<Head> heads = {head_of(id_of(1, 1)), head_of(id_of(1, 5)), head_of(id_of(2, 1))};
  CHECK(unseen_by_void({id_of(1, 1), id_of(1, 5), id_of(2, 1)}, heads).empty());
  const auto unseen = unseen_by_void({id_of(1, 1), id_of(1, 4)}, heads);
  REQUIRE(unseen.size() == 2);
  CHECK(unseen[0].id == id_of(1, 5));
  CHECK(unseen[1].id == id_of(2, 1));
  CHECK(unseen_by_void({}, heads).size() == 3);
  CHECK(unseen_by_void({id_of(1, 1)}, {}).empty());
}

TEST_CASE("a view names the heads that an edit, and a void, must name") {
  RecordView view{records::Record(Uuid{}, records::kind_of(records::kinds::visit)), {}, {}, SyncState::on_laptop};
  view.heads[3] = {head_of(id_of(2, 1)), head_of(id_of(2, 2))};
  view.heads[1] = {head_of(id_of(1, 1)), head_of(id_of(3, 1))};
  CHECK(view.seen(3) == std::vector{id_of(2, 1), id_of(2, 2)});
  CHECK(view.seen(8).empty());
  CHECK(view.seen_all() == std::vector{id_of(1, 1), id_of(2, 1), id_of(2, 2), id_of(3, 1)});
}

TEST_CASE("a new record becomes one edit for each group that has a value") {
  records::Record point(Uuid{}, records::kind_of(records::kinds::gps_point));
  CHECK(edits_for_new(point).empty());
  point.set_value(records::gps_point::label, std::string("P1"));
  point.set_value(records::gps_point::latitude_deg, std::int64_t{43'000'000'000});
  point.set_value(records::gps_point::longitude_deg, std::int64_t{81'000'000'000});
  const auto edits = edits_for_new(point);
  REQUIRE(edits.size() == 2);
  CHECK(edits[0].group == 2);
  CHECK(edits[1].group == 6);
  CHECK(edits[1].values.size() == 2);
  CHECK(edits[1].values[0].field == 6);
  CHECK(edits[1].values[1].field == 7);
  CHECK(edits[1].kind == records::kinds::gps_point);
  CHECK(edits[1].seen.empty());
}

}  // namespace kuangxun::history
