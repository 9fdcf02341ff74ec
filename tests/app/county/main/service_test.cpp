// The county as a service without rights.
#include "db/base/files.h"
#include "tests/support/where.h"
#include "tests/sync/office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

TEST_CASE("the service's unit takes every right away, and systemd understands it") {
  const auto unit = read_text_file(source_folder() + "/packaging/kuangxun-county.service", 1 << 16);
  REQUIRE(unit.ok());
  for (const char* line : {"User=kuangxun-county", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes",
                           "PrivateTmp=yes", "StateDirectory=kuangxun-county", "CapabilityBoundingSet=",
                           "SystemCallFilter=@system-service", "UMask=0077", "Restart=on-failure"}) {
    CHECK_MESSAGE(unit->find("\n" + std::string(line) + "\n") != std::string::npos, line);
  }
  const std::string analyze = "/usr/bin/systemd-analyze";
  if (!std::filesystem::exists(analyze)) {
    MESSAGE("SKIPPED: systemd-analyze is not here, nobody verified packaging/kuangxun-county.service");
    return;
  }
  // It looks whether the program is there: the one of this build stands for the installed one.
  TemporaryFolder folder;
  const std::string installed = "/usr/local/bin/kuangxun-county";
  REQUIRE(unit->find("ExecStart=" + installed) != std::string::npos);
  const std::filesystem::path copy = folder / "kuangxun-county.service";
  REQUIRE(write_file_durably(copy, as_bytes(replace_all(*unit, installed, program))).ok());
  const Ran verified = run_program({analyze, "verify", "--man=no", copy.string()});
  CHECK_MESSAGE(verified.exit_code == 0, verified.err);
  CHECK_MESSAGE(verified.err.find("kuangxun-county.service") == std::string::npos, verified.err);
}
