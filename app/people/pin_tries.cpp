#include "app/people/pin_tries.h"

#include <algorithm>
#include <charconv>

#include "db/base/files.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::people {
namespace {

constexpr std::uint64_t tries_bytes_max = 100;

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

}  // namespace

std::int64_t PinTries::wait_ms(int wrong) {
  if (wrong < free_tries) return 0;
  const int doublings = std::min(wrong - free_tries, 20);
  return std::min(first_wait_ms << doublings, wait_max_ms);
}

// "COUNT LAST_MS". A file that does not read so is none: whoever can write here can also take it away.
PinTries::Count PinTries::read() const {
  const auto text = read_text_file(file_, tries_bytes_max);
  if (!text.ok()) return {};
  const auto parts = split(trim(*text), ' ');
  Count count;
  if (parts.size() != 2 || !read_number(parts[0], count.wrong) || !read_number(parts[1], count.last_ms)) return {};
  count.wrong = std::clamp(count.wrong, 0, 1'000'000);
  return count;
}

Status PinTries::write(const Count& count) {
  const std::string text = std::to_string(count.wrong) + " " + std::to_string(count.last_ms) + "\n";
  return write_file_durably(file_, as_bytes(text), true);
}

int PinTries::wrong() const {
  return read().wrong;
}

Status PinTries::may_try() {
  Count count = read();
  const std::int64_t wait = wait_ms(count.wrong);
  if (wait == 0) return {};
  const std::int64_t now_ms = clock_.now_ms();
  if (now_ms < count.last_ms) {
    // The clock was set back: the wait begins anew, it is not the longer for it.
    count.last_ms = now_ms;
    KX_CHECK(write(count));
  }
  const std::int64_t left_ms = count.last_ms + wait - now_ms;
  if (left_ms <= 0) return {};
  const std::string seconds = std::to_string((left_ms + 999) / 1000);
  return Error(ErrorCode::busy,
               phrase("{0} wrong PINs so far; try again in {1} s", {std::to_string(count.wrong), seconds}));
}

Status PinTries::begin() {
  return write({read().wrong + 1, clock_.now_ms()});
}

Status PinTries::take_back() {
  const Count count = read();
  return write({std::max(count.wrong - 1, 0), count.last_ms});
}

Status PinTries::forget() {
  if (read().wrong == 0) return {};
  return write({0, clock_.now_ms()});
}

}  // namespace kuangxun::people
