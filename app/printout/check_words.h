#pragma once

#include <string>

namespace kuangxun::printout {

// What `check` was asked for, besides the day; empty words stand for every place and for all catalogues in force.
struct CheckWords {
  std::string site;       // an id or a name
  std::string catalogue;  // one alone: its id, or the path of a file that is only to be tried
  bool as_json = false;
};

}  // namespace kuangxun::printout
