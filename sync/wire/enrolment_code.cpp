#include "sync/wire/enrolment_code.h"

#include "db/language/language.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::wire {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t fingerprint_characters = 20;
constexpr std::size_t secret_characters = 11;
constexpr std::size_t code_characters = fingerprint_characters + secret_characters + 1;

// The first `characters` x 5 bits.
std::string base32(ByteView bytes, std::size_t characters) {
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) {
    unsigned digit = 0;
    for (std::size_t bit = i * 5; bit < i * 5 + 5; ++bit) digit = digit * 2 + ((bytes[bit / 8] >> (7 - bit % 8)) & 1U);
    text += alphabet[digit];
  }
  return text;
}

std::string fingerprint_of(const PublicKey& key) {
  ByteWriter out;
  out.raw(std::string_view("kuangxun county ca"));
  out.key(key);
  return base32(sha256(out.bytes()).bytes, fingerprint_characters);
}

std::string check_character(const std::string& characters) {
  return base32(sha256(as_bytes("kuangxun code " + characters)).bytes, 1);
}

// The character meant, or 0 for a stranger.
char meant(char typed) {
  if (typed >= 'a' && typed <= 'z') typed = static_cast<char>(typed - 'a' + 'A');
  if (typed == 'O') return '0';
  if (typed == 'I' || typed == 'L') return '1';
  return alphabet.find(typed) == std::string_view::npos ? '\0' : typed;
}

Error wrong_code(MessageId message) {
  return Error(ErrorCode::bad_input, phrase(message));
}

}  // namespace

std::string EnrolmentCode::text() const {
  const std::string characters = fingerprint + secret;
  const std::string all = characters + check_character(characters);
  std::string grouped;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += '-';
    grouped += all[i];
  }
  return grouped;
}

EnrolmentCode make_enrolment_code(const PublicKey& ca_key, Random& random) {
  std::array<std::uint8_t, 7> bytes{};
  random.fill(bytes);
  return {fingerprint_of(ca_key), base32(bytes, secret_characters)};
}

Result<EnrolmentCode> parse_enrolment_code(std::string_view text) {
  std::string characters;
  for (const char typed : text) {
    if (typed == '-' || typed == ' ') continue;
    const char character = meant(typed);
    if (character == '\0' || characters.size() == code_characters) {
      return wrong_code("an enrolment code has 32 letters and digits: check it");
    }
    characters += character;
  }
  if (characters.size() != code_characters) {
    return wrong_code("the enrolment code is cut short (32 letters and digits)");
  }
  const std::string body = characters.substr(0, code_characters - 1);
  if (characters.substr(code_characters - 1) != check_character(body)) {
    return wrong_code("the enrolment code has a typing error: check it");
  }
  return EnrolmentCode{body.substr(0, fingerprint_characters), body.substr(fingerprint_characters)};
}

bool is_fingerprint_of(const std::string& fingerprint, const PublicKey& ca_key) {
  return fingerprint == fingerprint_of(ca_key);
}

Hash enrolment_secret_hash(const std::string& secret) {
  return sha256(as_bytes("kuangxun enrolment secret " + secret));
}

Hash enrolment_proof(const Hash& secret_hash, const history::WriterId& writer, const PublicKey& device_key) {
  ByteWriter out;
  out.raw(std::string_view("kuangxun enrolment proof"));
  out.hash(secret_hash);
  out.id(writer.device);
  out.number(writer.epoch);
  out.key(device_key);
  return sha256(out.bytes());
}

}  // namespace kuangxun::wire
