#include <iostream>

#include "app/cli/command_line.h"
#include "app/main/local_workplace.h"
#include "app/main/program_log.h"
#include "app/main/window.h"
#include "db/base/assets_folder.h"

// The composition root: the only place where concrete things are made.
int main(int count, char** words) {
  using namespace kuangxun;

  SystemClock clock;
  SystemRandom random;
  const std::filesystem::path assets = assets_folder();
  ProgramLog log;
  const auto log_line = [&](const std::filesystem::path& folder, const std::string& text) { log.line(folder, text); };

  const cli::Ports ports{
      clock,
      random,
      assets,
      [&](const std::filesystem::path& folder) {
        return std::make_unique<LocalWorkplace>(folder, assets, clock, random);
      },
      [&](const std::filesystem::path& folder, const Uuid& person, const std::filesystem::path& script) -> Result<int> {
        LocalWorkplace workplace(folder, assets, clock, random);
        return run_window({workplace, clock, random, assets, person, script, log_line});
      },
      log_line,
  };
  return cli::run_command_line(count, words, ports, std::cout, std::cerr);
}
