#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/json/json_value.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::json {
namespace {

// Takes the parser's events and keeps the text of numbers. Returning false stops the parser.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return place({}); }
  bool boolean(bool value) override { return place(JsonValue::boolean(value)); }
  bool number_integer(number_integer_t value) override { return place(JsonValue::integer(value)); }
  bool number_unsigned(number_unsigned_t value) override { return place(JsonValue::number(std::to_string(value))); }
  bool number_float(number_float_t, const string_t& literal) override { return place(JsonValue::number(literal)); }
  bool string(string_t& text) override { return place(JsonValue::string(text)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonValue::object()); }
  bool start_array(std::size_t) override { return open(JsonValue::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (path_.back()->members.size() >= limits::document_members_max) {
      problem_ = say_with("an object has more than {0} members", {std::to_string(limits::document_members_max)});
      return false;
    }
    if (path_.back()->find(name) != nullptr) {
      problem_ = say_with("member \"{0}\" stands twice", {name});
      return false;
    }
    key_ = name;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    error_position_ = position;
    return false;
  }

  JsonValue root;
  const std::string& problem() const { return problem_; }
  std::size_t error_position() const { return error_position_; }

 private:
  JsonValue* store(JsonValue value) {
    if (path_.empty()) {
      root = std::move(value);
      return &root;
    }
    JsonValue& parent = *path_.back();
    if (parent.type == JsonValue::Type::array) {
      parent.items.push_back(std::move(value));
      return &parent.items.back();
    }
    parent.members.emplace_back(key_, std::move(value));
    return &parent.members.back().second;
  }
  bool place(JsonValue value) {
    store(std::move(value));
    return true;
  }
  // A pointer stays good while its value is open: its parent gets no other member until it is closed.
  bool open(JsonValue value) {
    if (path_.size() >= static_cast<std::size_t>(limits::document_depth_max)) {
      problem_ = say_with("nested deeper than {0}", {std::to_string(limits::document_depth_max)});
      return false;
    }
    path_.push_back(store(std::move(value)));
    return true;
  }
  bool close() {
    path_.pop_back();
    return true;
  }

  std::vector<JsonValue*> path_;
  std::string key_;
  std::string problem_;
  std::size_t error_position_ = 0;
};

std::string line_and_column(std::string_view text, std::size_t position) {
  // The parser counts the byte it stopped at, from 1.
  const std::size_t at = std::min(position == 0 ? 0 : position - 1, text.size());
  const std::string_view before = text.substr(0, at);
  const std::size_t line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  const std::size_t line_start = before.rfind('\n');
  const std::size_t column = 1 + (line_start == std::string_view::npos ? at : at - line_start - 1);
  return say_with("line {0}, column {1}", {std::to_string(line), std::to_string(column)});
}

}  // namespace

Result<JsonValue> parse_json(std::string_view text) {
  TreeBuilder builder;
  bool is_read = false;
  try {
    is_read = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  } catch (const nlohmann::json::exception&) {
    is_read = false;
  }
  if (is_read) return std::move(builder.root);
  if (!builder.problem().empty()) return Error(ErrorCode::bad_input, builder.problem());
  return Error(ErrorCode::bad_input,
               phrase("{0}: not valid JSON in UTF-8", {line_and_column(text, builder.error_position())}));
}

}  // namespace kuangxun::json
