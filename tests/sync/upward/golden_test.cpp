// A package in the clear, the receipt for it, and a sealed package that follows it, of version 1. They are never made
// again: every later program reads them, finds in them what stands here, and writes them so.
#include <doctest/doctest.h>

#include "db/base/files.h"
#include "sync/sqlite/county_database.h"
#include "sync/upward/package.h"
#include "sync/upward/receipt.h"
#include "tests/support/where.h"
#include "tests/sync/upward/line.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr std::string_view county_text = "019de0d5-c800-7409-8010-001b6563dc99";
constexpr std::string_view county_seed_text = "c1bae3e8cf67445b631a4b3118caa7b58114eebc121385fc9030707dfbea6f6f";
constexpr std::string_view second_seed_text = "8117a4259be4a31ab02e6219ae621ba0ab4d5bd96f660d4377800885df00adeb";
constexpr std::string_view prefecture_seed_text = "4bdfdcd3e103f0195b05f14b3ce772ab781d2b7f0f6e4ea346b15fd47c21cb3e";
constexpr std::string_view fingerprint_text = "EQK0-YBVZ-2GMF-GPAM-MBMQ";
constexpr std::string_view plain_text = "4f62adbb83d18af424a91e9fccf17a3606b9e66859b09d6e6fd21762d55c9ac7";
constexpr std::string_view sealed_text = "74ed21f3e2fe09fca50a44e68b5379c79994aeabadbbaf69e130b9e141b4f764";
constexpr std::string_view photo_text = "df1329c8b6c7cf3740bbe2f8bab34d253a8d9534a79dceea18177081fdf9f0e9";
constexpr std::int64_t written_at_ms = 1'777'593'600'000;

std::filesystem::path golden(const char* name) {
  return std::filesystem::path(source_folder() + "/tests/sync/upward/golden") / name;
}

Bytes bytes_of(const std::filesystem::path& path) {
  return must(read_file(path, 1 << 20));
}

SigningKey key_of(std::string_view seed) {
  return must(SigningKey::from_seed(must(from_hex(seed))));
}

Uuid golden_county() {
  return must(parse_uuid(county_text));
}

struct WholePackage {
  upward::PackageHeader header;
  std::vector<upward::PackageRecord> records;
  upward::Manifest manifest;
  std::vector<upward::RecordType> types() const {
    std::vector<upward::RecordType> all;
    for (const auto& record : records) all.push_back(record.type);
    return all;
  }
};

WholePackage whole(const std::filesystem::path& path) {
  const SigningKey prefecture = key_of(prefecture_seed_text);
  auto reader = must(upward::PackageReader::open(path, must(ExchangeSecret::of(prefecture))));
  WholePackage all{reader->header(), {}, {}};
  for (;;) {
    auto record = must(reader->next());
    if (!record.has_value()) break;
    all.records.push_back(std::move(*record));
  }
  all.manifest = reader->manifest();
  return all;
}

// What stands in the package, by the program of today.
void write_again(const WholePackage& package, const std::filesystem::path& path, const SigningKey& county_key) {
  std::optional<PublicKey> recipient;
  if (package.header.is_sealed) recipient = must(exchange_key_of(key_of(prefecture_seed_text).public_key()));
  auto writer = must(upward::PackageWriter::create(path, package.header, recipient));
  for (const auto& record : package.records) must(writer->add(record.type, record.body));
  upward::Manifest manifest = package.manifest;
  manifest.content = {};
  manifest.signature = {};
  must(writer->finish(manifest, county_key));
}

// A prefecture that trusts the county and has read nothing yet.
struct Desk {
  Desk() { must(upward::trust(prefecture, golden_county(), std::string(fingerprint_text))); }
  Result<std::unique_ptr<sql::SqlStore>> open(const Uuid& id) {
    auto database = sqlite_county::open_database(folder / "prefecture.gpkg", sqlite_county::Access::create);
    if (!database.ok()) return database.error();
    return sql::SqlStore::open(std::move(database).value(), true, id);
  }
  ports::CountyCounts counts() { return must(must(open(golden_county()))->counts()); }
  TemporaryFolder folder;
  ManualClock clock;
  SeededRandom random{1};
  SigningKey key = key_of(prefecture_seed_text);
  upward::Prefecture prefecture{[this](const Uuid& id) { return open(id); }, key, clock, random};
};

}  // namespace

TEST_CASE("the beginning of the golden packages and the whole receipt, byte by byte as UPWARD.md says") {
  CHECK(sha256(bytes_of(golden("plain.kxup"))).text() ==
        "28db92c803daa470af028557042ca2e00ae38ec72b419febeb3c192aa3f88a3a");
  CHECK(to_hex(ByteView(bytes_of(golden("plain.kxup"))).first(76)) ==
        "4b58555001000000"
        "019de0d5c80074098010001b6563dc99"
        "01000000"
        "0100000000000000"
        "0100000000000000"
        "0000000000000000000000000000000000000000000000000000000000000000");
  CHECK(to_hex(ByteView(bytes_of(golden("sealed.kxup"))).first(76)) ==
        "4b58555001010000"
        "019de0d5c80074098010001b6563dc99"
        "01000000"
        "0200000000000000"
        "0300000000000000" +
            std::string(plain_text));
  CHECK(to_hex(bytes_of(golden("plain.kxur"))) ==
        "4b58555201"
        "019de0d5c80074098010001b6563dc99"
        "01000000"
        "0100000000000000" +
            std::string(plain_text) +
            "0200000000000000"
            "00c8d5e09d010000"
            "a7f81ff8c20340ef3999265e38a2e60a9f866201d53df7a4e86f663f7ff92d85"
            "12c2071e6bc3a0c1ebdea7c6479d13d71ceab40113fbaf7c1ac4bde10637fe08");
}

