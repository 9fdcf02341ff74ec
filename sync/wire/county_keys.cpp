#include "sync/wire/county_keys.h"

#include <algorithm>

#include "db/language/language.h"
#include "sync/wire/sealed_statement.h"

namespace kuangxun::wire {
namespace {

constexpr StatementForm statement_form{"KXCK"};
constexpr std::size_t signature_bytes = 64;

struct Opened {
  KeyStatement statement;
  Signature by_previous;
};

Error no_chain() {
  return Error(ErrorCode::bad_input, phrase("the statements of the county's keys are no unbroken chain"));
}

// Shape and the key's own signature.
Result<Opened> open_one(ByteView bytes) {
  ByteReader in(bytes);
  Opened opened{take_statement<KeyStatement>(in, statement_form), in.signature()};
  const Signature own = in.signature();
  if (!in.is_finished() || !verify_signature(opened.statement.key, bytes.first(bytes.size() - signature_bytes), own)) {
    return no_chain();
  }
  return opened;
}

// Does the statement continue the one before it?
bool continues(const Opened& opened, ByteView sealed, const KeyStatement* before, const Bytes* sealed_before) {
  const KeyStatement& statement = opened.statement;
  if (before == nullptr) return statement.previous.is_zero() && !statement.is_replacement;
  if (statement.county != before->county || statement.first_epoch <= before->first_epoch ||
      statement.previous != sha256(*sealed_before)) {
    return false;
  }
  return statement.is_replacement ||
         verify_signature(before->key, sealed.first(sealed.size() - 2 * signature_bytes), opened.by_previous);
}

}  // namespace

Bytes seal_key_statement(const KeyStatement& statement, const SigningKey& own, const SigningKey* previous_key) {
  ByteWriter out;
  out.raw(unsigned_statement(statement_form, statement));
  out.signature(previous_key == nullptr ? Signature{} : previous_key->sign(out.bytes()));
  out.signature(own.sign(out.bytes()));
  return std::move(out).bytes();
}

Result<std::vector<KeyStatement>> open_key_statements(const std::vector<Bytes>& sealed,
                                                      const frames::KnownCounty& known) {
  if (sealed.empty()) return no_chain();
  std::vector<KeyStatement> statements;
  bool knows_last = known.signers.empty();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    KX_TRY(opened, open_one(sealed[i]));
    if (!continues(opened, sealed[i], i == 0 ? nullptr : &statements.back(), i == 0 ? nullptr : &sealed[i - 1])) {
      return no_chain();
    }
    if (knows_last && !known.signers.empty() && opened.statement.is_replacement) {
      return Error(ErrorCode::refused,
                   phrase("the county's key was replaced and the old one did not sign for it: ask the administrator "
                          "for a new enrolment code and enrol again (nothing is lost)"));
    }
    const frames::CountySigner signer{opened.statement.first_epoch, opened.statement.key};
    if (!known.signers.empty() && signer == known.signers.back()) knows_last = true;
    statements.push_back(std::move(opened.statement));
  }
  const bool is_same_county = known.signers.empty() || known.county == statements.front().county;
  const bool holds_known = std::ranges::all_of(known.signers, [&](const frames::CountySigner& signer) {
    return std::ranges::any_of(statements, [&](const KeyStatement& statement) {
      return statement.first_epoch == signer.first_epoch && statement.key == signer.key;
    });
  });
  if (!is_same_county || !knows_last || !holds_known) {
    return Error(ErrorCode::refused, phrase("the county's keys are not those this laptop knows: somebody may be "
                                            "answering in the county's place; tell the administrator"));
  }
  return statements;
}

frames::KnownCounty known_county(const std::vector<KeyStatement>& statements) {
  frames::KnownCounty county;
  for (const KeyStatement& statement : statements) {
    county.county = statement.county;
    county.signers.push_back({statement.first_epoch, statement.key});
  }
  return county;
}

}  // namespace kuangxun::wire
