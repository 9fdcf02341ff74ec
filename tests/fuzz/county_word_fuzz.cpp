#include <algorithm>

#include "db/frames/merkle.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/enrolment_code.h"
#include "sync/wire/receipt.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/property.h"
#include "tests/fuzz/wire_examples.h"

// Small things that a laptop believes of the county. Input: a byte that says which, then its bytes: 0 receipt,
// 1 checkpoint, 2 key statements (each as long as an example), 3 frontier of the Merkle tree, 4 enrolment code.
namespace kuangxun::fuzz {
namespace {

void check_receipt(ByteView given) {
  static const Bytes signed_one = example_receipt();
  if (!wire::open_receipt(given, example_county()).ok()) return;
  must(std::ranges::equal(given, signed_one), "only the receipt that was signed is believed");
}

void check_checkpoint(ByteView given) {
  static const Bytes signed_one = example_checkpoint();
  if (!wire::open_checkpoint(given, example_county()).ok()) return;
  must(std::ranges::equal(given, signed_one), "only the checkpoint that was signed is believed");
}

void check_key_statements(ByteView given) {
  static const std::vector<Bytes> signed_ones = example_key_statements();
  const std::size_t size = signed_ones.front().size();
  std::vector<Bytes> statements;
  for (; statements.size() < 4 && !given.empty(); given = given.subspan(std::min(size, given.size()))) {
    const ByteView one = given.first(std::min(size, given.size()));
    statements.emplace_back(one.begin(), one.end());
  }
  if (!wire::open_key_statements(statements, example_county()).ok()) return;
  must(statements.size() <= signed_ones.size() && std::equal(statements.begin(), statements.end(), signed_ones.begin()),
       "only statements that were signed are believed, from the first on");
}

void check_frontier(ByteView given) {
  auto frontier = frames::Frontier::decode(given);
  if (!frontier.ok()) return;
  must(std::ranges::equal(frontier->encode(), given), "a frontier has one form only");
  const std::uint64_t size = frontier->size();
  const Hash root = frontier->root();
  if (size == UINT64_MAX) return;
  frontier->append(root);
  must(frontier->size() == size + 1, "a leaf makes it one larger");
  const auto again = frames::Frontier::decode(frontier->encode());
  must(again.ok() && *again == *frontier && again->root() == frontier->root(), "what grew is read again");
}

void check_enrolment_code(ByteView given) {
  const auto code = wire::parse_enrolment_code(as_text(given));
  if (!code.ok()) return;
  must(code->fingerprint.size() == 20 && code->secret.size() == 11, "a code has its parts");
  const auto again = wire::parse_enrolment_code(code->text());
  must(again.ok() && again->fingerprint == code->fingerprint && again->secret == code->secret,
       "a code is what its own text says");
}

}  // namespace
}  // namespace kuangxun::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kuangxun;
  fuzz::Input input(data, size);
  switch (input.byte()) {
    case 0:
      fuzz::check_receipt(input.rest());
      break;
    case 1:
      fuzz::check_checkpoint(input.rest());
      break;
    case 2:
      fuzz::check_key_statements(input.rest());
      break;
    case 3:
      fuzz::check_frontier(input.rest());
      break;
    case 4:
      fuzz::check_enrolment_code(input.rest());
      break;
    default:
      break;
  }
  return 0;
}
