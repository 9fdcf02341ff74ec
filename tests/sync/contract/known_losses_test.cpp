// What other programs lost their users' data by, done to this county on every kind of store. tests/planted/README.md
// names the reports.
#include <doctest/doctest.h>

#include <array>

#include "db/base/limits.h"
#include "db/records/enumerations.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"
#include "sync/ledger/attachments.h"
#include "tests/sync/support/test_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr records::KindNumber visit = records::kinds::visit;
constexpr std::int64_t day_ms = 86'400'000;

// Fields of a visit that anybody may fill in alone, each a group of its own.
struct OwnField {
  records::FieldNumber number;
  const char* column;
};
constexpr std::array<OwnField, 3> own_fields = {{{3, "purpose"}, {9, "summary"}, {10, "statement"}}};

struct Two {
  explicit Two(TestCounty& in) : county(in), first(in.enrol("一号")), second(in.enrol("二号")) {}
  Uuid new_visit() {
    const Uuid id = make_uuid(county.clock(), county.random());
    for (const OwnField& field : own_fields) write(first, id, field.number, "起初");
    second.see(first.written());
    county.push_all(first);
    return id;
  }
  void write(ExampleLaptop& laptop, const Uuid& id, records::FieldNumber field, const std::string& text) {
    county.clock().advance_ms(1000);
    laptop.edit(id, visit, field, {{field, text}});
  }
  std::int64_t count_visits(const std::string& where) {
    return county.number("SELECT count(*) FROM visit WHERE " + where);
  }

  TestCounty& county;
  ExampleLaptop first;
  ExampleLaptop second;
};

wire::PutOutcome put(TestCounty& county, const Bytes& file, std::size_t from, std::size_t to) {
  const wire::AttachmentName name{sha256(file), file.size()};
  const std::size_t index = from / limits::chunk_bytes;
  const auto at = [&](std::size_t place) { return file.begin() + static_cast<std::ptrdiff_t>(place); };
  return must(ledger::keep_chunk(county.store(),
                                 {name, static_cast<std::uint32_t>(index),
                                  static_cast<std::uint32_t>(from % limits::chunk_bytes), Bytes(at(from), at(to))}))
      .outcome;
}

}  // namespace

TEST_CASE("two laptops change every pair of fields of one record: both changes stand, one field twice is a dispute") {
  on_every_database([](TestCounty& county) {
    Two two(county);
    for (const OwnField& one : own_fields) {
      for (const OwnField& other : own_fields) {
        INFO(one.column, " and ", other.column);
        const Uuid id = two.new_visit();
        two.write(two.first, id, one.number, "甲改");
        two.write(two.second, id, other.number, "乙改");
        county.push_all(two.second);
        county.push_all(two.first);
        const std::string row = county.row(id);
        CHECK(row.find("乙改") != std::string::npos);
        const bool is_one = one.number == other.number;
        CHECK((row.find("甲改") != std::string::npos) == !is_one);
        CHECK((row.find(std::string("|") + one.column + "|") != std::string::npos) == is_one);
      }
    }
  });
}

TEST_CASE("a voided record stays voided when a laptop comes that was away for 400 days") {
  on_every_database([](TestCounty& county) {
    Two two(county);
    const Uuid untouched = two.new_visit();
    const Uuid edited = two.new_visit();
    two.write(two.second, edited, 9, "没有看到作废");
    two.second.seal();
    for (const Uuid& id : {untouched, edited}) two.first.set_voided(id, visit, true, "重复录入");
    county.push_all(two.first);

    county.clock().advance_ms(400 * day_ms);
    two.write(two.second, untouched, 10, "四百天后补充");
    county.push_all(two.second);
    CHECK(two.count_visits("void_reason = '重复录入'") == 2);
    // Neither the voiding nor what was written without seeing it is lost: both are marked for somebody to settle.
    CHECK(two.count_visits("void_reason = '重复录入' AND disputed_fields = 'is_voided'") == 2);
    CHECK(county.row(edited).find("没有看到作废") != std::string::npos);
    CHECK(county.row(untouched).find("四百天后补充") != std::string::npos);
  });
}

