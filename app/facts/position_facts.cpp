#include <algorithm>

#include "app/facts/sites.h"
#include "app/licence/site_standing.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/choices/mining_method.h"
#include "db/records/enumerations.h"
#include "db/records/handles/mining_right.h"
#include "db/records/kinds.h"

// What was measured on site, as facts: whether it lies within the licence. Never bolder than app/licence.
namespace kuangxun::facts {
namespace {

using licence::Found;

std::string listed(const std::vector<Found>& found, std::optional<geo::Standing> only) {
  std::vector<std::string> parts;
  for (const Found& one : found) {
    if (!only || one.standing == *only) parts.push_back(one.what + say_text(": ") + one.words);
  }
  return join(parts, say_text("; "));
}

bool has(const std::vector<Found>& found, geo::Standing standing) {
  return std::ranges::any_of(found, [&](const Found& one) { return one.standing == standing; });
}

// Known when one is surely outside, or all surely inside.
FactValue within(const std::vector<Found>& found) {
  FactValue fact;
  if (has(found, geo::Standing::outside)) {
    fact = FactValue::of(0);
    fact.shown = listed(found, geo::Standing::outside);
  } else if (!found.empty() && !has(found, geo::Standing::cannot_tell)) {
    fact = FactValue::of(1);
    fact.shown = listed(found, std::nullopt);
  } else {
    fact.note = listed(found, geo::Standing::cannot_tell);
  }
  fact.is_example = std::ranges::any_of(found, [](const Found& one) { return one.is_example; });
  return fact;
}

}  // namespace

Status add_position_facts(FactWriter& facts, history::RecordReader& store, const records::Record& mine,
                          const Registers& registers) {
  KX_TRY(standing, licence::site_standing(store, mine.id(), registers.on));
  const std::string no_line = standing.boundary_problem.empty()
                                  ? say_text("the corners of the licence are not entered yet")
                                  : standing.boundary_problem;
  FactValue extraction = within(standing.extraction);
  if (standing.extraction.empty()) {
    extraction.note = say_text("no extraction area or point of one has been measured");
  }
  const FactValue method = fact_of(mine, records::mining_right::mining_method, registers.disputes);
  const bool is_open_pit = method.is_known && method.number == records::mining_method::open_pit;
  // The surface says nothing of what goes on below it.
  if (extraction.is_known && extraction.number == 1 && !is_open_pit) {
    const std::string seen = extraction.shown;
    extraction =
        FactValue::unknown(say_with("{0}; it is not, or not known to be, an open pit: the "
                                    "workings below must be surveyed",
                                    {seen}));
    extraction.is_example = within(standing.extraction).is_example;
  }
  FactValue other = within(standing.other);
  if (standing.other.empty()) {
    other.note = say_text("no dump, pond, site or road has been measured");
  } else if (other.is_known && other.number == 0) {
    // Outside the licence is where such ground may lie, with papers.
    const bool is_example = other.is_example;
    other = FactValue::unknown(other.shown);
    other.is_example = is_example;
  }
  FactValue heights = within(standing.elevations);
  if (!standing.has_elevations) {
    heights.note = say_text("no elevations of the licence that agree are entered");
  } else if (standing.elevations.empty()) {
    heights.note = say_text("no height of an extraction point has been measured");
  }
  if (!standing.has_boundary) {
    extraction = FactValue::unknown(no_line);
    other = FactValue::unknown(no_line);
  }
  facts.set("extraction_is_within_boundary", std::move(extraction));
  facts.set("other_ground_is_within_boundary", std::move(other));
  facts.set("extraction_is_within_elevations", std::move(heights));
  return {};
}

}  // namespace kuangxun::facts
