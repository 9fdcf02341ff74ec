#include "app/geo/corner_table.h"

#include <doctest/doctest.h>

#include "db/language/language.h"

using namespace kuangxun;
using namespace kuangxun::geo;

namespace {

CornerTable table_of(std::string_view text, std::optional<int> meridian_deg = {}) {
  auto table = read_corner_table(text, meridian_deg);
  REQUIRE_MESSAGE(table.ok(), table.error().message());
  return *std::move(table);
}

std::string complaint(std::string_view text) {
  set_language(Language::english);
  const auto table = read_corner_table(text);
  REQUIRE_FALSE(table.ok());
  CHECK(table.error().code() == ErrorCode::bad_input);
  const std::string message = table.error().message();
  set_language(Language::chinese);
  return message;
}

}  // namespace

TEST_CASE("corner tables are read as offices write them") {
  const CornerTable plain = table_of("43.1,81.8\n43.1,81.81\n43.11,81.81\n");
  REQUIRE(plain.rings.size() == 1);
  CHECK(plain.rings[0][2] == Position{43'110'000'000, 81'810'000'000});
  const CornerTable named =
      table_of("\xef\xbb\xbf点号,经度,纬度\r\n1,81.8,43.1\r\n2,81.81,43.1\r\n3,81.81,43.11\r\n1,81.8,43.1\r\n");
  CHECK(named.rings == plain.rings);
  const CornerTable seconds = table_of("1\t43°06′00″\t81°48′00″\n2\t43°06′00″\t81°48′36″\n3\t43°06′36″\t81°48′36″\n");
  CHECK(seconds.rings == plain.rings);
  const CornerTable grid =
      table_of("序号;Y(m);X(m)\n1;27565127.0306;4774139.9312\n2;27565940;4774147\n3;27565930;4775258\n");
  CHECK(std::abs(grid.rings[0][0].latitude_nanodegrees - 43'100'000'000) <= 1);
  const CornerTable without_zone = table_of("4774139.9312 565127.0306\n4774147 565940\n4775258 565930\n", 81);
  CHECK(without_zone.rings == grid.rings);
}

TEST_CASE("rings are told apart by their column or by an empty line") {
  const char* corners = "43.1,81.8\n43.1,81.81\n43.11,81.81\n\n43.2,81.8\n43.2,81.81\n43.21,81.81\n";
  CHECK(table_of(corners).rings.size() == 2);
  const char* columns =
      "圈号,点号,纬度,经度\n1,1,43.1,81.8\n1,2,43.1,81.81\n1,3,43.11,81.81\n2,1,43.2,81.8\n2,2,43.2,81.81\n2,3,43.21,"
      "81.81\n";
  CHECK(table_of(columns).rings == table_of(corners).rings);
  const char* bare = "1,1,43.1,81.8\n1,2,43.1,81.81\n1,3,43.11,81.81\n2,1,43.2,81.8\n2,2,43.2,81.81\n2,3,43.21,81.81\n";
  CHECK(table_of(bare).rings == table_of(corners).rings);
}

TEST_CASE("what is wrong is named with its line") {
  CHECK(complaint("43.1,81.8\n43.1,81.81\n").find("line 3: the ring that ends here has 2") != std::string::npos);
  CHECK(complaint("43.1,81.8\n81.81,43.1\n43.11,81.81\n").find("line 2: latitude and longitude seem to be swapped") !=
        std::string::npos);
  CHECK(complaint("43.1,81.8\n43.1,81.8\n43.11,81.81\n").find("line 2: the same corner") != std::string::npos);
  CHECK(complaint("4774139,27565127\n27565940,4774147\n4775258,27565930\n").find("line 2: X and Y") !=
        std::string::npos);
  CHECK(complaint("4774139,27565127\n4774147,28320000\n4775258,27565930\n").find("line 2: zone \"28\"") !=
        std::string::npos);
  CHECK(complaint("4774139,565127\n4774147,565940\n4775258,565930\n").find("line 1: Y (easting)") != std::string::npos);
  CHECK(complaint("43.1,81.8\n48.1,81.81\n43.11,81.81\n").find("line 2") != std::string::npos);
  CHECK(complaint("43.1,81.8\nx\n43.11,81.81\n").find("line 2") != std::string::npos);
  CHECK(complaint("\xb5\xe3\xba\xc5,X,Y\n").find("UTF-8") != std::string::npos);
  CHECK(complaint("").find("no corners") != std::string::npos);
}
