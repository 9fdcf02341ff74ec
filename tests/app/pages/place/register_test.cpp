#include "db/records/handles/common.h"
#include "db/records/handles/mining_right.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

void open_iron_mine(Office& office) {
  office.open_place(office.mine("3-02"));
}

}  // namespace

TEST_CASE("a mine of the register shows each value, what is printed, and where it stands") {
  Office office;
  open_iron_mine(office);
  const std::string words = office.page_words();
  CAPTURE(words);
  CHECK(contains(words, "生产规模 | 30 万吨/年 | 原文“30 万吨/年”"));
  CHECK(contains(words, "专栏 3 第 2 行"));
  CHECK(contains(words, "开采方式 | 未填"));
}

TEST_CASE("a method set by a person stands in the register, and can be taken back") {
  Office office;
  open_iron_mine(office);
  office.choose("place.mining_method", "underground");
  CHECK(office.page_problem().empty());
  CHECK(contains(office.page_words(), "开采方式 | 地下开采 | "));
  CHECK(office.store->read(office.mine("3-02"))->record.integer(records::mining_right::mining_method) == 2);
  office.choose("place.mining_method", "none");
  CHECK(contains(office.page_words(), "开采方式 | 未填"));
}

TEST_CASE("what is completed is entered in the record and the printed text stays") {
  Office office;
  open_iron_mine(office);
  office.enter("place.holder", "示例公司");
  CHECK(office.entry("place.holder").text == "示例公司");
  CHECK(office.store->read(office.mine("3-02"))->record.text(records::common::holder) == "示例公司");
  CHECK(contains(office.page_words(), "原文“30 万吨/年”"));
}