TEST_CASE("a dispute is open after ten syncs in which everything went well") {
  on_every_database([](TestCounty& county) {
    Two two(county);
    const Uuid id = two.new_visit();
    two.write(two.first, id, 9, "甲的说法");
    two.write(two.second, id, 9, "乙的说法");
    county.push_all(two.first);
    county.push_all(two.second);
    for (int i = 0; i < 10; ++i) {
      // Another field of the same record, another record, and nothing at all.
      two.write(i % 2 == 0 ? two.first : two.second, id, 10, "第 " + std::to_string(i) + " 次");
      two.first.see(two.second.written());
      two.second.see(two.first.written());
      two.new_visit();
      county.push_all(two.first);
      county.push_all(two.second);
      county.push_all(two.second);
      CHECK(two.count_visits("disputed_fields = 'summary'") == 1);
      CHECK(county.number("SELECT count(*) FROM sync_head WHERE kind = " + std::to_string(visit) +
                          " AND group_number = 9") == i + 3);
    }
  });
}

TEST_CASE("one photo in two records: it is kept once, both name it, and no order of pieces doubles it") {
  on_every_store([](TestCounty& county) {
    Bytes file(limits::chunk_bytes + 300);
    county.random().fill(file);
    ExampleLaptop laptop = county.enrol("一号");
    for (int i = 0; i < 2; ++i) {
      records::Record photo = example_record(records::kind_of(records::kinds::photo), county.clock(), county.random());
      const Hash hash = sha256(file);
      photo.set_value(records::photo::file_hash, Bytes(hash.bytes.begin(), hash.bytes.end()));
      photo.set_value(records::photo::file_bytes, static_cast<std::int64_t>(file.size()));
      laptop.enter(photo);
    }
    county.push_all(laptop);
    CHECK(county.shown(records::kinds::photo) == 2);
    CHECK(county.decisions() == 0);

    const std::size_t second = limits::chunk_bytes;
    CHECK(put(county, file, second, second + 200) == wire::PutOutcome::kept);
    CHECK(put(county, file, 0, 1000) == wire::PutOutcome::kept);
    CHECK(put(county, file, second, second + 200) == wire::PutOutcome::kept);
    CHECK(put(county, file, 500, second) == wire::PutOutcome::kept);
    CHECK(put(county, file, 0, second) == wire::PutOutcome::kept);
    CHECK(put(county, file, second + 100, file.size()) == wire::PutOutcome::whole);
    // For the other record.
    CHECK(put(county, file, 0, second) == wire::PutOutcome::whole);
    Bytes kept = must(county.store().chunk(sha256(file), 0));
    const Bytes end = must(county.store().chunk(sha256(file), 1));
    kept.insert(kept.end(), end.begin(), end.end());
    CHECK(kept == file);
  });
}

TEST_CASE("two laptops send pieces of one photo at the same time, each from where it is") {
  on_every_store([](TestCounty& county) {
    Bytes file(900);
    county.random().fill(file);
    std::size_t one = 0;
    std::size_t other = 0;
    wire::PutOutcome outcome = wire::PutOutcome::kept;
    while (outcome != wire::PutOutcome::whole) {
      REQUIRE(one < file.size());
      outcome = put(county, file, one, std::min(one + 70, file.size()));
      one += 70;
      if (outcome != wire::PutOutcome::whole) outcome = put(county, file, other, std::min(other + 110, file.size()));
      other += 110;
    }
    CHECK(must(county.store().chunk(sha256(file), 0)) == file);
  });
}

TEST_CASE("text that breaks other programs: what is clean is shown as it is, what is not is hidden alone") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    const std::vector<std::string> clean = {"'; DROP TABLE visit; --",
                                            "\\x00 %s {0} $1",
                                            "\u202e反写\u202c",
                                            "e\u0301\u0301\u0301",
                                            "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                            "\U0010FFFF",
                                            "\ufeff开头",
                                            "甲\n乙\t丙\r\n"};
    const std::vector<std::string> unclean = {std::string("甲\0乙", 7), "\xed\xa0\x80", "\xc0\xaf", "\xf4\x90\x80\x80",
                                              "甲\xe4\xba"};
    std::vector<Uuid> shown;
    for (std::size_t i = 0; i < clean.size(); ++i) {
      shown.push_back(make_uuid(county.clock(), county.random()));
      laptop.edit(shown.back(), visit, 9, {{9, clean[i]}});
      if (i < unclean.size()) {
        laptop.edit(make_uuid(county.clock(), county.random()), visit, 9, {{9, unclean[i]}});
      }
    }
    const wire::PushAnswer answer = county.push_all(laptop);
    CHECK(answer.refusal == wire::PushRefusal::none);
    CHECK(answer.chain.applied_through == clean.size() + unclean.size());
    CHECK(county.shown(visit) == clean.size());
    CHECK(county.decisions() == unclean.size());
    for (std::size_t i = 0; i < clean.size(); ++i) {
      const auto heads = must(county.store().heads_of({{shown[i], visit}}));
      REQUIRE(heads.size() == 1);
      CHECK(std::get<std::string>(heads.front().values.front().value) == clean[i]);
    }
  });
}

