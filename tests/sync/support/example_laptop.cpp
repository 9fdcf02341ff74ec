#include "tests/sync/support/example_laptop.h"

#include <algorithm>

#include "db/records/geometry.h"
#include "db/records/track_block.h"

namespace kuangxun::tests {
namespace {

std::uint64_t random_number(Random& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

std::int64_t number_between(Random& random, std::int64_t minimum, std::int64_t maximum) {
  const auto span = static_cast<std::uint64_t>(maximum - minimum) + 1;
  return minimum + static_cast<std::int64_t>(random_number(random) % span);
}

Bytes example_outline(Random& random) {
  const std::int64_t latitude = number_between(random, 42'500'000'000, 43'000'000'000);
  const std::int64_t longitude = number_between(random, 81'500'000'000, 82'000'000'000);
  constexpr std::int64_t side = 1'000'000;
  records::Polygon polygon;
  polygon.rings = {{{latitude, longitude}, {latitude, longitude + side}, {latitude + side, longitude + side}}};
  return records::encode_polygon(polygon);
}

}  // namespace

ExampleLaptop::ExampleLaptop(Clock& clock, Random& random, std::string name)
    : clock_(clock),
      writer_{make_uuid(clock, random), 1},
      key_(SigningKey::generate(random)),
      name_(std::move(name)),
      person_(make_uuid(clock, random)) {}

std::vector<history::OperationId> ExampleLaptop::heads(const Uuid& record, records::GroupNumber group) const {
  std::vector<history::OperationId> heads;
  const auto groups = known_.find(record);
  if (groups == known_.end() || !groups->second.contains(group)) return heads;
  const auto& operations = groups->second.at(group);
  std::set<history::OperationId> superseded;
  for (const auto& [id, operation] : operations) superseded.insert(operation.bases.begin(), operation.bases.end());
  for (const auto& [id, operation] : operations) {
    if (!superseded.contains(id)) heads.push_back(id);
  }
  return heads;
}

void ExampleLaptop::know(const history::Operation& operation) {
  known_[operation.record][operation.group].insert_or_assign(operation.id, operation);
}

history::Operation ExampleLaptop::edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group,
                                       std::vector<records::FieldValue> values) {
  history::Operation operation;
  operation.id = {writer_, written_.size() + 1};
  operation.time = {clock_.now_ms(), ++counter_};
  operation.person = person_;
  operation.record = record;
  operation.kind = kind;
  operation.group = group;
  operation.bases = heads(record, group);
  operation.values = std::move(values);
  written_.push_back(operation);
  know(operation);
  return operation;
}

void ExampleLaptop::enter(const records::Record& record) {
  for (const records::GroupNumber group : record.kind().groups) {
    std::vector<records::FieldValue> values;
    for (const records::FieldDescription* field : record.kind().fields_of(group)) {
      if (records::has_value(record.value(*field))) values.push_back({field->number, record.value(*field)});
    }
    if (!values.empty()) edit(record.id(), record.kind().number, group, std::move(values));
  }
}

history::Operation ExampleLaptop::set_voided(const Uuid& record, records::KindNumber kind, bool voided,
                                             const std::string& reason) {
  history::Operation operation =
      edit(record, kind, records::existence_group, history::existence_values(voided, reason));
  if (!voided) return operation;
  for (const auto& [group, ids] : known_[record]) {
    if (group == records::existence_group) continue;
    const auto seen = heads(record, group);
    operation.bases.insert(operation.bases.end(), seen.begin(), seen.end());
  }
  std::ranges::sort(operation.bases);
  written_.back() = operation;
  know(operation);
  return operation;
}

Bytes ExampleLaptop::seal() {
  if (sealed_ == written_.size()) return {};
  const std::span<const history::Operation> fresh(written_.data() + sealed_, written_.size() - sealed_);
  const frames::Frame frame = frames::seal_frame(fresh, previous_, Hash{}, key_);
  sealed_ = written_.size();
  previous_ = frame.hash();
  frames_.push_back(frame.bytes);
  return frame.bytes;
}

ExampleLaptop ExampleLaptop::renewed(Random& random) const {
  ExampleLaptop next(clock_, {writer_.device, writer_.epoch + 1}, SigningKey::generate(random), name_);
  next.person_ = person_;
  next.counter_ = counter_;
  next.known_ = known_;
  return next;
}

ExampleLaptop ExampleLaptop::clone() const {
  auto key = SigningKey::from_seed(key_.seed());
  ExampleLaptop copy(clock_, writer_, std::move(key).value(), name_);
  copy.person_ = person_;
  copy.written_ = written_;
  copy.sealed_ = sealed_;
  copy.frames_ = frames_;
  copy.previous_ = previous_;
  copy.known_ = known_;
  return copy;
}

void ExampleLaptop::replace_last_frame(const Bytes& bytes) {
  frames_.back() = bytes;
  previous_ = sha256(ByteView(bytes).first(208));
}

void ExampleLaptop::see(const std::vector<history::Operation>& operations) {
  for (const history::Operation& operation : operations) know(operation);
}

records::Value example_value(const records::FieldDescription& field, Random& random) {
  using records::FieldType;
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text: {
      static const std::vector<std::string> texts = {"示例：采场北侧", "example 'quoted' \"text\"", "多行\n第二行",
                                                     "𠮷 ئۇيغۇر"};
      return texts[random_number(random) % texts.size()];
    }
    case FieldType::integer:
    case FieldType::decimal:
      return number_between(random, field.is_ranged() ? field.minimum : 0, field.is_ranged() ? field.maximum : 1000);
    case FieldType::boolean:
      return number_between(random, 0, 1);
    case FieldType::enumeration:
      return field.enumeration->options[random_number(random) % field.enumeration->options.size()].number;
    case FieldType::day:
      return number_between(random, -26'000, 85'000);
    case FieldType::instant:
      return number_between(random, -2'250'000'000'000, 7'300'000'000'000);
    case FieldType::reference: {
      Uuid id;
      random.fill(id.bytes);
      return id;
    }
    case FieldType::hash: {
      Bytes bytes(32);
      random.fill(bytes);
      return bytes;
    }
    case FieldType::geometry:
      return example_outline(random);
    case FieldType::track_points:
      return records::encode_track_block(std::vector<records::TrackPoint>(1 + random_number(random) % 60), 0);
  }
  return {};
}

records::Record example_record(const records::KindDescription& kind, Clock& clock, Random& random) {
  records::Record record(make_uuid(clock, random), kind);
  for (const records::FieldDescription& field : kind.fields) record.set_value(field, example_value(field, random));
  return record;
}

Bytes with_payload(const Bytes& frame, const Bytes& payload, const SigningKey& key) {
  // Offsets as db/frames/FORMAT.md lists them.
  constexpr std::size_t codec_at = 6, sizes_at = 40, hash_at = 80, signature_at = 144, payload_at = 208;
  Bytes forged(frame.begin(), frame.begin() + payload_at);
  forged[codec_at] = 0;
  for (const std::size_t at : {sizes_at, sizes_at + 4}) {
    for (std::size_t i = 0; i < 4; ++i) forged[at + i] = static_cast<std::uint8_t>(payload.size() >> (8 * i));
  }
  std::ranges::copy(sha256(payload).bytes, forged.begin() + hash_at);
  const Signature signature = key.sign(ByteView(forged).first(signature_at));
  std::ranges::copy(signature.bytes, forged.begin() + signature_at);
  forged.insert(forged.end(), payload.begin(), payload.end());
  return forged;
}

}  // namespace kuangxun::tests
