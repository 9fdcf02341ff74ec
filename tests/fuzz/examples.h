#pragma once

#include <vector>

#include "db/base/hash.h"
#include "db/base/signing.h"
#include "db/history/operation.h"
#include "tests/support/seeded_random.h"

// Sound content that targets start from. The same in every run.
namespace kuangxun::fuzz {

// The one key that examples are signed with.
const SigningKey& example_key();
// The one writer of example frames.
history::WriterId example_writer();

// Consecutive operations of example_writer() from sequence 1 on: known and unknown kinds, every kind of value, bases of
// its own and of other writers.
std::vector<history::Operation> example_operations(std::uint64_t seed, std::size_t count);

// Whole frames, sealed with example_key(): raw and compressed, one operation and many, with and without a predecessor;
// they are the only ones that were ever sealed with it.
const std::vector<Bytes>& example_frames();
bool is_example_frame(const Hash& hash);

// One thing in one of the operations becomes another, so that they can still be encoded; writer, sequences and number
// stay.
void change_one(std::vector<history::Operation>& operations, tests::SeededRandom& random);

}  // namespace kuangxun::fuzz
