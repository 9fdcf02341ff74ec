#include "tests/simulation/county_disk.h"

#include <cassert>

#include "tests/support/memory_county/memory_county_store.h"

namespace kuangxun::simulation {
namespace {

class MemoryDisk final : public CountyDisk {
 public:
  MemoryDisk() = default;
  explicit MemoryDisk(tests::CountyContent content) : content_(std::move(content)) {}

  std::unique_ptr<ports::CountyStore> open(Strike& strike) override {
    assert(!is_open_);
    is_open_ = true;
    return std::make_unique<tests::MemoryCountyStore>(std::move(content_), &strike, [this](tests::CountyContent left) {
      content_ = std::move(left);
      is_open_ = false;
    });
  }
  std::unique_ptr<CountyDisk> copy() const override {
    assert(!is_open_);
    return std::make_unique<MemoryDisk>(content_);
  }

 private:
  tests::CountyContent content_;
  bool is_open_ = false;
};

}  // namespace

std::unique_ptr<CountyDisk> memory_county() {
  return std::make_unique<MemoryDisk>();
}

}  // namespace kuangxun::simulation
