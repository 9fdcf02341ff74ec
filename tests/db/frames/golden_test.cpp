#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "db/base/files.h"
#include "db/frames/frame.h"
#include "tests/support/where.h"

// Frames that were sealed when version 1 was frozen. They are never made again: whatever this program becomes, it reads
// them and finds in them what stands beside them.
namespace kuangxun::frames {
namespace {

const std::filesystem::path folder = source_folder() + "/tests/db/frames/golden";

// Their names (SHA-256 of the whole file), so that a changed one is noticed even when its text was changed with it.
const std::map<std::string, std::string> golden = {
    {"every-form.frame", "948200e848efe68cb2617aec8f8518555dd8e41f3cb9257c36e150eb6f30a6fe"},
    {"field-day.frame", "a0d6df7bcc08bfcc22afb9ef1c04a14c83bbf81052380ac89a48c301218594fc"},
    {"person-signed.frame", "da6f4cbee027ae7ea0fa39f04594975d8e3fce8c90770d62b35d9846661bae60"},
    {"unknown-to-us.frame", "527686c74014145a8c72e87ef56c3d74dba0c25c9540bcdbeb2486a47b252844"},
};

std::string text_of(const records::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return "integer " + std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return "text " + *text;
  if (const auto* bytes = std::get_if<Bytes>(&value)) return "bytes " + to_hex(*bytes);
  if (const auto* id = std::get_if<Uuid>(&value)) return "id " + id->text();
  const auto& opaque = std::get<records::OpaqueValue>(value);
  return "tag " + std::to_string(opaque.tag) + " " + to_hex(opaque.bytes);
}

std::string text_of(const history::Operation& operation) {
  std::string text = operation.id.text() + " at " + std::to_string(operation.time.wall_ms) + "+" +
                     std::to_string(operation.time.counter) + " by " + operation.person.text() + "\n  on " +
                     operation.record.text() + " kind " + std::to_string(operation.kind) + " group " +
                     std::to_string(operation.group) + "\n";
  for (const history::OperationId& base : operation.bases) text += "  after " + base.text() + "\n";
  for (const records::FieldValue& value : operation.values) {
    text += "  " + std::to_string(value.field) + " = " + text_of(value.value) + "\n";
  }
  if (operation.person_signature.has_value()) text += "  signed " + to_hex(operation.person_signature->bytes) + "\n";
  return text;
}

std::string text_of(const Frame& frame, const std::vector<history::Operation>& operations) {
  std::string text = "frame " + frame.hash().text() + "\nafter " + frame.header.previous.text() + "\nreceipt " +
                     frame.header.county_receipt.text() + "\n";
  for (const history::Operation& operation : operations) text += text_of(operation);
  return text;
}

}  // namespace

TEST_CASE("frames sealed when version 1 was frozen say what they always said") {
  const auto key = SigningKey::from_seed(Bytes(32, 1));
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".frame") continue;
    ++found;
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    const auto bytes = read_file(entry.path(), 1 << 20);
    REQUIRE(bytes.ok());
    REQUIRE(golden.contains(name));
    CHECK(sha256(*bytes).text() == golden.at(name));
    const auto frame = parse_frame(*bytes);
    REQUIRE(frame.ok());
    CHECK(verify_frame(*frame, key->public_key()).ok());
    const auto operations = decode_operations(*frame);
    REQUIRE(operations.ok());
    const auto text = read_text_file(std::filesystem::path(entry.path()).replace_extension(".txt"), 1 << 20);
    REQUIRE(text.ok());
    CHECK(text_of(*frame, *operations) == *text);
  }
  CHECK(found == golden.size());
}

}  // namespace kuangxun::frames
