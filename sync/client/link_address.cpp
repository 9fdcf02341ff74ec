#include "sync/client/link_address.h"

#include <algorithm>
#include <charconv>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::client {
namespace {

constexpr std::string_view scheme = "https://";
constexpr std::size_t host_characters_max = 253;  // of a name in the DNS
constexpr std::size_t shown_characters = 200;

Error wrong_address(const std::string& url) {
  return Error(ErrorCode::bad_input, phrase("the county's address {0} cannot be used: it should be https://HOST:PORT",
                                            {excerpt(url, shown_characters)}));
}

bool is_one_of(char character, std::string_view others) {
  const char lower = static_cast<char>(character | 0x20);
  return (lower >= 'a' && lower <= 'z') || (character >= '0' && character <= '9') ||
         others.find(character) != std::string_view::npos;
}

bool is_host(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    const std::string_view inside = host.substr(1, host.size() - 2);
    return std::all_of(inside.begin(), inside.end(), [](char character) { return is_one_of(character, ":."); });
  }
  return !host.empty() && host.size() <= host_characters_max && host.front() != '-' &&
         std::all_of(host.begin(), host.end(), [](char character) { return is_one_of(character, ".-"); });
}

}  // namespace

std::string LinkAddress::text() const {
  return std::string(scheme) + host + ":" + std::to_string(port);
}

Result<LinkAddress> parse_link_address(const std::string& url) {
  LinkAddress address;
  if (!url.starts_with(scheme)) return wrong_address(url);
  std::string_view rest = std::string_view(url).substr(scheme.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos) return wrong_address(url);
  address.host = rest.substr(0, colon);
  const char* const end = rest.data() + rest.size();
  const auto [stopped, failure] = std::from_chars(rest.data() + colon + 1, end, address.port);
  if (failure != std::errc() || stopped != end || address.port == 0 || !is_host(address.host)) {
    return wrong_address(url);
  }
  return address;
}

}  // namespace kuangxun::client
