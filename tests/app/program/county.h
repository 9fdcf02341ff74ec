#pragma once

#include <doctest/doctest.h>
#include <signal.h>

#include <memory>
#include <vector>

#include "tests/app/program/program.h"
#include "tests/support/where.h"

namespace kuangxun::tests {

inline const std::string county_program = binary_folder() + "/bin/kuangxun-county";

// `kuangxun-county serve` until the object goes.
class Server {
 public:
  explicit Server(const std::string& store) {
    // The shell gives its id and becomes the program; timeout ends it should the test be killed.
    const std::string command = "echo $$; exec timeout 300 " + Program::quoted(county_program) + " --lang en --store " +
                                Program::quoted(store) + " serve --listen 127.0.0.1:0 2>&1";
    output_ = ::popen(command.c_str(), "r");
    REQUIRE(output_ != nullptr);
    id_ = std::stoi(line());
    const std::string told = line();
    const std::size_t at = told.find("https://");
    REQUIRE_MESSAGE(at != std::string::npos, told);
    address = std::string(trim(told.substr(at)));
  }
  ~Server() {
    ::kill(id_, SIGTERM);
    ::pclose(output_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address;

 private:
  std::string line() {
    std::string text(1000, '\0');
    if (::fgets(text.data(), static_cast<int>(text.size()), output_) == nullptr) return {};
    return text.substr(0, text.find('\0'));
  }
  FILE* output_ = nullptr;
  int id_ = 0;
};

struct Office {
  Office() { REQUIRE(run("init").exit_code == 0); }
  Outcome run(const std::string& words) const {
    const std::string out = (folder / "out").string();
    const std::string err = (folder / "err").string();
    const int status = std::system((Program::quoted(county_program) + " --lang en --store " + Program::quoted(store) +
                                    " " + words + " >" + out + " 2>" + err)
                                       .c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, Program::read(out), Program::read(err)};
  }
  std::string code(const std::string& name = "示例电脑", const std::string& role = "officer") const {
    return code_of("enrol --name " + name + " --role " + role);
  }
  std::string person_code(const std::string& name, const std::string& role = "officer") const {
    return code_of("people enrol --name " + name + " --certificate 示例-" + name + " --role " + role);
  }
  std::string code_of(const std::string& words) const {
    const Outcome told = run(words);
    REQUIRE_MESSAGE(told.exit_code == 0, told.err);
    return std::string(trim(told.out));
  }
  TemporaryFolder folder;
  std::string store = "sqlite:" + (folder / "county.gpkg").string();
};

struct Laptop : Program {
  Laptop(const Office& office, const Server& server, const std::string& name = "示例电脑",
         const std::string& role = "officer") {
    REQUIRE(run({"init"}).exit_code == 0);
    const Outcome joined = run({"enrol", server.address, office.code(name, role)});
    REQUIRE_MESSAGE(joined.exit_code == 0, joined.err);
  }
  // Somebody registers here under this PIN; gives their id.
  std::string register_person(const Office& office, const std::string& name, const std::string& pin,
                              const std::string& role = "officer") {
    input = pin + "\n";
    const Outcome told = run({"person", "enrol", office.person_code(name, role), "--json"});
    REQUIRE_MESSAGE(told.exit_code == 0, told.err);
    return member(told.json(), "id");
  }
  json::JsonValue sync() {
    const Outcome synced = run({"sync", "--json"});
    REQUIRE_MESSAGE(synced.exit_code == 0, synced.err);
    return synced.json();
  }
  // The mine of a mineral, without where its record stands on the way to the county.
  std::string value(const std::string& id, std::string_view field) {
    return member(run({"show", id, "--json"}).json(), field);
  }
};

inline std::string iron_mine(Program& laptop) {
  return member(where(laptop.run({"list", "mining-right", "--json"}).json(), "mineral", "iron"), "id");
}

}  // namespace kuangxun::tests
