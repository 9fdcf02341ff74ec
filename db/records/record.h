#pragma once

#include <string>
#include <vector>

#include "db/records/describe.h"
#include "db/records/value.h"

namespace kuangxun::records {

struct FieldValue {
  FieldNumber field = 0;
  Value value;
  bool operator==(const FieldValue&) const = default;
};

// One record as it stands: the values of its kind's fields, in the order of the description.
class Record {
 public:
  Record(Uuid id, const KindDescription& kind) : id_(id), kind_(&kind), values_(kind.fields.size()) {}

  const Uuid& id() const { return id_; }
  const KindDescription& kind() const { return *kind_; }
  bool is_voided() const { return is_voided_; }
  const std::string& void_reason() const { return void_reason_; }
  void set_voided(bool voided, std::string reason);

  const Value& value(const FieldDescription& field) const { return values_[kind_->position_of(field)]; }
  void set_value(const FieldDescription& field, Value value) { values_[kind_->position_of(field)] = std::move(value); }
  const std::vector<Value>& values() const { return values_; }
  std::vector<Value>& values() { return values_; }

  // By the field's name, which must be one of the kind's.
  const Value& value(std::string_view field_name) const;
  void set_value(std::string_view field_name, Value value);
  bool has(std::string_view field_name) const { return has_value(value(field_name)); }
  // The value, or nothing of that type: "", 0 and the nil id.
  std::string text(std::string_view field_name) const;
  std::int64_t integer(std::string_view field_name) const;
  Uuid reference(std::string_view field_name) const;
  std::string display(std::string_view field_name) const;
  // What people know the record by; its kind's label when it has no name.
  std::string name() const;

  bool operator==(const Record&) const = default;

 private:
  Uuid id_;
  const KindDescription* kind_;
  std::vector<Value> values_;
  bool is_voided_ = false;
  std::string void_reason_;
};

}  // namespace kuangxun::records
