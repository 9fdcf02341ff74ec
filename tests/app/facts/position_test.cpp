#include "tests/support/judged_county/county.h"

using namespace kuangxun;
using namespace kuangxun::criteria;
using namespace kuangxun::facts;
using tests::County;
using tests::has;

namespace {

// Some 1.1 km by 0.8 km of licence, 1500 to 1600 m.
struct Mine {
  Mine() {
    county.set(mine, {"mining_method", "open-pit"});
    boundary = county.add("boundary",
                          {{"place", mine.text()},
                           {"outline", "POLYGON((81.80 43.20, 81.81 43.20, 81.81 43.21, 81.80 43.21, 81.80 43.20))"},
                           {"corner_accuracy_m", "0.1"},
                           {"elevation_bottom_m", "1500"},
                           {"elevation_top_m", "1600"}});
    visit = county.add_visit(mine, "2021-06-01T10:00:00+08:00");
  }
  Uuid point(std::string_view purpose, std::string_view latitude, std::string_view longitude,
             std::vector<tests::FieldText> more = {}) {
    const std::string of = visit.text();
    std::vector<tests::FieldText> fields = {{"visit", of},
                                            {"purpose", purpose},
                                            {"latitude_deg", latitude},
                                            {"longitude_deg", longitude},
                                            {"accuracy_m", "2"},
                                            {"measured_at", "2021-06-01T10:30:00+08:00"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return county.add("gps-point", fields);
  }
  Uuid area(std::string_view kind, std::string_view outline) {
    const std::string of = visit.text();
    return county.add("walked-area", {{"visit", of},
                                      {"area_kind", kind},
                                      {"label", "east"},
                                      {"outline", outline},
                                      {"measured_corners", "2,\n2,\n2,\n2,\n"}});
  }
  Verdict verdict(std::string_view rule, std::string_view on = "2021-07-01") { return county.verdict(mine, rule, on); }

  County county;
  Uuid mine = county.mine("3-04");
  Uuid boundary;
  Uuid visit;
};

constexpr auto inside = "POLYGON((81.803 43.203, 81.804 43.203, 81.804 43.204, 81.803 43.204, 81.803 43.203))";
constexpr auto across = "POLYGON((81.809 43.203, 81.811 43.203, 81.811 43.204, 81.809 43.204, 81.809 43.203))";

}  // namespace

TEST_CASE("nothing measured, or no corners entered: it cannot be told, and what is missing is said") {
  Mine site;
  CHECK(site.verdict("P01").outcome == Outcome::unknown);
  CHECK(site.verdict("P02").outcome == Outcome::unknown);
  CHECK(site.verdict("P03").outcome == Outcome::unknown);
  CHECK(has(site.verdict("P01").missing.front(), "measured"));
  const Verdict bare = site.county.verdict(site.county.mine("3-05"), "P01", "2021-07-01");
  CHECK(bare.outcome == Outcome::unknown);
  CHECK(has(bare.missing.front(), "corners"));
}

TEST_CASE("a pit inside passes, with how far; one across the line fails, and the office finds what that means") {
  Mine site;
  site.area("extraction-area", inside);
  const Verdict passed = site.verdict("P01");
  CHECK(passed.outcome == Outcome::pass);
  CHECK(has(passed.reason, "within the licence"));
  CHECK(has(passed.reason, "underground cannot be determined"));
  CHECK(passed.consequence.empty());
  site.area("extraction-area", across);
  const Verdict failed = site.verdict("P01");
  CHECK(failed.outcome == Outcome::fail);
  CHECK(has(failed.reason, "the measured extraction reaches beyond the licence"));
  CHECK(has(failed.reason, "±"));
  CHECK(has(failed.reason, "m beyond the line"));
  CHECK(has(failed.consequence, "competent office"));
  // On the day before the visit nobody knew.
  CHECK(site.verdict("P01", "2021-05-31").outcome == Outcome::unknown);
}

TEST_CASE("what lies within the errors of the line cannot be told, with the figures among what is missing") {
  Mine site;
  site.point("extraction-area", "43.205", "81.810005");
  const Verdict verdict = site.verdict("P01");
  CHECK(verdict.outcome == Outcome::unknown);
  CHECK(has(verdict.missing.front(), "chance of inside"));
}

TEST_CASE("underground is never said to be inside; a pit at the surface outside is outside all the same") {
  Mine site;
  site.county.set(site.mine, {"mining_method", "underground"});
  site.area("extraction-area", inside);
  CHECK(site.verdict("P01").outcome == Outcome::unknown);
  CHECK(has(site.verdict("P01").missing.front(), "surveyed"));
  site.area("extraction-area", across);
  CHECK(site.verdict("P01").outcome == Outcome::fail);
}

TEST_CASE("a dump outside is a matter of papers and never a failure") {
  Mine site;
  site.area("waste-dump", across);
  const Verdict verdict = site.verdict("P03");
  CHECK(verdict.outcome == Outcome::unknown);
  CHECK(has(verdict.missing.front(), "land-use papers"));
  CHECK_FALSE(has(verdict.missing.front(), "measured extraction"));
  CHECK(site.verdict("P01").outcome == Outcome::unknown);
  Mine tidy;
  tidy.area("waste-dump", inside);
  CHECK(tidy.verdict("P03").outcome == Outcome::pass);
}

TEST_CASE("elevations need a benchmark or the county's offset, then pass and fail by their errors") {
  Mine site;
  site.point("extraction-area", "43.205", "81.805", {{"ellipsoidal_height_m", "1490"}, {"height_accuracy_m", "1"}});
  CHECK(site.verdict("P02").outcome == Outcome::unknown);
  CHECK(has(site.verdict("P02").missing.front(), "no benchmark was taken"));
  site.point("benchmark", "43.204", "81.805",
             {{"ellipsoidal_height_m", "1455"},
              {"height_accuracy_m", "1"},
              {"known_height_m", "1500"},
              {"known_height_uncertainty_m", "0.1"}});
  const Verdict passed = site.verdict("P02");
  CHECK(passed.outcome == Outcome::pass);
  CHECK_MESSAGE(has(passed.reason, "1985 height 1535 m, standard error ±1.419 m"), passed.reason);
  site.point("extraction-area", "43.206", "81.805", {{"ellipsoidal_height_m", "1440"}, {"height_accuracy_m", "1"}});
  const Verdict failed = site.verdict("P02");
  CHECK(failed.outcome == Outcome::fail);
  CHECK(has(failed.reason, "below the lowest elevation"));
}

TEST_CASE("red lines stay unknown: nobody has entered any") {
  Mine site;
  CHECK(site.verdict("R38").outcome == Outcome::unknown);
}
