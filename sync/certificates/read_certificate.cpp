#include <charconv>
#include <ctime>

#include "db/base/base32.h"
#include "db/base/hash.h"
#include "sync/certificates/certificate.h"
#include "sync/certificates/openssl_handles.h"

// What the names and the purpose in a certificate say of its holder.
namespace kuangxun::certificates {
namespace {

constexpr std::string_view host_suffix = ".county.kuangxun";
constexpr std::size_t fingerprint_characters = 20;

void release_names(GENERAL_NAMES* names) {
  GENERAL_NAMES_free(names);
}
using NamesHandle = std::unique_ptr<GENERAL_NAMES, Release<release_names>>;

std::string text_of(const ASN1_STRING* text) {
  const unsigned char* data = ASN1_STRING_get0_data(text);
  return data == nullptr ? std::string() : std::string(data, data + ASN1_STRING_length(text));
}

// The one entry of this kind in the subject.
std::optional<std::string> subject_entry(const X509& certificate, int nid) {
  const X509_NAME* subject = X509_get_subject_name(&certificate);
  const int at = X509_NAME_get_index_by_NID(subject, nid, -1);
  if (at < 0 || X509_NAME_get_index_by_NID(subject, nid, at) >= 0) return std::nullopt;
  return text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

std::optional<Uuid> subject_id(const X509& certificate, int nid) {
  const auto text = subject_entry(certificate, nid);
  if (!text.has_value()) return std::nullopt;
  const auto id = parse_uuid(*text);
  if (!id.ok()) return std::nullopt;
  return *id;
}

std::optional<Uuid> county_of_server(X509& certificate) {
  const NamesHandle names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (names == nullptr || sk_GENERAL_NAME_num(names.get()) != 1) return std::nullopt;
  const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), 0);
  if (name->type != GEN_DNS) return std::nullopt;
  const std::string host = text_of(name->d.dNSName);
  if (!host.ends_with(host_suffix)) return std::nullopt;
  const auto id = parse_uuid(std::string_view(host).substr(0, host.size() - host_suffix.size()));
  if (!id.ok()) return std::nullopt;
  return *id;
}

std::optional<DeviceName> device_name(const X509& certificate) {
  const auto device = subject_id(certificate, NID_commonName);
  const auto epoch_text = subject_entry(certificate, NID_serialNumber);
  const auto role = subject_entry(certificate, NID_organizationalUnitName);
  if (!device.has_value() || !epoch_text.has_value() || !role.has_value()) return std::nullopt;
  std::uint32_t epoch = 0;
  const char* const end = epoch_text->data() + epoch_text->size();
  const auto [stopped, failure] = std::from_chars(epoch_text->data(), end, epoch);
  if (failure != std::errc() || stopped != end) return std::nullopt;
  return DeviceName{*device, epoch, *role};
}

std::optional<std::int64_t> instant_of(const ASN1_TIME* time) {
  std::tm civil{};
  if (ASN1_TIME_to_tm(time, &civil) != 1) return std::nullopt;
  return std::int64_t{timegm(&civil)} * 1000;
}

std::optional<Purpose> purpose_of(X509& certificate) {
  if (X509_check_ca(&certificate) == 1) return Purpose::authority;
  const std::uint32_t usage = X509_get_extended_key_usage(&certificate);
  if (usage == XKU_SSL_SERVER) return Purpose::server;
  if (usage == XKU_SSL_CLIENT) return Purpose::device;
  return std::nullopt;
}

std::optional<Uuid> county_of(X509& certificate, Purpose purpose) {
  if (purpose == Purpose::server) return county_of_server(certificate);
  return subject_id(certificate, purpose == Purpose::authority ? NID_commonName : NID_organizationName);
}

}  // namespace

Result<CertificateFacts> read_certificate(ByteView der) {
  const X509Handle certificate = parse_x509(der);
  if (certificate == nullptr) return not_of_a_county();
  const auto purpose = purpose_of(*certificate);
  if (!purpose.has_value()) return not_of_a_county();
  const auto county = county_of(*certificate, *purpose);
  const auto key = key_of(*certificate);
  const auto not_before_ms = instant_of(X509_get0_notBefore(certificate.get()));
  const auto not_after_ms = instant_of(X509_get0_notAfter(certificate.get()));
  if (!county.has_value() || !key.has_value() || !not_before_ms.has_value() || !not_after_ms.has_value()) {
    return not_of_a_county();
  }
  CertificateFacts facts{*purpose, *county, *key, {*not_before_ms, *not_after_ms}, {}};
  if (*purpose != Purpose::device) return facts;
  facts.device = device_name(*certificate);
  if (!facts.device.has_value()) return not_of_a_county();
  return facts;
}

std::string server_host_name(const Uuid& county) {
  return county.text() + std::string(host_suffix);
}

std::string authority_fingerprint(const PublicKey& key) {
  const ByteView label = as_bytes("kuangxun county ca");
  Bytes named(label.begin(), label.end());
  named.insert(named.end(), key.bytes.begin(), key.bytes.end());
  return to_base32(sha256(named).bytes, fingerprint_characters);
}

}  // namespace kuangxun::certificates
