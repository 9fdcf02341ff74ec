#include "tests/fuzz/examples.h"

#include <algorithm>
#include <map>
#include <set>

#include "db/frames/frame.h"
#include "db/frames/payload.h"
#include "db/records/describe.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::fuzz {
namespace {

using history::Operation;
using history::OperationId;
using tests::SeededRandom;

// Few, so that operations meet.
Uuid example_id(std::uint8_t number) {
  Uuid id;
  id.bytes.fill(0x10);
  id.bytes[15] = number;
  return id;
}

std::int64_t any_number(SeededRandom& random) {
  constexpr std::int64_t edges[] = {0, 1, -1, 2, 42, 1'000'000, INT64_MIN, INT64_MAX};
  return edges[random.below(std::size(edges))];
}

records::Value any_value(SeededRandom& random) {
  Bytes bytes(static_cast<std::size_t>(random.below(random.chance_percent(3) ? 300 : 12)));
  random.fill(bytes);
  switch (random.below(6)) {
    case 0:
      return any_number(random);
    case 1:
      return std::string("示例矿");
    case 2:
      return std::string(bytes.begin(), bytes.end());
    case 3:
      return bytes;
    case 4:
      return records::OpaqueValue{static_cast<std::uint32_t>(5 + random.below(3)), bytes};
    default:
      return example_id(static_cast<std::uint8_t>(random.below(16)));
  }
}

// How many fields they had then, of kinds that have been given more since.
const std::map<records::KindNumber, records::FieldNumber> first_fields = {
    {records::kinds::mining_right, 19}, {records::kinds::gps_point, 22}, {records::kinds::checklist_answer, 10}};

// The kinds of the first release: the examples must stay what they were, because the corpus holds frames that were
// sealed over them.
std::vector<records::KindDescription> first_kinds() {
  static const std::set<records::KindNumber> later = {
      records::kinds::track_block,      records::kinds::boundary,          records::kinds::corner_marker,
      records::kinds::walked_area,      records::kinds::green_table,       records::kinds::green_item,
      records::kinds::green_assessment, records::kinds::green_score,       records::kinds::green_step,
      records::kinds::green_tier,       records::kinds::positioning_rules, records::kinds::criteria_catalogue};
  std::vector<records::KindDescription> kinds = records::all_kinds();
  const auto is_yearly = [](records::KindNumber number) {
    return number >= records::kinds::annual_return && number <= records::kinds::restoration_task;
  };
  std::erase_if(kinds, [&](const auto& kind) { return later.contains(kind.number) || is_yearly(kind.number); });
  for (records::KindDescription& kind : kinds) {
    const auto found = first_fields.find(kind.number);
    if (found == first_fields.end()) continue;
    std::erase_if(kind.fields, [&](const auto& field) { return field.number > found->second; });
    std::erase_if(kind.groups, [&](records::GroupNumber group) { return group > found->second; });
  }
  return kinds;
}

// Mostly a group and fields that the kind has; their types are left to chance.
void give_content(Operation& operation, SeededRandom& random) {
  operation.values.clear();
  static const std::vector<records::KindDescription> kinds = first_kinds();
  const records::KindDescription& kind = kinds[random.below(kinds.size())];
  operation.kind = kind.number;
  operation.group = records::existence_group;
  if (!random.chance_percent(15)) operation.group = kind.groups[random.below(kind.groups.size())];
  if (operation.group == records::existence_group) {
    operation.values = history::existence_values(random.chance_percent(50), "示例");
    return;
  }
  for (const records::FieldDescription* field : kind.fields_of(operation.group)) {
    if (random.chance_percent(80)) operation.values.push_back({field->number, any_value(random)});
  }
  if (random.chance_percent(10)) operation.kind = static_cast<records::KindNumber>(random.below(65'536));
  if (random.chance_percent(10)) operation.group = static_cast<records::GroupNumber>(random.below(1024));
}

void give_bases(Operation& operation, SeededRandom& random) {
  std::set<OperationId> bases;
  for (std::uint64_t left = random.below(4); left > 0; --left) {
    if (random.chance_percent(60) && operation.id.sequence > 1) {
      bases.insert({operation.id.writer, 1 + random.below(operation.id.sequence - 1)});
    } else {
      bases.insert({{example_id(static_cast<std::uint8_t>(200 + random.below(3))), 1}, 1 + random.below(300)});
    }
  }
  operation.bases.assign(bases.begin(), bases.end());
}

}  // namespace

const SigningKey& example_key() {
  static const SigningKey key = std::move(SigningKey::from_seed(Bytes(32, 1))).value();
  return key;
}

history::WriterId example_writer() {
  return {example_id(1), 1};
}

std::vector<Operation> example_operations(std::uint64_t seed, std::size_t count) {
  SeededRandom random(seed);
  std::vector<Operation> operations;
  for (std::size_t i = 0; i < count; ++i) {
    Operation operation;
    operation.id = {example_writer(), i + 1};
    operation.time = {1'777'593'600'000 + static_cast<std::int64_t>(i * random.below(5000)), 0};
    operation.person = example_id(static_cast<std::uint8_t>(100 + random.below(2)));
    operation.record = example_id(static_cast<std::uint8_t>(50 + random.below(4)));
    give_content(operation, random);
    give_bases(operation, random);
    if (random.chance_percent(20)) random.fill(operation.person_signature.emplace().bytes);
    operations.push_back(std::move(operation));
  }
  return operations;
}

const std::vector<Bytes>& example_frames() {
  static const std::vector<Bytes> frames = [] {
    std::vector<Bytes> sealed;
    Hash previous;
    for (const std::size_t count : {1, 2, 5, 40}) {
      const auto operations = example_operations(count, count);
      const frames::Frame frame = frames::seal_frame(operations, previous, sha256({}), example_key());
      previous = frame.hash();
      sealed.push_back(frame.bytes);
    }
    return sealed;
  }();
  return frames;
}

bool is_example_frame(const Hash& hash) {
  return std::ranges::any_of(example_frames(),
                             [&](const Bytes& bytes) { return sha256(ByteView(bytes).first(208)) == hash; });
}

void change_one(std::vector<Operation>& operations, SeededRandom& random) {
  Operation& operation = operations[random.below(operations.size())];
  Operation before = operation;
  switch (random.below(9)) {
    case 0:
      operation.time.wall_ms = any_number(random);
      break;
    case 1:
      operation.time.counter = static_cast<std::uint16_t>(random.below(65'536));
      break;
    case 2:
      operation.person = example_id(static_cast<std::uint8_t>(random.below(256)));
      break;
    case 3:
      operation.record = example_id(static_cast<std::uint8_t>(random.below(256)));
      break;
    case 4:
      give_content(operation, random);
      break;
    case 5:
      give_bases(operation, random);
      break;
    case 6:
      operation.person_signature.reset();
      if (random.chance_percent(70)) random.fill(operation.person_signature.emplace().bytes);
      break;
    case 7:
      if (!operation.values.empty()) operation.values.pop_back();
      break;
    default:
      if (!operation.values.empty()) operation.values[random.below(operation.values.size())].value = any_value(random);
      break;
  }
  if (!frames::check_encodable(operation).ok()) operation = std::move(before);
}

}  // namespace kuangxun::fuzz
