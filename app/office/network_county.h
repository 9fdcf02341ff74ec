#pragma once

#include "app/office/county.h"
#include "db/base/clock.h"
#include "db/base/random.h"

namespace kuangxun::office {

// The county over TLS and by the courier's stick (sync/client). Keeps nothing of its own; both are borrowed.
class NetworkCounty final : public CountyLink {
 public:
  NetworkCounty(Clock& clock, Random& random) : clock_(clock), random_(random) {}

  Result<County> known(sqlite::LaptopStore& store) override;
  Status enrol(sqlite::LaptopStore& store, const std::string& url, const std::string& code,
               const Running& running) override;
  Result<people::Person> enrol_person(sqlite::LaptopStore& store, const std::string& code, const SigningKey& key,
                                      const Running& running) override;
  Result<Report> sync(sqlite::LaptopStore& store, const std::filesystem::path& photos, const std::string& url,
                      const Running& running) override;
  Result<WrittenBundle> write_bundle(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                     const std::filesystem::path& file, const Running& running) override;
  Result<Report> read_answers(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                              const std::filesystem::path& file, const Running& running) override;

 private:
  Clock& clock_;
  Random& random_;
};

}  // namespace kuangxun::office
