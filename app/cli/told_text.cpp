#include "app/cli/told_text.h"

#include "app/cli/table.h"

namespace kuangxun::cli {
namespace {

constexpr std::size_t sentence_width_max = 1000;

struct ToJson {
  JsonValue operator()(std::monostate) const { return {}; }
  JsonValue operator()(std::uint64_t value) const { return JsonValue::integer(static_cast<std::int64_t>(value)); }
  JsonValue operator()(bool value) const { return JsonValue::boolean(value); }
  JsonValue operator()(const std::string& value) const { return JsonValue::string_or_null(value); }
  JsonValue operator()(const std::vector<std::string>& values) const {
    JsonValue json = JsonValue::array();
    for (const std::string& value : values) json.push(JsonValue::string(value));
    return json;
  }
};

}  // namespace

void add_items(const office::Told& told, JsonValue& json) {
  for (const office::Item& item : told.items) json.add(std::string(item.name), std::visit(ToJson{}, item.value));
}

void print_told(const office::Told& told, std::ostream& out) {
  if (const std::string summary = summary_of(told); !summary.empty()) out << summary << '\n';
  for (const std::string& sentence : told.sentences) out << fit_cell(sentence, sentence_width_max) << '\n';
}

Result<int> outcome_of(const office::Told& told, int code) {
  if (told.problem) return *told.problem;
  return code;
}

}  // namespace kuangxun::cli
