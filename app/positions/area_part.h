#pragma once

#include "app/inspect/edit/document.h"
#include "app/pages/context.h"
#include "app/pages/visit_facts.h"

namespace kuangxun::positions {

// Areas that are walked round, or made of points: while walking, and when they are there.
class AreaPart {
 public:
  explicit AreaPart(pages::Context& context) : context_(context) {}
  AreaPart(const AreaPart&) = delete;  // its blocks borrow it
  AreaPart& operator=(const AreaPart&) = delete;

  // For another visit than the one before: what was typed for that one is not for this.
  void forget();
  blocks::Section build(const pages::VisitFacts& visit);

 private:
  blocks::Blocks recorder();
  blocks::Button start_button();
  void add_area(const pages::VisitFacts& visit, const inspect::Child& child, std::size_t index, blocks::Blocks& part);
  Status start();
  Status finish_walk();
  Status finish_points();
  Status finish(const Uuid& area);
  std::vector<inspect::FieldText> fields() const;

  pages::Context& context_;
  // Of the visit, as it was when the page was made.
  Uuid visit_;
  bool is_voided_ = false;
  bool is_example_place_ = false;
  // Typed and chosen.
  std::string kind_;
  std::string label_;
};

}  // namespace kuangxun::positions
