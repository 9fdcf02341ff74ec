#pragma once

#include <string>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/running.h"
#include "db/sqlite/laptop_store.h"

namespace kuangxun::client {

// Joins the county with a code that its office gave: over TLS that only the county of the code can have set up. Keeps
// the county's keys, its authorities and this laptop's certificate. refused when somebody else answers; bad_input when
// the laptop has joined another county already. A laptop whose key was lost, or whose county lost its own, enrols
// again: nothing it holds is given up.
Status enrol(sqlite::LaptopStore& store, const std::string& url, const std::string& code, Clock& clock, Random& random,
             const Running& running = {});

struct EnrolledPerson {
  Uuid id;
  std::string name;
  std::string certificate_number;
  std::string role;
};
// Enters a person's own key at the county with a code that its office gave to that person. The laptop is enrolled.
Result<EnrolledPerson> enrol_person(sqlite::LaptopStore& store, const std::string& code, const SigningKey& person_key,
                                    Clock& clock, Random& random, const Running& running = {});

}  // namespace kuangxun::client
