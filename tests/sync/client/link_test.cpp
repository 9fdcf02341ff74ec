#include <doctest/doctest.h>

#include "sync/client/link.h"

using namespace kuangxun;

TEST_CASE("an address is a host and a port, and is always encrypted") {
  for (const char* url : {"https://127.0.0.1:8470", "https://localhost:1", "https://[::1]:65535",
                          "https://10.0.0.3:8470", "https://county.example:443/", "https://[2001:db8::1]:8470"}) {
    CAPTURE(url);
    const std::string text = url;
    const auto checked = client::checked_url(url);
    REQUIRE(checked.ok());
    CHECK(*checked == (text.ends_with('/') ? text.substr(0, text.size() - 1) : text));
  }
  certificates::ClientTls::Settings settings;
  settings.fingerprint = certificates::ClientTls::Fingerprint{"00000000000000000000"};
  for (const char* url : {"http://127.0.0.1:8470",
                          "https://127.0.0.1",
                          "https://127.0.0.1:0",
                          "https://127.0.0.1:99999",
                          "https://127.0.0.1:80@example.org",
                          "https://localhost:80/path",
                          "ftp://127.0.0.1:21",
                          "127.0.0.1:8470",
                          "",
                          "https://127.0.0.1:8470 ",
                          "https://example.org",
                          "https://:8470",
                          "https://user@example.org:8470",
                          "https://exa mple.org:8470",
                          "https://-x:8470",
                          "https://[::1:8470",
                          "https://county.example:+1",
                          "https://a\r\nHost: b:1",
                          "HTTPS://county.example:1",
                          "https://county.example:1//",
                          "https://[]:1"}) {
    CAPTURE(url);
    const auto checked = client::checked_url(url);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().code() == ErrorCode::bad_input);
    CHECK_FALSE(client::open_secure_link(url, settings).ok());
  }
  CHECK_FALSE(client::checked_url("https://" + std::string(300, 'a') + ":1").ok());
}

TEST_CASE("nobody there is told at once") {
  certificates::ClientTls::Settings settings;
  settings.fingerprint = certificates::ClientTls::Fingerprint{"00000000000000000000"};
  const auto link = client::open_secure_link("https://127.0.0.1:1", settings);
  REQUIRE(link.ok());
  const auto answer = (*link)->exchange(Bytes{1, 2, 3});
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code() == ErrorCode::unavailable);
  CHECK((*link)->failure()->trouble == client::LinkTrouble::nobody_there);
}
