#include <algorithm>
#include <cassert>

#include "db/history/visibility.h"
#include "tests/support/memory_county/memory_county_store.h"

// The half of the memory county that shows what was merged, and the photos.
namespace kuangxun::tests {
using history::OperationId;
using ports::RecordKey;
using ports::Work;

namespace {

RecordKey key_of(const tables::TypedRow& row) {
  return {std::get<Uuid>(row.values[1]), row.table->kind->number};
}

bool is_disputed(const tables::TypedRow& row) {
  const auto& columns = row.table->columns;
  const auto column = std::ranges::find(columns, "disputed_fields", &tables::Column::name);
  assert(column != columns.end());
  return records::has_value(row.values[static_cast<std::size_t>(column - columns.begin())]);
}

}  // namespace

Status MemoryCountyStore::add_operations(std::span<const ports::OperationEntry> entries) {
  for (const ports::OperationEntry& entry : entries) {
    KX_CHECK(write(Work::store));
    const bool is_new = content_.places[entry.record].insert(entry.place).second;
    assert(is_new && "an operation is indexed once");
    content_.operation_count += is_new ? 1 : 0;
    content_.indexed.insert(entry.place.county_sequence);
  }
  return {};
}

Result<bool> MemoryCountyStore::is_indexed(std::uint64_t county_sequence) {
  return content_.indexed.contains(county_sequence);
}

Result<std::vector<ports::OperationPlace>> MemoryCountyStore::places_of(const std::set<RecordKey>& records) {
  std::set<ports::OperationPlace> all;
  for (const RecordKey& record : records) {
    const auto found = content_.places.find(record);
    if (found != content_.places.end()) all.insert(found->second.begin(), found->second.end());
  }
  return std::vector(all.begin(), all.end());
}

Result<std::vector<history::Operation>> MemoryCountyStore::heads_of(const std::set<RecordKey>& records) {
  std::vector<history::Operation> heads;
  for (const RecordKey& record : records) {
    const auto found = content_.heads.find(record);
    if (found == content_.heads.end()) continue;
    for (const auto& [name, operation] : found->second) heads.push_back(*operation);
  }
  return heads;
}

Result<std::vector<history::Operation>> MemoryCountyStore::registry_heads() {
  std::vector<history::Operation> heads;
  for (const auto& [record, of_record] : content_.heads) {
    if (!history::is_county_only(record.kind)) continue;
    for (const auto& [name, operation] : of_record) heads.push_back(*operation);
  }
  return heads;
}

Status MemoryCountyStore::remove_heads(std::span<const ports::HeadKey> heads) {
  for (const ports::HeadKey& head : heads) {
    KX_CHECK(write(Work::apply));
    content_.heads[head.record].erase({head.group, head.id});
  }
  return {};
}

Status MemoryCountyStore::add_heads(std::span<const history::Operation> heads) {
  for (const history::Operation& head : heads) {
    KX_CHECK(write(Work::apply));
    const bool is_new = content_.heads[{head.record, head.kind}]
                            .emplace(std::pair(head.group, head.id), std::make_shared<const history::Operation>(head))
                            .second;
    assert(is_new && "a head is added once");
    static_cast<void>(is_new);
  }
  return {};
}

Status MemoryCountyStore::park(std::span<const ports::ParkedOperation> parked) {
  for (const ports::ParkedOperation& operation : parked) {
    KX_CHECK(write(Work::apply));
    content_.parked[operation.id] = operation.missing;
  }
  return {};
}

Status MemoryCountyStore::unpark(const std::set<OperationId>& ids) {
  for (const OperationId& id : ids) {
    KX_CHECK(write(Work::apply));
    content_.parked.erase(id);
  }
  return {};
}

Result<std::set<OperationId>> MemoryCountyStore::parked_among(const std::set<OperationId>& ids) {
  std::set<OperationId> found;
  for (const OperationId& id : ids) {
    if (content_.parked.contains(id)) found.insert(id);
  }
  return found;
}

Result<std::set<OperationId>> MemoryCountyStore::parked_on(const history::WriterRanges& bases) {
  std::set<OperationId> found;
  const auto is_in = [&](const OperationId& base) {
    const auto ranges = bases.find(base.writer);
    return ranges != bases.end() && std::ranges::any_of(ranges->second, [&](const history::SequenceRange& range) {
             return range.first <= base.sequence && base.sequence <= range.last;
           });
  };
  for (const auto& [id, missing] : content_.parked) {
    if (std::ranges::any_of(missing, is_in)) found.insert(id);
  }
  return found;
}

Result<std::optional<std::uint64_t>> MemoryCountyStore::first_parked(const history::WriterId& writer) {
  const auto found = content_.parked.lower_bound({writer, 0});
  if (found == content_.parked.end() || found->first.writer != writer) return std::optional<std::uint64_t>();
  return std::optional(found->first.sequence);
}

Result<std::vector<ports::AwaitedChain>> MemoryCountyStore::awaited_chains() {
  std::map<history::WriterId, ports::AwaitedChain> awaited;
  for (const auto& [id, missing] : content_.parked) {
    KX_TRY(frames, frames_of(id.writer, id.sequence, id.sequence, 1));
    std::set<history::WriterId> counted;
    for (const OperationId& base : missing) {
      KX_TRY(chains_of_base, chains({&base.writer, 1}));
      if (base.sequence <= chains_of_base.front().stored_through) continue;
      auto& chain =
          awaited.try_emplace(base.writer, base.writer, base.sequence, 0, frames.front().received_at_ms).first->second;
      chain.first_sequence = std::min(chain.first_sequence, base.sequence);
      chain.since_ms = std::min(chain.since_ms, frames.front().received_at_ms);
      chain.waiting += counted.insert(base.writer).second ? 1 : 0;
    }
  }
  std::vector<ports::AwaitedChain> ascending;
  for (const auto& [writer, chain] : awaited) ascending.push_back(chain);
  return ascending;
}

Status MemoryCountyStore::add_rows(std::span<const tables::TypedRow> rows) {
  for (const tables::TypedRow& row : rows) {
    KX_CHECK(write(Work::apply));
    const bool is_new = content_.rows.emplace(key_of(row), std::make_shared<const tables::TypedRow>(row)).second;
    assert(is_new && "the row is not there yet");
    static_cast<void>(is_new);
  }
  return {};
}

Status MemoryCountyStore::replace_rows(std::span<const tables::TypedRow> rows) {
  for (const tables::TypedRow& row : rows) {
    KX_CHECK(write(Work::apply));
    content_.rows[key_of(row)] = std::make_shared<const tables::TypedRow>(row);
  }
  return {};
}

Status MemoryCountyStore::remove_rows(const std::set<RecordKey>& records) {
  for (const RecordKey& record : records) {
    KX_CHECK(write(Work::apply));
    content_.rows.erase(record);
  }
  return {};
}

Result<wire::ChunkMap> MemoryCountyStore::chunk_map(const wire::AttachmentName& name) {
  wire::ChunkMap map;
  const auto found = content_.attachments.find(name.hash);
  if (found == content_.attachments.end()) return map;
  map.is_whole = found->second.is_whole;
  if (map.is_whole) return map;
  map.bits.resize((name.chunk_count() + 7) / 8);
  for (const auto& [index, bytes] : found->second.chunks) {
    if (index >= name.chunk_count()) continue;
    if (bytes.size() == name.chunk_size_bytes(index)) {
      map.bits[index / 8] = static_cast<std::uint8_t>(map.bits[index / 8] | 1U << index % 8);
    } else {
      map.partial_index = index;
      map.partial_bytes = static_cast<std::uint32_t>(bytes.size());
    }
  }
  return map;
}

Result<Bytes> MemoryCountyStore::chunk(const Hash& file, std::uint32_t index) {
  const auto found = content_.attachments.find(file);
  if (found == content_.attachments.end() || !found->second.chunks.contains(index)) return Bytes();
  return found->second.chunks.at(index);
}

Status MemoryCountyStore::set_chunk(const wire::AttachmentName& name, std::uint32_t index, ByteView bytes) {
  KX_CHECK(write(Work::store));
  CountyContent::Attachment& attachment = content_.attachments[name.hash];
  attachment.size_bytes = name.size_bytes;
  attachment.chunks[index].assign(bytes.begin(), bytes.end());
  return {};
}

Status MemoryCountyStore::set_whole(const wire::AttachmentName& name) {
  KX_CHECK(write(Work::store));
  CountyContent::Attachment& attachment = content_.attachments[name.hash];
  attachment.size_bytes = name.size_bytes;
  attachment.is_whole = true;
  return {};
}

Status MemoryCountyStore::drop_chunks(const Hash& file) {
  KX_CHECK(write(Work::store));
  content_.attachments.erase(file);
  return {};
}

Result<std::optional<std::uint64_t>> MemoryCountyStore::whole_size_bytes(const Hash& file) {
  const auto found = content_.attachments.find(file);
  if (found == content_.attachments.end() || !found->second.is_whole) return std::optional<std::uint64_t>();
  return std::optional(found->second.size_bytes);
}

Result<ports::CountyCounts> MemoryCountyStore::counts() {
  ports::CountyCounts counts;
  counts.frames = content_.frames.size();
  counts.operations = content_.operation_count;
  counts.parked = content_.parked.size();
  counts.forks = content_.forks.size();
  for (const auto& [hash, attachment] : content_.attachments) {
    (attachment.is_whole ? counts.attachments_whole : counts.attachments_partial) += 1;
  }
  for (const auto& [record, row] : content_.rows) {
    ++counts.records[std::string(row->table->kind->name)];
    counts.disputed_records += is_disputed(*row) ? 1 : 0;
  }
  const std::uint64_t applied = content_.state.has_value() ? content_.state->applied_sequence : 0;
  if (applied < content_.frames.size()) counts.oldest_unapplied_ms = content_.frames[applied]->received_at_ms;
  return counts;
}

}  // namespace kuangxun::tests
