#include "tests/fuzz/story.h"

#include <algorithm>
#include <array>
#include <set>

#include "db/frames/payload.h"
#include "db/records/describe.h"
#include "db/records/geometry.h"
#include "db/records/kinds.h"
#include "db/records/track_block.h"
#include "tests/fuzz/mutate.h"

namespace kuangxun::fuzz {
namespace {

using history::Operation;
using history::OperationId;

constexpr std::size_t frames_max = 12;
constexpr std::size_t operations_max = 8;
constexpr std::int64_t story_time_ms = 1'777'593'600'000;

Uuid numbered(std::uint8_t family, std::size_t number, Edition edition) {
  Uuid id;
  id.bytes.fill(family);
  for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(edition >> (8 * i));
  id.bytes[6] = 0x40;
  id.bytes[8] = 0x80;
  id.bytes[15] = static_cast<std::uint8_t>(number);
  return id;
}

// A value that fits the field, as a sound laptop writes it.
records::Value sound_value(const records::FieldDescription& field, Edition edition, Input& input) {
  using records::FieldType;
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
      return std::string("示例") + static_cast<char>('a' + input.below(3));
    case FieldType::reference:
      return story_record(input.below(story_records), edition);
    case FieldType::hash:
      return Bytes(32, input.byte());
    case FieldType::track_points:
      return records::encode_track_block(std::vector<records::TrackPoint>(2), 0);
    case FieldType::geometry: {
      records::Polygon polygon;
      polygon.rings = {{{0, 0}, {0, 1000}, {1000, 1000}}};
      return records::encode_polygon(polygon);
    }
    case FieldType::enumeration:
      return field.enumeration->options[input.below(field.enumeration->options.size())].number;
    case FieldType::boolean:
      return std::int64_t{input.byte() % 2};
    default:
      return field.minimum + std::int64_t{input.byte() % 4};
  }
}

// Anything else.
records::Value hostile_value(Edition edition, Input& input) {
  constexpr std::array<std::int64_t, 6> edges = {0, 1, -1, INT64_MIN, INT64_MAX, 1LL << 40};
  switch (input.below(6)) {
    case 0:
      return edges[input.below(edges.size())];
    case 1:
      return std::string("\0\xff\xfe", 3);
    case 2:
      return story_record(input.below(8), edition);
    case 3:
      return records::OpaqueValue{static_cast<std::uint32_t>(5 + input.below(3)), Bytes(2, input.byte())};
    case 4: {
      const ByteView taken = input.take(input.below(40));
      return std::string(taken.begin(), taken.end());
    }
    default: {
      const ByteView taken = input.take(input.below(40));
      return Bytes(taken.begin(), taken.end());
    }
  }
}

void tell_content(Operation& operation, Edition edition, Input& input) {
  const auto& all = records::all_kinds();
  // Two kinds are told again and again, so that operations meet; any other comes now and then.
  const std::size_t which = input.below(16);
  const records::KindNumber usual = which % 2 == 0 ? records::kinds::visit : records::kinds::restoration_status;
  const records::KindDescription& kind = which < 14 ? records::kind_of(usual) : all[input.below(all.size())];
  operation.kind = kind.number;
  const std::uint8_t group = input.byte();
  operation.group = group < 64 ? records::existence_group : kind.groups[group % kind.groups.size()];
  if (operation.group == records::existence_group) {
    operation.values = history::existence_values(group % 2 == 0, group < 8 ? std::string() : "示例");
    return;
  }
  for (const records::FieldDescription* field : kind.fields_of(operation.group)) {
    const std::uint8_t how = input.byte();
    if (how < 40) continue;
    operation.values.push_back(
        {field->number, how < 200 ? sound_value(*field, edition, input) : hostile_value(edition, input)});
  }
  if (group == 255) operation.kind = static_cast<records::KindNumber>(input.number<std::uint16_t>());
  if (group == 254) operation.group = static_cast<records::GroupNumber>(input.number<std::uint16_t>() % 1024);
}

void tell_bases(Operation& operation, Edition edition, Input& input) {
  std::set<OperationId> bases;
  for (std::size_t left = input.below(4); left > 0; --left) {
    const history::WriterId writer = story_writer(input.below(story_laptops + 1), edition);
    const std::uint64_t sequence = 1 + input.below(16);
    const bool is_own = writer == operation.id.writer;
    if (!is_own || sequence < operation.id.sequence) bases.insert({writer, sequence});
  }
  operation.bases.assign(bases.begin(), bases.end());
}

std::vector<Operation> tell_operations(const OperationId& first, std::size_t count, Edition edition, Input& input) {
  std::vector<Operation> operations;
  for (std::size_t i = 0; i < count; ++i) {
    Operation operation;
    operation.id = {first.writer, first.sequence + i};
    const std::uint8_t when = input.byte();
    operation.time = {when == 255 ? INT64_MAX : story_time_ms + when, 0};
    operation.person = numbered(0x20, when % 2, edition);
    operation.record = story_record(input.below(story_records), edition);
    tell_content(operation, edition, input);
    tell_bases(operation, edition, input);
    if (when > 240) operation.person_signature.emplace().bytes.fill(when);
    if (!frames::check_encodable(operation).ok()) operation.values.clear();
    operations.push_back(std::move(operation));
  }
  return operations;
}

// Lengths and hash that fit another payload, and the signature when it is wanted.
void put_payload(Bytes& frame, ByteView payload, const SigningKey* key) {
  constexpr std::size_t codec_at = 6, signature_at = 144, payload_at = 208;
  frame.resize(payload_at);
  frame[codec_at] = 0;
  frame.insert(frame.end(), payload.begin(), payload.end());
  mend_frame(frame);
  std::fill_n(frame.begin() + signature_at, 64, std::uint8_t{0});
  if (key == nullptr) return;
  std::ranges::copy(key->sign(ByteView(frame).first(signature_at)).bytes, frame.begin() + signature_at);
}

// The header of a frame, written by hand: seal_frame would sign, which is most of what a short frame costs.
Bytes frame_of(const OperationId& first, std::size_t count, const Hash& previous, ByteView payload,
               const SigningKey* key) {
  constexpr std::size_t suite_at = 5, device_at = 8, epoch_at = 24, first_at = 28, count_at = 36, previous_at = 48;
  Bytes frame(208);
  frame[suite_at] = 1;
  std::ranges::copy(first.writer.device.bytes, frame.begin() + device_at);
  for (std::size_t i = 0; i < 4; ++i) frame[epoch_at + i] = static_cast<std::uint8_t>(first.writer.epoch >> (8 * i));
  for (std::size_t i = 0; i < 8; ++i) frame[first_at + i] = static_cast<std::uint8_t>(first.sequence >> (8 * i));
  for (std::size_t i = 0; i < 4; ++i) frame[count_at + i] = static_cast<std::uint8_t>(count >> (8 * i));
  std::ranges::copy(previous.bytes, frame.begin() + previous_at);
  put_payload(frame, payload, key);
  return frame;
}

SigningKey key_of(std::uint8_t seed) {
  return std::move(SigningKey::from_seed(Bytes(32, seed))).value();
}

}  // namespace

