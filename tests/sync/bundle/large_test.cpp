// Large photos on a stick: memory stays flat.
#include <doctest/doctest.h>

#include <fstream>

#include "db/base/limits.h"
#include "tests/sync/bundle/stick.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// Photos of the largest size, made up while they are read.
class MadeUpPhotos final : public engine::AttachmentStore {
 public:
  explicit MadeUpPhotos(std::uint8_t count) : count_(count) {}
  Result<std::vector<wire::AttachmentName>> unsent() override {
    std::vector<wire::AttachmentName> names;
    for (std::uint8_t i = 0; i < count_; ++i) names.push_back({sha256(Bytes{i}), limits::attachment_bytes_max});
    return names;
  }
  Result<Bytes> read(const wire::AttachmentName& name, std::uint32_t index, std::uint32_t offset,
                     std::size_t bytes_max) override {
    Bytes bytes(std::min<std::size_t>(name.chunk_size_bytes(index) - offset, bytes_max), name.hash.bytes[0]);
    bytes[0] = static_cast<std::uint8_t>(index);
    return bytes;
  }
  Status note_sent(const wire::AttachmentName&) override { return {}; }
  Status forget_sent() override { return {}; }
  Result<std::vector<wire::AttachmentName>> missing() override { return std::vector<wire::AttachmentName>(); }
  Result<std::uint64_t> begun(const wire::AttachmentName&) override { return std::uint64_t{0}; }
  Result<bool> append(const wire::AttachmentName&, const Bytes&) override { return false; }

 private:
  std::uint8_t count_;
};

// The most memory that this process used since forget_peak(), in KiB.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  }
  return 0;
}

void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace

TEST_CASE("three photos of 64 MiB: written, proved and read in a few MiB of memory") {
  ExampleWorld world;
  Stick stick(world);
  const auto laptop = world.enrolled("一号");
  laptop->write("示例");
  MadeUpPhotos photos(3);
  const bundle::Laptop side{laptop->store, &photos, world.clock, world.random};
  forget_peak();
  const long before_kib = peak_kib();
  const std::int64_t began_ms = SystemClock().steady_ms();
  const auto written =
      bundle::write_bundle(side, *bundle::recipient_of(world.county.statements()), stick.path("bundle"));
  const std::int64_t written_ms = SystemClock().steady_ms();
  REQUIRE(written.ok());
  CHECK(written->photos == 3);
  CHECK(written->file.bytes > 3 * limits::attachment_bytes_max);
  CHECK(written->file.bytes < 3 * limits::attachment_bytes_max + limits::attachment_bytes_max / 100);
  // A county that keeps no photo, so that only the reading is measured.
  bundle::County county = stick.county();
  std::uint64_t bytes = 0;
  county.answer = [&](Bytes request) {
    bytes += request.size();
    const auto parsed = wire::parse_request(request);
    if (parsed->type != wire::MessageType::attachment_put) return world.county.answer_bytes(std::move(request));
    return wire::seal_answer(parsed->type, {wire::AnswerCode::done, sha256(request), 0, 1}, wire::AttachmentPutAnswer{},
                             world.county.key());
  };
  const auto taken = bundle::read_bundle(county, stick.path("bundle"), {});
  const std::int64_t read_ms = SystemClock().steady_ms();
  CHECK(bytes > 3 * limits::attachment_bytes_max);
  REQUIRE(taken.ok());
  CHECK(taken->photo_pieces == 3 * limits::attachment_bytes_max / limits::chunk_bytes);
  const long peak = peak_kib() - before_kib;
  MESSAGE("192 MiB of photos: written and read back in " << written_ms - began_ms << " ms, proved and read in "
                                                         << read_ms - written_ms << " ms, " << peak << " KiB more");
  CHECK(peak < 16 * 1024);
}
