#pragma once

#include "tests/sync/scripted/example_world.h"

namespace kuangxun::fuzz {

// A county, a laptop with something to say to it, and another one that has said it. The same in every run.
struct BundleScene {
  BundleScene() {
    other->write("示例：二号");
    world.talk(*other);
    laptop->write("示例：一号");
  }
  tests::ExampleWorld world;
  std::unique_ptr<tests::WorldLaptop> other = world.enrolled("示例二号");
  std::unique_ptr<tests::WorldLaptop> laptop = world.enrolled("示例一号");
};

}  // namespace kuangxun::fuzz
