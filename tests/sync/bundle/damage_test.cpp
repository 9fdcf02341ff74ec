// Every byte cut off and every bit turned of a bundle of 64 KiB and of its answers: nothing of it is taken.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include "db/base/files.h"
#include "tests/sync/bundle/stick.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// A file whose bytes are changed in place, quickly.
class Patient {
 public:
  explicit Patient(const std::filesystem::path& path)
      : bytes_(*read_file(path, 1 << 20)), descriptor_(::open(path.c_str(), O_RDWR)) {}
  ~Patient() { ::close(descriptor_); }
  Patient(const Patient&) = delete;
  Patient& operator=(const Patient&) = delete;
  std::size_t size() const { return bytes_.size(); }
  void flip(std::size_t bit) { write(bit / 8, static_cast<std::uint8_t>(bytes_[bit / 8] ^ (1U << (bit % 8)))); }
  void mend(std::size_t at) { write(at, bytes_[at]); }
  void cut(std::size_t size) { REQUIRE(::ftruncate(descriptor_, static_cast<off_t>(size)) == 0); }

 private:
  void write(std::size_t at, std::uint8_t byte) {
    REQUIRE(::pwrite(descriptor_, &byte, 1, static_cast<off_t>(at)) == 1);
  }
  Bytes bytes_;
  int descriptor_;
};

// The ends, and one bit of every third byte. KUANGXUN_EVERY_BIT=1 turns all 521,352 (some minutes): none was ever
// taken.
bool is_tried(std::size_t bit, std::size_t size) {
  static const bool every_bit = std::getenv("KUANGXUN_EVERY_BIT") != nullptr;
  const std::size_t at = bit / 8;
  if (every_bit || at < 400 || at + 100 > size) return true;
  return bit % 8 == at % 8 && at % 3 == 0;
}

}  // namespace

TEST_CASE("a bundle that is cut short, longer or changed anywhere is refused before anything of it is taken") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  Bytes noise(28'000);
  world.random.fill(noise);
  laptop->photos.keep(noise);
  laptop->write("示例");
  REQUIRE(stick.write(*laptop, "bundle").ok());
  std::size_t asked = 0;
  bundle::County county = stick.county();
  county.answer = [&](Bytes request) {
    ++asked;
    return world.county.answer_bytes(std::move(request));
  };
  const auto is_refused = [&] { return !bundle::read_bundle(county, stick.path("bundle"), {}).ok() && asked == 0; };
  Patient file(stick.path("bundle"));
  MESSAGE("a bundle of " << file.size() << " bytes");
  CHECK(file.size() > 60'000);
  std::size_t accepted = 0;
  std::size_t tried = 0;
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    if (!is_tried(bit, file.size())) continue;
    ++tried;
    file.flip(bit);
    accepted += is_refused() ? 0 : 1;
    file.mend(bit / 8);
  }
  CHECK(accepted == 0);
  CHECK(tried > 10'000);
  file.cut(file.size() + 1);
  CHECK(is_refused());
  for (std::size_t size = file.size(); size-- > 0;) {
    file.cut(size);
    accepted += is_refused() ? 0 : 1;
  }
  CHECK(accepted == 0);
  CHECK(asked == 0);
}

TEST_CASE("answers that are cut short or changed anywhere change nothing at the laptop") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  const auto other = world.enrolled("二号");
  other->write("示例：二号");
  world.talk(*other);
  laptop->photos.keep(Bytes(1000, 7));
  laptop->write("示例：一号");
  REQUIRE(stick.write(*laptop, "bundle").ok());
  REQUIRE(stick.read("bundle", "answers").ok());
  Patient file(stick.path("answers"));
  const auto is_untouched = [&] {
    const LaptopState& state = laptop->store.state();
    return state.mark.sequence() == 0 && state.mark.incarnation == 0 && state.checkpoint.empty() &&
           laptop->store.own_progress()->stored_through == 0;
  };
  std::size_t accepted = 0;
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    file.flip(bit);
    accepted += stick.absorb(*laptop, "answers").ok() || !is_untouched() ? 1 : 0;
    file.mend(bit / 8);
  }
  for (std::size_t size = file.size(); size-- > 0;) {
    file.cut(size);
    accepted += stick.absorb(*laptop, "answers").ok() || !is_untouched() ? 1 : 0;
  }
  CHECK(accepted == 0);
}
