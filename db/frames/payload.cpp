#include "db/frames/payload.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <unordered_map>

#include "db/base/language.h"
#include "db/base/limits.h"
#include "db/frames/archive.h"

namespace kuangxun::frames {
namespace {

using history::Operation;
using history::OperationId;
using records::FieldValue;
using records::Value;

// On disk and on the wire for ever: the alternatives of a value.
enum class ValueTag : std::uint8_t { integer = 1, text = 2, bytes = 3, id = 4 };

template <class Archive, class Container>
void load_blob(Archive& archive, Container& container) {
  auto content = blob(container);
  archive(content);
}

struct WireValue {
  FieldValue& field_value;

  template <class Archive>
  void save(Archive& archive) const {
    archive(field_value.field);
    if (const auto* number = std::get_if<std::int64_t>(&field_value.value)) {
      archive(static_cast<std::uint8_t>(ValueTag::integer), *number);
    } else if (auto* text = std::get_if<std::string>(&field_value.value)) {
      archive(static_cast<std::uint8_t>(ValueTag::text), blob(*text));
    } else if (auto* bytes = std::get_if<Bytes>(&field_value.value)) {
      archive(static_cast<std::uint8_t>(ValueTag::bytes), blob(*bytes));
    } else {
      assert(std::holds_alternative<Uuid>(field_value.value) && "an operation carries no empty values");
      archive(static_cast<std::uint8_t>(ValueTag::id), std::get<Uuid>(field_value.value));
    }
  }

  template <class Archive>
  void load(Archive& archive) {
    std::uint8_t tag = 0;
    archive(field_value.field, tag);
    switch (static_cast<ValueTag>(tag)) {
      case ValueTag::integer:
        archive(field_value.value.emplace<std::int64_t>());
        return;
      case ValueTag::text:
        load_blob(archive, field_value.value.emplace<std::string>());
        return;
      case ValueTag::bytes:
        load_blob(archive, field_value.value.emplace<Bytes>());
        return;
      case ValueTag::id:
        archive(field_value.value.emplace<Uuid>());
        return;
    }
    throw ArchiveError("an unknown kind of value");
  }
};

void write_values(BoundedWriter& archive, const std::vector<FieldValue>& values) {
  archive(static_cast<std::uint32_t>(values.size()));
  for (const FieldValue& value : values) archive(WireValue{const_cast<FieldValue&>(value)});  // save() only reads
}

void read_values(BoundedReader& archive, std::vector<FieldValue>& values) {
  std::uint32_t count = 0;
  archive(count);
  if (count > limits::fields_in_operation_max) throw ArchiveError("too many values in one operation");
  values.resize(count);
  for (std::size_t i = 0; i < values.size(); ++i) {
    WireValue wire{values[i]};
    archive(wire);
    if (i > 0 && values[i].field <= values[i - 1].field) throw ArchiveError("values out of order");
  }
}

struct WriterEntry {
  Uuid device;
  std::uint32_t epoch = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(device, epoch);
  }
};

struct RecordEntry {
  Uuid id;
  records::KindNumber kind = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(id, kind);
  }
};

// What operations name again and again, written once in front of them.
struct Tables {
  std::vector<WriterEntry> writers;  // of bases, other than the frame's own writer
  std::vector<Uuid> persons;
  std::vector<RecordEntry> records;

  template <class Archive>
  void serialize(Archive& archive) {
    auto writer_list = list(writers, limits::frame_operations_max, 17);
    auto person_list = list(persons, limits::frame_operations_max, 16);
    auto record_list = list(records, limits::frame_operations_max, 17);
    archive(writer_list, person_list, record_list);
  }
};

class PayloadEncoder {
 public:
  explicit PayloadEncoder(std::span<const Operation> operations) : operations_(operations) {}

  Bytes encode() {
    for (const Operation& operation : operations_) collect(operation);
    archive_(tables_);
    std::uint64_t previous_wall_ms = 0;
    std::uint64_t previous_record = 0;
    for (const Operation& operation : operations_) {
      // Two's complement wrap-around, as the decoder undoes it.
      const auto wall_ms = static_cast<std::uint64_t>(operation.time.wall_ms);
      archive_(static_cast<std::int64_t>(wall_ms - previous_wall_ms), operation.time.counter);
      previous_wall_ms = wall_ms;
      const std::uint64_t record = record_indexes_.at({operation.record, operation.kind});
      archive_(person_indexes_.at(operation.person), static_cast<std::int64_t>(record - previous_record));
      previous_record = record;
      archive_(operation.group);
      write_bases(operation);
      write_values(archive_, operation.values);
    }
    return archive_.take();
  }

