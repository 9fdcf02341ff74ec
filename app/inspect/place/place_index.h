#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/history/record_store.h"

namespace kuangxun::inspect {

// Why a place was found, best first; also its rank.
enum class MatchedBy { whole_name, name_start, name_part, township, mineral, scattered };

struct PlaceHit {
  Uuid id;
  records::KindNumber kind = 0;
  std::string name;
  std::string township;  // official name; empty when unknown
  std::string mineral;   // for people; empty when none
  bool is_example = false;
  MatchedBy matched_by = MatchedBy::name_part;
};

// Every place that can be visited, ready to be searched at each keystroke. A snapshot: made again after the store
// changed. Township spellings of the plan find the official township.
class PlaceIndex {
 public:
  static Result<PlaceIndex> build(history::RecordReader& store);

  // Best first; equal ranks in the order of kinds and registers. Blanks and the case of Latin letters do not matter.
  // Empty text gives all places.
  std::vector<PlaceHit> find(std::string_view text) const;

 private:
  struct Place {
    PlaceHit hit;
    std::string folded_name;
    std::vector<std::string> township_spellings;  // folded
    std::vector<std::string> minerals;            // folded, both languages and the code
  };
  std::vector<Place> places_;
};

}  // namespace kuangxun::inspect
