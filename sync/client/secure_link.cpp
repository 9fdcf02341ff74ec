#include "sync/client/link.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/client/link_address.h"
#include "sync/client/link_failure.h"

namespace kuangxun::client {
namespace {

// TCP and TLS together: four round trips, of 1.5 s on the poorest links.
constexpr long connect_timeout_ms = 20'000;
// A link that brings less than a byte a second for so long is as good as broken.
constexpr long stalled_after_s = 30;
constexpr std::string_view exchange_path = "/kuangxun/1";
// Before the county's id is known.
constexpr std::string_view enrolment_host = "enrolment.county.kuangxun";

struct EasyFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using ListHandle = std::unique_ptr<curl_slist, ListFree>;

void add_line(ListHandle& list, const std::string& line) {
  if (curl_slist* const longer = curl_slist_append(list.get(), line.c_str()); longer != nullptr) {
    static_cast<void>(list.release());
    list.reset(longer);
  }
}

// libcurl's own set-up is once a process.
bool is_ready() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  return ready == CURLE_OK;
}

struct Incoming {
  Bytes bytes;
  bool is_too_large = false;
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
  Incoming& incoming = *static_cast<Incoming*>(into);
  const std::size_t length = size * count;
  incoming.is_too_large = incoming.bytes.size() + length > limits::http_body_bytes_max;
  if (incoming.is_too_large) return 0;
  incoming.bytes.insert(incoming.bytes.end(), data, data + length);
  return length;
}

struct Outgoing {
  ByteView message;
  std::size_t at = 0;
  bool is_begun = false;
};

std::size_t hand_out(char* into, std::size_t size, std::size_t count, void* from) {
  Outgoing& outgoing = *static_cast<Outgoing*>(from);
  const ByteView left = outgoing.message.subspan(outgoing.at);
  const std::size_t length = std::min(size * count, left.size());
  std::copy_n(left.begin(), length, into);
  outgoing.at += length;
  outgoing.is_begun = true;
  return length;
}

int go_back(void* from, curl_off_t offset, int) {
  static_cast<Outgoing*>(from)->at = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

// libcurl would send a message that broke off in the middle once more by itself, over a new connection and from its
// beginning, where the session asks first what has arrived: so there is no new connection once it has begun.
curl_socket_t open_socket(void* from, curlsocktype, curl_sockaddr* address) {
  if (static_cast<const Outgoing*>(from)->is_begun) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

class CurlLink final : public SecureLink {
 public:
  CurlLink(LinkAddress address, std::unique_ptr<certificates::ClientTls> tls, std::string host, const Running& running)
      : address_(std::move(address)),
        tls_(std::move(tls)),
        host_(std::move(host)),
        running_(running),
        handle_(curl_easy_init()) {
    // No "Expect: 100-continue": the county reads bodies at once, waiting for it would only cost a round trip.
    for (const char* line : {"Expect:", "Accept:", "Content-Type: application/octet-stream"}) add_line(headers_, line);
    const std::string port = std::to_string(address_.port);
    add_line(places_, host_ + ":" + port + ":" + address_.host + ":" + port);
  }

  Result<Bytes> exchange(ByteView message) override {
    failure_.reset();
    tls_->forget_sight();
    Incoming incoming;
    Outgoing outgoing{message};
    configure(outgoing, incoming);
    seen_ = {};
    if (const CURLcode code = curl_easy_perform(handle_.get()); code != CURLE_OK) {
      if (code == CURLE_ABORTED_BY_CALLBACK) KX_CHECK(running_.check());
      return fail(failure_of(code, outgoing, incoming),
                  error_text_[0] != 0 ? error_text_.data() : curl_easy_strerror(code));
    }
    long http_status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &http_status);
    if (http_status == 200) return std::move(incoming.bytes);
    curl_off_t retry_after_s = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &retry_after_s);
    return fail(failure_of_status(http_status, static_cast<long>(retry_after_s)),
                "HTTP " + std::to_string(http_status));
  }

  std::optional<LinkFailure> failure() const override { return failure_; }
  const certificates::ClientTls::Sight& sight() const override { return tls_->sight(); }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_.get(), option, value);
  }

  void configure(Outgoing& outgoing, Incoming& incoming) {
    const std::string target = "https://" + host_ + ":" + std::to_string(address_.port) + std::string(exchange_path);
    set(CURLOPT_URL, target.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_CONNECT_TO, places_.get());
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, stalled_after_s);
    set(CURLOPT_TIMEOUT, long{limits::link_request_timeout_s});
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_POST, 1L);
    set(CURLOPT_READFUNCTION, &hand_out);
    set(CURLOPT_READDATA, &outgoing);
    set(CURLOPT_SEEKFUNCTION, &go_back);
    set(CURLOPT_SEEKDATA, &outgoing);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(outgoing.message.size()));
    set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    set(CURLOPT_OPENSOCKETDATA, &outgoing);
    set(CURLOPT_WRITEFUNCTION, &collect);
    set(CURLOPT_WRITEDATA, &incoming);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &look_up);
    set(CURLOPT_XFERINFODATA, this);
    error_text_[0] = 0;
    set(CURLOPT_ERRORBUFFER, error_text_.data());
    configure_tls();
  }

  // Whom to believe is ClientTls's business; libcurl's own list of authorities plays no part.
  void configure_tls() {
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, host_ == enrolment_host ? 0L : 2L);
    set(CURLOPT_SSL_ENABLE_ALPN, 0L);
    set(CURLOPT_SSL_SESSIONID_CACHE, 1L);
    set(CURLOPT_SSL_CTX_DATA, this);
    set(CURLOPT_SSL_CTX_FUNCTION, &configure_context);
  }

  // libcurl calls it with each piece, and about once a second while nothing moves.
  static int look_up(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
    CurlLink& link = *static_cast<CurlLink*>(self);
    const Seen now{std::max<curl_off_t>(sent, link.seen_.sent), std::max<curl_off_t>(received, link.seen_.received)};
    link.running_.add_bytes(static_cast<std::uint64_t>(now.sent - link.seen_.sent),
                            static_cast<std::uint64_t>(now.received - link.seen_.received));
    link.seen_ = now;
    return link.running_.is_stopped() ? 1 : 0;
  }

  static CURLcode configure_context(CURL*, void* context, void* self) {
    CurlLink& link = *static_cast<CurlLink*>(self);
    const Status status = link.tls_->configure(*static_cast<ssl_ctx_st*>(context));
    return status.ok() ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
  }

  LinkFailure failure_of(CURLcode code, const Outgoing& outgoing, const Incoming& incoming) const {
    const auto seen = trouble_of(tls_->sight().trouble);
    if (seen.has_value()) return {*seen};
    if (incoming.is_too_large) return {LinkTrouble::too_large};
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST:
        return {LinkTrouble::name_not_found};
      case CURLE_COULDNT_CONNECT:
        return {outgoing.is_begun ? LinkTrouble::broken : trouble_of_errno(system_error())};
      case CURLE_OPERATION_TIMEDOUT:
        return {outgoing.is_begun ? LinkTrouble::broken : LinkTrouble::nobody_there};
      case CURLE_PEER_FAILED_VERIFICATION:
        return {LinkTrouble::stranger};
      case CURLE_SSL_CONNECT_ERROR:
        return {is_cut() ? LinkTrouble::broken : LinkTrouble::other_protocol};
      case CURLE_UNSUPPORTED_PROTOCOL:
      case CURLE_WEIRD_SERVER_REPLY:
        return {LinkTrouble::other_protocol};
      default:
        return {LinkTrouble::broken};
    }
  }

  long system_error() const {
    long number = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_OS_ERRNO, &number);
    return number;
  }
  // Whether a handshake ended because the connection did, and not because of what was said in it.
  bool is_cut() const {
    const std::string_view text(error_text_.data());
    for (const std::string_view sign :
         {"SSL_ERROR_SYSCALL", "reset", "eof", "EOF", "SSL_ERROR_ZERO_RETURN", "timed out"}) {
      if (text.find(sign) != std::string_view::npos) return true;
    }
    return false;
  }

  Error fail(const LinkFailure& failure, std::string_view detail) {
    failure_ = failure;
    return to_error(failure, address_.text(), detail);
  }

  const LinkAddress address_;
  // Outlives the handle, whose connections use it.
  const std::unique_ptr<certificates::ClientTls> tls_;
  const std::string host_;
  const Running running_;
  // Of the exchange that is under way, counted already.
  struct Seen {
    curl_off_t sent = 0;
    curl_off_t received = 0;
  };
  Seen seen_;
  ListHandle headers_;
  ListHandle places_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::optional<LinkFailure> failure_;
  std::unique_ptr<CURL, EasyFree> handle_;
};

Error not_ready() {
  return Error(ErrorCode::unavailable, phrase("the network library does not start (libcurl)"));
}

}  // namespace

Result<std::unique_ptr<SecureLink>> open_secure_link(const std::string& url,
                                                     const certificates::ClientTls::Settings& settings,
                                                     const Running& running) {
  KX_TRY(address, parse_link_address(url));
  if (!is_ready()) return not_ready();
  KX_TRY(tls, certificates::ClientTls::make(settings));
  std::string host =
      settings.trust.has_value() ? certificates::server_host_name(settings.trust->county) : std::string(enrolment_host);
  return std::unique_ptr<SecureLink>(
      std::make_unique<CurlLink>(std::move(address), std::move(tls), std::move(host), running));
}

Result<std::string> checked_url(const std::string& url) {
  KX_TRY(address, parse_link_address(url));
  return address.text();
}

}  // namespace kuangxun::client
