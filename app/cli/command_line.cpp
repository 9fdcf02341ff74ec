#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "app/cli/help_text.h"
#include "app/cli/invocation.h"
#include "app/cli/table.h"
#include "db/base/language.h"

namespace kuangxun::cli {
namespace {

using Run = Result<int> (*)(Context&);

struct Chosen {
  Run run = nullptr;
  std::string name;
};

// The language must be known before the first help text is made, so it is looked for before anything is taken apart.
void choose_language(int count, const char* const* words) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    std::string_view value = word.starts_with("--lang=") ? word.substr(7) : std::string_view();
    if (word == "--lang" && i + 1 < count) value = words[i + 1];
    if (value == "en") set_language(Language::english);
    if (value == "zh") set_language(Language::chinese);
  }
}

std::string common_footer() {
  return say_text("--data、--lang、--person、--json 可用于每个命令；县、矿和检查用编号或准确名称指明。",
                  "--data, --lang, --person and --json go with every command; a place is named by its id or "
                  "its exact name.");
}

std::string main_footer() {
  return say_text(
      "不写命令就打开窗口。“kuangxun 命令 --help”显示一个命令的说明。\n"
      "初次使用：kuangxun init，然后 kuangxun list mining-right。\n"
      "退出码：0 完成；1 结果为否（有不符合、有争议、验证不通过）；2 用法不对；3 输入有误，什么也没改；4 没能做到。",
      "Without a command the window opens. \"kuangxun COMMAND --help\" tells about one command.\n"
      "To begin: kuangxun init, then kuangxun list mining-right.\n"
      "Exit codes: 0 done; 1 the answer is no (a rule fails, a dispute is open, the log is not sound); 2 wrong use;\n"
      "3 bad input, nothing changed; 4 could not.");
}

std::string kinds_footer() {
  std::string text = common_footer() + say_text("\n\n类别：", "\n\nKinds:");
  for (const auto& kind : records::all_kinds()) {
    text += "\n  " + std::string(kind.name) + std::string(22 - std::min<std::size_t>(20, kind.name.size()), ' ') +
            std::string(kind.label());
  }
  return text;
}

// The commands and their words, with the help of each.
class Commands {
 public:
  explicit Commands(Invocation& invocation)
      : app_(say_text("矿巡：特克斯县矿山现场检查", "Kuangxun: field inspection of mines of Tekes County"), "kuangxun"),
        invocation_(invocation) {
    // Commands inherit these.
    app_.formatter(make_help_formatter());
    app_.set_help_flag("-h,--help", say_text("显示这份说明", "show this help"));
    app_.footer(common_footer());
    app_.fallthrough();
    app_.require_subcommand(0, 1);
    app_.add_option("--data", invocation.data, say_text("数据文件夹", "data folder"))->type_name("DIR");
    app_.add_option("--lang", language_, say_text("语言 zh 或 en", "language, zh or en"))
        ->check(CLI::IsMember({"zh", "en"}))
        ->type_name("zh|en");
    app_.add_option("--person", invocation.person,
                    say_text("操作人：编号、姓名或执法证号（默认 person use 选定的人）",
                             "who acts: id, name or certificate number (else whom person use chose)"))
        ->type_name("ID");
    app_.add_option("--script", invocation.script,
                    say_text("窗口按这个文件操作（界面脚本）", "let the window play this file (a window script)"))
        ->type_name("FILE");
    app_.add_flag("--json", invocation.json, say_text("输出 JSON", "print JSON"));
    add_record_commands();
    add_exchange_commands();
    add_person_commands();
    add_where_commands();
    add_track_commands();
    add_upkeep_commands();
    app_.footer(main_footer());
  }

  CLI::App& app() { return app_; }
  // The command that was given; without `run` when none.
  Chosen chosen() const {
    for (const auto& [command, run] : commands_) {
      if (!command->parsed()) continue;
      const CLI::App* parent = command->get_parent();
      const bool is_nested = parent != nullptr && parent != &app_;
      return {run, (is_nested ? parent->get_name() + " " : "") + command->get_name()};
    }
    return {};
  }

