#include <doctest/doctest.h>

#include <filesystem>

#include "db/base/files.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/envelope.h"
#include "sync/wire/receipt.h"
#include "tests/support/where.h"
#include "tests/sync/wire/every_message.h"

// Messages that were sealed when version 1 was frozen. They are never made again.
using namespace kuangxun;
using namespace kuangxun::wire;

namespace {

const std::filesystem::path folder = source_folder() + "/tests/sync/wire/golden";

SigningKey key_of(std::uint8_t number) {
  return std::move(SigningKey::from_seed(Bytes(32, number))).value();
}

std::string name_of(std::string_view what, std::size_t number) {
  return std::string(what) + "-" + (number < 10 ? "0" : "") + std::to_string(number);
}

// All messages in one file: each behind a line that names it.
std::string sealed_today() {
  const SigningKey laptop = key_of(1);
  const SigningKey county = key_of(2);
  std::string text;
  const auto add = [&](const std::string& name, const Bytes& bytes) { text += name + " " + to_hex(bytes) + "\n"; };
  std::size_t number = 0;
  for (const RequestBody& body : every_request()) {
    ++number;
    add(name_of("request", number), seal_request({Uuid{{9}}, {Uuid{{8}}, 2}, 123'456}, body, laptop));
  }
  number = 0;
  for (const AnswerBody& body : every_answer()) {
    ++number;
    add(name_of("answer", number),
        seal_answer(static_cast<MessageType>(number), {AnswerCode::done, some_hash(4), 99, 2}, body, county));
  }
  add("refusal", seal_refusal(MessageType::push, {AnswerCode::no_space, some_hash(4), 99, 2}, county));
  add("receipt", seal_receipt({Uuid{{1}}, {Uuid{{2}}, 3}, 40, 50, some_hash(5), 1'777'593'600'000, 1}, county));
  add("checkpoint", seal_checkpoint({Uuid{{1}}, 2, 40, some_hash(5), 1'777'593'600'000, 1}, county));
  KeyStatement statement{Uuid{{1}}, 3, county.public_key(), {}, some_hash(1), some_hash(2), false, 1'777'593'600'000};
  add("key-statement", seal_key_statement(statement, county, &laptop));
  return text;
}

}  // namespace

TEST_CASE("every message is written byte by byte as when version 1 was frozen") {
  const auto frozen = read_text_file(folder / "messages.txt", 1 << 20);
  REQUIRE(frozen.ok());
  CHECK(sha256(as_bytes(*frozen)).text() == "4a5d4144a147e0a75adedf8740d5115fa7350f3119e2956fe005fce1b1ec3e3c");
  CHECK(sealed_today() == *frozen);
}
