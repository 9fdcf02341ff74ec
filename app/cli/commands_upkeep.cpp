#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "db/base/language.h"

namespace kuangxun::cli {
namespace {

JsonValue count(std::uint64_t value) {
  return JsonValue::integer(static_cast<std::int64_t>(value));
}

}  // namespace

Result<int> run_init(Context& context) {
  KX_CHECK(context.workplace.create(context.invocation.empty));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("data", JsonValue::string(context.workplace.folder().string()));
    json.add("registers", JsonValue::boolean(!context.invocation.empty));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  context.out << say_with("数据文件夹已建好：{0}", "made the data folder {0}", {context.workplace.folder().string()})
              << '\n';
  return exit_done;
}

Result<int> run_verify(Context& context) {
  KX_TRY(proof, context.workplace.verify());
  const bool is_sound = proof.problems.empty();
  if (context.invocation.json) {
    JsonValue problems = JsonValue::array();
    for (const std::string& problem : proof.problems) problems.push(JsonValue::string(problem));
    JsonValue json = JsonValue::object();
    json.add("ok", JsonValue::boolean(is_sound));
    json.add("frames", count(proof.frames));
    json.add("operations", count(proof.operations));
    json.add("unsealed_operations", count(proof.unsealed_operations));
    json.add("problems", std::move(problems));
    context.out << format_json(json) << '\n';
  } else {
    for (const std::string& problem : proof.problems) context.out << fit_cell(problem, 1000) << '\n';
    context.out << say_with("{0}：{1} 个数据帧，{2} 个操作", "{0}: {1} frames, {2} operations",
                            {is_sound ? say("完好", "sound") : say("有问题", "not sound"), std::to_string(proof.frames),
                             std::to_string(proof.operations)})
                << '\n';
  }
  return is_sound ? exit_done : exit_answer_is_no;
}

Result<int> run_rebuild(Context& context) {
  KX_CHECK(context.workplace.rebuild());
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("ok", JsonValue::boolean(true));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say("已由日志重建所有表", "all tables were made again from the log") << '\n';
  }
  return exit_done;
}

}  // namespace kuangxun::cli
