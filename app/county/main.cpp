#include <CLI/CLI.hpp>
#include <charconv>
#include <functional>
#include <iostream>
#include <type_traits>

#include "app/county/desk.h"
#include "db/base/assets_folder.h"
#include "db/base/text.h"
#include "db/language/language.h"
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

struct Words {
  std::string language;
  std::string store;
  std::string keys;
  std::string disk;
  std::string listen;
  std::string logs;
  std::string county_name = "特克斯县";
  std::string role = "officer";
  std::string name;
  std::string reason;
  unsigned workers = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::vector<std::string> proxies;
  county::PersonWords person;
  county::RevokeWords device;
  std::string id;
  std::string file;
  std::string passphrase_file;
  std::string answers;
  std::string fingerprint;
  std::string upward_folder;
  std::uint64_t every_h = 24;
  county::UpwardWords upward;
  county::PositioningWords positioning;
  std::string place;
  std::string on;
  printout::CheckWords check;
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
  return Error(ErrorCode::usage, phrase("--listen must be HOST:PORT, like 127.0.0.1:8470"));
}

// What a command does; its exit code when it could.
using Run = std::function<Result<int>(county::World&, const county::StoreAddress&)>;

// What one command does; the last one that CLI11 met is run.
class CommandLine {
 public:
  explicit CommandLine(CLI::App& app) : app_(app) {
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--lang", words.language, join(language_codes(), " | "))->check(CLI::IsMember(language_codes()));
    app.add_option("--store", words.store, "sqlite:FILE | postgresql://…")->required();
    app.add_option("--keys", words.keys, "密钥文件夹 / folder of the county's keys");
    app.add_option("--disk", words.disk, "数据库所在的文件夹（PostgreSQL）/ folder whose free space is watched");
    describe_running();
    describe_desk();
    describe_devices();
    describe_people();
    describe_quarantine();
    describe_positioning();
    describe_copies();
    describe_upward();
  }
  Result<int> run(county::World& world) const {
    KX_TRY(address, county::parse_store_address(words.store, words.keys));
    if (!words.disk.empty()) address.disk_folder = words.disk;
    return run_(world, address);
  }
  Words words;

 private:
  // `body` gives a Status, or a Result of the exit code.
  template <class Body>
  CLI::App* add(CLI::App& under, const std::string& name, const std::string& help, Body body) {
    Run run = [body = std::move(body)](county::World& world, const county::StoreAddress& address) -> Result<int> {
      if constexpr (std::is_same_v<decltype(body(world, address)), Status>) {
        KX_CHECK(body(world, address));
        return 0;
      } else {
        return body(world, address);
      }
    };
    CLI::App* command = under.add_subcommand(name, help);
    // A command inside a command comes first, and is the one that was meant.
    command->callback([this, run = std::move(run)] {
      if (!run_) run_ = run;
    });
    return command;
  }
  void add_json(CLI::App* command) { command->add_flag("--json", words.as_json, "JSON"); }
  void add_reason(CLI::App* command) { command->add_option("--reason", words.reason, "原因 / why")->required(); }
  void add_id(CLI::App* command, const std::string& help) { command->add_option("ID", words.id, help)->required(); }

  void describe_running();
  void describe_desk();
  void describe_devices();
  void describe_people();
  void describe_quarantine();
  void describe_positioning();
  void describe_copies();
  void describe_upward();

  CLI::App& app_;
  Run run_;
};

