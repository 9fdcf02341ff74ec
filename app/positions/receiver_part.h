#pragma once

#include "app/inspect/edit/document.h"
#include "app/pages/context.h"
#include "app/pages/visit_facts.h"
#include "app/receiver/receiver.h"

namespace kuangxun::positions {

// Which receiver is listened to, what it says now, and the points and the track that are taken with it.
class ReceiverPart {
 public:
  explicit ReceiverPart(pages::Context& context) : context_(context) {}
  ReceiverPart(const ReceiverPart&) = delete;  // its blocks borrow it
  ReceiverPart& operator=(const ReceiverPart&) = delete;

  // For another visit than the one before: what was typed for that one is not for this.
  void forget();
  Result<blocks::Section> build(const pages::VisitFacts& visit);

 private:
  blocks::Blocks content();
  blocks::Blocks sources();
  blocks::Stack heard() const;
  blocks::Stack taking();
  blocks::Line buttons();
  blocks::Button average_button(bool can_take, const std::string& reason);
  blocks::Button track_button();
  Status start();
  Status take_point(std::vector<inspect::FieldText> fields);

  pages::Context& context_;
  // Of the visit, as it was when the page was made.
  Uuid visit_;
  bool is_voided_ = false;
  bool is_example_place_ = false;
  std::vector<blocks::Option> units_;
  std::string elsewhere_;  // the place where a track of another visit is being recorded
  // Typed and chosen.
  std::string path_;
  std::string speed_ = "1";
  std::string average_until_;  // "": until it is taken; "60s"; "2m"
  std::string purpose_;
  std::string unit_;
  std::string label_;
};

}  // namespace kuangxun::positions
