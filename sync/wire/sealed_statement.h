#pragma once

#include <optional>

#include "sync/wire/field_codec.h"

// A statement stands alone and is kept: a magic, a version, its fields, and a signature over all of that.
namespace kuangxun::wire {

struct StatementForm {
  std::string_view magic;
  std::uint8_t version = 1;
};

template <class Statement>
Bytes unsigned_statement(const StatementForm& form, const Statement& statement) {
  ByteWriter out;
  out.raw(form.magic);
  out.number(form.version);
  put_fields(out, statement);
  return std::move(out).bytes();
}

template <class Statement>
Bytes seal_statement(const StatementForm& form, const Statement& statement, const SigningKey& key) {
  Bytes bytes = unsigned_statement(form, statement);
  const Signature signature = key.sign(bytes);
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  return bytes;
}

// Magic, version and fields; makes the reader bad when they are others.
template <class Statement>
Statement take_statement(ByteReader& in, const StatementForm& form) {
  if (as_text(in.take(form.magic.size())) != form.magic) in.fail();
  if (in.number<std::uint8_t>() != form.version) in.fail();
  Statement statement;
  take_fields(in, statement);
  return statement;
}

// A statement that was taken apart, not yet believed. Borrows its bytes.
template <class Statement>
struct ReadStatement {
  Statement statement;
  ByteView signed_part;
  Signature signature;
  bool is_signed_by(const PublicKey& key) const { return verify_signature(key, signed_part, signature); }
};

// Nothing unless the bytes are exactly one statement of that form.
template <class Statement>
std::optional<ReadStatement<Statement>> read_statement(const StatementForm& form, ByteView bytes) {
  ByteReader in(bytes);
  ReadStatement<Statement> read{take_statement<Statement>(in, form), {}, in.signature()};
  if (!in.is_finished()) return std::nullopt;
  read.signed_part = bytes.first(bytes.size() - read.signature.bytes.size());
  return read;
}

// Whether the county signed it with the key of the epoch that the statement names.
template <class Statement>
bool is_of_county(const ReadStatement<Statement>& read, const frames::KnownCounty& county) {
  const auto key = county.key_of(read.statement.county_epoch);
  return read.statement.county == county.county && key.has_value() && read.is_signed_by(*key);
}

}  // namespace kuangxun::wire
