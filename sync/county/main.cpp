#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <iostream>

#include "db/base/language.h"
#include "sync/county/commands.h"

namespace {

using namespace kuangxun;

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return 2;
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
      return 3;
    default:
      return 4;
  }
}

// As in kuangxun: $KUANGXUN_ASSETS; else beside an installed program; else the tree this was built from.
std::filesystem::path assets_folder() {
  if (const char* chosen = std::getenv("KUANGXUN_ASSETS"); chosen != nullptr && chosen[0] != '\0') return chosen;
  std::error_code failure;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failure);
  const std::filesystem::path installed = program.parent_path().parent_path() / "share/kuangxun";
  if (!failure && std::filesystem::is_directory(installed / "registers", failure)) return installed;
  return KUANGXUN_ASSETS_FOLDER;
}

struct Words {
  std::string language;
  std::string store;
  std::string keys;
  std::string listen;
  std::string county_name = "特克斯县";
  std::string device_name;
  std::string role = "officer";
  bool is_empty = false;
  bool as_json = false;
};

// "127.0.0.1:8470" or "[::1]:8470".
Result<std::pair<std::string, std::uint16_t>> parse_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos) {
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    if (failure == std::errc() && end == text.data() + text.size()) return std::pair(text.substr(0, colon), port);
  }
  return Error(ErrorCode::usage, say_text("--listen 应为 主机:端口，如 127.0.0.1:8470",
                                          "--listen must be HOST:PORT, like 127.0.0.1:8470"));
}

void describe(CLI::App& app, Words& words) {
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--lang", words.language, "zh | en")->check(CLI::IsMember({"zh", "en"}));
  app.add_option("--store", words.store, "sqlite:FILE | postgresql://…")->required();
  app.add_option("--keys", words.keys, "密钥文件夹 / folder of the county's keys");

  CLI::App* init = app.add_subcommand("init", "建立县库 / make the county database");
  init->add_flag("--empty", words.is_empty, "不装名录 / without the registers");
  init->add_option("--name", words.county_name, "县名 / the county's name");
  CLI::App* serve = app.add_subcommand("serve", "接受笔记本同步 / serve the laptops");
  serve->add_option("--listen", words.listen, "127.0.0.1:PORT")->required();
  CLI::App* enrol = app.add_subcommand("enrol", "打印注册码 / print an enrolment code");
  enrol->add_option("--name", words.device_name, "设备名 / name of the laptop")->required();
  enrol->add_option("--role", words.role, "officer | reviewer | administrator")
      ->check(CLI::IsMember({"officer", "reviewer", "administrator"}));
  for (CLI::App* command : {app.add_subcommand("devices", "已注册的设备 / enrolled devices"),
                            app.add_subcommand("status", "县库状态 / state of the database")}) {
    command->add_flag("--json", words.as_json, "JSON");
  }
}

Status run(const std::string& command, const Words& words, county::World& world) {
  KX_TRY(address, county::parse_store_address(words.store, words.keys));
  if (command == "init") {
    return county::init(world, address, words.county_name, words.is_empty ? std::filesystem::path() : assets_folder());
  }
  if (command == "serve") {
    KX_TRY(listen, parse_listen(words.listen));
    return county::serve(world, address, listen.first, listen.second);
  }
  if (command == "enrol") return county::enrol(world, address, words.device_name, words.role);
  if (command == "devices") return county::devices(world, address, words.as_json);
  return county::status(world, address, words.as_json);
}

}  // namespace

int main(int count, char** arguments) {
  Words words;
  CLI::App app("kuangxun-county");
  describe(app, words);
  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& wrong) {
    app.exit(wrong);
    return 2;
  }
  if (words.language == "en") set_language(Language::english);
  SystemClock clock;
  SystemRandom random;
  county::World world{clock, random, std::cout, std::cerr};
  const Status done = run(app.get_subcommands().front()->get_name(), words, world);
  if (done.ok()) return 0;
  std::cerr << done.error().message() << '\n';
  return exit_code_of(done.error().code());
}
