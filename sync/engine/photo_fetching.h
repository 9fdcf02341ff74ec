#pragma once

#include <vector>

#include "sync/engine/context.h"
#include "sync/engine/photo_questions.h"

namespace kuangxun::engine {

// The turn that brings photos that records here name and that are not here, in pieces, as far as the county has them.
// Asked for only where there are photos.
class PhotoFetching {
 public:
  explicit PhotoFetching(Context& context) : context_(context) {}

  Turn begin();
  Turn take(const wire::AttachmentHaveAnswer& answer);
  Turn take(const wire::AttachmentGetAnswer& answer);
  // The link broke: what is missing is asked for anew.
  void forget();

 private:
  Turn next_question();
  Turn next_fetch();

  Context& context_;
  PhotoQuestions questions_;
  std::vector<wire::AttachmentName> to_fetch_;  // the last one is next
};

}  // namespace kuangxun::engine