 private:
  CLI::App* add(CLI::App& parent, const char* name, Run run, const std::string& help) {
    CLI::App* command = parent.add_subcommand(name, help);
    if (run != nullptr) commands_.emplace_back(command, run);
    return command;
  }
  // For a command that may need the person's signature.
  void add_seconds(CLI::App& command) {
    command.add_option("--seconds", invocation_.seconds, say_text("多少秒后停止", "stop after so many seconds"))
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}))
        ->type_name("N");
  }
  void add_pin_file(CLI::App& command) {
    command
        .add_option("--pin-file", invocation_.pin_file,
                    say_text("从这个文件读口令（默认在终端输入）", "read the PIN from this file (else it is typed)"))
        ->type_name("FILE");
  }
  void add_record_commands();
  void add_exchange_commands();
  void add_person_commands();
  void add_where_commands();
  void add_track_commands();
  void add_upkeep_commands();

  CLI::App app_;
  Invocation& invocation_;
  std::string language_;
  std::vector<std::pair<CLI::App*, Run>> commands_;
};

void Commands::add_record_commands() {
  CLI::App* init = add(app_, "init", run_init,
                       say_text("新建数据文件夹，装入县级登记资料", "make a data folder with the county's registers"));
  init->add_flag("--empty", invocation_.empty, say_text("不装入登记资料", "without the registers"));
  CLI::App* list = add(app_, "list", run_list, say_text("列出一类记录", "list the records of a kind"));
  list->add_option("KIND", invocation_.kind, say_text("类别，见下", "a kind, see below"))->required();
  list->footer(kinds_footer());
  CLI::App* show = add(app_, "show", run_show,
                       say_text("显示一条记录及其出处、疑点、争议和下属记录",
                                "show a record with its citations, notes, disputes and children"));
  show->add_option("ID", invocation_.id, say_text("编号，或地点的准确名称", "an id, or the exact name of a place"))
      ->required();
  CLI::App* record = add(app_, "record", run_record,
                         say_text("录入一个文件里的检查及其点位、答复、问题、状态、人员和照片，要么全部要么不录",
                                  "enter the visit of a document with its points, answers, findings, statuses, people "
                                  "and photos, all or nothing"));
  record
      ->add_option("FILE", invocation_.file,
                   say_text("JSON 文件；写法见 assets/examples/README.md",
                            "a JSON file; assets/examples/README.md describes it"))
      ->required();
  add_pin_file(*record);
  CLI::App* set =
      add(app_, "set", run_set,
          say_text("修改记录的字段；已签字的检查不能改，只能作废后补充",
                   "edit fields of a record; what was signed cannot be edited, only voided and added anew"));
  set->add_option("ID", invocation_.id, say_text("编号，或地点的准确名称", "an id, or the exact name of a place"))
      ->required();
  set->add_option("FIELD=VALUE", invocation_.assignments,
                  say_text("字段=值，可多个；字段名见 show，值为空即清除",
                           "one or more; show names the fields; an empty value clears the field"))
      ->required();
  add_pin_file(*set);
  CLI::App* void_command =
      add(app_, "void", run_void,
          say_text("写明原因作废一条记录；它仍然可见", "void a record with a reason; it stays visible"));
  void_command
      ->add_option("ID", invocation_.id, say_text("编号，或地点的准确名称", "an id, or the exact name of a place"))
      ->required();
  void_command->add_option("REASON", invocation_.reason, say_text("原因", "the reason"))->required();
  add_pin_file(*void_command);
  CLI::App* check = add(app_, "check", run_check,
                        say_text("逐条核对规则；有不符合的退出码为 1", "check every rule; exit code 1 when one fails"));
  check->add_option("--site", invocation_.site, say_text("只核对一处（编号或名称）", "one place only (id or name)"))
      ->type_name("ID");
  check->add_option("--catalogue", invocation_.catalogue, say_text("规则目录", "catalogue of rules"))->type_name("ID");
  check->add_option("--on", invocation_.on, say_text("按哪一天（默认今天）", "as of this day (today)"))
      ->type_name("DATE");
  add(app_, "disputes", run_disputes,
      say_text("列出未解决的争议；有争议退出码为 1", "list the open disputes; exit code 1 when there is one"));
  CLI::App* resolve =
      add(app_, "resolve", run_resolve,
          say_text("解决一个争议：--take 采用其中一个操作的值，或 --value 重新填写",
                   "settle a dispute: --take the value of one of its operations, or --value to enter it anew"));
  resolve->add_option("DISPUTE-ID", invocation_.id, say_text("disputes 列出的编号", "as disputes lists it"))
      ->required();
  CLI::Option* take =
      resolve->add_option("--take", invocation_.take, say_text("采用这个操作的值", "take the value of this operation"))
          ->type_name("OPERATION");
  resolve
      ->add_option("--value", invocation_.assignments, say_text("重新填写：字段=值，可多个", "enter anew, one or more"))
      ->type_name("FIELD=VALUE")
      ->excludes(take);
  add_pin_file(*resolve);
}

