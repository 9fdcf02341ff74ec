#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// libFuzzer's own mutation; the plain replay brings a simple one of its own.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max);

namespace kuangxun::fuzz {

// Gives a frame of at least 208 bytes the magic, version, payload length and payload hash that fit it.
void mend_frame(std::span<std::uint8_t> frame);

// Where a message keeps what mend_message mends, as sync/wire/WIRE.md lists it.
struct MessageForm {
  std::string_view magic;
  std::size_t body_length_at;
};
constexpr MessageForm request_form = {"KXRQ", 52};
constexpr MessageForm answer_form = {"KXAN", 52};
// The magic, version and body length that fit; nothing happens to what is too short.
void mend_message(std::span<std::uint8_t> message, const MessageForm& form);

}  // namespace kuangxun::fuzz
