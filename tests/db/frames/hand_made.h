#pragma once

#include <algorithm>

#include "db/base/hash.h"
#include "db/base/signing.h"

namespace kuangxun::frames {

// A frame put together byte by byte as FORMAT.md says, without the code under test, so that a test can lie in any
// field.
struct HandMade {
  std::string magic = "KXF0";
  std::uint8_t version = 1;
  std::uint8_t suite = 1;
  std::uint8_t codec = 0;
  std::uint8_t reserved = 0;
  Uuid device;
  std::uint32_t epoch = 1;
  std::uint64_t first_sequence = 1;
  std::uint32_t count = 1;
  std::uint32_t payload_bytes = 0;
  std::uint32_t raw_payload_bytes = 0;
  Hash previous;
  Hash payload_hash;
  Hash county_receipt;
  Bytes payload;

  explicit HandMade(Bytes content) : payload(std::move(content)) {
    payload_bytes = static_cast<std::uint32_t>(payload.size());
    raw_payload_bytes = payload_bytes;
    payload_hash = sha256(payload);
  }

  Bytes sealed(const SigningKey& key) const {
    Bytes bytes(magic.begin(), magic.end());
    for (const std::uint8_t byte : {version, suite, codec, reserved}) bytes.push_back(byte);
    append(bytes, device.bytes);
    append_number(bytes, epoch, 4);
    append_number(bytes, first_sequence, 8);
    append_number(bytes, count, 4);
    append_number(bytes, payload_bytes, 4);
    append_number(bytes, raw_payload_bytes, 4);
    append(bytes, previous.bytes);
    append(bytes, payload_hash.bytes);
    append(bytes, county_receipt.bytes);
    append(bytes, key.sign(bytes).bytes);
    append(bytes, payload);
    return bytes;
  }

 private:
  static void append(Bytes& bytes, ByteView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }
  static void append_number(Bytes& bytes, std::uint64_t number, int size) {
    for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  }
};

}  // namespace kuangxun::frames
