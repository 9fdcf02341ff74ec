#pragma once

#include "app/licence/corner_markers.h"
#include "app/pages/context.h"
#include "app/pages/visit_facts.h"

namespace kuangxun::gps {
struct Fix;
}

namespace kuangxun::positions {

// Corner markers of the visited place: the way to a corner, and what is seen there.
class MarkerPart {
 public:
  explicit MarkerPart(pages::Context& context) : context_(context) {}
  MarkerPart(const MarkerPart&) = delete;  // its blocks borrow it
  MarkerPart& operator=(const MarkerPart&) = delete;

  // For another visit than the one before: what was typed for that one is not for this.
  void forget();
  // Nothing where the place has no corners.
  Result<std::optional<blocks::Section>> build(const pages::VisitFacts& visit);

 private:
  // What a button said that it would record.
  struct Promise {
    std::string state;
    Uuid boundary;
    std::int64_t corner = 0;
    bool is_measured = false;
  };
  blocks::Blocks aiming();
  blocks::Choice corner_choice(const licence::Corner* nearest);
  blocks::Line buttons(const licence::Corner* aim, bool is_measured);
  std::string seen_before(const licence::Corner& corner);
  void add_recorded(const inspect::Child& child, std::size_t index, blocks::Blocks& part);
  Status record(const Promise& promise);
  Status add_position(const gps::Fix& fix, std::vector<inspect::FieldText>& fields);

  pages::Context& context_;
  // Of the visit and its place, as they were when the page was made.
  Uuid visit_;
  bool is_voided_ = false;
  bool is_example_place_ = false;
  std::vector<licence::Corner> corners_;
  std::vector<licence::SeenMarker> seen_;
  // Typed and chosen.
  std::string corner_;  // "": the nearest; else the boundary, a blank, the corner
  std::string note_;
};

}  // namespace kuangxun::positions
