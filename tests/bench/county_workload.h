#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "db/records/kinds.h"
#include "sync/ledger/apply_stored.h"
#include "sync/ledger/county_life.h"
#include "sync/ledger/ingest.h"
#include "sync/requests/enrolment.h"
#include "sync/requests/exchange.h"
#include "sync/sql/sql_store.h"
#include "tests/bench/must.h"
#include "tests/support/seeded_random.h"

// A county, and laptops that edit for it: what the measurements of sync are made with.
namespace kuangxun::bench {

using Timer = std::chrono::steady_clock;

inline double since_s(Timer::time_point begin) {
  return std::chrono::duration<double>(Timer::now() - begin).count();
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

constexpr int edits_each_record = 10;
constexpr int operations_each_frame = 100;
constexpr int frames_each_push = 64;

// A laptop that edits records: ten edits each, short values, a hundred in a frame.
struct Laptop {
  Laptop(Clock& clock, Random& random) : writer{make_uuid(clock, random), 1}, key(SigningKey::generate(random)) {}

  void write_frame(tests::SeededRandom& random) {
    const records::KindDescription& kind = records::kind_of(records::kinds::restoration_status);
    std::vector<history::Operation> operations;
    const Uuid person{{1, 2, 3}};
    for (int record = 0; record < operations_each_frame / edits_each_record; ++record) {
      Uuid id;
      random.fill(id.bytes);
      std::map<records::GroupNumber, history::OperationId> newest;
      for (int edit = 0; edit < edits_each_record; ++edit) {
        const records::FieldDescription& field = kind.fields[1 + static_cast<std::size_t>(edit) % 5];
        history::Operation operation;
        operation.id = {writer, ++sequence};
        operation.time = {1'780'000'000'000 + static_cast<std::int64_t>(sequence) * 1000, 0};
        operation.person = person;
        operation.record = id;
        operation.kind = kind.number;
        operation.group = field.group;
        if (newest.contains(field.group)) operation.bases = {newest[field.group]};
        operation.values = {{field.number, value_of(field, random)}};
        newest[field.group] = operation.id;
        operations.push_back(std::move(operation));
      }
    }
    frames::Frame frame = frames::seal_frame(operations, previous, Hash{}, key);
    previous = frame.hash();
    frames.push_back(std::move(frame.bytes));
  }
  static records::Value value_of(const records::FieldDescription& field, tests::SeededRandom& random) {
    switch (field.type) {
      case records::FieldType::text:
      case records::FieldType::long_text:
        return "示例 " + std::to_string(random.below(1000));
      case records::FieldType::reference:
        return Uuid{{static_cast<std::uint8_t>(random.below(256)), 7}};
      case records::FieldType::enumeration:
        return field.enumeration->options[random.below(field.enumeration->options.size())].number;
      default:
        return static_cast<std::int64_t>(random.below(1000));
    }
  }

  history::WriterId writer;
  SigningKey key;
  std::uint64_t sequence = 0;
  Hash previous;
  std::vector<Bytes> frames;
};

class OneKey final : public ports::SecretKeys {
 public:
  explicit OneKey(SigningKey key) : key_(std::move(key)) {}
  Result<SigningKey> find(const PublicKey&) override { return SigningKey::from_seed(key_.seed()); }
  const PublicKey& public_key() const { return key_.public_key(); }

 private:
  SigningKey key_;
};

class NoAuthority final : public ports::CertificateAuthority {
 public:
  Result<Bytes> issue(const history::WriterId&, const std::string&, const PublicKey&, std::int64_t) override {
    return Bytes();
  }
  Result<std::vector<Bytes>> trusted() override { return std::vector<Bytes>(); }
};

class LargeDisk final : public ports::DiskGauge {
 public:
  std::uint64_t free_bytes() override { return 1ULL << 40; }
};

// One connection with its view of the county.
struct Desk {
  Desk(std::unique_ptr<sql::SqlDatabase> database, ports::SecretKeys& secrets, bool may_create)
      : store(must(sql::SqlStore::open(std::move(database), may_create))), parts{*store, secrets, clock, random} {}
  void open() { county = must(ledger::County::open(parts)); }

  SystemClock clock;
  SystemRandom random;
  std::unique_ptr<sql::SqlStore> store;
  ledger::County::Parts parts;
  std::unique_ptr<ledger::County> county;
};

// The empty database behind this desk becomes a county.
inline void found(Desk& desk, const PublicKey& key) {
  must(ledger::found_county(desk.parts, make_uuid(desk.clock, desk.random), "示例县", {key, {}, {}}));
  desk.open();
}

inline void enrol(Desk& desk, const history::WriterId& writer, const PublicKey& key) {
  auto transaction = must(ledger::CountyTransaction::begin(*desk.county, ports::Work::apply));
  must(transaction.also_store());
  must(ledger::write_as_county(*desk.county, transaction,
                               requests::device_edits(*desk.county, {writer, key, "示例", records::Role::officer})));
  must(transaction.commit());
}

inline void write_workload(std::vector<Laptop>& laptops, int frames_in_all) {
  tests::SeededRandom random(7);
  for (int i = 0; i < frames_in_all; ++i) {
    laptops[static_cast<std::size_t>(i) % laptops.size()].write_frame(random);
  }
}

// Everything that the laptops have, in pushes of 64 frames.
inline void push_everything(Desk& desk, const std::vector<Laptop>& laptops) {
  for (std::size_t at = 0; at < laptops.front().frames.size(); at += frames_each_push) {
    for (const Laptop& laptop : laptops) {
      const auto end = std::min(laptop.frames.size(), at + frames_each_push);
      if (at >= end) continue;
      ledger::PushCounts counts;
      const wire::PushRequest request{laptop.writer,
                                      {laptop.frames.begin() + static_cast<std::ptrdiff_t>(at),
                                       laptop.frames.begin() + static_cast<std::ptrdiff_t>(end)}};
      must_hold(must(ledger::push(*desk.county, request, counts)).refusal == wire::PushRefusal::none,
                "the county refuses a push of the workload");
    }
  }
}

}  // namespace kuangxun::bench
