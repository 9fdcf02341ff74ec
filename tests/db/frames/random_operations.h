#pragma once

#include <algorithm>
#include <limits>
#include <set>

#include "db/history/operation.h"
#include "tests/support/seeded_random.h"

namespace kuangxun::frames {

// Consecutive operations of one writer with every kind of value and bases of many writers.
class RandomOperations {
 public:
  explicit RandomOperations(std::uint64_t seed) : random_(seed) {
    for (Uuid& id : ids_) random_.fill(id.bytes);
    for (history::WriterId& writer : writers_)
      writer = {ids_[random_.below(ids_.size())], 1 + static_cast<std::uint32_t>(random_.below(3))};
  }

  tests::SeededRandom& random() { return random_; }

  std::vector<history::Operation> make(std::size_t count) {
    const std::uint64_t first = 1 + random_.below(1000);
    std::vector<history::Operation> operations;
    for (std::size_t i = 0; i < count; ++i) operations.push_back(one({writers_[0], first + i}));
    return operations;
  }

 private:
  history::Operation one(const history::OperationId& id) {
    history::Operation operation;
    operation.id = id;
    operation.time.wall_ms =
        random_.chance_percent(5) ? wide() : 1'777'593'600'000 + static_cast<std::int64_t>(random_.below(100'000));
    operation.time.counter = static_cast<std::uint16_t>(random_.below(random_.chance_percent(50) ? 2 : 65'536));
    operation.person = ids_[random_.below(3)];
    operation.record = ids_[random_.below(ids_.size())];
    operation.kind = static_cast<records::KindNumber>(random_.below(3) == 0 ? random_.below(65'536) : 2);
    operation.group = static_cast<records::GroupNumber>(random_.below(1024));
    std::set<history::OperationId> bases;
    for (std::uint64_t left = random_.below(random_.chance_percent(5) ? 200 : 4); left > 0; --left)
      bases.insert(base_of(id));
    operation.bases.assign(bases.begin(), bases.end());
    std::set<records::FieldNumber> fields;
    for (std::uint64_t left = random_.below(8); left > 0; --left)
      fields.insert(static_cast<records::FieldNumber>(random_.below(65'536)));
    for (const records::FieldNumber field : fields) operation.values.push_back({field, value()});
    if (random_.chance_percent(10)) random_.fill(operation.person_signature.emplace().bytes);
    return operation;
  }

  history::OperationId base_of(const history::OperationId& id) {
    const history::WriterId& writer = writers_[random_.below(writers_.size())];
    if (writer == id.writer)
      return id.sequence > 1 ? history::OperationId{writer, 1 + random_.below(id.sequence - 1)}
                             : history::OperationId{{ids_[0], 9}, 1};
    return {writer, 1 + random_.below(random_.chance_percent(50) ? 100 : (1ULL << 40) - 1)};
  }

  std::int64_t wide() {
    constexpr std::int64_t edges[] = {std::numeric_limits<std::int64_t>::min(),
                                      std::numeric_limits<std::int64_t>::max(), 0, -1, 1};
    if (random_.chance_percent(50)) return edges[random_.below(std::size(edges))];
    return static_cast<std::int64_t>((random_.below(1ULL << 32) << 32) | random_.below(1ULL << 32)) >>
           random_.below(64);
  }

  records::Value value() {
    Bytes bytes(static_cast<std::size_t>(random_.below(random_.chance_percent(5) ? 5000 : 40)));
    random_.fill(bytes);
    switch (random_.below(5)) {
      case 0:
        return wide();
      case 1:
        return std::string(bytes.begin(), bytes.end());
      case 2:
        return bytes;
      case 3:
        return records::OpaqueValue{5 + static_cast<std::uint32_t>(random_.below(3)), bytes};
      default:
        return ids_[random_.below(ids_.size())];
    }
  }

  tests::SeededRandom random_;
  std::array<Uuid, 12> ids_;
  std::array<history::WriterId, 20> writers_;
};

}  // namespace kuangxun::frames