TEST_CASE("a new field of a kind with many records costs no operation and no frame") {
  on_every_database([](TestCounty& county) {
    ExampleLaptop laptop = county.enrol("一号");
    for (int i = 0; i < 2000; ++i) {
      laptop.edit(make_uuid(county.clock(), county.random()), visit, 3, {{3, std::to_string(i)}});
    }
    county.push_all(laptop);
    must(county.sql().database().run("ALTER TABLE visit DROP COLUMN summary", {}));
    if (!county.sqlite_file().empty()) {
      must(county.sql().database().run(
          "DELETE FROM gpkg_data_columns WHERE table_name = 'visit' AND column_name = 'summary'", {}));
    }
    const TestCounty::Kept before = county.kept();
    const std::uint64_t sequence = must(county.store().state()).latest_sequence();
    const auto upgraded = county.open_again();
    CHECK(county.kept() == before);
    CHECK(must(upgraded->state()).latest_sequence() == sequence);
    CHECK(county.number("SELECT count(*) FROM visit WHERE summary IS NULL") == 2000);
  });
}

TEST_CASE("values that change places between records never clash: nothing that people enter must be unique") {
  on_every_database([](TestCounty& county) {
    Two two(county);
    const Uuid one = two.new_visit();
    const Uuid other = two.new_visit();
    two.write(two.first, one, 3, "甲");
    two.write(two.first, other, 3, "乙");
    two.second.see(two.first.written());
    county.push_all(two.first);
    // Each exchanges them, not knowing of the other; in every table every row may hold what any other does.
    for (ExampleLaptop* laptop : {&two.first, &two.second}) {
      two.write(*laptop, one, 3, "乙");
      two.write(*laptop, other, 3, "甲");
      CHECK(county.push_all(*laptop).refusal == wire::PushRefusal::none);
    }
    CHECK(two.count_visits("purpose = '乙' AND disputed_fields IS NULL") == 1);
    CHECK(two.count_visits("purpose = '甲' AND disputed_fields IS NULL") == 1);
    for (const records::KindDescription& kind : records::all_kinds()) {
      if (kind.is_county_only || kind.write_role != records::Role::officer) continue;
      const records::Record record = example_record(kind, county.clock(), county.random());
      records::Record twin(make_uuid(county.clock(), county.random()), kind);
      for (const records::FieldDescription& field : kind.fields) twin.set_value(field, record.value(field));
      two.first.enter(record);
      two.first.enter(twin);
      CHECK_MESSAGE(county.push_all(two.first).refusal == wire::PushRefusal::none, kind.name);
    }
    CHECK(county.decisions() == 0);
  });
}

TEST_CASE("a signed frame whose predecessor differs in any one bit does not continue the chain") {
  const auto county = county_in_memory();
  ExampleLaptop laptop = county->enrol("一号");
  laptop.edit(make_uuid(county->clock(), county->random()), visit, 9, {{9, std::string("起初")}});
  county->push_all(laptop);
  const Hash end = must(county->store().chains({&laptop.writer(), 1})).front().last_frame;
  const history::Operation next =
      laptop.edit(make_uuid(county->clock(), county->random()), visit, 9, {{9, std::string("接着")}});
  const std::vector<history::Operation> operations = {next};
  for (std::size_t bit = 0; bit < 256; ++bit) {
    Hash wrong = end;
    wrong.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    const frames::Frame frame = frames::seal_frame(operations, wrong, Hash{}, laptop.key());
    CHECK(county->push(laptop, {frame.bytes}).refusal == wire::PushRefusal::fork);
  }
  const frames::Frame right = frames::seal_frame(operations, end, Hash{}, laptop.key());
  CHECK(county->push(laptop, {right.bytes}).refusal == wire::PushRefusal::none);
}

TEST_CASE("the county's SQLite store is on the disk before anything is confirmed") {
  const TemporaryFolder folder;
  const auto county = county_on_sqlite(folder);
  constexpr std::int64_t full = 2;
  CHECK(county->number("PRAGMA synchronous") == full);
}
