#include <doctest/doctest.h>

#include "sync/client/link.h"

using namespace kuangxun;

TEST_CASE("the county is on this machine in this version") {
  for (const char* url :
       {"http://127.0.0.1:8470", "http://127.0.0.1:8470/", "http://localhost:1", "http://[::1]:65535"}) {
    CAPTURE(url);
    CHECK(client::checked_url(url).ok());
  }
  for (const char* url : {"https://127.0.0.1:8470", "http://127.0.0.1", "http://127.0.0.1:0", "http://127.0.0.1:99999",
                          "http://10.0.0.1:8470", "http://127.0.0.1.example.org:80", "http://127.0.0.1:80@example.org",
                          "http://localhost:80/path", "ftp://127.0.0.1:21", "127.0.0.1:8470", "",
                          "http://127.0.0.1:8470 ", "http://example.org:80"}) {
    CAPTURE(url);
    const auto checked = client::checked_url(url);
    REQUIRE_FALSE(checked.ok());
    CHECK(checked.error().code() == ErrorCode::bad_input);
    CHECK_FALSE(client::open_link(url).ok());
  }
}

TEST_CASE("nobody there is told at once") {
  const auto link = client::open_link("http://127.0.0.1:1");
  REQUIRE(link.ok());
  const auto answer = (*link)->exchange(Bytes{1, 2, 3});
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code() == ErrorCode::unavailable);
}