history::WriterId story_writer(std::size_t laptop, Edition edition) {
  return {numbered(0x10, laptop, edition), 1};
}

Uuid story_record(std::size_t number, Edition edition) {
  return numbered(0x30, number, edition);
}

const SigningKey& story_key(std::size_t laptop) {
  static const std::array<SigningKey, story_laptops> keys = {key_of(40), key_of(41), key_of(42)};
  return keys[laptop];
}

history::WriterId late_writer(Edition edition) {
  return {numbered(0x11, 0, edition), 1};
}

const SigningKey& late_key() {
  static const SigningKey key = key_of(43);
  return key;
}

std::vector<StoryFrame> tell_story(Input input, Edition edition, bool with_signatures) {
  std::array<std::uint64_t, story_laptops> next{};
  std::array<Hash, story_laptops> previous;
  next.fill(1);
  std::vector<StoryFrame> story;
  while (!input.is_empty() && story.size() < frames_max) {
    const std::uint8_t how = input.byte();
    const std::size_t laptop = how % story_laptops;
    const std::size_t count = 1 + (how >> 2) % operations_max;
    Bytes payload;
    const OperationId first{story_writer(laptop, edition), next[laptop]};
    if (how < 224) {
      payload = frames::encode_payload(tell_operations(first, count, edition, input));
      if (how >= 192 && !payload.empty()) payload[input.byte() % payload.size()] ^= input.byte();
    } else {
      const ByteView raw = input.take(input.byte());
      payload.assign(raw.begin(), raw.end());
    }
    const SigningKey* key = with_signatures ? &story_key(laptop) : nullptr;
    story.push_back({laptop, frame_of(first, count, previous[laptop], payload, key)});
    previous[laptop] = sha256(ByteView(story.back().bytes).first(208));
    next[laptop] += count;
  }
  return story;
}

LateFrame late_frame(Edition edition, bool with_signature) {
  const records::KindDescription& kind = records::kind_of(records::kinds::visit);
  LateFrame late;
  late.operation.id = {late_writer(edition), 1};
  late.operation.time = {story_time_ms + 1'000'000, 0};
  late.operation.person = numbered(0x20, 9, edition);
  late.operation.record = numbered(0x31, 0, edition);
  late.operation.kind = kind.number;
  late.operation.group = kind.groups.front();
  Input nothing(nullptr, 0);
  for (const records::FieldDescription* field : kind.fields_of(late.operation.group)) {
    late.operation.values.push_back({field->number, sound_value(*field, edition, nothing)});
  }
  const Bytes payload = frames::encode_payload(std::span(&late.operation, 1));
  late.bytes = frame_of(late.operation.id, 1, {}, payload, with_signature ? &late_key() : nullptr);
  return late;
}

}  // namespace kuangxun::fuzz
