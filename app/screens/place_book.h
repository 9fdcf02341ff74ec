#pragma once

#include <map>

#include "app/inspect/place_index.h"
#include "app/screens/making.h"

namespace kuangxun::screens {

// The list of places, ready to be searched at each keystroke; made again when the store changed.
class PlaceBook {
 public:
  static Result<PlaceBook> read(const Making& making);
  PlacesView view(const Making& making, const Uuid& opened) const;

 private:
  struct Entry {
    std::string detail;
    Badge badge;
  };
  Status add_visits(const Making& making);

  inspect::PlaceIndex index_;
  std::map<Uuid, Entry> entries_;
  std::vector<Row> under_way_;
};

}  // namespace kuangxun::screens
