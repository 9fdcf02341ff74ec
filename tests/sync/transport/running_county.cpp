#include "tests/sync/transport/running_county.h"

#include <doctest/doctest.h>

namespace kuangxun::tests {

RunningCounty::RunningCounty(ExampleAuthority& authority, const Change& change) {
  const HeldCertificate held = authority.server();
  start(authority, {{held.certificate, authority.certificate()}, held.key, {authority.certificate()}, {}}, change);
}

RunningCounty::RunningCounty(ExampleAuthority& authority, const certificates::ServerTls& tls, const Change& change) {
  start(authority, tls, change);
}

void RunningCounty::start(ExampleAuthority&, const certificates::ServerTls& tls, const Change& change) {
  http::HttpOptions options;
  options.host = "127.0.0.1";
  options.tls = &tls;
  options.clock = &clock_;
  options.handler = [this](unsigned, const http::HttpPeer& peer, Bytes request) {
    const std::lock_guard lock(mutex_);
    peers_.push_back(peer);
    return http::HttpAnswer{200, 0, Bytes(request.rbegin(), request.rend())};
  };
  options.on_cut = [this](unsigned, const http::HttpPeer&, Bytes partial) {
    const std::lock_guard lock(mutex_);
    cuts_.push_back(std::move(partial));
  };
  if (change) change(options);
  auto made = http::HttpServer::listen(std::move(options));
  REQUIRE_MESSAGE(made.ok(), (made.ok() ? std::string() : made.error().message()));
  server_ = std::move(made).value();
  thread_ = std::thread([this] { server_->run(); });
}

RunningCounty::~RunningCounty() {
  server_->stop();
  thread_.join();
}

std::vector<http::HttpPeer> RunningCounty::peers() const {
  const std::lock_guard lock(mutex_);
  return peers_;
}

std::vector<Bytes> RunningCounty::cut_bodies(std::size_t count) const {
  comes_true([&] {
    const std::lock_guard lock(mutex_);
    return cuts_.size() >= count;
  });
  const std::lock_guard lock(mutex_);
  return cuts_;
}

certificates::ClientTls::Settings laptop_settings(const ExampleAuthority& authority, const HeldCertificate* device,
                                                  std::int64_t known_ms) {
  certificates::ClientTls::Settings settings;
  settings.trust = certificates::ClientTls::Trust{authority.county(), {authority.certificate()}};
  settings.known_ms = known_ms;
  if (device == nullptr) return settings;
  settings.certificate = device->certificate;
  settings.key = &device->key;
  return settings;
}

certificates::ClientTls::Settings enrolment_settings(const std::string& fingerprint) {
  certificates::ClientTls::Settings settings;
  settings.fingerprint = certificates::ClientTls::Fingerprint{fingerprint};
  return settings;
}

std::unique_ptr<client::SecureLink> open_link_to(const std::string& url,
                                                 const certificates::ClientTls::Settings& settings) {
  auto link = client::open_secure_link(url, settings);
  REQUIRE_MESSAGE(link.ok(), (link.ok() ? std::string() : link.error().message()));
  return std::move(link).value();
}

bool comes_true(const std::function<bool()>& condition) {
  for (int tries = 0; tries < 500; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return condition();
}

}  // namespace kuangxun::tests
