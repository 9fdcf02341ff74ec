#include "app/cli/commands.h"

namespace kuangxun::cli {

void Commands::add_criteria_commands() {
  CLI::App* criteria = add(
      app_, "criteria", nullptr,
      say_text("规则目录：有哪些、检查文件、解释规则、发布", "the rules: which are in force, lint, explain, publish"));
  criteria->require_subcommand(1);
  const auto add_on = [this](CLI::App& command) {
    command.add_option("--on", invocation_.on, say_text("按哪一天（默认今天）", "as of this day (today)"))
        ->type_name("DATE");
  };
  CLI::App* list = add(*criteria, "list", run_criteria_list,
                       say_text("各规则目录在用的是哪一版，没有使用的为什么",
                                "which edition of each catalogue is in force, and why others are not"));
  add_on(*list);
  CLI::App* lint = add(*criteria, "lint", run_criteria_lint,
                       say_text("检查规则文件，指出行、列、字符；不写文件就检查本机全部；有错退出码为 3",
                                "look through a file of rules, with line, column and character; all of this laptop "
                                "without one; exit code 3 when something is wrong"));
  lint->add_option("FILE", invocation_.file, say_text("CSV 文件", "a CSV file"));
  add_on(*lint);
  CLI::App* explain = add(*criteria, "explain", run_criteria_explain,
                          say_text("一条规则的依据、要求、用到的事实；加 --site 说明在那里为什么、还缺什么",
                                   "what a rule rests on, asks and reads; with --site what it finds there and what "
                                   "would decide it"));
  explain->add_option("RULE", invocation_.id, say_text("规则编号，如 R05", "id of the rule, like R05"))->required();
  explain->add_option("--site", invocation_.site, say_text("地点（编号或名称）", "a place (id or name)"))
      ->type_name("ID");
  add_on(*explain);
  CLI::App* publish = add(*criteria, "publish", run_criteria_publish,
                          say_text("管理员签名发布一个规则文件；县里收到后，各台笔记本下次同步起使用",
                                   "an administrator signs a file of rules; every laptop uses it after its next sync"));
  publish
      ->add_option("FILE", invocation_.file, say_text("CSV 文件；文件名即目录名", "a CSV file, named as the catalogue"))
      ->required();
  publish->add_option("--reason", invocation_.why, say_text("原因", "why"))->required();
  publish
      ->add_option("--as", invocation_.catalogue,
                   say_text("目录名（默认文件名）", "the catalogue (else the file's name)"))
      ->type_name("ID");
  publish
      ->add_option("--version", invocation_.version, say_text("版本名，如 2026-1", "a name of the version, as 2026-1"))
      ->type_name("TEXT");
  publish->add_option("--from", invocation_.on, say_text("哪一天起用（默认今天）", "in force from this day (today)"))
      ->type_name("DATE");
  add_pin_file(*publish);
}

}  // namespace kuangxun::cli
