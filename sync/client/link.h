#pragma once

#include <memory>
#include <optional>
#include <string>

#include "db/base/bytes.h"
#include "db/base/result.h"
#include "db/base/running.h"
#include "sync/certificates/tls_client.h"

namespace kuangxun::client {

// Why nothing came back, for the program; the error beside it is for the person.
enum class LinkTrouble {
  no_network,      // this machine has no way to the county
  name_not_found,  // the county's name means nothing here; without a network no name does
  nobody_there,    // the machine is there, and the county does not listen
  stranger,        // who answers is not the county: its certificate is another's
  expired,         // the county's certificate had ended by the newest hour we know
  not_let_in,      // the county does not take this laptop's certificate
  other_protocol,  // who answers does not speak as the county does
  county_busy,     // try again after retry_after_s
  county_full,     // the county's disk
  too_large,       // the message
  refused,         // any other answer than the county's
  broken,          // on the way; whether the message arrived is not known
};
struct LinkFailure {
  LinkTrouble trouble = LinkTrouble::broken;
  int retry_after_s = 0;  // with county_busy, at most limits::retry_after_max_s; 0 when the county did not say
};

// Carries one message to the county and its answer back.
class Link {
 public:
  virtual ~Link() = default;
  // `refused` when the other side said no, or is not the county; `unavailable` when the connection could not be made or
  // the county has no room; `busy` when it broke on the way, so that it is not known whether the message arrived, or
  // the county asks to come back.
  virtual Result<Bytes> exchange(ByteView message) = 0;
  // Of the newest exchange; none after a good one, or when the link cannot tell.
  virtual std::optional<LinkFailure> failure() const { return std::nullopt; }
};

// A link over TLS 1.3.
class SecureLink : public Link {
 public:
  // Of the newest handshake. After an exchange with a Fingerprint: the county's authority and id.
  virtual const certificates::ClientTls::Sight& sight() const = 0;
};

// To https://HOST:PORT, where HOST is a name or an IP address: whichever it is, only the server whose certificate
// `settings` trusts is spoken to. Proxies in the environment are not used. The link keeps its connection between
// exchanges, and its TLS session beyond a cut, so keep it for a whole sync. One thread. HTTP is by libcurl, which is
// included in this folder only. `running` counts the bytes of messages; when it is stopped, an exchange ends within a
// second or so, refused.
Result<std::unique_ptr<SecureLink>> open_secure_link(const std::string& url,
                                                     const certificates::ClientTls::Settings& settings,
                                                     const Running& running = {});

// The address as it is kept: https://HOST:PORT. bad_input for anything else.
Result<std::string> checked_url(const std::string& url);

}  // namespace kuangxun::client
