#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/base/hash.h"
#include "db/base/result.h"
#include "db/base/signing.h"
#include "db/history/operation.h"
#include "db/records/describe.h"

namespace kuangxun::ports {

enum class TicketKind : std::uint8_t { device = 1, person = 2 };

// An enrolment code, by a hash of its secret part.
struct EnrolmentTicket {
  Hash secret_hash;
  TicketKind kind = TicketKind::device;
  std::string name;
  std::string certificate_number;  // of a person
  records::Role role = records::Role::officer;
  Uuid person;  // of a person
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::optional<history::WriterId> used_by;
  PublicKey used_key;  // of the device or the person; zero while it is unused
};

// What a device may still ask for. Processes take several tokens at once, so that not every request writes.
struct TokenBucket {
  std::int64_t tokens = 0;
  std::int64_t filled_at_ms = 0;
};

// Who was invited, and how often a device may ask.
class AdmissionStore {
 public:
  virtual ~AdmissionStore() = default;

  virtual Result<std::vector<EnrolmentTicket>> tickets() = 0;
  // Adds it, or replaces the one with its secret_hash.
  virtual Status put_ticket(const EnrolmentTicket& ticket) = 0;
  virtual Result<std::optional<TokenBucket>> bucket(const Uuid& device) = 0;
  virtual Status set_bucket(const Uuid& device, const TokenBucket& bucket) = 0;
};

}  // namespace kuangxun::ports
