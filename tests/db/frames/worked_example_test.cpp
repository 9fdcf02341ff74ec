#include <doctest/doctest.h>

#include "db/base/files.h"
#include "db/base/text.h"
#include "db/frames/frame.h"
#include "tests/support/where.h"

namespace kuangxun::frames {
namespace {

// The digits of the page's hex block, without line ends.
std::string example_of_the_page() {
  const auto page = read_text_file(source_folder() + "/db/frames/FORMAT.md", 1 << 20);
  REQUIRE(page.ok());
  constexpr std::string_view opening = "```hex\n";
  const std::size_t from = page->find(opening);
  REQUIRE(from != std::string::npos);
  const std::size_t to = page->find("```", from + opening.size());
  REQUIRE(to != std::string::npos);
  return replace_all(page->substr(from + opening.size(), to - from - opening.size()), "\n", "");
}

}  // namespace

TEST_CASE("the worked example of FORMAT.md is, byte by byte, what this program writes and reads") {
  history::Operation operation;
  operation.id.writer = {*parse_uuid("d2f0a6c1-7b34-4e58-9a1d-63c8e5b7f094"), 1};
  operation.id.sequence = 1;
  operation.time.wall_ms = 1'777'602'600'250;
  operation.person = *parse_uuid("3e9b5d07-c1a8-4f26-8d70-b94e2f61c5a3");
  operation.record = *parse_uuid("91c46f2e-05d7-4ab3-b6f8-1e7a9c3d50e2");
  operation.kind = 2;
  operation.group = 2;
  operation.values = {{2, std::string("示例矿")}};
  const auto key = SigningKey::from_seed(Bytes(32, 1));
  REQUIRE(key.ok());
  const Frame frame = seal_frame(std::vector{operation}, {}, {}, *key);
  CHECK(to_hex(frame.bytes) == example_of_the_page());

  const auto bytes = from_hex(example_of_the_page());
  REQUIRE(bytes.ok());
  const auto parsed = parse_frame(*bytes);
  REQUIRE(parsed.ok());
  CHECK(verify_frame(*parsed, key->public_key()).ok());
  const auto operations = decode_operations(*parsed);
  REQUIRE(operations.ok());
  CHECK(*operations == std::vector{operation});
}

}  // namespace kuangxun::frames
