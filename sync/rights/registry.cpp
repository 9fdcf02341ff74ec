#include "sync/rights/registry.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/history/shown_record.h"
#include "db/records/choices/decision_code.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/decision.h"
#include "db/records/handles/device.h"
#include "db/records/handles/person_key.h"
#include "db/records/kinds.h"
#include "sync/rights/roles.h"

namespace kuangxun::rights {
namespace {

namespace kinds = records::kinds;

using history::HeadsByGroup;

// Of a device's record that was written twice, by a county and by the same one restored.
std::vector<PublicKey> other_keys_in(const HeadsByGroup& heads, const PublicKey& shown) {
  static const records::FieldDescription& field =
      *records::kind_of(kinds::device).find_field(records::device::public_key);
  std::vector<PublicKey> others;
  const auto group = heads.find(field.group);
  if (group == heads.end()) return others;
  for (const history::Head& head : group->second) {
    for (const records::FieldValue& value : head.values) {
      const auto* bytes = std::get_if<Bytes>(&value.value);
      PublicKey key;
      if (value.field != field.number || bytes == nullptr || bytes->size() != key.bytes.size()) continue;
      std::ranges::copy(*bytes, key.bytes.begin());
      if (key != shown) others.push_back(key);
    }
  }
  return others;
}

PublicKey key_in(const records::Record& record) {
  PublicKey key;
  const auto* bytes = std::get_if<Bytes>(&record.value(records::common::public_key));
  if (bytes != nullptr && bytes->size() == key.bytes.size()) std::ranges::copy(*bytes, key.bytes.begin());
  return key;
}

history::WriterId writer_in(const records::Record& record) {
  return {record.reference(records::common::device),
          static_cast<std::uint32_t>(record.integer(records::common::epoch))};
}

Device device_in(const records::Record& record) {
  Device device;
  device.writer = writer_in(record);
  device.record = record.id();
  device.key = key_in(record);
  device.name = record.text(records::device::name);
  device.role = role_of_number(record.integer(records::device::role));
  device.enrolled_at_ms = record.integer(records::device::enrolled_at);
  if (record.has(records::device::revoked_from_sequence)) {
    device.revoked_from = static_cast<std::uint64_t>(record.integer(records::device::revoked_from_sequence));
  }
  return device;
}

Decision decision_in(const records::Record& record) {
  Decision decision;
  decision.record = record.id();
  decision.writer = writer_in(record);
  decision.range = {static_cast<std::uint64_t>(record.integer(records::decision::first_sequence)),
                    static_cast<std::uint64_t>(record.integer(records::decision::last_sequence))};
  decision.is_hidden = record.integer(records::decision::is_hidden) == 1;
  decision.code = record.integer(records::decision::code);
  decision.reason = record.text(records::decision::reason);
  decision.decided_at_ms = record.integer(records::decision::decided_at);
  return decision;
}

}  // namespace

Registry::Registry(const Uuid& county, std::span<const history::Operation> heads) {
  std::map<std::pair<Uuid, records::KindNumber>, HeadsByGroup> by_record;
  for (const history::Operation& head : heads) {
    by_record[{head.record, head.kind}][head.group].push_back({head.id, head.time, head.person, head.values});
  }
  std::vector<records::Record> records;
  for (auto& [key, groups] : by_record) {
    for (auto& [group, group_heads] : groups) {
      std::ranges::sort(group_heads, {}, &history::Head::id);
      seen_[{key.first, group}] = history::ids_of(group_heads);
    }
    const records::KindDescription* kind = records::find_kind(key.second);
    if (kind == nullptr) continue;  // a newer county's
    records.push_back(history::shown_record(key.first, *kind, groups));
    if (records.back().is_voided()) continue;
    read(records.back());
    if (kind->number != kinds::device) continue;
    Device& device = devices_.at(writer_in(records.back()));
    device.other_keys = other_keys_in(groups, device.key);
  }
  const auto others = std::ranges::partition(
      records, [](const records::Record& one) { return one.kind().number == kinds::positioning_rules; });
  const std::span<const records::Record> rules(records.begin(), others.begin());
  positioning_ = records::read_positioning_rules(rules);
  for (const records::Record& rule : rules) positioning_record_ = std::max(positioning_record_, rule.id());
  visibility_ = history::Visibility(county, records);
}

void Registry::read(const records::Record& record) {
  switch (record.kind().number) {
    case kinds::device: {
      const Device device = device_in(record);
      devices_.insert_or_assign(device.writer, device);
      return;
    }
    case kinds::person:
      persons_[record.id()] = {
          record.id(), record.text(records::common::name), record.text(records::common::certificate_number),
          role_of_number(record.integer(records::common::role)), record.has(records::common::ended_at)};
      return;
    case kinds::person_key:
      person_keys_.push_back({record.id(), record.reference(records::person_key::person), key_in(record),
                              record.reference(records::common::device), record.has(records::common::revoked_at)});
      return;
    case kinds::decision:
      decisions_.push_back(decision_in(record));
      decided_[decisions_.back().writer].push_back(decisions_.back().range);
      return;
    default:
      return;
  }
}

const Device* Registry::find_device(const history::WriterId& writer) const {
  const auto found = devices_.find(writer);
  return found == devices_.end() ? nullptr : &found->second;
}

std::string Registry::device_name(const history::WriterId& writer) const {
  const Device* device = find_device(writer);
  return device == nullptr ? std::string() : device->name;
}

std::vector<const Device*> Registry::epochs_of(const Uuid& device) const {
  std::vector<const Device*> epochs;
  for (auto at = devices_.lower_bound({device, 0}); at != devices_.end() && at->first.device == device; ++at) {
    epochs.push_back(&at->second);
  }
  return epochs;
}

const Person* Registry::find_person(const Uuid& person) const {
  const auto found = persons_.find(person);
  return found == persons_.end() ? nullptr : &found->second;
}

const Decision* Registry::find_decision(const Uuid& record) const {
  const auto found = std::ranges::find(decisions_, record, &Decision::record);
  return found == decisions_.end() ? nullptr : &*found;
}

std::vector<const Decision*> Registry::closings_of(const history::WriterId& writer) const {
  std::vector<const Decision*> closings;
  for (const Decision& decision : decisions_) {
    const bool is_closing =
        decision.code == records::decision_code::fork && decision.range.last == limits::sequence_max;
    if (is_closing && decision.writer == writer) closings.push_back(&decision);
  }
  return closings;
}

bool Registry::is_decided(const history::OperationId& id) const {
  const auto found = decided_.find(id.writer);
  if (found == decided_.end()) return false;
  return std::ranges::any_of(found->second, [&](const history::SequenceRange& range) {
    return range.first <= id.sequence && id.sequence <= range.last;
  });
}

std::vector<history::OperationId> Registry::seen(const Uuid& record, records::GroupNumber group) const {
  const auto found = seen_.find({record, group});
  return found == seen_.end() ? std::vector<history::OperationId>() : found->second;
}

Uuid device_record_id(const Uuid& county, const history::WriterId& writer) {
  return fixed_uuid("enrolled-device " + county.text() + " " + writer.device.text() + " " +
                    std::to_string(writer.epoch));
}

Uuid person_key_record_id(const Uuid& county, const Uuid& person, const PublicKey& key) {
  return fixed_uuid("person-key " + county.text() + " " + person.text() + " " + to_hex(key.bytes));
}

Uuid decision_record_id(const Uuid& county, const history::WriterId& writer, const history::SequenceRange& range) {
  return fixed_uuid("decision " + county.text() + " " + writer.device.text() + " " + std::to_string(writer.epoch) +
                    " " + std::to_string(range.first) + "-" + std::to_string(range.last));
}

}  // namespace kuangxun::rights
