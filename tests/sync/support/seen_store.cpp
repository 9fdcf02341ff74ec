#include "tests/sync/support/seen_store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "db/base/text.h"

namespace kuangxun::tests {

sql::SqlStore& SeenStore::sql() {
  auto* sql = dynamic_cast<sql::SqlStore*>(store_.get());
  REQUIRE(sql != nullptr);
  return *sql;
}

bool SeenStore::is_sql() const {
  return dynamic_cast<sql::SqlStore*>(store_.get()) != nullptr;
}

std::uint64_t SeenStore::shown(records::KindNumber kind) {
  return must(store_->counts()).records[std::string(records::kind_of(kind).name)];
}

SeenStore::Kept SeenStore::kept() {
  const ports::CountyCounts counts = must(store_->counts());
  Kept kept{0, 0, counts.parked, counts.forks};
  for (std::uint64_t after = 0;;) {
    const ports::FramePage page = must(store_->page(after, {}, {1 << 24, 1000, 0}));
    for (const ports::StoredFrame& frame : page.frames) {
      after = frame.county_sequence;
      if (frame.writer.device == id_) continue;
      ++kept.frames;
      if (must(store_->is_indexed(frame.county_sequence))) {
        kept.operations += frame.last_sequence - frame.first_sequence + 1;
      }
    }
    if (!page.has_more) return kept;
  }
}

std::vector<history::Operation> SeenStore::operations() {
  std::vector<history::Operation> all;
  for (std::uint64_t after = 0;;) {
    ports::FramePage page = must(store_->page(after, {}, {1 << 24, 1000, 0}));
    for (ports::StoredFrame& frame : page.frames) {
      after = frame.county_sequence;
      const auto decoded = frames::decode_operations(must(frames::parse_frame(std::move(frame.bytes))));
      if (decoded.ok()) all.insert(all.end(), decoded->begin(), decoded->end());
    }
    if (!page.has_more) return all;
  }
}

std::string SeenStore::dump() {
  return is_sql() ? must(sql().dump()) : heads_dump();
}

std::string SeenStore::heads_dump() {
  std::set<ports::RecordKey> records;
  for (const history::Operation& operation : operations()) records.insert({operation.record, operation.kind});
  std::vector<std::string> lines;
  for (const history::Operation& head : must(store_->heads_of(records))) {
    std::string line =
        head.record.text() + "|" + std::to_string(head.kind) + "|" + std::to_string(head.group) + "|" + head.id.text();
    for (const records::FieldValue& value : head.values) {
      if (const auto* text = std::get_if<std::string>(&value.value)) line += "|" + *text;
    }
    lines.push_back(std::move(line));
  }
  std::ranges::sort(lines);
  return join(lines, "\n");
}

std::string SeenStore::row(const Uuid& record) {
  const std::string all = dump();
  for (const std::string_view line : split(all, '\n')) {
    if (line.starts_with(record.text())) return std::string(line);
  }
  return {};
}

std::int64_t SeenStore::number(const std::string& query) {
  const auto rows = must(sql().database().run(query, {}));
  const auto* value = std::get_if<std::int64_t>(&rows.front().front());
  return value != nullptr ? *value : 0;
}

}  // namespace kuangxun::tests
