#include "db/frames/payload.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <unordered_map>

#include "db/base/limits.h"
#include "db/frames/archive.h"
#include "db/language/language.h"

// There is one way to write an operation: numbers in their shortest form, values and bases ascending, nothing said that
// is the same as before. A person's signature is over an operation that was taken apart and is written again to check
// it (person_signed_bytes), in the bytes that they signed; so a reader refuses every other spelling.
namespace kuangxun::frames {
namespace {

using history::Operation;
using history::OperationId;
using records::FieldValue;
using records::Value;

// On disk and on the wire for ever: the alternatives of a value, and the bits that an operation begins with.
enum class ValueTag : std::uint8_t { integer = 1, text = 2, bytes = 3, id = 4 };
constexpr std::uint64_t tag_bits = 3;
constexpr std::uint64_t tag_mask = 7;

constexpr std::uint64_t counter_bit = 1;
constexpr std::uint64_t person_bit = 2;
constexpr std::uint64_t record_bit = 4;
constexpr std::uint64_t signed_bit = 8;
constexpr std::uint64_t base_count_shift = 4;
constexpr std::uint64_t base_count_mask = 3;
constexpr std::uint64_t many_bases = 3;  // their count follows
constexpr std::uint64_t value_count_shift = 6;

template <class Archive, class Container>
void load_blob(Archive& archive, Container& container) {
  auto content = blob(container);
  archive(content);
}

ValueTag tag_of(const Value& value) {
  if (std::holds_alternative<std::int64_t>(value)) return ValueTag::integer;
  if (std::holds_alternative<std::string>(value)) return ValueTag::text;
  if (std::holds_alternative<Bytes>(value)) return ValueTag::bytes;
  if (std::holds_alternative<Uuid>(value)) return ValueTag::id;
  assert(std::holds_alternative<records::OpaqueValue>(value) && "an operation carries no empty values");
  return static_cast<ValueTag>(std::get<records::OpaqueValue>(value).tag);
}

struct WireValue {
  FieldValue& field_value;

  template <class Archive>
  void save(Archive& archive) const {
    Value& value = field_value.value;
    archive((static_cast<std::uint64_t>(field_value.field) << tag_bits) | static_cast<std::uint64_t>(tag_of(value)));
    if (const auto* number = std::get_if<std::int64_t>(&value)) archive(*number);
    if (auto* text = std::get_if<std::string>(&value)) archive(blob(*text));
    if (auto* bytes = std::get_if<Bytes>(&value)) archive(blob(*bytes));
    if (const auto* id = std::get_if<Uuid>(&value)) archive(*id);
    if (auto* opaque = std::get_if<records::OpaqueValue>(&value)) archive(blob(opaque->bytes));
  }

