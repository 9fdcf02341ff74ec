#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/base/signing.h"
#include "db/history/visibility.h"
#include "db/records/positioning_rules.h"

namespace kuangxun::rights {

// A laptop in one epoch, as the county enrolled it.
struct Device {
  history::WriterId writer;
  Uuid record;
  PublicKey key;
  // That the county, restored in between, once enrolled under the same name. What they signed is evidence, no more.
  std::vector<PublicKey> other_keys;
  std::string name;
  records::Role role = records::Role::officer;
  std::int64_t enrolled_at_ms = 0;
  std::optional<std::uint64_t> revoked_from;
  bool is_revoked() const { return revoked_from.has_value(); }
};

struct Person {
  Uuid id;
  std::string name;
  std::string certificate_number;
  records::Role role = records::Role::officer;
  bool has_ended = false;
};

struct PersonKey {
  Uuid record;
  Uuid person;
  PublicKey key;
  Uuid device;
  bool is_revoked = false;
};

// Hides a run of operations of one writer, or did until it was released.
struct Decision {
  Uuid record;
  history::WriterId writer;
  history::SequenceRange range;
  bool is_hidden = false;
  std::int64_t code = 0;  // records::decision_code; 0 for none
  std::string reason;
  std::int64_t decided_at_ms = 0;
};

// Who may write, and what is hidden: what the records that only the county writes say, as every laptop reads them too.
class Registry {
 public:
  Registry() = default;
  // From the heads of all those records.
  Registry(const Uuid& county, std::span<const history::Operation> heads);

  const Device* find_device(const history::WriterId& writer) const;
  // The name it was enrolled under; empty when it is not.
  std::string device_name(const history::WriterId& writer) const;
  // Any epoch of a device; the newest last.
  std::vector<const Device*> epochs_of(const Uuid& device) const;
  const Person* find_person(const Uuid& person) const;
  const std::map<history::WriterId, Device>& devices() const { return devices_; }
  const std::map<Uuid, Person>& persons() const { return persons_; }
  const std::vector<PersonKey>& person_keys() const { return person_keys_; }
  const std::vector<Decision>& decisions() const { return decisions_; }
  const Decision* find_decision(const Uuid& record) const;
  // Whether the county has decided about the operation, either way.
  bool is_decided(const history::OperationId& id) const;
  // The decisions that ended a forked chain, whether they stand or were released; more than one when the county was
  // restored in between and ended it again, at an earlier place.
  std::vector<const Decision*> closings_of(const history::WriterId& writer) const;
  const records::PositioningRules& positioning() const { return positioning_; }
  // The record that says them; nil when there is none.
  const Uuid& positioning_record() const { return positioning_record_; }
  const history::Visibility& visibility() const { return visibility_; }

  // What the next edit of a group must name as bases.
  std::vector<history::OperationId> seen(const Uuid& record, records::GroupNumber group) const;

 private:
  void read(const records::Record& record);

  std::map<history::WriterId, Device> devices_;
  std::map<Uuid, Person> persons_;
  std::vector<PersonKey> person_keys_;
  std::vector<Decision> decisions_;
  std::map<history::WriterId, std::vector<history::SequenceRange>> decided_;
  records::PositioningRules positioning_;
  Uuid positioning_record_;
  history::Visibility visibility_;
  std::map<std::pair<Uuid, records::GroupNumber>, std::vector<history::OperationId>> seen_;
};

// The id of the record about a device in an epoch, or about a person's key: the same however often it is made, so that
// what a restored county writes again is the same record.
Uuid device_record_id(const Uuid& county, const history::WriterId& writer);
Uuid person_key_record_id(const Uuid& county, const Uuid& person, const PublicKey& key);
Uuid decision_record_id(const Uuid& county, const history::WriterId& writer, const history::SequenceRange& range);

}  // namespace kuangxun::rights