void CommandLine::describe_running() {
  CLI::App* init = add(app_, "init", "建立县级库 / make the county database", [this](auto& world, const auto& address) {
    return county::init(world, address, words.county_name, words.is_empty ? std::filesystem::path() : assets_folder());
  });
  init->add_flag("--empty", words.is_empty, "不装名录 / without the registers");
  init->add_option("--name", words.county_name, "县名 / the county's name");
  CLI::App* serve =
      add(app_, "serve", "接受笔记本同步 / serve the laptops", [this](auto& world, const auto& address) -> Status {
        KX_TRY(listen, parse_listen(words.listen));
        return county::serve(world, address,
                             {listen.first, listen.second, words.workers, words.proxies, words.logs,
                              words.upward_folder, words.every_h});
      });
  serve->add_option("--listen", words.listen, "HOST:PORT")->required();
  serve->add_option("--workers", words.workers, "同时处理的请求数（PostgreSQL）/ requests in work at once");
  serve->add_option("--proxy", words.proxies, "前置代理的地址（PROXY v2）/ addresses of proxies in front");
  serve->add_option("--logs", words.logs, "日志文件夹 / folder of the logs");
  serve->add_option("--upward", words.upward_folder, "定期写上报包的文件夹 / folder for packages to the prefecture");
  serve->add_option("--every", words.every_h, "每隔几小时（默认 24）/ hours between them (24)")
      ->check(CLI::Range(1, 24 * 366));
  add_json(add(app_, "status", "县级库状态 / state of the database",
               [this](auto& world, const auto& address) { return county::status(world, address, words.as_json); }));
  add(app_, "prepare", "只建表，供州级接收复制 / only the tables, for a prefecture", county::prepare);
  CLI::App* keys = app_.add_subcommand("keys", "县级库密钥 / the county's keys");
  keys->require_subcommand(1);
  add(*keys, "rotate", "换新密钥，由旧密钥签名 / new keys, signed by the old ones", county::rotate_keys);
  add(*keys, "replace-lost", "密钥丢失后换新 / new keys when the old ones are lost", county::replace_keys);
}

void CommandLine::describe_desk() {
  CLI::App* look =
      add(app_, "look", "一个地点的档案和核对结果 / a place's dossier and verdicts",
          [this](auto& world, const auto& address) { return desk::look(world, address, words.place, words.as_json); });
  look->add_option("PLACE", words.place, "地点的编号或名称 / id or name of the place")->required();
  add_json(look);
  CLI::App* check = add(app_, "check", "按规则核对，与笔记本相同 / verdicts, as at a laptop",
                        [this](auto& world, const auto& address) -> Result<int> {
                          words.check.as_json = words.as_json;
                          KX_TRY(is_sound, desk::check(world, address, words.on, words.check));
                          return is_sound ? 0 : 1;
                        });
  check->add_option("--site", words.check.site, "地点的编号或名称（默认全部）/ id or name of a place (all)");
  check->add_option("--catalogue", words.check.catalogue, "只用这一个规则目录 / only this catalogue");
  check->add_option("--on", words.on, "日期 YYYY-MM-DD（默认今天）/ day (today)");
  add_json(check);
}

void CommandLine::describe_devices() {
  CLI::App* enrol =
      add(app_, "enrol", "打印注册码 / print an enrolment code",
          [this](auto& world, const auto& address) { return county::enrol(world, address, words.name, words.role); });
  enrol->add_option("--name", words.name, "设备名 / name of the laptop")->required();
  enrol->add_option("--role", words.role, "officer | reviewer | administrator");
  add_json(add(app_, "devices", "已登记的设备 / enrolled devices",
               [this](auto& world, const auto& address) { return county::devices(world, address, words.as_json); }));
  CLI::App* revoke = add(app_, "revoke", "吊销设备 / revoke a laptop", [this](auto& world, const auto& address) {
    words.device.device = words.id;
    words.device.reason = words.reason;
    return county::revoke(world, address, words.device);
  });
  add_id(revoke, "设备编号 / id of the device");
  revoke->add_option("--epoch", words.device.epoch, "世代（默认最新）/ epoch (the newest)");
  revoke->add_option(
      "--from", words.device.from_sequence,
      "从第几项操作起（默认县级库已有的之后）/ first operation that is not shown (after what the county has)");
  add_reason(revoke);
}

void CommandLine::describe_people() {
  CLI::App* people = add(app_, "people", "人员 / people", [this](auto& world, const auto& address) {
    return county::people(world, address, words.as_json);
  });
  add_json(people);
  CLI::App* enrol = add(*people, "enrol", "打印人员注册码 / print a person's enrolment code",
                        [this](auto& world, const auto& address) {
                          words.person.name = words.name;
                          words.person.role = words.role;
                          return county::enrol_person(world, address, words.person);
                        });
  enrol->add_option("--name", words.name, "姓名 / name");
  enrol->add_option("--role", words.role, "officer | reviewer | administrator");
  enrol->add_option("--certificate", words.person.certificate_number, "执法证号 / enforcement certificate");
  enrol->add_option("--person", words.person.id, "已登记的人员编号，在另一台笔记本上用 / id of an enrolled person");
  CLI::App* end = add(*people, "end", "停用人员 / a person leaves", [this](auto& world, const auto& address) {
    return county::end_person(world, address, words.id, words.reason);
  });
  add_id(end, "人员编号 / id of the person");
  add_reason(end);
  CLI::App* revoke =
      add(*people, "revoke-key", "吊销人员密钥 / revoke a person's key", [this](auto& world, const auto& address) {
        return county::revoke_person_key(world, address, words.id, words.reason);
      });
  add_id(revoke, "密钥编号 / id of the key");
  add_reason(revoke);
}

