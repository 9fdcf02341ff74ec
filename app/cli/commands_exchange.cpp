#include "app/cli/invocation.h"
#include "app/cli/json_value.h"
#include "app/cli/table.h"
#include "db/base/language.h"

namespace kuangxun::cli {
namespace {

JsonValue count(std::uint64_t value) {
  return JsonValue::integer(static_cast<std::int64_t>(value));
}

JsonValue exchange_json(const Exchange& exchange) {
  JsonValue json = JsonValue::object();
  json.add("pushed", count(exchange.pushed));
  json.add("pulled", count(exchange.pulled));
  json.add("stored_through", count(exchange.stored_through));
  json.add("applied_through", count(exchange.applied_through));
  json.add("disputes", count(exchange.disputes));
  json.add("quarantined", count(exchange.quarantined));
  json.add("relayed", count(exchange.relayed));
  json.add("photos_sent", count(exchange.photos_sent));
  json.add("photos_fetched", count(exchange.photos_fetched));
  json.add("county_restored", JsonValue::boolean(exchange.is_county_restored));
  json.add("new_epoch", exchange.new_epoch ? count(*exchange.new_epoch) : JsonValue());
  return json;
}

}  // namespace

std::vector<std::string> news_of(const Exchange& exchange) {
  std::vector<std::string> news;
  if (exchange.is_county_restored) {
    news.push_back(say_with("县库曾从备份恢复；本机已把它缺少的都重新送去（其中别人的操作 {0} 个），什么也没有丢。",
                            "The county was restored from a backup; what it lacked was sent again ({0} operations of "
                            "others among it), nothing is lost.",
                            {std::to_string(exchange.relayed)}));
  }
  if (exchange.new_epoch) {
    news.push_back(say_with("本机的数据曾被复制或恢复；从现在起以第 {0} 世代继续，两份里的记录都保留。",
                            "This laptop's data were copied or restored; it goes on in epoch {0}, and the records of "
                            "both copies are kept.",
                            {std::to_string(*exchange.new_epoch)}));
  }
  return news;
}

std::string log_note_of(const Exchange& exchange) {
  const auto part = [](std::string_view name, std::uint64_t value) {
    return std::string(name) + "=" + std::to_string(value);
  };
  return part("pushed", exchange.pushed) + part(" pulled", exchange.pulled) + part(" relayed", exchange.relayed) +
         part(" quarantined", exchange.quarantined) + part(" disputes", exchange.disputes) +
         part(" photos_sent", exchange.photos_sent) + part(" photos_fetched", exchange.photos_fetched) +
         (exchange.is_county_restored ? " county_restored" : "") + (exchange.new_epoch ? " new_epoch" : "");
}

Result<int> run_enrol(Context& context) {
  KX_CHECK(context.workplace.enrol(context.invocation.url, context.invocation.code));
  KX_TRY(standing, context.workplace.standing());
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("enrolled", JsonValue::boolean(true));
    json.add("url", JsonValue::string(standing.county_url));
    context.out << format_json(json) << '\n';
  } else {
    context.out << say_with("本机已在 {0} 注册", "this laptop is enrolled at {0}", {standing.county_url}) << '\n';
  }
  return exit_done;
}

Result<int> run_sync(Context& context) {
  KX_TRY(exchange, context.workplace.sync(context.invocation.url));
  context.log_note = log_note_of(exchange);
  if (context.invocation.json) {
    context.out << format_json(exchange_json(exchange)) << '\n';
    return exit_done;
  }
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  context.out << say_with("送出 {0}，取回 {1}；县里已存到 {2}，已入库到 {3}；争议 {4}，隔离 {5}",
                          "pushed {0}, pulled {1}; stored through {2}, applied through {3}; {4} disputes, {5} "
                          "quarantined",
                          {number(exchange.pushed), number(exchange.pulled), number(exchange.stored_through),
                           number(exchange.applied_through), number(exchange.disputes), number(exchange.quarantined)})
              << '\n';
  if (exchange.photos_sent + exchange.photos_fetched > 0) {
    context.out << say_with("照片：送出 {0} 张，取回 {1} 张", "photos: {0} sent, {1} fetched",
                            {number(exchange.photos_sent), number(exchange.photos_fetched)})
                << '\n';
  }
  for (const std::string& sentence : news_of(exchange)) context.out << sentence << '\n';
  return exit_done;
}

}  // namespace kuangxun::cli
