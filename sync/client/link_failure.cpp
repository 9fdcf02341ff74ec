#include "sync/client/link_failure.h"

#include <algorithm>
#include <cerrno>

#include "db/base/limits.h"
#include "db/language/language.h"

// Three kinds, because a person does another thing about each: nobody was reached (go on working, try later), somebody
// who is not believed answered (nothing was sent; tell the office), the county answered and did not do it.
namespace kuangxun::client {
namespace {

Error not_reached(LinkTrouble trouble, const std::string& url, std::string_view detail) {
  switch (trouble) {
    case LinkTrouble::no_network:
      return Error(ErrorCode::unavailable,
                   phrase("no network to the county at {0} ({1}): sync again when there is one, nothing on this "
                          "laptop is lost",
                          {url, detail}));
    case LinkTrouble::name_not_found:
      return Error(ErrorCode::unavailable,
                   phrase("the name in {0} is not found: check the network and the address, nothing on this laptop "
                          "is lost",
                          {url}));
    default:
      return Error(ErrorCode::unavailable,
                   phrase("cannot reach the county at {0} ({1}): check that it runs, nothing on this laptop is lost",
                          {url, detail}));
  }
}

Error not_believed(LinkTrouble trouble, const std::string& url, std::string_view detail) {
  switch (trouble) {
    case LinkTrouble::expired:
      return Error(ErrorCode::refused,
                   phrase("the certificate of the county at {0} has expired, nothing was sent: the county's office "
                          "must renew it",
                          {url}));
    case LinkTrouble::not_let_in:
      return Error(ErrorCode::refused,
                   phrase("the county at {0} does not take this laptop's certificate: ask its office for a new "
                          "enrolment code, nothing on this laptop is lost",
                          {url}));
    case LinkTrouble::other_protocol:
      return Error(
          ErrorCode::refused,
          phrase("who answers at {0} is no county service ({1}): check address, port and version", {url, detail}));
    default:
      return Error(ErrorCode::refused,
                   phrase("who answers at {0} is not the county of this laptop (wrong certificate), nothing was "
                          "sent: check the address, and tell the administrator",
                          {url}));
  }
}

Error not_done(const LinkFailure& failure, const std::string& url, std::string_view detail) {
  const std::string wait_s = std::to_string(failure.retry_after_s);
  switch (failure.trouble) {
    case LinkTrouble::county_busy:
      return Error(ErrorCode::busy, phrase("the county at {0} is busy: try again in {1} s, nothing on this laptop "
                                           "is lost",
                                           {url, wait_s}));
    case LinkTrouble::county_full:
      return Error(ErrorCode::unavailable,
                   phrase("the disk of the county at {0} is nearly full, nothing was taken: tell the administrator, "
                          "nothing on this laptop is lost",
                          {url}));
    case LinkTrouble::too_large:
      return Error(ErrorCode::refused, phrase("the message is too large ({1}) for the county at {0}: check both "
                                              "versions",
                                              {url, detail}));
    case LinkTrouble::refused:
      return Error(ErrorCode::refused, phrase("the county at {0} did not handle the request ({1}): check address "
                                              "and version",
                                              {url, detail}));
    default:
      return Error(ErrorCode::busy, phrase("the link to the county at {0} broke ({1}), nothing on this laptop is "
                                           "lost",
                                           {url, detail}));
  }
}

}  // namespace

Error to_error(const LinkFailure& failure, const std::string& url, std::string_view detail) {
  switch (failure.trouble) {
    case LinkTrouble::no_network:
    case LinkTrouble::name_not_found:
    case LinkTrouble::nobody_there:
      return not_reached(failure.trouble, url, detail);
    case LinkTrouble::stranger:
    case LinkTrouble::expired:
    case LinkTrouble::not_let_in:
    case LinkTrouble::other_protocol:
      return not_believed(failure.trouble, url, detail);
    default:
      return not_done(failure, url, detail);
  }
}

LinkFailure failure_of_status(long http_status, long retry_after_s) {
  switch (http_status) {
    case 429:
    case 503:
      return {LinkTrouble::county_busy,
              static_cast<int>(std::clamp(retry_after_s, 0L, long{limits::retry_after_max_s}))};
    case 507:
      return {LinkTrouble::county_full};
    case 413:
      return {LinkTrouble::too_large};
    default:
      return {LinkTrouble::refused};
  }
}

std::optional<LinkTrouble> trouble_of(certificates::ClientTls::Trouble trouble) {
  using Trouble = certificates::ClientTls::Trouble;
  switch (trouble) {
    case Trouble::stranger:
      return LinkTrouble::stranger;
    case Trouble::expired:
      return LinkTrouble::expired;
    case Trouble::not_let_in:
      return LinkTrouble::not_let_in;
    case Trouble::other_protocol:
      return LinkTrouble::other_protocol;
    case Trouble::none:
      break;
  }
  return std::nullopt;
}

LinkTrouble trouble_of_errno(long system_error) {
  switch (system_error) {
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTUNREACH:
    case EHOSTDOWN:
    case EADDRNOTAVAIL:
      return LinkTrouble::no_network;
    default:
      return LinkTrouble::nobody_there;
  }
}

}  // namespace kuangxun::client
