#include "sync/http/proxy_protocol.h"

#include <doctest/doctest.h>

#include "db/base/limits.h"

using namespace kuangxun;
using http::proxied_address;
using http::proxy_prefix_bytes;
using http::proxy_rest_bytes;

namespace {

Bytes header(std::uint8_t command, std::uint8_t family, const Bytes& rest) {
  Bytes bytes{0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
  bytes.insert(bytes.end(), {command, family, static_cast<std::uint8_t>(rest.size() >> 8),
                             static_cast<std::uint8_t>(rest.size() & 0xFF)});
  bytes.insert(bytes.end(), rest.begin(), rest.end());
  return bytes;
}

const Bytes from_ten{10, 0, 0, 3, 192, 0, 2, 1, 0x12, 0x34, 0x21, 0x16};

// The address, "-" for the proxy's own, or "refused".
std::string read(const Bytes& bytes) {
  if (bytes.size() < proxy_prefix_bytes) return "refused";
  const ByteView view(bytes);
  const auto rest = proxy_rest_bytes(view.first(proxy_prefix_bytes));
  if (!rest.ok()) return "refused";
  const auto address = proxied_address(view.first(proxy_prefix_bytes), view.subspan(proxy_prefix_bytes));
  if (!address.ok()) return "refused";
  return address->empty() ? "-" : *address;
}

}  // namespace

TEST_CASE("what a proxy says of its client is read") {
  CHECK(read(header(0x21, 0x11, from_ten)) == "10.0.0.3");
  Bytes six(36, 0);
  six[0] = 0x20;
  six[1] = 0x01;
  six[2] = 0x0D;
  six[3] = 0xB8;
  six[15] = 7;
  CHECK(read(header(0x21, 0x21, six)) == "2001:db8::7");
  // Notes of the proxy's after the addresses are passed over.
  Bytes with_notes = from_ten;
  with_notes.insert(with_notes.end(), {0x03, 0x00, 0x04, 1, 2, 3, 4});
  CHECK(read(header(0x21, 0x11, with_notes)) == "10.0.0.3");
}

TEST_CASE("a proxy that asks whether we live speaks for itself") {
  CHECK(read(header(0x20, 0x00, {})) == "-");
  CHECK(read(header(0x20, 0x11, from_ten)) == "-");
  CHECK(read(header(0x21, 0x00, {})) == "-");
}

TEST_CASE("what is no such header is refused") {
  CHECK(read(header(0x11, 0x11, from_ten)) == "refused");    // version 1
  CHECK(read(header(0x22, 0x11, from_ten)) == "refused");    // no such command
  CHECK(read(header(0x21, 0x12, from_ten)) == "refused");    // UDP
  CHECK(read(header(0x21, 0x31, Bytes(216))) == "refused");  // a Unix socket
  CHECK(read(header(0x21, 0x21, from_ten)) == "refused");    // too short for IPv6
  CHECK(read(header(0x21, 0x11, Bytes(11))) == "refused");
  CHECK(read(header(0x21, 0x11, Bytes(limits::proxy_header_bytes_max - proxy_prefix_bytes))) == "0.0.0.0");
  CHECK(read(header(0x21, 0x11, Bytes(limits::proxy_header_bytes_max - proxy_prefix_bytes + 1))) == "refused");
  const Bytes whole = header(0x21, 0x11, from_ten);
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(read(Bytes(whole.begin(), whole.begin() + size)) == "refused");
  Bytes longer = whole;
  longer.push_back(0);
  CHECK(read(longer) == "refused");
  for (std::size_t bit = 0; bit < 12 * 8; ++bit) {
    Bytes flipped = whole;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CHECK(read(flipped) == "refused");
  }
}
