#include <doctest/doctest.h>

#include "sync/client/link.h"

using namespace kuangxun;

TEST_CASE("an address is a scheme, a host and a port; unencrypted it is this machine's") {
  for (const char* url : {"http://127.0.0.1:8470", "http://127.0.0.1:8470/", "http://localhost:1", "http://[::1]:65535",
                          "https://10.0.0.3:8470", "https://county.example:443/", "https://[2001:db8::1]:8470"}) {
    CAPTURE(url);
    const std::string text = url;
    const auto checked = client::checked_url(url);
    REQUIRE(checked.ok());
    CHECK(*checked == (text.ends_with('/') ? text.substr(0, text.size() - 1) : text));
  }
  for (const char* url : {"http://127.0.0.1",
                          "http://127.0.0.1:0",
                          "http://127.0.0.1:99999",
                          "http://10.0.0.3:8470",
                          "http://127.0.0.1.example.org:80",
                          "http://127.0.0.1:80@example.org",
                          "http://localhost:80/path",
                          "ftp://127.0.0.1:21",
                          "127.0.0.1:8470",
                          "",
                          "http://127.0.0.1:8470 ",
                          "http://example.org:80",
                          "https://example.org",
                          "https://:8470",
                          "https://user@example.org:8470",
                          "https://example.org:8470/path",
                          "https://exa mple.org:8470",
                          "https://-x:8470",
                          "https://[::1:8470",
                          "https://county.example:+1",
                          "https://a\r\nHost: b:1",
                          "HTTPS://county.example:1",
                          "https://county.example:1//"}) {
    CAPTURE(url);
    const auto checked = client::checked_url(url);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().code() == ErrorCode::bad_input);
    CHECK_FALSE(client::open_link(url).ok());
  }
  CHECK_FALSE(client::checked_url("https://" + std::string(300, 'a') + ":1").ok());
}

TEST_CASE("what needs certificates is not spoken to without them") {
  const auto link = client::open_link("https://127.0.0.1:8470");
  REQUIRE_FALSE(link.ok());
  CHECK(link.error().code() == ErrorCode::bad_input);
}

TEST_CASE("nobody there is told at once") {
  const auto link = client::open_link("http://127.0.0.1:1");
  REQUIRE(link.ok());
  const auto answer = (*link)->exchange(Bytes{1, 2, 3});
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code() == ErrorCode::unavailable);
  CHECK((*link)->failure()->trouble == client::LinkTrouble::nobody_there);
}
