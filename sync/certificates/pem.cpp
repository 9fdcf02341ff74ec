#include <openssl/err.h>
#include <openssl/pem.h>

#include "sync/certificates/certificate.h"
#include "sync/certificates/openssl_handles.h"

// Certificates as files and other programs have them. OpenSSL reads and writes the form.
namespace kuangxun::certificates {
namespace {

using BioHandle = std::unique_ptr<BIO, Release<BIO_free_all>>;

}  // namespace

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
  if (certificates.empty() || !is_at_end) return not_of_a_county();
  return certificates;
}

}  // namespace kuangxun::certificates