void CommandLine::describe_quarantine() {
  CLI::App* quarantine = app_.add_subcommand("quarantine", "隔离 / what is kept and not shown");
  quarantine->require_subcommand(1);
  add_json(add(*quarantine, "list", "列出 / list", [this](auto& world, const auto& address) {
    return county::list_decisions(world, address, words.as_json);
  }));
  CLI::App* hide = add(*quarantine, "add", "隔离一段操作 / hide operations", [this](auto& world, const auto& address) {
    return county::hide(world, address, words.id, words.device.epoch, words.first, words.last, words.reason);
  });
  add_id(hide, "设备编号 / id of the device");
  hide->add_option("--epoch", words.device.epoch, "世代 / epoch");
  hide->add_option("--first", words.first, "起始序号 / first operation")->required();
  hide->add_option("--last", words.last, "末尾序号 / last operation")->required();
  add_reason(hide);
  CLI::App* end = add(*quarantine, "end-chain",
                      "结束另有分叉、或别人久等不来的数据链，放行过的可再结束；设备换新世代继续 / end a chain of which "
                      "another is kept aside, or that others wait for in vain, also again after a release; the device "
                      "goes on in a new epoch",
                      [this](auto& world, const auto& address) {
                        return county::end_chain(world, address, words.id, words.device.epoch, words.reason);
                      });
  add_id(end, "设备编号 / id of the device");
  end->add_option("--epoch", words.device.epoch, "世代 / epoch");
  add_reason(end);
  CLI::App* release = add(*quarantine, "release", "放行 / show again", [this](auto& world, const auto& address) {
    return county::release(world, address, words.id, words.reason);
  });
  add_id(release, "决定编号 / id of the decision");
  add_reason(release);
}

void CommandLine::describe_positioning() {
  CLI::App* show =
      add(app_, "positioning", "定位要求 / what positions must be like",
          [this](auto& world, const auto& address) { return county::positioning(world, address, words.as_json); });
  add_json(show);
  CLI::App* set =
      add(*show, "set", "规定；没写的不变 / set; what is left out stays", [this](auto& world, const auto& address) {
        return county::set_positioning(world, address, words.positioning, words.reason);
      });
  county::PositioningWords& positioning = words.positioning;
  set->add_option("--accuracy", positioning.accuracy_m, "最大定位误差，米 / accuracy at most, m");
  set->add_option("--warm-up", positioning.warm_up_fixes, "舍去最初几次定位 / first fixes left out");
  set->add_option("--age", positioning.fix_age_ms, "定位最久，毫秒 / a fix is not older, ms");
  set->add_option("--sentences", positioning.keeps_sentences, "保存接收机原始语句 / keep the receiver's sentences")
      ->check(CLI::IsMember({"yes", "no"}));
  set->add_option("--height-offset", positioning.height_offset_m,
                  "1985高程减大地高，米 / 1985 height minus ellipsoidal, m");
  set->add_option("--height-uncertainty", positioning.height_uncertainty_m, "其不确定度，米 / its uncertainty, m");
  set->add_option("--height-source", positioning.height_source, "水准点或文件 / benchmark or document");
  add_reason(set);
}

