#include "db/base/hash_stream.h"

#include <openssl/evp.h>

#include <cassert>

namespace kuangxun {

struct HashStream::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

HashStream::HashStream() : state_(std::make_unique<State>()) {
  const bool begun = EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1;
  assert(begun);
  static_cast<void>(begun);
}

HashStream::~HashStream() = default;

void HashStream::add(ByteView bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

Hash HashStream::finish() {
  Hash hash;
  EVP_DigestFinal_ex(state_->context, hash.bytes.data(), nullptr);
  return hash;
}

}  // namespace kuangxun