void Commands::add_exchange_commands() {
  CLI::App* enrol = add(app_, "enrol", run_enrol,
                        say_text("用县里给的注册码在县库注册本机", "enrol this laptop with the county's code"));
  enrol
      ->add_option(
          "URL", invocation_.url,
          say_text("县级服务地址，如 https://127.0.0.1:8765", "the county's address, as https://127.0.0.1:8765"))
      ->required();
  enrol->add_option("CODE", invocation_.code, say_text("县里给的注册码", "the code that the county gave"))->required();
  CLI::App* sync = add(app_, "sync", run_sync, say_text("与县数据库同步", "exchange with the county's database"));
  sync->add_option("URL", invocation_.url,
                   say_text("另一个地址（默认用注册时的）", "another address (else the one enrolled at)"));
  CLI::App* bundle = add(app_, "bundle", nullptr, say_text("用 U 盘同步", "exchange by a stick"));
  bundle->require_subcommand(1);
  CLI::App* write = add(*bundle, "write", run_bundle_write,
                        say_text("把还没有送到县里的写成一个加密文件，只有县里能打开",
                                 "write what is not at the county yet into a file that only the county can open"));
  write->add_option("FILE", invocation_.file, say_text("要写的文件", "the file to write"))->required();
  CLI::App* read =
      add(*bundle, "read", run_bundle_read,
          say_text("读取县里对它的回复，此后才算已同步", "read the county's answers; only then it is synced"));
  read->add_option("FILE", invocation_.file, say_text("县里给回的文件", "the file that the county gave back"))
      ->required();
}

void Commands::add_person_commands() {
  CLI::App* person =
      add(app_, "person", nullptr, say_text("本机的人员和口令", "the people of this laptop, their PINs"));
  person->require_subcommand(1);
  CLI::App* enrol = add(*person, "enrol", run_person_enrol,
                        say_text("用县里给本人的登记码，在本机建立自己的密钥和口令",
                                 "make your own key under a PIN on this laptop, with the code the county gave to you"));
  enrol->add_option("CODE", invocation_.code, say_text("县里给本人的登记码", "the code that the county gave to you"))
      ->required();
  add_pin_file(*enrol);
  add(*person, "list", run_person_list,
      say_text("列出人员，以及谁在本机有密钥", "who there is, and whose key is here"));
  CLI::App* pin = add(*person, "pin", run_person_pin, say_text("修改口令", "change the PIN"));
  add_pin_file(*pin);
  pin->add_option("--new-pin-file", invocation_.new_pin_file,
                  say_text("从这个文件读新口令", "read the new PIN from this file"))
      ->type_name("FILE");
  CLI::App* use = add(*person, "use", run_person_use,
                      say_text("选定默认操作人；不写则取消", "choose who acts unless named; nobody when left out"));
  use->add_option("PERSON", invocation_.id, say_text("编号、姓名或执法证号", "id, name or certificate number"));
}