void CommandLine::describe_copies() {
  add_json(add(app_, "verify", "核验全部帧、链、回执和日志 / prove frames, chains, receipts, the log",
               [this](auto& world, const auto& address) { return county::verify(world, address, words.as_json); }));
  CLI::App* exporting =
      add(app_, "export", "导出供独立核验 / export for an independent proof",
          [this](auto& world, const auto& address) { return county::export_proof(world, address, words.file); });
  exporting->add_option("FOLDER", words.file, "文件夹 / folder")->required();
  CLI::App* backup = add(app_, "backup", "加密备份 / encrypted backup", [this](auto& world, const auto& address) {
    return county::backup(world, address, words.file, words.passphrase_file);
  });
  CLI::App* restore = add(app_, "restore", "从备份恢复到空库 / restore into an empty database",
                          [this](auto& world, const auto& address) {
                            return county::restore(world, address, words.file, words.passphrase_file);
                          });
  for (CLI::App* command : {backup, restore}) {
    command->add_option("FILE", words.file, "备份文件 / the backup")->required();
    command->add_option("--passphrase-file", words.passphrase_file, "写有口令的文件 / a file that holds the passphrase")
        ->required();
  }
  CLI::App* bundle = app_.add_subcommand("bundle", "U盘同步包 / bundles on a stick");
  bundle->require_subcommand(1);
  CLI::App* read =
      add(*bundle, "read", "读取笔记本的同步包 / take in a laptop's bundle", [this](auto& world, const auto& address) {
        return county::read_bundle(world, address, words.file, words.answers);
      });
  read->add_option("FILE", words.file, "同步包 / the bundle")->required();
  read->add_option("--answer", words.answers, "把回执写到 / where the answers go");
  add(app_, "restored", "库是用别的办法恢复的 / the database was put back by other means", county::note_restored);
}

void CommandLine::describe_upward() {
  CLI::App* upward = app_.add_subcommand("upward", "向州级上报（文件）/ reporting to the prefecture, by files");
  upward->require_subcommand(1);
  add(*upward, "fingerprint", "县级：本县编号与指纹，打电话告诉州级 / this county's id and fingerprint",
      county::upward_fingerprint);
  CLI::App* to = add(*upward, "to", "县级：记下州级公钥 / note the prefecture's key",
                     [this](auto& world, const auto& address) { return county::upward_to(world, address, words.id); });
  add_id(to, "州级公钥 / the prefecture's key");
  CLI::App* write = add(*upward, "write",
                        "县级：写上报包；定期写用 serve --upward / write a package; serve --upward does it regularly",
                        [this](auto& world, const auto& address) {
                          words.upward.file = words.file;
                          return county::upward_write(world, address, words.upward);
                        });
  write->add_option("FILE", words.file, "文件或文件夹 / file or folder")->required();
  write->add_option("--photos", words.upward.photos_mb, "最多多少 MiB 照片（默认 0）/ MiB of photos at most (0)")
      ->check(CLI::Range(0, 1 << 20));
  write->add_flag("--unsealed", words.upward.is_plain, "不加密 / not encrypted");
  write->add_flag("--from-start", words.upward.from_start, "从第一帧起，州级丢了数据时用 / from the first frame again");
  CLI::App* receipt =
      add(*upward, "receipt", "县级：读入回执 / read the prefecture's receipt",
          [this](auto& world, const auto& address) { return county::upward_receipt(world, address, words.file); });
  receipt->add_option("FILE", words.file, "回执 / the receipt")->required();
  add(*upward, "key", "州级：建表、建密钥，打印公钥 / prefecture: make tables and key, print the key",
      county::upward_key);
  CLI::App* trust =
      add(*upward, "trust", "州级：登记县级 / prefecture: believe a county", [this](auto& world, const auto& address) {
        return county::upward_trust(world, address, words.id, words.fingerprint);
      });
  add_id(trust, "县级编号 / the county's id");
  trust->add_option("FINGERPRINT", words.fingerprint, "指纹 / fingerprint")->required();
  CLI::App* read =
      add(*upward, "read", "州级：读入上报包 / prefecture: read a package", [this](auto& world, const auto& address) {
        return county::upward_read(world, address, words.file, words.answers);
      });
  read->add_option("FILE", words.file, "上报包 / the package")->required();
  read->add_option("--receipt", words.answers, "把回执写到 / where the receipt goes");
  add_json(add(*upward, "counties", "州级：各县 / prefecture: the counties", [this](auto& world, const auto& address) {
    return county::upward_counties(world, address, words.as_json);
  }));
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app("kuangxun-county");
  CommandLine line(app);
  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& wrong) {
    app.exit(wrong);
    return 2;
  }
  if (const auto found = find_language(line.words.language)) set_language(*found);
  SystemClock clock;
  SystemRandom random;
  county::World world{clock, random, std::cout, std::cerr};
  const Result<int> done = line.run(world);
  if (done.ok()) return *done;
  std::cerr << done.error().message() << '\n';
  return exit_code_of(done.error().code());
}
