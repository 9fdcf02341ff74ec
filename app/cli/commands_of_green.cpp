#include "app/cli/commands.h"
#include "db/base/language.h"

// The commands about green mines.
namespace kuangxun::cli {

void Commands::add_green_commands() {
  CLI::App* green = add(app_, "green", nullptr, say_text("绿色矿山", "green mines"));
  green->require_subcommand(1);
  add_green_tables(*green);
  add_green_decisions(*green);
  add_green_records(*green);
}

void Commands::add_green_tables(CLI::App& green) {
  GreenWords& words = invocation_.green;
  add(green, "indexes", run_green_indexes,
      say_text("已知的评价指标：有效期、指标数、分数线，以及没有取得的内容",
               "the indexes that are known: when in force, counts, lines, and what was not found"));

  CLI::App* blank = add(green, "template", run_green_template,
                        say_text("写出一张待填的指标表，由机关照官方文本填写",
                                 "write an item table to be filled in from the official text"));
  blank->add_option("INDEX", words.index, say_text("评价指标，见 green indexes", "an index, see green indexes"))
      ->required();
  blank->add_option("-o,--output", invocation_.file, say_text("写到这个文件（CSV）", "the file to write (CSV)"))
      ->required()
      ->type_name("FILE");

  CLI::App* import = add(green, "import", run_green_import,
                         say_text("检查并导入填好的指标表，成为新的一版；有错的格子按行列指出",
                                  "check a filled item table and import it as a new version; faults are told with line "
                                  "and column"));
  import->add_option("FILE", invocation_.file, say_text("填好的 CSV", "the filled CSV"))->required();
  import->add_option("--source", invocation_.source,
                     say_text("录自哪个文本（文号、页）", "the text it was copied from"));
  import->add_option("--label", words.label, say_text("版本名（默认当天日期）", "name of the version (today's date)"));
  import->add_flag("--invented", words.is_invented, say_text("虚构的示例表", "an invented table, for practice"));
  import->add_flag("--check", words.only_check, say_text("只检查，不导入", "check only"));
  add_pin_file(*import);
}

void Commands::add_green_decisions(CLI::App& green) {
  GreenWords& words = invocation_.green;
  CLI::App* assess = add(green, "assess", run_green_assess,
                         say_text("开始一次评价，写明级别和当日有效的指标",
                                  "begin an assessment, with its level and the index in force on its day"));
  CLI::App* tier = add(
      green, "tier", run_green_tier,
      say_text("由人确定梯次并写明理由；原来的仍保留", "a person sets the tier, with the reason; earlier ones stay"));
  for (CLI::App* command : {assess, tier}) {
    command
        ->add_option("MINE", invocation_.id, say_text("采矿权的编号或准确名称", "id or exact name of a mining right"))
        ->required();
    command->add_option("--on", invocation_.on, say_text("日期（默认今天）", "the day (today)"))->type_name("DATE");
    command->add_option("--by", words.by, say_text("由谁（默认操作人）", "by whom (who acts)"));
    add_pin_file(*command);
  }
  assess
      ->add_option("--level", words.level,
                   say_text("national 国家级（默认）或 regional 自治区级", "national (default) or regional"))
      ->check(CLI::IsMember({"national", "regional"}))
      ->type_name("LEVEL");
  assess->add_option("--index", words.index, say_text("评价指标（默认当日有效的）", "the index (the one in force)"));
  assess
      ->add_option("--table", words.table,
                   say_text("所用的指标表（默认最新的完整表）", "the item table (the newest whole one)"))
      ->type_name("ID");
  tier->add_option("TIER", words.tier,
                   say_text("recommend 推荐、cultivate 培育、supervise 督导", "recommend, cultivate or supervise"))
      ->required();
  tier->add_option("--reason", words.reason, say_text("理由", "the reason"))->required();
}

void Commands::add_green_records(CLI::App& green) {
  GreenWords& words = invocation_.green;
  CLI::App* record = add(green, "record", run_green_record,
                         say_text("填写评价项：12=4.5、13=na（不涉及）、P1a=yes，可多个",
                                  "enter items: 12=4.5, 13=na (does not apply), P1a=yes; one or more"));
  CLI::App* step = add(green, "step", run_green_step,
                       say_text("记录一个环节：日期、由谁、文件、结果", "record a step: when, by whom, paper, result"));
  CLI::App* show = add(green, "show", run_green_show,
                       say_text("一次评价，或一座矿山的全部评价", "one assessment, or all of a mine"));
  CLI::App* what_if = add(green, "what-if", run_green_what_if,
                          say_text("补足哪些项可以最省力地达到所设的线；做不到退出码为 1",
                                   "which items would lift it to the lines at least effort; exit code 1 when none do"));
  for (CLI::App* command : {record, step, show, what_if}) {
    command
        ->add_option("ID", invocation_.id,
                     say_text("评价的编号，或采矿权的编号、准确名称（取最新一次）",
                              "id of an assessment, or id or exact name of a mining right (its newest)"))
        ->required();
  }
  record->add_option("ITEM=VALUE", invocation_.assignments, say_text("评价项=值", "item=value"))->required();
  record->add_option("--evidence", words.evidence, say_text("这些项的佐证", "the evidence of these items"));
  step->add_option("STEP", words.step,
                   say_text("self-assessment 企业自评、prefecture-review 地州初审、third-party 第三方评估、spot-check "
                            "实地抽查、publication 公示、county-opinion 县局意见（参考）",
                            "self-assessment, prefecture-review, third-party, spot-check, publication, or the "
                            "advisory county-opinion"))
      ->required();
  step->add_option("--document", words.document, say_text("文件、文号", "the paper"));
  step->add_option("--result", words.result, say_text("文件所载的结果", "what the paper says"));
  step->add_option("--team", words.team, say_text("第三方评估组人数", "people of the third party's team"))
      ->type_name("N");
  step->add_option("--intermediate", words.intermediate, say_text("其中中级及以上", "of intermediate title or above"))
      ->type_name("N");
  step->add_option("--senior", words.senior, say_text("其中高级", "of senior title"))->type_name("N");
  step->add_option("--leader-full-time", words.leader_full_time,
                   say_text("组长是否机构专职人员（yes、no）", "the leader is full-time staff (yes, no)"))
      ->check(CLI::IsMember({"yes", "no"}))
      ->type_name("yes|no");
  step->add_option("--on", invocation_.on, say_text("日期（默认今天）", "the day (today)"))->type_name("DATE");
  step->add_option("--by", words.by, say_text("由谁（默认操作人）", "by whom (who acts)"));
  for (CLI::App* command : {record, step}) add_pin_file(*command);
}

}  // namespace kuangxun::cli
