// Photos go upward as many as fit, each whole, and none is taken for reported that is not.
#include <doctest/doctest.h>

#include "db/base/files.h"
#include "db/base/limits.h"
#include "sync/ledger/attachments.h"
#include "sync/upward/package.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/checkpoint.h"
#include "tests/sync/upward/line.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

Bytes example_photo(TestCounty& county, std::size_t size) {
  Bytes file(size);
  county.random().fill(file);
  return file;
}

upward::PackageWish with_photos(std::uint64_t bytes_max) {
  upward::PackageWish wish;
  wish.photo_bytes_max = bytes_max;
  return wish;
}

// A package as the county writes it, but with these chunks of a photo in it.
void write_with_chunks(Line& line, const wire::AttachmentName& name,
                       const std::vector<std::pair<std::uint32_t, Bytes>>& chunks, const char* file) {
  TestCounty& county = line.county;
  const ports::CountyState& state = county.county().state();
  upward::PackageHeader header{false, county.id(), state.incarnation, 1, 1, {}};
  auto writer = must(upward::PackageWriter::create(line.folder.path() / file, header, {}));
  wire::ByteWriter about;
  about.counted(state.name);
  about.number(state.created_at_ms);
  must(writer->add(upward::RecordType::county, about.bytes()));
  for (const Bytes& statement : county.county().statements()) {
    must(writer->add(upward::RecordType::key_statement, statement));
  }
  const auto page = must(county.store().page(0, {}, {1 << 24, 1000, 1000}));
  for (const ports::StoredFrame& frame : page.frames) {
    wire::ByteWriter body;
    body.number(frame.county_sequence);
    body.number(frame.received_at_ms);
    body.raw(frame.bytes);
    must(writer->add(upward::RecordType::frame, body.bytes()));
  }
  for (const auto& [index, bytes] : chunks) {
    wire::ByteWriter body;
    body.hash(name.hash);
    body.number(name.size_bytes);
    body.number(index);
    body.raw(bytes);
    must(writer->add(upward::RecordType::chunk, body.bytes()));
  }
  must(writer->add(upward::RecordType::checkpoint,
                   wire::seal_checkpoint({state.county, state.incarnation, state.latest_sequence(),
                                          state.frontier.root(), county.clock().now_ms(), state.epoch},
                                         county.key())));
  upward::Manifest manifest{state.latest_sequence(), page.frames.size(), 1, {},
                            county.clock().now_ms(), state.epoch,        {}};
  must(writer->finish(manifest, county.key()));
}

}  // namespace

TEST_CASE("as many photos as fit go up, the rest with the next, and the prefecture has them whole") {
  on_every_line([](TestCounty& county, Line& line) {
    line.work();
    const Bytes large = example_photo(county, limits::chunk_bytes * 2 + 17);
    const Bytes small = example_photo(county, 1000);
    const Hash large_hash = line.keep_photo(large);
    line.keep_photo(small);
    // The beginning of a third has come to the county.
    const Bytes coming = example_photo(county, 5000);
    must(ledger::keep_chunk(county.store(),
                            {{sha256(coming), coming.size()}, 0, 0, Bytes(coming.begin(), coming.begin() + 2000)}));

    CHECK(line.write("none").photos == 0);
    const auto first = line.write("first", with_photos(large.size() + 10));
    CHECK(first.photos == 1);
    CHECK(first.photos_left == 1);
    const auto read = must(line.read("first"));
    CHECK(read.photos == 1);
    CHECK(line.photos() == 1);
    line.take_receipt(read.receipt);

    const auto second = line.write("second", with_photos(100 << 20));
    CHECK(second.photos == 1);
    CHECK(second.photos_left == 0);
    const auto read_second = must(line.read("second"));
    CHECK(line.photos() == 2);
    line.take_receipt(read_second.receipt);
    CHECK(line.write("third", with_photos(100 << 20)).photos == 0);

    auto store = must(line.open(county.id()));
    Bytes there;
    for (std::uint32_t index = 0; index < 3; ++index) {
      const Bytes chunk = must(store->chunk(large_hash, index));
      there.insert(there.end(), chunk.begin(), chunk.end());
    }
    CHECK(there == large);
  });
}

TEST_CASE("photos in a package that never arrived go up again; those of an older one read late are not lost") {
  on_every_line([](TestCounty& county, Line& line) {
    line.keep_photo(example_photo(county, 3000));
    line.write("lost", with_photos(1 << 20));
    line.keep_photo(example_photo(county, 3000));
    CHECK(line.write("next", with_photos(1 << 20)).photos == 2);
    must(line.read("next"));
    CHECK(must(line.read("lost")).outcome == upward::PackageOutcome::superseded);
    CHECK(line.photos() == 2);
  });
}

TEST_CASE("a prefecture that lost its database gets the photos again as well") {
  on_every_line([](TestCounty& county, Line& line) {
    line.work();
    line.keep_photo(example_photo(county, 3000));
    line.write("1", with_photos(1 << 20));
    line.take_receipt(must(line.read("1")).receipt);
    CHECK(line.write("2", with_photos(1 << 20)).photos == 0);

    line.lose_prefecture();
    line.trust_key(county.key().public_key());
    upward::PackageWish all = with_photos(1 << 20);
    all.from_start = true;
    CHECK(line.write("all", all).photos == 1);
    must(line.read("all"));
    CHECK(line.photos() == 1);
    CHECK(line.dump() == county.dump());
  });
}

TEST_CASE("a photo that the county's disk has changed is left out and told; the package goes up without it") {
  on_every_line([](TestCounty& county, Line& line) {
    line.work();
    const Hash rotten = line.keep_photo(example_photo(county, 3000));
    line.keep_photo(example_photo(county, 2000));
    must(county.store().set_chunk({rotten, 3000}, 0, Bytes(3000, 1)));
    const auto written = line.write("1", with_photos(1 << 20));
    CHECK(written.photos == 1);
    CHECK(written.photos_damaged == 1);
    CHECK(must(line.read("1")).photos == 1);
    CHECK(line.photos() == 1);
  });
}

TEST_CASE("a package whose photo is not whole, or not what its hash says, is refused, and nothing is stored") {
  TemporaryFolder home;
  const auto county = county_on_sqlite(home);
  Line line(*county);
  line.work();
  const Bytes file = example_photo(*county, limits::chunk_bytes + 100);
  const wire::AttachmentName name{sha256(file), file.size()};
  const Bytes first(file.begin(), file.begin() + limits::chunk_bytes);
  const Bytes rest(file.begin() + limits::chunk_bytes, file.end());
  Bytes wrong = rest;
  wrong[5] ^= 1;
  write_with_chunks(line, name, {{0, first}}, "half");
  write_with_chunks(line, name, {{0, first}, {1, wrong}}, "changed");
  write_with_chunks(line, name, {{1, rest}, {0, first}}, "backwards");
  write_with_chunks(line, name, {{0, first}, {1, rest}, {1, rest}}, "twice");
  for (const char* bad : {"half", "changed", "backwards", "twice"}) {
    INFO(bad);
    const auto read = line.read(bad);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code() == ErrorCode::corrupt);
    CHECK(line.frames() == 0);
    CHECK(line.photos() == 0);
  }
  write_with_chunks(line, name, {{0, first}, {1, rest}}, "whole");
  CHECK(must(line.read("whole")).photos == 1);
  CHECK(line.photos() == 1);
}
