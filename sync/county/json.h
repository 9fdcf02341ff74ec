#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace kuangxun::county {

// Writes one JSON object, members in the order they were added.
class JsonObject {
 public:
  void add(const std::string& name, const std::string& text) { add_raw(name, quoted(text)); }
  void add(const std::string& name, std::uint64_t number) { add_raw(name, std::to_string(number)); }
  void add(const std::string& name, bool flag) { add_raw(name, flag ? "true" : "false"); }
  void add(const std::string& name, const char* text) { add(name, std::string(text)); }
  void add_raw(const std::string& name, std::string json) { members_.emplace_back(name, std::move(json)); }
  const std::vector<std::pair<std::string, std::string>>& members() const { return members_; }

  std::string text() const {
    std::string all = "{";
    for (const auto& [name, json] : members_) {
      if (all.size() > 1) all += ", ";
      all += quoted(name) + ": " + json;
    }
    return all + "}";
  }

  static std::string quoted(const std::string& text) {
    std::string all = "\"";
    for (const char character : text) {
      const auto code = static_cast<unsigned char>(character);
      if (character == '"' || character == '\\') {
        all += '\\';
        all += character;
      } else if (code < 0x20) {
        char escape[8];
        std::snprintf(escape, sizeof escape, "\\u%04x", code);
        all += escape;
      } else {
        all += character;
      }
    }
    return all + "\"";
  }

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

}  // namespace kuangxun::county
