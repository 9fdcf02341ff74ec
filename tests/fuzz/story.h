#pragma once

#include <vector>

#include "db/frames/frame.h"
#include "tests/fuzz/input.h"

// Bytes told as a story: frames of a few laptops that edit the same few records, each sound in form and hostile in
// content. What libFuzzer changes in the bytes changes who, what and when.
namespace kuangxun::fuzz {

// Laptops 0 to 2 write; a fourth is only named in bases, and never comes. Every id of a story holds the number of its
// edition: two editions of one story have nothing to do with each other, so that both can stand in one store.
constexpr std::size_t story_laptops = 3;
using Edition = std::uint32_t;
history::WriterId story_writer(std::size_t laptop, Edition edition);
Uuid story_record(std::size_t number, Edition edition);
constexpr std::size_t story_records = 4;
const SigningKey& story_key(std::size_t laptop);

struct StoryFrame {
  std::size_t laptop = 0;
  Bytes bytes;  // hashed, and signed when that was wanted
};

// At most 12 frames of at most 8 operations; the frames of one laptop are its chain from the first operation on.
// Without `with_signatures` the signature is zero: for places that were told that a frame is believed.
std::vector<StoryFrame> tell_story(Input input, Edition edition, bool with_signatures);

// A sound frame on a record of its own, by a laptop that had no part in the story, and its one operation.
struct LateFrame {
  history::Operation operation;
  Bytes bytes;
};
history::WriterId late_writer(Edition edition);
const SigningKey& late_key();
LateFrame late_frame(Edition edition, bool with_signature);

}  // namespace kuangxun::fuzz
