#pragma once

#include <span>
#include <vector>

#include "db/base/result.h"
#include "db/history/operation.h"

// The operations of one frame as bytes, and back. FORMAT.md describes them.
namespace kuangxun::frames {

// Whether decode_payload will read the operation back. A store asks before it keeps an operation of its own: what was
// kept is sealed and signed one day, and must be readable for ever. bad_input otherwise.
Status check_encodable(const history::Operation& operation);

// Consecutive operations of one writer, each of which passes check_encodable.
Bytes encode_payload(std::span<const history::Operation> operations);

// Every length is checked against the bytes left before anything is allocated; all bytes must be consumed; `count`
// operations of `writer` from `first_sequence` must come out. bad_input otherwise.
Result<std::vector<history::Operation>> decode_payload(ByteView payload, const history::WriterId& writer,
                                                       std::uint64_t first_sequence, std::uint32_t count);

// Values and person signature of one operation alone, as stores keep them. decode_content fills both.
Bytes encode_content(const history::Operation& operation);
Status decode_content(ByteView bytes, history::Operation& operation);

// What Operation::person_signature signs: everything that the operation says, and its place in the device's chain.
Bytes person_signed_bytes(const history::Operation& operation);

}  // namespace kuangxun::frames
