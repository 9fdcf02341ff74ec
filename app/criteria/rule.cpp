#include "app/criteria/rule.h"

#include <array>

#include "db/language/language.h"

namespace kuangxun::criteria {
namespace {

struct Name {
  std::string_view code;
  std::string_view chinese;
  std::string_view english;
};
constexpr std::array rule_kinds = {
    Name{"admission", "准入", "admission"},     Name{"duty", "义务", "duty"},
    Name{"prohibition", "禁止", "prohibition"}, Name{"exit", "退出", "exit"},
    Name{"target", "指标", "target"},           Name{"tracking", "跟踪", "tracking"},
};
constexpr std::array marks = {
    Name{"plan", "规划原文", "the plan's text"},
    Name{"verified", "已见转载文本，未核对公报", "read in a copy, not checked against the gazette"},
    Name{"second-hand", "据转述，未见原文", "reported by others, text not seen"},
    Name{"calculated", "由原文推算", "calculated from the text"},
    Name{"unverified", "未核实", "not verified"},
};
constexpr std::array basis_states = {
    Name{"in-force", "现行", "in force"},
    Name{"expired", "已过期", "expired"},
    Name{"superseded", "已被取代", "superseded"},
    Name{"future", "尚未生效", "not yet in force"},
};

template <class Names, class Value>
const Name& name_among(const Names& names, Value value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

bool is_plain_id(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string_view name_of(RuleKind kind) {
  return name_among(rule_kinds, kind).code;
}
std::string_view label_of(RuleKind kind) {
  const auto& name = name_among(rule_kinds, kind);
  return either(name.chinese, name.english);
}
std::string_view name_of(Mark mark) {
  return name_among(marks, mark).code;
}
std::string_view label_of(Mark mark) {
  const auto& name = name_among(marks, mark);
  return either(name.chinese, name.english);
}
std::string_view name_of(BasisState state) {
  return name_among(basis_states, state).code;
}
std::string_view label_of(BasisState state) {
  const auto& name = name_among(basis_states, state);
  return either(name.chinese, name.english);
}

Result<Mark> parse_mark(std::string_view text) {
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i].code == text) return static_cast<Mark>(i);
  }
  return Error(ErrorCode::bad_input,
               phrase("there is no mark \"{0}\"; write plan, verified, second-hand, calculated or unverified", {text}));
}

BasisState state_of(const Basis& basis, Day on) {
  if (basis.from && on < *basis.from) return BasisState::future;
  if (!basis.to || on <= *basis.to) return BasisState::in_force;
  return basis.superseded_by.empty() ? BasisState::expired : BasisState::superseded;
}

}  // namespace kuangxun::criteria