 private:
  template <class Key, class Indexes>
  bool index(Indexes& indexes, const Key& key) {
    return indexes.try_emplace(key, indexes.size()).second;
  }

  void collect(const Operation& operation) {
    if (index(person_indexes_, operation.person)) tables_.persons.push_back(operation.person);
    if (index(record_indexes_, std::pair(operation.record, operation.kind)))
      tables_.records.push_back({operation.record, operation.kind});
    for (const OperationId& base : operation.bases) {
      const WriterEntry entry{base.writer.device, base.writer.epoch};
      if (base.writer == operations_.front().id.writer || writer_index(base.writer) > 0) continue;
      tables_.writers.push_back(entry);
    }
  }

  // 0 is the frame's own writer; 0 also when it is not in the table yet.
  std::uint64_t writer_index(const history::WriterId& writer) const {
    for (std::size_t i = 0; i < tables_.writers.size(); ++i) {
      if (tables_.writers[i].device == writer.device && tables_.writers[i].epoch == writer.epoch) return i + 1;
    }
    return 0;
  }

  void write_bases(const Operation& operation) {
    archive_(static_cast<std::uint32_t>(operation.bases.size()));
    for (const OperationId& base : operation.bases) {
      const std::uint64_t writer = writer_index(base.writer);
      archive_(writer, writer == 0 ? operation.id.sequence - base.sequence : base.sequence);
    }
  }

  std::span<const Operation> operations_;
  BoundedWriter archive_;
  Tables tables_;
  std::unordered_map<Uuid, std::uint64_t, UuidHash> person_indexes_;
  // A record is its id and its kind: one id under two kinds is two records.
  std::map<std::pair<Uuid, records::KindNumber>, std::uint64_t> record_indexes_;
};

class PayloadDecoder {
 public:
  PayloadDecoder(ByteView payload, const history::WriterId& writer) : archive_(payload), writer_(writer) {}

  std::vector<Operation> decode(std::uint64_t first_sequence, std::uint32_t count) {
    archive_(tables_);
    for (const WriterEntry& entry : tables_.writers) {
      // Named like this, an operation could be based on itself or on what comes after it.
      if (history::WriterId{entry.device, entry.epoch} == writer_)
        throw ArchiveError("the frame's own writer as another");
    }
    std::vector<Operation> operations;
    constexpr std::size_t operation_bytes_min = 7;
    if (count > archive_.left() / operation_bytes_min) throw ArchiveError("more operations than bytes");
    operations.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) operations.push_back(read({writer_, first_sequence + i}));
    if (archive_.left() != 0) throw ArchiveError("bytes left over");
    return operations;
  }

 private:
  Operation read(const OperationId& id) {
    Operation operation;
    operation.id = id;
    std::int64_t wall_difference = 0;
    std::uint64_t person = 0;
    std::int64_t record_difference = 0;
    archive_(wall_difference, operation.time.counter, person, record_difference, operation.group);
    if (operation.group > limits::group_number_max) throw ArchiveError("a group beyond its limit");
    // Two's complement wrap-around is fine here: a hostile time is only a wrong time.
    previous_wall_ms_ += static_cast<std::uint64_t>(wall_difference);
    operation.time.wall_ms = static_cast<std::int64_t>(previous_wall_ms_);
    previous_record_ += static_cast<std::uint64_t>(record_difference);
    if (person >= tables_.persons.size() || previous_record_ >= tables_.records.size()) {
      throw ArchiveError("an index beyond its table");
    }
    operation.person = tables_.persons[static_cast<std::size_t>(person)];
    operation.record = tables_.records[static_cast<std::size_t>(previous_record_)].id;
    operation.kind = tables_.records[static_cast<std::size_t>(previous_record_)].kind;
    read_bases(operation);
    read_values(archive_, operation.values);
    return operation;
  }

  void read_bases(Operation& operation) {
    std::uint32_t count = 0;
    archive_(count);
    bases_total_ += count;
    if (count > limits::bases_max || count > archive_.left() / 2 || bases_total_ > limits::frame_bases_max) {
      throw ArchiveError("too many bases");
    }
    operation.bases.resize(count);
    for (std::size_t i = 0; i < operation.bases.size(); ++i) {
      std::uint64_t writer = 0;
      std::uint64_t sequence = 0;
      archive_(writer, sequence);
      OperationId& base = operation.bases[i];
      if (writer == 0) {
        if (sequence == 0 || sequence >= operation.id.sequence)
          throw ArchiveError("a base that is not before its operation");
        base = {writer_, operation.id.sequence - sequence};
      } else {
        if (writer > tables_.writers.size() || sequence == 0 || sequence > limits::sequence_max) {
          throw ArchiveError("a base of an unknown writer or beyond its numbers");
        }
        const WriterEntry& entry = tables_.writers[static_cast<std::size_t>(writer - 1)];
        base = {{entry.device, entry.epoch}, sequence};
      }
      if (i > 0 && base <= operation.bases[i - 1]) throw ArchiveError("bases out of order");
    }
  }

  BoundedReader archive_;
  history::WriterId writer_;
  Tables tables_;
  std::uint64_t previous_wall_ms_ = 0;
  std::uint64_t previous_record_ = 0;
  std::size_t bases_total_ = 0;
};

