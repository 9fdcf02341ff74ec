#include "app/cli/told_text.h"

#include "app/columns/table.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

constexpr std::size_t sentence_width_max = 1000;

struct ToJson {
  JsonValue operator()(std::monostate) const { return {}; }
  JsonValue operator()(std::uint64_t value) const { return JsonValue::integer(value); }
  JsonValue operator()(bool value) const { return JsonValue::boolean(value); }
  JsonValue operator()(const std::string& value) const { return JsonValue::string_or_null(value); }
  JsonValue operator()(const std::vector<std::string>& values) const { return JsonValue::strings(values); }
};

}  // namespace

void add_items(const office::Told& told, json::JsonValue& json) {
  for (const office::Item& item : told.items) json.add(std::string(item.name), std::visit(ToJson{}, item.value));
}

void print_told(const office::Told& told, std::ostream& out) {
  if (const std::string summary = summary_of(told); !summary.empty()) out << summary << '\n';
  for (const std::string& sentence : told.sentences) out << columns::fit_cell(sentence, sentence_width_max) << '\n';
}

Result<int> show(Context& context, const office::Told& told, json::JsonValue json) {
  if (context.is_json) {
    add_items(told, json);
    context.out << json::format_json(json) << '\n';
  } else {
    print_told(told, context.out);
  }
  if (told.problem) return *told.problem;
  return exit_done;
}

}  // namespace kuangxun::cli
