#include "sync/certificates/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <charconv>
#include <ctime>

#include "db/base/base32.h"
#include "db/base/hash.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/certificates/openssl_handles.h"

namespace kuangxun::certificates {
namespace {

constexpr std::string_view host_suffix = ".county.kuangxun";
constexpr std::size_t fingerprint_characters = 20;

using StoreHandle = std::unique_ptr<X509_STORE, Release<X509_STORE_free>>;
using StoreContextHandle = std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX_free>>;
using BioHandle = std::unique_ptr<BIO, Release<BIO_free_all>>;

void release_names(GENERAL_NAMES* names) {
  GENERAL_NAMES_free(names);
}
using NamesHandle = std::unique_ptr<GENERAL_NAMES, Release<release_names>>;

Error not_ours() {
  return Error(ErrorCode::corrupt, phrase("this is no certificate of a county, or it is damaged"));
}

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

Error refusal(int openssl_error) {
  if (openssl_error == X509_V_ERR_CERT_HAS_EXPIRED) {
    return Error(ErrorCode::refused, phrase("the certificate has expired"));
  }
  return Error(ErrorCode::refused, phrase("the certificate is not signed by a county that is trusted ({0})",
                                          {X509_verify_cert_error_string(openssl_error)}));
}

}  // namespace

Result<CertificateFacts> read_certificate(ByteView der) {
  const X509Handle certificate = parse_x509(der);
  if (certificate == nullptr) return not_ours();
  const auto purpose = purpose_of(*certificate);
  if (!purpose.has_value()) return not_ours();
  const auto county = county_of(*certificate, *purpose);
  const auto key = key_of(*certificate);
  const auto not_before_ms = instant_of(X509_get0_notBefore(certificate.get()));
  const auto not_after_ms = instant_of(X509_get0_notAfter(certificate.get()));
  if (!county.has_value() || !key.has_value() || !not_before_ms.has_value() || !not_after_ms.has_value()) {
    return not_ours();
  }
  CertificateFacts facts{*purpose, *county, *key, {*not_before_ms, *not_after_ms}, {}};
  if (*purpose != Purpose::device) return facts;
  facts.device = device_name(*certificate);
  if (!facts.device.has_value()) return not_ours();
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

Status check_chain(const Chain& chain, Purpose purpose, std::int64_t known_ms) {
  const X509Handle leaf = parse_x509(chain.leaf.der);
  const ListHandle between = parse_list(chain.between);
  const ListHandle trusted = parse_list(chain.trusted);
  if (leaf == nullptr || between == nullptr || trusted == nullptr) return not_ours();
  const StoreHandle store(X509_STORE_new());
  const StoreContextHandle context(X509_STORE_CTX_new());
  if (store == nullptr || context == nullptr ||
      X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), between.get()) != 1) {
    return Error(ErrorCode::unavailable, openssl_reason());
  }
  X509_STORE_CTX_set0_trusted_stack(context.get(), trusted.get());
  X509_STORE_CTX_set_default(context.get(), purpose == Purpose::server ? "ssl_server" : "ssl_client");
  if (!verify_at(*context, known_ms)) return refusal(X509_STORE_CTX_get_error(context.get()));
  const auto facts = read_certificate(chain.leaf.der);
  if (!facts.ok() || facts->purpose != purpose) return not_ours();
  return {};
}

std::string to_pem(const std::vector<Certificate>& certificates) {
  const BioHandle text(BIO_new(BIO_s_mem()));
  for (const Certificate& certificate : certificates) {
    const X509Handle parsed = parse_x509(certificate.der);
    if (parsed != nullptr) PEM_write_bio_X509(text.get(), parsed.get());
  }
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

Result<std::vector<Certificate>> from_pem(std::string_view text) {
  const BioHandle source(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  std::vector<Certificate> certificates;
  while (const X509Handle parsed = X509Handle(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr))) {
    certificates.push_back(to_certificate(*parsed));
  }
  const bool is_at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (certificates.empty() || !is_at_end) return not_ours();
  return certificates;
}

}  // namespace kuangxun::certificates