void Commands::add_where_commands() {
  const auto add_meridian = [this](CLI::App& command) {
    command
        .add_option("--meridian", invocation_.meridian,
                    say_text("横坐标没有带号时的中央子午线", "central meridian, for eastings without zone"))
        ->type_name("DEG");
  };
  const auto add_position = [this](CLI::App& command) {
    command
        .add_option("POSITION", invocation_.position,
                    say_text("经纬度或 X、Y，如 \"43.1 81.8\"、\"X=4774139.931 Y=27565127.031\"",
                             "degrees or X and Y, as \"43.1 81.8\" or \"X=4774139.931 Y=27565127.031\""))
        ->required();
  };
  CLI::App* coordinates = add(app_, "coordinates", run_coordinates,
                              say_text("一个坐标的各种写法：度、度分秒、高斯 3° 带和 6° 带",
                                       "a coordinate in all its forms: degrees, seconds, Gauss–Krüger of 3° and 6°"));
  add_position(*coordinates);
  add_meridian(*coordinates);
  CLI::App* boundary = add(app_, "boundary", nullptr, say_text("矿区范围界线", "licence boundaries"));
  boundary->require_subcommand(1);
  CLI::App* enter =
      add(*boundary, "add", run_boundary_add, say_text("录入一处地点的拐点表", "enter the corner table of a place"));
  CLI::App* where = add(*boundary, "where", run_boundary_where,
                        say_text("一个点在界内、界外还是无法判断；界外退出码为 1",
                                 "a point inside, outside, or not to be told; exit code 1 when outside"));
  for (CLI::App* command : {enter, where}) {
    command->add_option("PLACE", invocation_.id, say_text("地点的编号或准确名称", "id or exact name of a place"))
        ->required();
  }
  enter
      ->add_option("FILE", invocation_.file,
                   say_text("拐点表：CSV 或文本，每行一个拐点", "CSV or text, a corner a line"))
      ->required();
  enter
      ->add_option("--accuracy", invocation_.accuracy,
                   say_text("拐点精度，米（一倍中误差）；不写则不作判断",
                            "accuracy of the corners, m (1 sigma); without it no verdicts"))
      ->type_name("M");
  enter->add_option("--source", invocation_.source, say_text("来源，如许可证号", "source, as the licence's number"));
  enter->add_option("--bottom", invocation_.bottom, say_text("标高下限，米", "lowest elevation, m"))->type_name("M");
  enter->add_option("--top", invocation_.top, say_text("标高上限，米", "highest elevation, m"))->type_name("M");
  add_meridian(*enter);
  add_position(*where);
  where
      ->add_option(
          "--accuracy", invocation_.accuracy,
          say_text("定位精度，米（一倍中误差）；定位点自带", "accuracy, m (1 sigma); a recorded point has its own"))
      ->type_name("M");
  add_meridian(*where);
}

void Commands::add_track_commands() {
  CLI::App* track = add(app_, "track", nullptr, say_text("轨迹", "tracks"));
  track->require_subcommand(1);
  const auto add_visit = [this](CLI::App& command) {
    command.add_option("--visit", invocation_.visit, say_text("所属检查", "the visit it belongs to"))
        ->required()
        ->type_name("ID");
  };
  CLI::App* record =
      add(*track, "record", run_track_record,
          say_text("把接收机所说的记成轨迹，直到停止", "record what a receiver says, until it is stopped"));
  record->add_option("SOURCE", invocation_.file, say_text("来源，同 gps watch", "as for gps watch"))->required();
  add_visit(*record);
  add_seconds(*record);
  CLI::App* import =
      add(*track, "import", run_track_import,
          say_text("读入接收机的 NMEA 记录，成为一条轨迹", "make a track of a receiver's NMEA recording"));
  import->add_option("FILE", invocation_.file, say_text("接收机的记录文件", "a recording of a receiver"))->required();
  add_visit(*import);
  add_visit(*add(*track, "list", run_track_list, say_text("一次检查的轨迹", "the tracks of a visit")));
}

