#include "db/history/dispute.h"

#include <algorithm>

// Voiding names as bases all heads of the record that its author saw. What is among them was voided knowingly; what is
// not was written beside it, and people must say whether the record stands.
namespace kuangxun::history {

std::vector<Head> unseen_by_void(const std::vector<OperationId>& void_bases, const std::vector<Head>& field_heads) {
  std::vector<Head> unseen;
  for (const Head& head : field_heads) {
    if (!std::ranges::binary_search(void_bases, head.id)) unseen.push_back(head);
  }
  return unseen;
}

}  // namespace kuangxun::history
