#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "db/base/files.h"
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

Result<int> run_status(Context& context) {
  KX_TRY(store, context.workplace.reader());
  KX_TRY(counts, store->counts());
  KX_TRY(county, context.workplace.county());
  const std::uint64_t free = free_bytes(context.workplace.folder());
  const std::string oldest =
      counts.oldest_unsynced_ms == 0 ? "" : format_instant(counts.oldest_unsynced_ms, beijing_offset_min);
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("data", JsonValue::string(context.workplace.folder().string()));
    json.add("enrolled", JsonValue::boolean(county.has_value()));
    json.add("county_url", JsonValue::string_or_null(county.value_or("")));
    json.add("records", count(counts.records));
    json.add("operations", count(counts.operations));
    json.add("frames", count(counts.frames));
    json.add("unsealed_operations", count(counts.unsealed_operations));
    json.add("unsynced_operations", count(counts.unsynced_operations));
    json.add("oldest_unsynced", JsonValue::string_or_null(oldest));
    json.add("disputes", count(counts.disputes));
    json.add("parked", count(counts.parked));
    json.add("quarantined", count(counts.quarantined));
    json.add("pending", count(counts.pending));
    json.add("disk_free_bytes", count(free));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  Table table({say_text("数据文件夹", "data folder"), context.workplace.folder().string()});
  table.add({say_text("县数据库", "county"),
             county.value_or(say_text("尚未注册（用 enrol 地址 注册码）", "not enrolled (use enrol URL CODE)"))});
  table.add({say_text("记录", "records"), std::to_string(counts.records)});
  table.add({say_text("操作", "operations"), std::to_string(counts.operations)});
  table.add({say_text("未同步的操作", "unsynced operations"), std::to_string(counts.unsynced_operations)});
  if (!oldest.empty())
    table.add(
        {say_text("最早未同步", "oldest unsynced"), format_minute(counts.oldest_unsynced_ms, beijing_offset_min)});
  table.add({say_text("争议", "disputes"), std::to_string(counts.disputes)});
  table.add({say_text("等待前序操作", "waiting for earlier operations"), std::to_string(counts.parked)});
  table.add({say_text("隔离", "quarantined"), std::to_string(counts.quarantined)});
  table.add({say_text("输入中", "being typed"), std::to_string(counts.pending)});
  table.add({say_text("磁盘可用 MB", "disk free, MB"), std::to_string(free / 1'000'000)});
  table.print(context.out, 120);
  return exit_done;
}

Result<int> run_enrol(Context& context) {
  KX_CHECK(context.workplace.enrol(context.invocation.url, context.invocation.code));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("enrolled", JsonValue::boolean(true));
    json.add("url", JsonValue::string(context.invocation.url));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say_with("本机已在 {0} 注册", "this laptop is enrolled at {0}", {context.invocation.url}) << '\n';
  }
  return exit_done;
}

Result<int> run_sync(Context& context) {
  KX_TRY(exchange, context.workplace.sync(context.invocation.url));
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("pushed", count(exchange.pushed));
    json.add("pulled", count(exchange.pulled));
    json.add("stored_through", count(exchange.stored_through));
    json.add("applied_through", count(exchange.applied_through));
    json.add("disputes", count(exchange.disputes));
    json.add("quarantined", count(exchange.quarantined));
    json.add("photos_sent", count(exchange.photos_sent));
    json.add("photos_fetched", count(exchange.photos_fetched));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  context.out << say_with(
                     "送出 {0}，取回 {1}；县里已存到 {2}，已入库到 {3}；争议 {4}，隔离 {5}",
                     "pushed {0}, pulled {1}; stored through {2}, applied through {3}; {4} disputes, {5} quarantined",
                     {std::to_string(exchange.pushed), std::to_string(exchange.pulled),
                      std::to_string(exchange.stored_through), std::to_string(exchange.applied_through),
                      std::to_string(exchange.disputes), std::to_string(exchange.quarantined)})
              << '\n';
  return exit_done;
}

}  // namespace kuangxun::cli
