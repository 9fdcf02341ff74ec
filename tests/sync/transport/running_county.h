#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "sync/client/link.h"
#include "sync/http/http_server.h"
#include "tests/support/manual_clock.h"
#include "tests/sync/certificates/example_authority.h"

namespace kuangxun::tests {

// A county's server over TLS on this machine, with a thread of its own. Answers each body with its bytes in reverse,
// unless told otherwise before the first request.
class RunningCounty {
 public:
  using Change = std::function<void(http::HttpOptions&)>;
  explicit RunningCounty(ExampleAuthority& authority, const Change& change = {});
  // With a certificate of its own choice.
  RunningCounty(ExampleAuthority& authority, const certificates::ServerTls& tls, const Change& change = {});
  ~RunningCounty();
  RunningCounty(const RunningCounty&) = delete;
  RunningCounty& operator=(const RunningCounty&) = delete;

  std::uint16_t port() const { return server_->port(); }
  std::string url() const { return "https://127.0.0.1:" + std::to_string(port()); }
  http::HttpServer& server() { return *server_; }
  ManualClock& clock() { return clock_; }
  // Who asked, in order.
  std::vector<http::HttpPeer> peers() const;
  // What on_cut was given; waits up to five seconds for `count` of them.
  std::vector<Bytes> cut_bodies(std::size_t count) const;

 private:
  void start(ExampleAuthority& authority, const certificates::ServerTls& tls, const Change& change);

  ManualClock clock_;
  mutable std::mutex mutex_;
  std::vector<http::HttpPeer> peers_;
  std::vector<Bytes> cuts_;
  std::unique_ptr<http::HttpServer> server_;
  std::thread thread_;
};

// What a laptop believes and shows. `device` may be null: not enrolled.
certificates::ClientTls::Settings laptop_settings(const ExampleAuthority& authority, const HeldCertificate* device,
                                                  std::int64_t known_ms = may_2026_ms);
certificates::ClientTls::Settings enrolment_settings(const std::string& fingerprint);
std::unique_ptr<client::SecureLink> open_link_to(const std::string& url,
                                                 const certificates::ClientTls::Settings& settings);
// Waits up to five seconds for it to become true.
bool comes_true(const std::function<bool()>& condition);

}  // namespace kuangxun::tests