  template <class Archive>
  void load(Archive& archive) {
    std::uint64_t key = 0;
    archive(key);
    field_value.field = static_cast<records::FieldNumber>(key >> tag_bits);
    if (field_value.field != key >> tag_bits) throw ArchiveError("a field number beyond 16 bits");
    const std::uint64_t tag = key & tag_mask;
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
    if (tag == 0) throw ArchiveError("a value without a kind");
    auto& opaque = field_value.value.emplace<records::OpaqueValue>();
    opaque.tag = static_cast<std::uint32_t>(tag);
    load_blob(archive, opaque.bytes);
  }
};

void write_values(BoundedWriter& archive, const std::vector<FieldValue>& values) {
  for (const FieldValue& value : values) archive(WireValue{const_cast<FieldValue&>(value)});  // save() only reads
}

void read_values(BoundedReader& archive, std::vector<FieldValue>& values, std::uint64_t count) {
  if (count > limits::fields_in_operation_max) throw ArchiveError("too many values in one operation");
  values.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) {
    WireValue wire{values[i]};
    archive(wire);
    if (i > 0 && values[i].field <= values[i - 1].field) throw ArchiveError("values out of order");
  }
}

void write_signature(BoundedWriter& archive, const std::optional<Signature>& signature) {
  if (signature.has_value()) archive.write_bytes(signature->bytes.data(), signature->bytes.size());
}

void read_signature(BoundedReader& archive, std::optional<Signature>& signature) {
  const ByteView bytes = archive.read_bytes(64);
  std::ranges::copy(bytes, signature.emplace().bytes.begin());
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
    for (const Operation& operation : operations_) write(operation);
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

  void write(const Operation& operation) {
    const std::uint64_t person = person_indexes_.at(operation.person);
    const std::uint64_t record = record_indexes_.at({operation.record, operation.kind});
    const std::uint64_t base_count = std::min<std::uint64_t>(operation.bases.size(), many_bases);
    archive_.write_unsigned(
        (operation.time.counter != 0 ? counter_bit : 0) | (person != previous_person_ ? person_bit : 0) |
        (record != previous_record_ ? record_bit : 0) | (operation.person_signature.has_value() ? signed_bit : 0) |
        (base_count << base_count_shift) | (operation.values.size() << value_count_shift));
    // Two's complement wrap-around, as the decoder undoes it.
    const auto wall_ms = static_cast<std::uint64_t>(operation.time.wall_ms);
    archive_(static_cast<std::int64_t>(wall_ms - previous_wall_ms_));
    if (operation.time.counter != 0) archive_(operation.time.counter);
    if (person != previous_person_) archive_(person);
    if (record != previous_record_) archive_(static_cast<std::int64_t>(record - previous_record_));
    archive_(operation.group);
    if (base_count == many_bases) archive_(static_cast<std::uint64_t>(operation.bases.size()));
    write_bases(operation);
    write_values(archive_, operation.values);
    write_signature(archive_, operation.person_signature);
    previous_wall_ms_ = wall_ms;
    previous_person_ = person;
    previous_record_ = record;
  }

  void write_bases(const Operation& operation) {
    for (const OperationId& base : operation.bases) {
      const std::uint64_t writer = writer_index(base.writer);
      if (writer == 0) {
        archive_((operation.id.sequence - base.sequence) << 1);
      } else {
        archive_(((writer - 1) << 1) | 1, base.sequence);
      }
    }
  }

  std::span<const Operation> operations_;
  BoundedWriter archive_;
  Tables tables_;
  std::unordered_map<Uuid, std::uint64_t, UuidHash> person_indexes_;
  // A record is its id and its kind: one id under two kinds is two records.
  std::map<std::pair<Uuid, records::KindNumber>, std::uint64_t> record_indexes_;
  std::uint64_t previous_wall_ms_ = 0;
  std::uint64_t previous_person_ = 0;
  std::uint64_t previous_record_ = 0;
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
    constexpr std::size_t operation_bytes_min = 3;
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
    const std::uint64_t head = archive_.read_unsigned();
    std::int64_t wall_difference = 0;
    archive_(wall_difference);
    // Two's complement wrap-around is fine here: a hostile time is only a wrong time.
    previous_wall_ms_ += static_cast<std::uint64_t>(wall_difference);
    operation.time.wall_ms = static_cast<std::int64_t>(previous_wall_ms_);
    if ((head & counter_bit) != 0) archive_(operation.time.counter);
    if ((head & counter_bit) != 0 && operation.time.counter == 0) throw ArchiveError("a counter of nothing");
    read_person_and_record(head);
    operation.person = tables_.persons[static_cast<std::size_t>(previous_person_)];
    operation.record = tables_.records[static_cast<std::size_t>(previous_record_)].id;
    operation.kind = tables_.records[static_cast<std::size_t>(previous_record_)].kind;
    archive_(operation.group);
    if (operation.group > limits::group_number_max) throw ArchiveError("a group beyond its limit");
    std::uint64_t base_count = (head >> base_count_shift) & base_count_mask;
    if (base_count == many_bases) {
      archive_(base_count);
      if (base_count < many_bases) throw ArchiveError("a number that is not written in its shortest form");
    }
    read_bases(operation, base_count);
    read_values(archive_, operation.values, head >> value_count_shift);
    if ((head & signed_bit) != 0) read_signature(archive_, operation.person_signature);
    return operation;
  }

  void read_person_and_record(std::uint64_t head) {
    if ((head & person_bit) != 0) {
      const std::uint64_t before = previous_person_;
      archive_(previous_person_);
      if (previous_person_ == before) throw ArchiveError("the same person named again");
    }
    if ((head & record_bit) != 0) {
      std::int64_t difference = 0;
      archive_(difference);
      if (difference == 0) throw ArchiveError("the same record named again");
      previous_record_ += static_cast<std::uint64_t>(difference);
    }
    if (previous_person_ >= tables_.persons.size() || previous_record_ >= tables_.records.size()) {
      throw ArchiveError("an index beyond its table");
    }
  }