TEST_CASE("the golden packages hold these records, and their ends say so") {
  using enum upward::RecordType;
  const WholePackage plain = whole(golden("plain.kxup"));
  CHECK(plain.header == upward::PackageHeader{false, golden_county(), 1, 1, 1, {}});
  CHECK(plain.types() == std::vector{upward::RecordType::county, key_statement, frame, frame, chunk, checkpoint});
  CHECK(plain.manifest.through == 2);
  CHECK(plain.manifest.frames == 2);
  CHECK(plain.manifest.photos == 1);
  CHECK(plain.manifest.county_time_ms == written_at_ms);
  CHECK(plain.manifest.county_epoch == 199'756'800);
  CHECK(upward::package_hash(plain.header, plain.manifest).text() == plain_text);

  // The county changed its key in between.
  const WholePackage sealed = whole(golden("sealed.kxup"));
  CHECK(sealed.header == upward::PackageHeader{true, golden_county(), 1, 2, 3, must(parse_hash(plain_text))});
  CHECK(sealed.types() == std::vector{upward::RecordType::county, key_statement, key_statement, frame, checkpoint});
  CHECK(sealed.manifest.through == 3);
  CHECK(sealed.manifest.frames == 1);
  CHECK(sealed.manifest.photos == 0);
  CHECK(sealed.manifest.county_epoch == 199'756'801);
  CHECK(upward::package_hash(sealed.header, sealed.manifest).text() == sealed_text);
}

TEST_CASE("a prefecture that reads the golden packages shows what the county had, and signs the golden receipt") {
  Desk desk;
  const auto first = must(upward::read_package(desk.prefecture, golden("plain.kxup")));
  CHECK(first.outcome == upward::PackageOutcome::taken);
  CHECK(first.county_name == "示例县");
  CHECK(first.frames == 2);
  CHECK(first.photos == 1);
  CHECK(first.through == 2);
  CHECK(first.receipt == bytes_of(golden("plain.kxur")));
  CHECK(desk.counts().records.at("visit") == 1);
  CHECK(must(must(desk.open(golden_county()))->chunk(must(parse_hash(photo_text)), 0)) == Bytes(1000, 7));

  const auto second = must(upward::read_package(desk.prefecture, golden("sealed.kxup")));
  CHECK(second.outcome == upward::PackageOutcome::taken);
  CHECK(second.through == 3);
  const auto counts = desk.counts();
  CHECK(counts.frames == 3);
  CHECK(counts.operations == 24);
  CHECK(counts.attachments_whole == 1);
  CHECK(counts.records.at("visit") == 2);
  CHECK(counts.records.at("enrolled-device") == 1);
  const std::string shown = must(must(desk.open(golden_county()))->dump());
  CHECK(shown.find("019de0d5-c800-7069-a363-eb42475a3e0d|") != std::string::npos);
  CHECK(shown.find("|concurrent-restoration|示例：采场北侧|2198-11-05T12:03:07.948Z|") != std::string::npos);
}

TEST_CASE("the golden receipt says which package came to the prefecture, and is signed the same today") {
  const SigningKey prefecture = key_of(prefecture_seed_text);
  const Bytes bytes = bytes_of(golden("plain.kxur"));
  const auto receipt = must(upward::open_upward_receipt(bytes, prefecture.public_key()));
  CHECK(receipt.county == golden_county());
  CHECK(receipt.incarnation == 1);
  CHECK(receipt.package_number == 1);
  CHECK(receipt.package.text() == plain_text);
  CHECK(receipt.through == 2);
  CHECK(receipt.prefecture_time_ms == written_at_ms);
  CHECK(upward::seal_upward_receipt(receipt, prefecture) == bytes);
}

TEST_CASE("what the golden packages say is written the same today: byte by byte in the clear, sealed when opened") {
  CHECK(upward::fingerprint_of(key_of(county_seed_text).public_key()) == fingerprint_text);
  TemporaryFolder folder;
  write_again(whole(golden("plain.kxup")), folder / "plain", key_of(county_seed_text));
  CHECK(bytes_of(folder / "plain") == bytes_of(golden("plain.kxup")));

  const WholePackage sealed = whole(golden("sealed.kxup"));
  write_again(sealed, folder / "sealed", key_of(second_seed_text));
  CHECK(bytes_of(folder / "sealed").size() == bytes_of(golden("sealed.kxup")).size());
  CHECK(bytes_of(folder / "sealed") != bytes_of(golden("sealed.kxup")));  // every sealing has a key of its own
  const WholePackage again = whole(folder / "sealed");
  REQUIRE(again.types() == sealed.types());
  for (std::size_t i = 0; i < again.records.size(); ++i) CHECK(again.records[i].body == sealed.records[i].body);
  CHECK(upward::package_hash(again.header, again.manifest).text() == sealed_text);
}
