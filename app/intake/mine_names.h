#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::intake {

// The mining rights by every way in which an office's table may name them. A snapshot.
class MineNames {
 public:
  static Result<MineNames> build(history::RecordReader& store);

  struct Match {
    const records::Record* mine = nullptr;  // null: `problem` says why
    std::string problem;                    // none, or several; with those that come near
    bool is_loose = false;                  // by another spelling than the register's
  };
  // By the number of the licence, the name, or both, which must agree. A name may spell its township in another way
  // that the registers know, and leave out the region and the county in front.
  Match find(std::string_view name, std::string_view licence) const;

 private:
  struct Named {
    records::Record mine;
    std::string folded;
    std::string spelled;  // with townships in one spelling
    std::string bare;     // and without region and county
    std::string licence;
  };
  std::string spelled(std::string_view folded_name) const;
  Match by_name(std::string_view name) const;
  Match by_licence(std::string_view licence) const;
  std::string near(std::string_view bare_name) const;

  std::vector<Named> mines_;
  // Every spelling of a township, longest first, and the mark that stands for it.
  std::vector<std::pair<std::string, std::string>> townships_;
};

}  // namespace kuangxun::intake
