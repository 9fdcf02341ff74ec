#pragma once

#include <array>
#include <functional>
#include <memory>

#include "db/base/exchange_key.h"

namespace kuangxun {

// Bytes of any length, sealed to one X25519 key so that only its holder reads them, and so that a missing, changed or
// added byte anywhere is noticed: libsodium's crypto_secretstream (XChaCha20-Poly1305) under a key of the moment, which
// crypto_box_seal seals to the recipient. At most one block is in memory.
//   80 bytes: the sealed stream key · 24 bytes: the stream's header · blocks: u32 little-endian length, that many bytes
//   (at most sealed_block_bytes_max + 17) · the last block carries the final tag; nothing may follow it.
constexpr std::size_t sealed_block_bytes_max = 64 << 10;

class SealedWriter {
 public:
  using Sink = std::function<Status(ByteView)>;
  // `sink` takes the sealed bytes, in order.
  static Result<std::unique_ptr<SealedWriter>> open(const PublicKey& recipient, Sink sink);
  ~SealedWriter();
  Status write(ByteView bytes);
  // The last block. Without it the whole is unreadable.
  Status finish();
  // To read back what was written, without the recipient's secret: for a check, never to be kept.
  ByteView stream_key() const;

 private:
  struct State;
  explicit SealedWriter(std::unique_ptr<State> state);
  Status push(ByteView block, bool is_last);
  std::unique_ptr<State> state_;
};

class SealedReader {
 public:
  // Fills as much of the buffer as there is; less only at the end.
  using Source = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;
  // refused when it was sealed to somebody else; corrupt when it is no such stream.
  static Result<std::unique_ptr<SealedReader>> open(const ExchangeSecret& secret, Source source);
  static Result<std::unique_ptr<SealedReader>> open_with(ByteView stream_key, Source source);
  ~SealedReader();
  // The next bytes, never none before the end. Empty at the end, which is told only when the final block was right and
  // nothing follows. corrupt otherwise.
  Result<Bytes> read();

 private:
  struct State;
  explicit SealedReader(std::unique_ptr<State> state);
  static Result<std::unique_ptr<SealedReader>> begin(const std::array<std::uint8_t, 32>& key, Source source);
  std::unique_ptr<State> state_;
};

}  // namespace kuangxun
