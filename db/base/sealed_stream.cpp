#include "db/base/sealed_stream.h"

#include <sodium.h>

#include <algorithm>

#include "db/language/language.h"

namespace kuangxun {
namespace {

using StreamKey = std::array<std::uint8_t, crypto_secretstream_xchacha20poly1305_KEYBYTES>;
constexpr std::size_t sealed_key_bytes = crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t added_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;

Error damaged() {
  return Error(ErrorCode::corrupt, phrase("the sealed file is cut short or was changed"));
}

Error not_for_us() {
  return Error(ErrorCode::refused, phrase("the sealed file is for somebody else, or was changed"));
}

Status fill(const SealedReader::Source& source, std::span<std::uint8_t> buffer) {
  KX_TRY(count, source(buffer));
  if (count != buffer.size()) return damaged();
  return {};
}

}  // namespace

struct SealedWriter::State {
  Sink sink;
  StreamKey key{};
  crypto_secretstream_xchacha20poly1305_state stream{};
  Bytes waiting;
  ~State() {
    sodium_memzero(key.data(), key.size());
    sodium_memzero(&stream, sizeof stream);
  }
};

SealedWriter::SealedWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedWriter::~SealedWriter() = default;

Result<std::unique_ptr<SealedWriter>> SealedWriter::open(const PublicKey& recipient, Sink sink) {
  auto state = std::make_unique<State>();
  state->sink = std::move(sink);
  crypto_secretstream_xchacha20poly1305_keygen(state->key.data());
  Bytes start(sealed_key_bytes + header_bytes);
  const bool is_sealed =
      crypto_box_seal(start.data(), state->key.data(), state->key.size(), recipient.bytes.data()) == 0;
  if (!is_sealed) return not_for_us();
  crypto_secretstream_xchacha20poly1305_init_push(&state->stream, start.data() + sealed_key_bytes, state->key.data());
  KX_CHECK(state->sink(start));
  return std::unique_ptr<SealedWriter>(new SealedWriter(std::move(state)));
}

ByteView SealedWriter::stream_key() const {
  return state_->key;
}

Status SealedWriter::push(ByteView block, bool is_last) {
  const std::size_t size = block.size() + added_bytes;
  Bytes sealed(4 + size);
  for (std::size_t i = 0; i < 4; ++i) sealed[i] = static_cast<std::uint8_t>(size >> (8 * i));
  const unsigned char tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
  // The length is signed for as well.
  crypto_secretstream_xchacha20poly1305_push(&state_->stream, sealed.data() + 4, nullptr, block.data(), block.size(),
                                             sealed.data(), 4, tag);
  return state_->sink(sealed);
}

Status SealedWriter::write(ByteView bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), sealed_block_bytes_max - state_->waiting.size());
    state_->waiting.insert(state_->waiting.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    bytes = bytes.subspan(count);
    if (state_->waiting.size() < sealed_block_bytes_max) break;
    KX_CHECK(push(state_->waiting, false));
    state_->waiting.clear();
  }
  return {};
}

Status SealedWriter::finish() {
  return push(state_->waiting, true);
}

struct SealedReader::State {
  Source source;
  crypto_secretstream_xchacha20poly1305_state stream{};
  bool is_over = false;
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

SealedReader::SealedReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedReader::~SealedReader() = default;

Result<std::unique_ptr<SealedReader>> SealedReader::begin(const std::array<std::uint8_t, 32>& key, Source source) {
  auto state = std::make_unique<State>();
  state->source = std::move(source);
  std::array<std::uint8_t, header_bytes> header{};
  KX_CHECK(fill(state->source, header));
  if (crypto_secretstream_xchacha20poly1305_init_pull(&state->stream, header.data(), key.data()) != 0) return damaged();
  return std::unique_ptr<SealedReader>(new SealedReader(std::move(state)));
}

Result<std::unique_ptr<SealedReader>> SealedReader::open(const ExchangeSecret& secret, Source source) {
  std::array<std::uint8_t, sealed_key_bytes> sealed{};
  KX_CHECK(fill(source, sealed));
  StreamKey key{};
  const bool is_ours = crypto_box_seal_open(key.data(), sealed.data(), sealed.size(), secret.public_key().bytes.data(),
                                            secret.bytes().data()) == 0;
  if (!is_ours) return not_for_us();
  auto reader = begin(key, std::move(source));
  sodium_memzero(key.data(), key.size());
  return reader;
}

Result<std::unique_ptr<SealedReader>> SealedReader::open_with(ByteView stream_key, Source source) {
  std::array<std::uint8_t, sealed_key_bytes> sealed{};
  KX_CHECK(fill(source, sealed));
  StreamKey key{};
  if (stream_key.size() != key.size()) return not_for_us();
  std::ranges::copy(stream_key, key.begin());
  auto reader = begin(key, std::move(source));
  sodium_memzero(key.data(), key.size());
  return reader;
}

Result<Bytes> SealedReader::read() {
  if (state_->is_over) return Bytes();
  std::array<std::uint8_t, 4> length{};
  KX_CHECK(fill(state_->source, length));
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size |= std::size_t{length[i]} << (8 * i);
  if (size < added_bytes || size > sealed_block_bytes_max + added_bytes) return damaged();
  Bytes sealed(size);
  KX_CHECK(fill(state_->source, sealed));
  Bytes block(size - added_bytes);
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->stream, block.data(), nullptr, &tag, sealed.data(),
                                                 sealed.size(), length.data(), length.size()) != 0) {
    return damaged();
  }
  if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
    std::array<std::uint8_t, 1> more{};
    KX_TRY(count, state_->source(more));
    if (count != 0) return damaged();
    state_->is_over = true;
    return block;
  }
  if (block.empty()) return damaged();
  return block;
}

}  // namespace kuangxun
