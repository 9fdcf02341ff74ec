#include <iostream>

#include "app/cli/command_line.h"
#include "app/main/built.h"
#include "app/main/window.h"
#include "app/office/network_county.h"
#include "db/base/assets_folder.h"

// The composition root: the only place where concrete things are made.
int main(int count, char** words) {
  using namespace kuangxun;

  SystemClock clock;
  SystemRandom random;
  office::NetworkCounty county(clock, random);
  const office::World world{clock, random, county, assets_folder(), built_ms()};
  const cli::Ports ports{
      world,
      [&](const std::filesystem::path& folder, const Uuid& person, const std::filesystem::path& script) -> Result<int> {
        office::Office office(folder, world);
        return run_window(office, person, script);
      },
  };
  return cli::run_command_line(count, words, ports, std::cout, std::cerr);
}