Error malformed(const std::exception& failure) {
  return Error(ErrorCode::bad_input,
               say_with("数据帧内容无法解读（{0}）", "the frame's content cannot be read ({0})", {failure.what()}));
}

// 0 for what a payload cannot carry at all.
std::size_t bytes_of(const FieldValue& value) {
  if (records::is_empty(value.value)) return 0;
  constexpr std::size_t field_and_tag_and_length = 10;
  std::size_t bytes = 16;
  if (const auto* text = std::get_if<std::string>(&value.value)) bytes = text->size();
  if (const auto* blob = std::get_if<Bytes>(&value.value)) bytes = blob->size();
  return bytes > limits::value_bytes_max ? 0 : bytes + field_and_tag_and_length;
}

bool has_good_bases(const Operation& operation) {
  const auto& bases = operation.bases;
  if (bases.size() > limits::bases_max) return false;
  for (std::size_t i = 0; i < bases.size(); ++i) {
    if (bases[i].sequence == 0 || bases[i].sequence > limits::sequence_max || (i > 0 && bases[i] <= bases[i - 1]) ||
        (bases[i].writer == operation.id.writer && bases[i].sequence >= operation.id.sequence)) {
      return false;
    }
  }
  return true;
}

bool has_good_values(const Operation& operation) {
  const auto& values = operation.values;
  if (values.size() > limits::fields_in_operation_max) return false;
  std::size_t total = operation.bases.size() * 32;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t bytes = bytes_of(values[i]);
    if (bytes == 0 || (i > 0 && values[i].field <= values[i - 1].field)) return false;
    total += bytes;
  }
  return total <= limits::operation_bytes_max;
}

}  // namespace

Status check_encodable(const Operation& operation) {
  const bool is_named = operation.id.sequence > 0 && operation.id.sequence <= limits::sequence_max &&
                        operation.group <= limits::group_number_max;
  if (is_named && has_good_bases(operation) && has_good_values(operation)) return {};
  return Error(ErrorCode::bad_input, say_with("操作 {0} 超出数据帧的限制（值、依据过多或过大）",
                                              "operation {0} is beyond what a frame holds (values or bases too many "
                                              "or too large)",
                                              {operation.id.text()}));
}

Bytes encode_payload(std::span<const Operation> operations) {
  assert(!operations.empty());
  return PayloadEncoder(operations).encode();
}

Result<std::vector<Operation>> decode_payload(ByteView payload, const history::WriterId& writer,
                                              std::uint64_t first_sequence, std::uint32_t count) {
  try {
    return PayloadDecoder(payload, writer).decode(first_sequence, count);
  } catch (const ArchiveError& failure) {
    return malformed(failure);
  }
}

Bytes encode_values(const std::vector<FieldValue>& values) {
  BoundedWriter archive;
  write_values(archive, values);
  return archive.take();
}

Result<std::vector<FieldValue>> decode_values(ByteView bytes) {
  try {
    BoundedReader archive(bytes);
    std::vector<FieldValue> values;
    read_values(archive, values);
    if (archive.left() != 0) throw ArchiveError("bytes left over");
    return values;
  } catch (const ArchiveError& failure) {
    return malformed(failure);
  }
}

}  // namespace kuangxun::frames
