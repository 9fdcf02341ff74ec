#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/base/signing.h"
#include "db/base/uuid.h"
#include "db/records/record.h"

namespace kuangxun::history {

// Who writes a chain of operations: one device in one epoch. A device whose key or log was lost begins a new epoch.
struct WriterId {
  Uuid device;
  std::uint32_t epoch = 0;
  auto operator<=>(const WriterId&) const = default;
};

// Operations of a writer are numbered 1, 2, 3, ... without gaps.
struct OperationId {
  WriterId writer;
  std::uint64_t sequence = 0;
  auto operator<=>(const OperationId&) const = default;
  std::string text() const;
};
Result<OperationId> parse_operation_id(std::string_view text);

// Wall clock and a counter for what happens within its resolution or while it stands still or runs backwards.
// Orders and displays; it never picks a winner.
struct HybridTime {
  std::int64_t wall_ms = 0;
  std::uint16_t counter = 0;
  auto operator<=>(const HybridTime&) const = default;
};

// The fields of existence_group: 1 = voided (0 or 1), 2 = reason.
constexpr records::FieldNumber existence_voided_field = 1;
constexpr records::FieldNumber existence_reason_field = 2;

// What one person did to one merge group of one record, knowing `bases`: all heads of that group which they saw (for
// existence_group when it voids: the heads of all groups of the record). It supersedes exactly its bases.
struct Operation {
  OperationId id;
  HybridTime time;
  Uuid person;
  Uuid record;
  records::KindNumber kind = 0;
  records::GroupNumber group = 0;
  std::vector<OperationId> bases;           // ascending, each once
  std::vector<records::FieldValue> values;  // by field number, each once; a field of the group that is absent is empty
  // By the person's own key over frames::person_signed_bytes(); for seals, settlements, reviews and what else needs
  // more than the device's word.
  std::optional<Signature> person_signature;

  bool operator==(const Operation&) const = default;
  bool is_void() const;  // voids the record
};

// The values that a void or restore operation carries.
std::vector<records::FieldValue> existence_values(bool voided, const std::string& reason);

}  // namespace kuangxun::history
