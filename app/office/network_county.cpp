#include "app/office/network_county.h"

#include "sync/client/bundles.h"
#include "sync/client/county_ties.h"
#include "sync/client/enrol.h"
#include "sync/client/sync.h"

namespace kuangxun::office {

Result<County> NetworkCounty::known(sqlite::LaptopStore& store) {
  County county;
  KX_TRY(ties, client::read_ties(store));
  if (!ties) return county;
  KX_TRY(certificate, certificates::read_certificate(ties->certificate.der));
  county.url = ties->url;
  county.time_ms = ties->known_ms;
  county.certificate_until_ms = certificate.validity.not_after_ms;
  return county;
}

Status NetworkCounty::enrol(sqlite::LaptopStore& store, const std::string& url, const std::string& code,
                            const Running& running) {
  return client::enrol(store, url, code, clock_, random_, running);
}

Result<people::Person> NetworkCounty::enrol_person(sqlite::LaptopStore& store, const std::string& code,
                                                   const SigningKey& key, const Running& running) {
  KX_TRY(told, client::enrol_person(store, code, key, clock_, random_, running));
  return people::Person{told.id, told.name, told.certificate_number, told.role, false, true};
}

Result<Report> NetworkCounty::sync(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                   const std::string& url, const Running& running) {
  return client::sync(store, photos, url, clock_, random_, running);
}

Result<WrittenBundle> NetworkCounty::write_bundle(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                                  const std::filesystem::path& file, const Running& running) {
  return client::write_bundle(store, photos, file, clock_, random_, running);
}

Result<Report> NetworkCounty::read_answers(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                           const std::filesystem::path& file, const Running& running) {
  return client::read_answers(store, photos, file, clock_, random_, running);
}

}  // namespace kuangxun::office
