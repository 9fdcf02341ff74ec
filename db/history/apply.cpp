#include "db/history/apply.h"

#include <algorithm>
#include <cassert>

// What replaces what follows from bases alone. No clock is asked, so that every order of arrival ends in the same
// heads, and a laptop whose clock is wrong takes nobody's value away.
namespace kuangxun::history {

std::vector<Head> apply(std::vector<Head> heads, const Operation& operation) {
  std::erase_if(heads, [&](const Head& head) { return std::ranges::binary_search(operation.bases, head.id); });
  Head head{operation.id, operation.time, operation.person, operation.values};
  const auto place = std::ranges::lower_bound(heads, head.id, {}, &Head::id);
  assert((place == heads.end() || place->id != head.id) && "an operation is applied once");
  heads.insert(place, std::move(head));
  return heads;
}

// Two people who wrote the same say nothing that anybody would have to settle.
bool is_disputed(const std::vector<Head>& heads) {
  return std::ranges::any_of(heads, [&](const Head& head) { return head.values != heads.front().values; });
}

const Head& shown_head(const std::vector<Head>& heads) {
  assert(!heads.empty());
  // Of equal times the id decides: whichever it is, every store must show the same one.
  return *std::ranges::max_element(
      heads, [](const Head& a, const Head& b) { return a.time != b.time ? a.time < b.time : a.id < b.id; });
}

std::vector<OperationId> ids_of(const std::vector<Head>& heads) {
  std::vector<OperationId> ids;
  for (const Head& head : heads) ids.push_back(head.id);
  return ids;
}

}  // namespace kuangxun::history
