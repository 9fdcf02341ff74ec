#include "tests/sync/transport/raw_tls.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

namespace kuangxun::tests {

struct RawTls::State {
  int socket = -1;
  SSL_CTX* context = nullptr;
  SSL* connection = nullptr;
};

RawTls::RawTls(std::uint16_t port, const HeldCertificate* device, std::string_view before)
    : state_(std::make_unique<State>()) {
  // OpenSSL writes to sockets without MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  state_->socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{15, 0};
  ::setsockopt(state_->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(state_->socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
  if (!before.empty()) ::send(state_->socket, before.data(), before.size(), MSG_NOSIGNAL);
  state_->context = SSL_CTX_new(TLS_client_method());
  if (device != nullptr) {
    const Bytes& der = device->certificate.der;
    SSL_CTX_use_certificate_ASN1(state_->context, static_cast<int>(der.size()), der.data());
    EVP_PKEY* const key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, device->key.seed().data(), 32);
    SSL_CTX_use_PrivateKey(state_->context, key);
    EVP_PKEY_free(key);
  }
  state_->connection = SSL_new(state_->context);
  SSL_set_fd(state_->connection, state_->socket);
  is_open_ = SSL_connect(state_->connection) == 1;
}

RawTls::~RawTls() {
  SSL_free(state_->connection);
  SSL_CTX_free(state_->context);
  if (state_->socket >= 0) ::close(state_->socket);
}

bool RawTls::say(std::string_view text) {
  return SSL_write(state_->connection, text.data(), static_cast<int>(text.size())) == static_cast<int>(text.size());
}

std::string RawTls::hear() {
  std::string heard;
  char buffer[4096];
  for (int got = 0; (got = SSL_read(state_->connection, buffer, sizeof buffer)) > 0;) {
    heard.append(buffer, static_cast<std::size_t>(got));
  }
  return heard;
}

std::string RawTls::hear_line() {
  std::string line;
  char character = 0;
  while (SSL_read(state_->connection, &character, 1) == 1 && character != '\r') line += character;
  return line;
}

void RawTls::cut() {
  const linger now{1, 0};
  ::setsockopt(state_->socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(state_->socket);
  state_->socket = -1;
}

std::string post(std::string_view body) {
  return "POST /kuangxun/1 HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

}  // namespace kuangxun::tests
