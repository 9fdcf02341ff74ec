#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "sync/engine/context.h"
#include "sync/engine/photo_questions.h"

namespace kuangxun::engine {

// The turn that brings photos to the county, in pieces: a photo is no record, and a cut costs no piece that arrived.
// An absorbing session only learns which ones arrived. Asked for only where there are photos.
class PhotoSending {
 public:
  explicit PhotoSending(Context& context) : context_(context) {}

  Turn begin();
  Turn take(const wire::AttachmentHaveAnswer& answer);
  Turn take(const wire::AttachmentPutAnswer& answer);
  // The link broke: what is left to send is asked for anew.
  void forget();

 private:
  struct Sending {
    wire::AttachmentName name;
    wire::ChunkMap map;
  };
  Turn next_offer();
  Turn next_piece();
  Status take_map(const wire::AttachmentName& name, const wire::ChunkMap& map);
  Turn go_on_after(const wire::AttachmentPutAnswer& kept);
  void leave_photo();

  Context& context_;
  PhotoQuestions offers_;
  std::vector<Sending> to_send_;  // the last one is under way
  std::uint32_t chunk_ = 0;
  std::uint32_t offset_ = 0;
  int stalls_ = 0;
  std::optional<std::pair<Hash, std::uint64_t>> last_partial_;  // of the photo that a cut interrupted
};

}  // namespace kuangxun::engine
