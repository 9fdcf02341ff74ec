#include "sync/client/link.h"

#include <curl/curl.h>

#include <charconv>

#include "db/base/language.h"
#include "db/base/limits.h"

namespace kuangxun::client {
namespace {

constexpr long connect_timeout_ms = 5000;
// A link that brings less than a byte a second for a minute is as good as broken.
constexpr long stalled_after_s = 60;
constexpr std::string_view exchange_path = "/kuangxun/1";

struct EasyFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into) {
  Bytes& bytes = *static_cast<Bytes*>(into);
  const std::size_t length = size * count;
  if (bytes.size() + length > limits::http_body_bytes_max) return 0;
  bytes.insert(bytes.end(), data, data + length);
  return length;
}

Error to_error(CURLcode code, const std::string& url) {
  const std::string detail = curl_easy_strerror(code);
  if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST) {
    return Error(ErrorCode::unavailable,
                 say_with("连不上县级服务 {0}（{1}）；请确认它已启动，本机数据没有丢失",
                          "cannot reach the county at {0} ({1}); check that it runs, nothing on this laptop is lost",
                          {url, detail}));
  }
  return Error(ErrorCode::busy, say_with("与县级服务 {0} 的连接中断（{1}）",
                                         "the link to the county at {0} broke ({1})", {url, detail}));
}

Error to_error(long http_status, const std::string& url) {
  const ErrorCode code = http_status == 503 || http_status == 429 ? ErrorCode::busy : ErrorCode::refused;
  return Error(code, say_with("县级服务 {0} 没有处理请求（HTTP {1}）；请确认地址和程序版本",
                              "the county at {0} did not handle the request (HTTP {1}); check address and version",
                              {url, std::to_string(http_status)}));
}

class CurlLink final : public Link {
 public:
  explicit CurlLink(std::string url) : url_(std::move(url)), handle_(curl_easy_init()) {
    // No "Expect: 100-continue": the county reads bodies at once, waiting for it would only cost a round trip.
    headers_.reset(curl_slist_append(nullptr, "Expect:"));
    headers_.reset(curl_slist_append(headers_.release(), "Content-Type: application/octet-stream"));
  }

  Result<Bytes> exchange(ByteView message) override {
    Bytes answer;
    CURL* handle = handle_.get();
    const std::string target = url_ + std::string(exchange_path);
    curl_easy_setopt(handle, CURLOPT_URL, target.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, stalled_after_s);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(handle, CURLOPT_POST, 1L);
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, message.data());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(message.size()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &collect);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
    if (const CURLcode code = curl_easy_perform(handle); code != CURLE_OK) return to_error(code, url_);
    long http_status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &http_status);
    if (http_status != 200) return to_error(http_status, url_);
    return answer;
  }

 private:
  std::string url_;
  std::unique_ptr<CURL, EasyFree> handle_;
  std::unique_ptr<curl_slist, ListFree> headers_;
};

}  // namespace

Result<std::string> checked_url(const std::string& url) {
  const std::string trimmed = url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
  for (const std::string_view host : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"}) {
    if (!trimmed.starts_with(host)) continue;
    const std::string_view digits = std::string_view(trimmed).substr(host.size());
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failure == std::errc() && end == digits.data() + digits.size() && port != 0) return trimmed;
  }
  return Error(
      ErrorCode::bad_input,
      say_with("县级服务地址 {0} 不可用：本版本不加密，只能是本机地址 http://127.0.0.1:端口",
               "the county's address {0} cannot be used: this version is not encrypted and goes to this machine "
               "only, http://127.0.0.1:PORT",
               {std::string_view(url).substr(0, 200)}));
}

Result<std::unique_ptr<Link>> open_link(const std::string& url) {
  // libcurl's own set-up is once a process and not for several threads at once; the program syncs from one.
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  KX_TRY(checked, checked_url(url));
  if (ready != CURLE_OK) return to_error(ready, checked);
  return std::unique_ptr<Link>(std::make_unique<CurlLink>(std::move(checked)));
}

}  // namespace kuangxun::client
