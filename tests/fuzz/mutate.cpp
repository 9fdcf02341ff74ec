#include "tests/fuzz/mutate.h"

#include <algorithm>

#include "db/base/hash.h"
#include "db/frames/frame.h"
#include "sync/wire/messages.h"

namespace kuangxun::fuzz {

void mend_frame(std::span<std::uint8_t> frame) {
  // Offsets as db/frames/FORMAT.md lists them.
  constexpr std::size_t version_at = 4, suite_at = 5, codec_at = 6, reserved_at = 7, sizes_at = 40, hash_at = 80,
                        payload_at = 208;
  std::ranges::copy(std::string_view("KXF0"), frame.begin());
  frame[version_at] = frames::format_version;
  frame[suite_at] &= 1;
  frame[codec_at] &= 1;
  frame[reserved_at] = 0;
  const auto payload = frame.subspan(payload_at);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto byte = static_cast<std::uint8_t>(payload.size() >> (8 * i));
    frame[sizes_at + i] = byte;
    if (frame[codec_at] == 0) frame[sizes_at + 4 + i] = byte;
  }
  std::ranges::copy(sha256(payload).bytes, frame.begin() + hash_at);
}

void mend_message(std::span<std::uint8_t> message, const MessageForm& form) {
  constexpr std::size_t version_at = 4, signature_bytes = 64;
  const std::size_t body_at = form.body_length_at + 4;
  if (message.size() < body_at + signature_bytes) return;
  std::ranges::copy(form.magic, message.begin());
  message[version_at] = wire::wire_version;
  const std::size_t body_bytes = message.size() - body_at - signature_bytes;
  for (std::size_t i = 0; i < 4; ++i) {
    message[form.body_length_at + i] = static_cast<std::uint8_t>(body_bytes >> (8 * i));
  }
}

}  // namespace kuangxun::fuzz
