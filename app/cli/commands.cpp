#include "app/cli/commands.h"

#include "app/cli/help_text.h"
#include "db/base/language.h"

namespace kuangxun::cli {
namespace {

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

}  // namespace

std::string common_footer() {
  return say_text("--data、--lang、--person、--json 可用于每个命令；县、矿和检查用编号或准确名称指明。",
                  "--data, --lang, --person and --json go with every command; a place is named by its id or "
                  "its exact name.");
}

Commands::Commands(Invocation& invocation)
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
  add_criteria_commands();
  add_exchange_commands();
  add_person_commands();
  add_where_commands();
  add_track_commands();
  add_area_commands();
  add_photo_commands();
  add_table_commands();
  add_green_commands();
  add_upkeep_commands();
  app_.footer(main_footer());
}

Chosen Commands::chosen() const {
  for (const auto& [command, run] : commands_) {
    if (!command->parsed()) continue;
    const CLI::App* parent = command->get_parent();
    const bool is_nested = parent != nullptr && parent != &app_;
    return {run, (is_nested ? parent->get_name() + " " : "") + command->get_name()};
  }
  return {};
}

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
  check
      ->add_option("--catalogue", invocation_.catalogue,
                   say_text("只用一个规则目录；写 CSV 文件就试用那个文件",
                            "one catalogue of rules only; a CSV file to try that"))
      ->type_name("ID|FILE");
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

}  // namespace kuangxun::cli
