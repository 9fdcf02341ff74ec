#include "app/cli/criteria_words.h"
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

void print_exchange(std::ostream& out, const Exchange& exchange) {
  const auto number = [](std::uint64_t value) { return std::to_string(value); };
  out << say_with("送出 {0}，取回 {1}；县里已存到 {2}，已入库到 {3}；争议 {4}，隔离 {5}",
                  "pushed {0}, pulled {1}; stored through {2}, applied through {3}; {4} disputes, {5} quarantined",
                  {number(exchange.pushed), number(exchange.pulled), number(exchange.stored_through),
                   number(exchange.applied_through), number(exchange.disputes), number(exchange.quarantined)})
      << '\n';
  if (exchange.photos_sent + exchange.photos_fetched == 0) return;
  out << say_with("照片：送出 {0} 张，取回 {1} 张", "photos: {0} sent, {1} fetched",
                  {number(exchange.photos_sent), number(exchange.photos_fetched)})
      << '\n';
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

// Empty when nobody can tell; a sync is none the worse for it.
static std::string rules_in_force(Context& context) {
  const auto store = context.workplace.reader();
  if (!store.ok()) return {};
  auto shelf = open_shelf(context, **store);
  if (!shelf.ok()) return {};
  const auto catalogue = shelf->on(context.today());
  return catalogue.ok() ? (*catalogue)->title() : std::string();
}

Result<int> run_enrol(Context& context) {
  KX_CHECK(context.workplace.enrol(context.invocation.url, context.invocation.code, {}));
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
  const std::string rules_before = rules_in_force(context);
  KX_TRY(exchange, context.workplace.sync(context.invocation.url, {}));
  context.log_note = log_note_of(exchange);
  if (context.invocation.json) {
    context.out << format_json(exchange_json(exchange)) << '\n';
    return exit_done;
  }
  print_exchange(context.out, exchange);
  for (const std::string& sentence : news_of(exchange)) context.out << sentence << '\n';
  if (const std::string rules = rules_in_force(context); rules != rules_before) {
    context.out << say_with("现在用的规则目录：{0}", "the rules in force now: {0}", {rules}) << '\n';
  }
  return exit_done;
}

std::vector<std::string> news_of(const ReadBundle& read) {
  std::vector<std::string> news = news_of(read.exchange);
  if (read.is_overtaken) {
    news.push_back(say_text("这份回复已过时：之后本机与县里又交换过，没有新内容。",
                            "These answers are overtaken: laptop and county have spoken since, nothing is new."));
  }
  if (read.has_more) {
    news.push_back(say_text("县里还有更多内容：请再写一次、再带回一次。",
                            "There is more at the county: write another bundle and bring its answers home."));
  }
  return news;
}

std::string bundle_text(const WrittenBundle& written, const std::filesystem::path& file) {
  std::string text =
      say_with("已写好并读回核对：{0}（{1} 帧，{2} 张照片，{3} KB）。带回县里的回复并读入后才算已同步。",
               "written and read back: {0} ({1} frames, {2} photos, {3} KB). It counts as synced when the county's "
               "answers have come home and are read.",
               {file.string(), std::to_string(written.frames), std::to_string(written.photos),
                std::to_string((written.file_bytes + 999) / 1000)});
  if (!written.problem) return text;
  return text + say_with(" 有照片没有放进去：{0}", " A photo is not in it: {0}", {written.problem->message()});
}

Result<int> run_bundle_write(Context& context) {
  const std::filesystem::path file = context.invocation.file;
  KX_TRY(written, context.workplace.write_bundle(file, {}));
  context.log_note = "frames=" + std::to_string(written.frames) + " photos=" + std::to_string(written.photos) +
                     " bytes=" + std::to_string(written.file_bytes);
  if (context.invocation.json) {
    JsonValue json = JsonValue::object();
    json.add("file", JsonValue::string(file.string()));
    json.add("bytes", count(written.file_bytes));
    json.add("sha256", JsonValue::string(written.file_hash.text()));
    json.add("frames", count(written.frames));
    json.add("photos", count(written.photos));
    json.add("problem", written.problem ? JsonValue::string(written.problem->message()) : JsonValue());
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  context.out << "SHA-256 " << written.file_hash.text() << '\n';
  context.out << bundle_text(written, file) << '\n';
  return exit_done;
}

Result<int> run_bundle_read(Context& context) {
  KX_TRY(read, context.workplace.read_bundle(context.invocation.file, {}));
  context.log_note = log_note_of(read.exchange);
  if (context.invocation.json) {
    JsonValue json = exchange_json(read.exchange);
    json.add("photos_confirmed", count(read.photos_confirmed));
    json.add("overtaken", JsonValue::boolean(read.is_overtaken));
    json.add("has_more", JsonValue::boolean(read.has_more));
    context.out << format_json(json) << '\n';
    return exit_done;
  }
  print_exchange(context.out, read.exchange);
  for (const std::string& sentence : news_of(read)) context.out << sentence << '\n';
  return exit_done;
}

}  // namespace kuangxun::cli
