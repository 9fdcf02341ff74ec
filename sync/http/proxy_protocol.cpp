#include "sync/http/proxy_protocol.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::http {
namespace {

constexpr std::array<std::uint8_t, 12> signature = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D,
                                                    0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
constexpr std::uint8_t version = 2;
constexpr std::uint8_t command_local = 0;
constexpr std::uint8_t command_proxy = 1;
constexpr std::uint8_t unknown_family = 0x00;
constexpr std::uint8_t tcp_over_ipv4 = 0x11;
constexpr std::uint8_t tcp_over_ipv6 = 0x21;
// Two addresses, two ports.
constexpr std::size_t ipv4_bytes = 4 + 4 + 2 + 2;
constexpr std::size_t ipv6_bytes = 16 + 16 + 2 + 2;

Error not_understood() {
  return Error(ErrorCode::bad_input, phrase("the proxy does not speak the PROXY protocol, version 2"));
}

std::string text_of(int family, ByteView address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* const made = ::inet_ntop(family, address.data(), text.data(), text.size());
  return made == nullptr ? std::string() : std::string(made);
}

}  // namespace

Result<std::size_t> proxy_rest_bytes(ByteView prefix) {
  assert(prefix.size() == proxy_prefix_bytes);
  const std::uint8_t command = prefix[12] & 0x0F;
  const std::size_t rest = prefix[14] * 256U + prefix[15];
  if (!std::equal(signature.begin(), signature.end(), prefix.begin()) || prefix[12] >> 4 != version ||
      (command != command_local && command != command_proxy) ||
      proxy_prefix_bytes + rest > limits::proxy_header_bytes_max) {
    return not_understood();
  }
  return rest;
}

Result<std::string> proxied_address(ByteView prefix, ByteView rest) {
  KX_TRY(expected, proxy_rest_bytes(prefix));
  if (rest.size() != expected) return not_understood();
  if ((prefix[12] & 0x0F) == command_local || prefix[13] == unknown_family) return std::string();
  // What follows the ports are notes of the proxy's (TLV), which we have no use for.
  if (prefix[13] == tcp_over_ipv4 && rest.size() >= ipv4_bytes) return text_of(AF_INET, rest.first(4));
  if (prefix[13] == tcp_over_ipv6 && rest.size() >= ipv6_bytes) return text_of(AF_INET6, rest.first(16));
  return not_understood();
}

}  // namespace kuangxun::http
