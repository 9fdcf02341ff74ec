#include "sync/certificates/authority.h"

#include <algorithm>
#include <cassert>
#include <initializer_list>

#include "db/language/language.h"
#include "sync/certificates/openssl_handles.h"

namespace kuangxun::certificates {
namespace {

constexpr std::size_t role_characters_max = 32;
constexpr long x509_version_3 = 2;

using IntegerHandle = std::unique_ptr<BIGNUM, Release<BN_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;

struct SubjectEntry {
  int nid;
  std::string value;
};
struct Extension {
  int nid;
  std::string value;  // in OpenSSL's configuration language
};

Error not_made(const Words& why) {
  return Error(ErrorCode::unavailable, phrase("the certificate could not be made ({0})", {why}));
}

bool set_serial(X509& certificate, Random& random) {
  std::array<std::uint8_t, 16> number{};
  random.fill(number);
  number[0] = static_cast<std::uint8_t>((number[0] & 0x7F) | 0x40);  // positive, and always of the same length
  const IntegerHandle integer(BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
  return integer != nullptr && BN_to_ASN1_INTEGER(integer.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

bool set_validity(X509& certificate, const Validity& validity) {
  return ASN1_TIME_set(X509_getm_notBefore(&certificate), static_cast<time_t>(validity.not_before_ms / 1000)) !=
             nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(&certificate), static_cast<time_t>(validity.not_after_ms / 1000)) != nullptr;
}

bool set_subject(X509& certificate, const std::vector<SubjectEntry>& entries) {
  X509_NAME* subject = X509_get_subject_name(&certificate);
  return std::all_of(entries.begin(), entries.end(), [&](const SubjectEntry& entry) {
    return X509_NAME_add_entry_by_NID(subject, entry.nid, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(entry.value.data()),
                                      static_cast<int>(entry.value.size()), -1, 0) == 1;
  });
}

bool add_extension(X509& certificate, X509& issuer, const Extension& extension) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  const ExtensionHandle made(X509V3_EXT_conf_nid(nullptr, &context, extension.nid, extension.value.c_str()));
  return made != nullptr && X509_add_ext(&certificate, made.get(), -1) == 1;
}

struct Draft {
  std::vector<SubjectEntry> subject;
  PublicKey key;
  Validity validity;
  std::vector<Extension> extensions;
};

// `issuer` null: signs itself.
Result<Certificate> sign_draft(const Draft& draft, X509* issuer, const SigningKey& key, Random& random) {
  const X509Handle certificate(X509_new());
  const KeyHandle holder = public_key(draft.key);
  const KeyHandle signer = private_key(key);
  if (certificate == nullptr || holder == nullptr || signer == nullptr) return not_made(openssl_reason());
  bool is_made = X509_set_version(certificate.get(), x509_version_3) == 1 && set_serial(*certificate, random) &&
                 set_validity(*certificate, draft.validity) && set_subject(*certificate, draft.subject) &&
                 X509_set_pubkey(certificate.get(), holder.get()) == 1;
  X509* const named = issuer == nullptr ? certificate.get() : issuer;
  is_made = is_made && X509_set_issuer_name(certificate.get(), X509_get_subject_name(named)) == 1;
  for (const Extension& extension : draft.extensions) {
    is_made = is_made && add_extension(*certificate, *named, extension);
  }
  // Ed25519 hashes for itself.
  if (!is_made || X509_sign(certificate.get(), signer.get(), nullptr) <= 0) return not_made(openssl_reason());
  return to_certificate(*certificate);
}

Draft authority_draft(const Uuid& county, const PublicKey& key, const Validity& validity) {
  // The fingerprint in the name keeps the authorities of one county apart.
  return {{{NID_commonName, county.text()}, {NID_organizationalUnitName, authority_fingerprint(key)}},
          key,
          validity,
          {{NID_basic_constraints, "critical,CA:TRUE"},
           {NID_key_usage, "critical,keyCertSign,cRLSign"},
           {NID_subject_key_identifier, "hash"},
           {NID_authority_key_identifier, "keyid:always"}}};
}

// The issuer's certificate with its facts, when the key is the one in it.
struct CheckedIssuer {
  X509Handle certificate;
  CertificateFacts facts;
};
Result<CheckedIssuer> checked(const Issuer& issuer) {
  KX_TRY(facts, read_certificate(issuer.certificate.der));
  if (facts.purpose != Purpose::authority || facts.key != issuer.key.public_key()) {
    return Error(ErrorCode::corrupt, phrase("the county's CA key is not the one in its CA certificate"));
  }
  return CheckedIssuer{parse_x509(issuer.certificate.der), std::move(facts)};
}

Result<Certificate> issue_leaf(const Issuer& issuer, Draft draft, Random& random) {
  KX_TRY(from, checked(issuer));
  draft.extensions.push_back({NID_basic_constraints, "critical,CA:FALSE"});
  draft.extensions.push_back({NID_key_usage, "critical,digitalSignature"});
  draft.extensions.push_back({NID_authority_key_identifier, "keyid:always"});
  return sign_draft(draft, from.certificate.get(), issuer.key, random);
}

bool is_role(const std::string& role) {
  return !role.empty() && role.size() <= role_characters_max &&
         std::all_of(role.begin(), role.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

Validity valid_for(std::int64_t now_ms, std::int64_t lifetime_ms) {
  const std::int64_t begin_ms = now_ms - now_ms % 1000;
  return {begin_ms, begin_ms + lifetime_ms};
}

Result<Certificate> make_authority(const Uuid& county, const SigningKey& key, const Validity& validity,
                                   Random& random) {
  return sign_draft(authority_draft(county, key.public_key(), validity), nullptr, key, random);
}

Result<Certificate> cross_sign(const Certificate& new_authority, const Issuer& old, const Validity& validity,
                               Random& random) {
  KX_TRY(from, checked(old));
  KX_TRY(facts, read_certificate(new_authority.der));
  if (facts.purpose != Purpose::authority || facts.county != from.facts.county) {
    return Error(ErrorCode::bad_input, phrase("only an authority of the same county can be cross-signed"));
  }
  return sign_draft(authority_draft(facts.county, facts.key, validity), from.certificate.get(), old.key, random);
}

Result<Certificate> issue_server(const Issuer& issuer, const PublicKey& tls_key, const Validity& validity,
                                 Random& random) {
  KX_TRY(facts, read_certificate(issuer.certificate.der));
  return issue_leaf(
      issuer,
      {{{NID_commonName, facts.county.text()}},
       tls_key,
       validity,
       {{NID_ext_key_usage, "serverAuth"}, {NID_subject_alt_name, "DNS:" + server_host_name(facts.county)}}},
      random);
}

Result<Certificate> issue_device(const Issuer& issuer, const DeviceName& name, const PublicKey& tls_key,
                                 const Validity& validity, Random& random) {
  KX_TRY(facts, read_certificate(issuer.certificate.der));
  if (!is_role(name.role)) {
    return Error(ErrorCode::bad_input, phrase("a role has 1 to 32 small letters and hyphens"));
  }
  return issue_leaf(issuer,
                    {{{NID_organizationName, facts.county.text()},
                      {NID_organizationalUnitName, name.role},
                      {NID_commonName, name.device.text()},
                      {NID_serialNumber, std::to_string(name.epoch)}},
                     tls_key,
                     validity,
                     {{NID_ext_key_usage, "clientAuth"}}},
                    random);
}

}  // namespace kuangxun::certificates
