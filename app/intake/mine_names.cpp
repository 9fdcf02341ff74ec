#include "app/intake/mine_names.h"

#include <algorithm>

#include "app/intake/plain_text.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/mining_right.h"
#include "db/records/handles/place_alias.h"
#include "db/records/handles/township.h"
#include "db/records/kinds.h"

namespace kuangxun::intake {
namespace {

namespace kinds = records::kinds;
using records::Record;

std::string bare(std::string_view spelled_name) {
  for (const std::string_view front :
       {"新疆维吾尔自治区", "新疆", "伊犁哈萨克自治州", "伊犁州", "特克斯县", "特克斯"}) {
    if (spelled_name.starts_with(front) && spelled_name.size() > front.size()) spelled_name.remove_prefix(front.size());
  }
  return std::string(spelled_name);
}

// Spreadsheets take them away from what looks like a number.
std::string without_leading_zeros(std::string text) {
  const bool is_number = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  return text;
}

}  // namespace

Result<MineNames> MineNames::build(history::RecordReader& store) {
  MineNames names;
  KX_TRY(townships, store.list(kinds::township));
  KX_TRY(aliases, store.list(kinds::place_alias));
  const auto add = [&](const std::string& spelling, const Uuid& township) {
    if (!spelling.empty()) names.townships_.emplace_back(folded(spelling), "{" + township.text() + "}");
  };
  for (const Record& township : townships) {
    if (!township.is_voided()) add(township.text(records::township::name), township.id());
  }
  for (const Record& alias : aliases) {
    // 存疑 means that nobody knows whether it is the same place.
    const bool is_sure = !alias.is_voided() && alias.integer(records::place_alias::is_uncertain) == 0;
    if (is_sure) add(alias.text(records::place_alias::alias), alias.reference(records::place_alias::township));
  }
  // Longest first: a short spelling may lie inside a longer one of another township.
  std::ranges::stable_sort(names.townships_,
                           [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  KX_TRY(mines, store.list(kinds::mining_right));
  for (Record& mine : mines) {
    if (mine.is_voided()) continue;
    Named named{std::move(mine), {}, {}, {}, {}};
    named.folded = folded(named.mine.name());
    named.spelled = names.spelled(named.folded);
    named.bare = bare(named.spelled);
    named.licence = folded(named.mine.text(records::mining_right::licence_number));
    names.mines_.push_back(std::move(named));
  }
  return names;
}

std::string MineNames::spelled(std::string_view folded_name) const {
  std::string text(folded_name);
  for (const auto& [spelling, mark] : townships_) text = replace_all(std::move(text), spelling, mark);
  return text;
}

std::string MineNames::near(std::string_view bare_name) const {
  constexpr std::size_t shown_max = 4;
  std::vector<std::string> found;
  for (const Named& named : mines_) {
    const bool is_near = !bare_name.empty() && (named.bare.find(bare_name) != std::string::npos ||
                                                bare_name.find(named.bare) != std::string::npos);
    if (is_near && found.size() < shown_max) found.push_back(named.mine.name());
  }
  if (found.empty()) return {};
  return say_with("; close to it: {0}", {join(found, say(", "))});
}

// From the strictest reading to the loosest; the first that finds anything counts. If that is several mines, a looser
// one would only find more, so people are asked.
MineNames::Match MineNames::by_name(std::string_view name) const {
  const std::string whole = folded(name);
  const std::string one_spelling = spelled(whole);
  const std::string short_name = bare(one_spelling);
  for (const auto member : {&Named::folded, &Named::spelled, &Named::bare}) {
    const std::string& wanted = member == &Named::folded    ? whole
                                : member == &Named::spelled ? one_spelling
                                                            : short_name;
    std::vector<const Named*> found;
    for (const Named& named : mines_) {
      if (named.*member == wanted) found.push_back(&named);
    }
    if (found.size() == 1) return {&found.front()->mine, {}, member != &Named::folded};
    if (found.empty()) continue;
    std::vector<std::string> ids;
    for (const Named* one : found) ids.push_back(one->mine.name() + " " + one->mine.id().text());
    return {nullptr,
            say_with("\"{0}\" is {1} mining rights; give the licence number: {2}",
                     {excerpt(name, 60), std::to_string(found.size()), join(ids, say(", "))}),
            false};
  }
  return {nullptr, say_with("no mining right has the name \"{0}\"{1}", {excerpt(name, 60), near(short_name)}), false};
}

MineNames::Match MineNames::by_licence(std::string_view licence) const {
  const std::string wanted = without_leading_zeros(folded(licence));
  std::vector<const Named*> found;
  for (const Named& named : mines_) {
    if (!named.licence.empty() && without_leading_zeros(named.licence) == wanted) found.push_back(&named);
  }
  if (found.size() == 1) return {&found.front()->mine, {}, false};
  return {nullptr,
          found.empty() ? say_with("no mining right has the licence number \"{0}\"; enter the number with the mining "
                                   "right first, or give the name",
                                   {excerpt(licence, 40)})
                        : say_with("{0} mining rights have the licence number \"{1}\"",
                                   {std::to_string(found.size()), excerpt(licence, 40)}),
          false};
}

MineNames::Match MineNames::find(std::string_view name, std::string_view licence) const {
  if (folded(licence).empty()) return by_name(name);
  const Match numbered = by_licence(licence);
  if (folded(name).empty()) return numbered;
  const Match named = by_name(name);
  // Most registers have no licence numbers yet: then the name tells.
  if (numbered.mine == nullptr)
    return named.mine != nullptr && !named.mine->has(records::mining_right::licence_number) ? named : numbered;
  if (named.mine == numbered.mine) return named;
  return {nullptr,
          say_with("the name \"{0}\" and the licence number \"{1}\" ({2}) are not of one mining right",
                   {excerpt(name, 60), excerpt(licence, 40), numbered.mine->name()}),
          false};
}

}  // namespace kuangxun::intake
