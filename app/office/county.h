#pragma once

#include <filesystem>
#include <string>

#include "app/office/report.h"
#include "app/people/person_list.h"
#include "db/base/running.h"

namespace kuangxun::sqlite {
class LaptopStore;
}

namespace kuangxun::office {

// What a laptop knows of its county. Times are 0 when they are not known.
struct County {
  std::string url;  // empty when the laptop is not enrolled
  std::int64_t certificate_until_ms = 0;
  std::int64_t time_ms = 0;  // the newest that the county told
};

// The way between an office and its county, by network and by stick: the port at which tests stand in. Each call works
// with a hand on the store of its own, beside people who go on entering (db/writer); `running` says how far it is and
// stops it.
class CountyLink {
 public:
  virtual ~CountyLink() = default;
  // From what the store keeps; asks nobody.
  virtual Result<County> known(sqlite::LaptopStore& store) = 0;
  virtual Status enrol(sqlite::LaptopStore& store, const std::string& url, const std::string& code,
                       const Running& running) = 0;
  // Gives the person as the county knows them; `key` is theirs from now on.
  virtual Result<people::Person> enrol_person(sqlite::LaptopStore& store, const std::string& code,
                                              const SigningKey& key, const Running& running) = 0;
  // The three below move what is in the store, and the photos in `photos`.
  virtual Result<Report> sync(sqlite::LaptopStore& store, const std::filesystem::path& photos, const std::string& url,
                              const Running& running) = 0;
  virtual Result<WrittenBundle> write_bundle(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                             const std::filesystem::path& file, const Running& running) = 0;
  virtual Result<Report> read_answers(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                      const std::filesystem::path& file, const Running& running) = 0;
};

}  // namespace kuangxun::office
