#include "sync/client/county_ties.h"

#include <algorithm>
#include <charconv>

#include "db/base/files.h"
#include "db/base/text.h"

namespace kuangxun::client {
namespace {

constexpr std::string_view url_setting = "county_url";
constexpr std::string_view authorities_setting = "county_authorities";
constexpr std::string_view statements_setting = "county_statements";
constexpr std::string_view certificate_setting = "device_certificate";
constexpr std::string_view time_setting = "county_time_ms";
constexpr std::uint64_t key_file_bytes_max = 1000;

Result<std::int64_t> known_time(sqlite::LaptopStore& store) {
  KX_TRY(text, store.setting(time_setting));
  std::int64_t known_ms = 0;
  if (text.has_value()) std::from_chars(text->data(), text->data() + text->size(), known_ms);
  return known_ms;
}

std::vector<certificates::Certificate> to_certificates(const std::vector<Bytes>& ders) {
  std::vector<certificates::Certificate> list;
  for (const Bytes& der : ders) list.push_back({der});
  return list;
}

}  // namespace

Result<std::optional<CountyTies>> read_ties(sqlite::LaptopStore& store) {
  KX_TRY(url, store.setting(url_setting));
  KX_TRY(authorities, store.setting(authorities_setting));
  KX_TRY(certificate, store.setting(certificate_setting));
  if (!url.has_value() || !authorities.has_value() || !certificate.has_value()) return std::optional<CountyTies>();
  CountyTies ties;
  ties.url = *url;
  KX_TRY(trusted, certificates::from_pem(*authorities));
  ties.authorities = std::move(trusted);
  KX_TRY(own, certificates::from_pem(*certificate));
  ties.certificate = own.front();
  KX_TRY(known_ms, known_time(store));
  ties.known_ms = known_ms;
  return std::optional<CountyTies>(std::move(ties));
}

Status keep_ties(sqlite::LaptopStore& store, const CountyTies& ties) {
  KX_CHECK(store.set_setting(authorities_setting, certificates::to_pem(ties.authorities)));
  KX_CHECK(store.set_setting(certificate_setting, certificates::to_pem({ties.certificate})));
  KX_CHECK(keep_county_time(store, ties.known_ms));
  // The address last: without it the laptop does not count as joined (read_ties).
  return store.set_setting(url_setting, ties.url);
}

Status keep_authorities(sqlite::LaptopStore& store, const std::vector<Bytes>& authorities) {
  return store.set_setting(authorities_setting, certificates::to_pem(to_certificates(authorities)));
}

Status keep_statements(sqlite::LaptopStore& store, const std::vector<Bytes>& statements) {
  std::string lines;
  for (const Bytes& statement : statements) lines += to_hex(statement) + "\n";
  return store.set_setting(statements_setting, lines);
}

Result<std::vector<Bytes>> read_statements(sqlite::LaptopStore& store) {
  KX_TRY(lines, store.setting(statements_setting));
  std::vector<Bytes> statements;
  std::string_view rest = lines.has_value() ? std::string_view(*lines) : std::string_view();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    KX_TRY(statement, from_hex(rest.substr(0, end)));
    statements.push_back(std::move(statement));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return statements;
}

Status keep_certificate(sqlite::LaptopStore& store, const Bytes& certificate) {
  KX_CHECK(certificates::read_certificate(certificate));
  return store.set_setting(certificate_setting, certificates::to_pem({{certificate}}));
}

Status keep_county_time(sqlite::LaptopStore& store, std::int64_t county_time_ms) {
  KX_TRY(known_ms, known_time(store));
  if (county_time_ms <= known_ms) return {};
  return store.set_setting(time_setting, std::to_string(county_time_ms));
}

// A damaged file is an error and not replaced: the certificate is for the key in it.
Result<SigningKey> tls_key(const std::filesystem::path& folder, Random& random) {
  const std::filesystem::path path = folder / "tls.key";
  const auto text = read_text_file(path, key_file_bytes_max);
  if (text.ok()) {
    KX_TRY(seed, from_hex(trim(*text)));
    return SigningKey::from_seed(seed);
  }
  if (text.error().code() != ErrorCode::not_found) return text.error();
  SigningKey key = SigningKey::generate(random);
  const std::string content = to_hex(key.seed()) + "\n";
  KX_CHECK(write_file_durably(path, as_bytes(content), true));
  return key;
}

}  // namespace kuangxun::client
