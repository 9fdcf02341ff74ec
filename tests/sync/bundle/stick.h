#pragma once

#include "sync/bundle/read_answers.h"
#include "sync/bundle/read_bundle.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/scripted/example_world.h"

namespace kuangxun::tests {

// A stick that goes between the laptops of a world and its county.
class Stick {
 public:
  explicit Stick(ExampleWorld& world) : world_(world) {}

  std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
  void remove(const std::string& name) { std::filesystem::remove(path(name)); }

  bundle::Laptop side_of(WorldLaptop& laptop) { return {laptop.store, &laptop.photos, world_.clock, world_.random}; }
  Result<bundle::WrittenBundle> write(WorldLaptop& laptop, const std::string& name) {
    KX_TRY(recipient, bundle::recipient_of(world_.county.statements()));
    return bundle::write_bundle(side_of(laptop), recipient, path(name));
  }
  bundle::County county() {
    bundle::County county{world_.county.id(), world_.county.bundle_secrets(), {}, {}, world_.clock};
    county.device_key = [this](const history::WriterId& writer) -> Result<std::optional<PublicKey>> {
      const auto found = world_.county.books.devices.find(writer);
      if (found == world_.county.books.devices.end()) return std::optional<PublicKey>();
      return std::optional<PublicKey>(found->second);
    };
    county.answer = [this](Bytes request) { return world_.county.answer_bytes(std::move(request)); };
    return county;
  }
  Result<bundle::ReadBundle> read(const std::string& name, const std::string& answers) {
    return bundle::read_bundle(county(), path(name), answers.empty() ? std::filesystem::path() : path(answers));
  }
  Result<bundle::ReadAnswers> absorb(WorldLaptop& laptop, const std::string& answers) {
    return bundle::read_answers(side_of(laptop), path(answers), {});
  }
  // Bundle, county, answers, laptop.
  Result<bundle::ReadAnswers> round_trip(WorldLaptop& laptop) {
    const std::string name = "trip-" + std::to_string(++trips_);
    KX_CHECK(write(laptop, name));
    KX_CHECK(read(name, name + ".back"));
    return absorb(laptop, name + ".back");
  }

 private:
  ExampleWorld& world_;
  TemporaryFolder folder_;
  int trips_ = 0;
};

}  // namespace kuangxun::tests
