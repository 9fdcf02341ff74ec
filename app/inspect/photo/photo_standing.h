#pragma once

#include <map>
#include <optional>
#include <string>

#include "db/base/hash.h"
#include "db/records/record.h"

namespace kuangxun::inspect {

// Where the file of a photo stands between this laptop and the county.
struct PhotoStanding {
  enum class Where { on_laptop, at_county, missing_here };
  Where where = Where::on_laptop;
  // Of `chunks` so many have gone (on_laptop) or come (missing_here).
  std::uint64_t chunks_moved = 0;
  std::uint64_t chunks = 0;
};
// By the hash of the file.
using PhotoStandings = std::map<Hash, PhotoStanding>;

// That of a photo's record; nothing for other records and for a photo without a file.
std::optional<PhotoStanding> standing_of(const PhotoStandings& standings, const records::Record& photo);

// "on-laptop", "at-county", "missing-here".
std::string_view name_of(PhotoStanding::Where where);
// For people: "照片已到县级库", "照片已送 3/16 块", "照片不在本机，已取 2/16 块".
std::string standing_text(const PhotoStanding& standing);

}  // namespace kuangxun::inspect