void Commands::add_upkeep_commands() {
  CLI::App* report = add(app_, "report", run_report, say_text("生成文书 PDF", "write a paper as PDF"));
  report->add_option("KIND", invocation_.kind, say_text("visit-record（检查记录）", "visit-record"))->required();
  report->add_option("ID", invocation_.id, say_text("检查的编号", "id of the visit"))->required();
  report->add_option("-o,--output", invocation_.file, say_text("写到这个文件", "the file to write"))
      ->required()
      ->type_name("FILE.pdf");
  CLI::App* gps = add(app_, "gps", nullptr, say_text("定位数据", "positions"));
  gps->require_subcommand(1);
  CLI::App* decode = add(*gps, "decode", run_gps_decode,
                         say_text("接收机记录或接收机的定位，一行一个，不作筛选",
                                  "the fixes of a recording or a receiver, one a line, ungated"));
  decode
      ->add_option(
          "FILE|DEVICE", invocation_.file,
          say_text("接收机的记录文件，或同 gps watch 的来源", "a recording of a receiver, or as for gps watch"))
      ->required();
  add_seconds(*decode);
  CLI::App* watch =
      add(*gps, "watch", run_gps_watch,
          say_text("接收机此刻的定位，逐个说明能否作证据", "fixes as they come, and whether each is evidence"));
  watch
      ->add_option(
          "SOURCE", invocation_.file,
          say_text("串口（如 /dev/ttyUSB0[@速率]，auto 为自动查找）、gpsd://主机、tcp://主机:端口、udp://:端口，"
                   "或记录文件",
                   "a serial port (/dev/ttyUSB0[@SPEED], or auto to look for one), gpsd://HOST, "
                   "tcp://HOST:PORT, udp://:PORT, or a recording"))
      ->required();
  add_seconds(*watch);
  CLI::App* average =
      add(*gps, "average", run_gps_average,
          say_text("站定后多次定位的平均，报告标准误差", "the mean of fixes at one place, with its standard error"));
  average->add_option("SOURCE", invocation_.file, say_text("来源，同 gps watch", "as for gps watch"))->required();
  add_seconds(*average);
  average->add_option("--fixes", invocation_.fixes, say_text("多少次定位后停止", "stop after so many fixes"))
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{36'000}))
      ->type_name("N");
  average
      ->add_option("--accuracy", invocation_.accuracy,
                   say_text("精度达到多少米后停止", "stop at this accuracy in metres"))
      ->type_name("M");
  add(app_, "verify", run_verify,
      say_text("验证日志链；有问题退出码为 1", "prove the log; exit code 1 when something is wrong"));
  add(app_, "rebuild", run_rebuild, say_text("由日志重建所有表", "make all tables again from the log"));
  add(app_, "status", run_status,
      say_text("本机情况：注册、未同步、隔离、磁盘", "this laptop: enrolment, unsynced, quarantined, disk"));
}

int report_error(const Error& error, std::ostream& err) {
  constexpr std::size_t line_width_max = 2000;
  err << "kuangxun: " << fit_cell(error.message(), line_width_max) << '\n';
  return exit_code_of(error.code());
}

// Somebody by id, name or certificate number; whom `person use` chose when nobody is named. An id that nobody has here
// is taken as it is: the person's records may not have come yet.
Result<Uuid> read_person(const std::string& text, Workplace& workplace) {
  if (text.empty()) return workplace.people().current();
  const auto id = parse_uuid(text);
  if (id.ok()) return *id;
  const auto store = workplace.reader();
  if (!store.ok()) return Error(ErrorCode::usage, "--person: " + id.error().message());
  KX_TRY(all, workplace.people().list(**store));
  const auto found = people::find_person(all, text);
  if (!found.ok()) return Error(ErrorCode::usage, "--person: " + found.error().message());
  return found->id;
}

// Commands that change nothing leave no trace, in the log neither.
bool is_logged(Run run) {
  constexpr std::array quiet = {run_list,       run_show,        run_check,       run_disputes,    run_report,
                                run_gps_decode, run_status,      run_person_list, run_coordinates, run_boundary_where,
                                run_gps_watch,  run_gps_average, run_track_list};
  return std::ranges::find(quiet, run) == quiet.end();
}

// One line: which command, how it ended. Never what was typed: messages about bad input repeat it, so they stay out.
std::string log_line(const std::string& command, const Result<int>& code, const std::string& note,
                     std::int64_t took_ms) {
  std::string line = command + " exit=" + std::to_string(code.ok() ? *code : exit_code_of(code.error().code())) +
                     " ms=" + std::to_string(took_ms);
  if (!note.empty()) line += " " + note;
  if (!code.ok() && exit_code_of(code.error().code()) == exit_could_not) line += " error: " + code.error().message();
  return line;
}

Result<int> run(const Invocation& invocation, const Chosen& command, const Ports& ports, std::ostream& out,
                std::ostream& err) {
  const std::filesystem::path folder =
      invocation.data.empty() ? default_data_folder() : std::filesystem::path(invocation.data);
  std::unique_ptr<Workplace> workplace = ports.open_workplace(folder);
  KX_TRY(person, read_person(invocation.person, *workplace));
  if (command.run == nullptr) {
    workplace.reset();
    if (ports.show_window) return ports.show_window(folder, person, invocation.script);
    return Error(ErrorCode::usage,
                 say_text("请给出命令；kuangxun --help 列出所有命令", "name a command; kuangxun --help lists them"));
  }
  PinSigner signer(*workplace, invocation.pin_file);
  Context context{invocation, ports, *workplace, person, signer, out, err, {}};
  const std::int64_t began_ms = ports.clock.steady_ms();
  const Result<int> code = command.run(context);
  if (ports.log && is_logged(command.run)) {
    ports.log(folder, log_line(command.name, code, context.log_note, ports.clock.steady_ms() - began_ms));
  }
  if (code.ok() && !invocation.json && !signer.words().empty()) out << signer.words() << '\n';
  return code;
}

}  // namespace

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
      return exit_bad_input;
    case ErrorCode::usage:
      return exit_wrong_use;
    case ErrorCode::unavailable:
    case ErrorCode::busy:
    case ErrorCode::newer_version:
    case ErrorCode::corrupt:
    case ErrorCode::refused:
      return exit_could_not;
  }
  return exit_could_not;
}

std::filesystem::path default_data_folder() {
  const char* data_home = std::getenv("XDG_DATA_HOME");
  if (data_home != nullptr && data_home[0] == '/') return std::filesystem::path(data_home) / "kuangxun";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local/share/kuangxun";
}

int run_command_line(int count, const char* const* words, const Ports& ports, std::ostream& out, std::ostream& err) {
  choose_language(count, words);
  Invocation invocation;
  Commands commands(invocation);
  try {
    commands.app().parse(count, words);
  } catch (const CLI::CallForHelp&) {
    out << commands.app().help();
    return exit_done;
  } catch (const CLI::ParseError& error) {
    return report_error(Error(ErrorCode::usage, say_with("用法不对：{0}（见 kuangxun --help）",
                                                         "wrong use: {0} (see kuangxun --help)", {words_of(error)})),
                        err);
  }
  const Result<int> code = run(invocation, commands.chosen(), ports, out, err);
  if (!code.ok()) return report_error(code.error(), err);
  out.flush();
  if (!out) {
    return report_error(Error(ErrorCode::unavailable,
                              say_text("无法写出结果（输出已关闭或磁盘已满）", "the output could not be written")),
                        err);
  }
  return *code;
}

}  // namespace kuangxun::cli