  void read_bases(Operation& operation, std::uint64_t count) {
    if (count > limits::bases_max || count > archive_.left()) throw ArchiveError("too many bases");
    bases_total_ += static_cast<std::size_t>(count);
    if (bases_total_ > limits::frame_bases_max) throw ArchiveError("too many bases in one frame");
    operation.bases.resize(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < operation.bases.size(); ++i) {
      operation.bases[i] = read_base(operation.id.sequence);
      if (i > 0 && operation.bases[i] <= operation.bases[i - 1]) throw ArchiveError("bases out of order");
    }
  }

  OperationId read_base(std::uint64_t own_sequence) {
    const std::uint64_t key = archive_.read_unsigned();
    if ((key & 1) == 0) {
      const std::uint64_t distance = key >> 1;
      if (distance == 0 || distance >= own_sequence) throw ArchiveError("a base that is not before its operation");
      return {writer_, own_sequence - distance};
    }
    const std::uint64_t sequence = archive_.read_unsigned();
    if (key >> 1 >= tables_.writers.size() || sequence == 0 || sequence > limits::sequence_max) {
      throw ArchiveError("a base of an unknown writer or beyond its numbers");
    }
    const WriterEntry& entry = tables_.writers[static_cast<std::size_t>(key >> 1)];
    return {{entry.device, entry.epoch}, sequence};
  }

  BoundedReader archive_;
  history::WriterId writer_;
  Tables tables_;
  std::uint64_t previous_wall_ms_ = 0;
  std::uint64_t previous_person_ = 0;
  std::uint64_t previous_record_ = 0;
  std::size_t bases_total_ = 0;
};

Error malformed(const std::exception& failure) {
  return Error(ErrorCode::bad_input, phrase("the frame's content cannot be read ({0})", {failure.what()}));
}

// 0 for what a payload cannot carry at all.
std::size_t bytes_of(const FieldValue& value) {
  if (records::is_empty(value.value)) return 0;
  constexpr std::size_t field_and_tag_and_length = 10;
  std::size_t bytes = 16;
  if (const auto* text = std::get_if<std::string>(&value.value)) bytes = text->size();
  if (const auto* blob = std::get_if<Bytes>(&value.value)) bytes = blob->size();
  if (const auto* opaque = std::get_if<records::OpaqueValue>(&value.value)) {
    if (opaque->tag <= static_cast<std::uint32_t>(ValueTag::id) || opaque->tag > tag_mask) return 0;
    bytes = opaque->bytes.size();
  }
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
  return Error(ErrorCode::bad_input, phrase("operation {0} is beyond what a frame holds (values or bases too many "
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

Bytes encode_content(const Operation& operation) {
  BoundedWriter archive;
  archive.write_unsigned((operation.values.size() << 1) | (operation.person_signature.has_value() ? 1 : 0));
  write_values(archive, operation.values);
  write_signature(archive, operation.person_signature);
  return archive.take();
}

Status decode_content(ByteView bytes, Operation& operation) {
  try {
    BoundedReader archive(bytes);
    const std::uint64_t head = archive.read_unsigned();
    read_values(archive, operation.values, head >> 1);
    if ((head & 1) != 0) read_signature(archive, operation.person_signature);
    if (archive.left() != 0) throw ArchiveError("bytes left over");
    return {};
  } catch (const ArchiveError& failure) {
    return malformed(failure);
  }
}

Bytes person_signed_bytes(const Operation& operation) {
  Operation bare = operation;
  bare.person_signature.reset();
  constexpr std::string_view purpose = "kuangxun person operation";
  BoundedWriter archive;
  archive.write_bytes(purpose.data(), purpose.size());
  archive(operation.id.writer.device, operation.id.writer.epoch, operation.id.sequence);
  const Bytes payload = encode_payload({&bare, 1});
  archive.write_bytes(payload.data(), payload.size());
  return archive.take();
}

}  // namespace kuangxun::frames
