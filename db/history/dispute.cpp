#include "db/history/dispute.h"

#include <algorithm>

namespace kuangxun::history {

std::vector<Head> unseen_by_void(const std::vector<OperationId>& void_bases, const std::vector<Head>& field_heads) {
  std::vector<Head> unseen;
  for (const Head& head : field_heads) {
    if (!std::ranges::binary_search(void_bases, head.id)) unseen.push_back(head);
  }
  return unseen;
}

}  // namespace kuangxun::history
