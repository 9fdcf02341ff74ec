#pragma once

#include <string>
#include <vector>

#include "db/records/describe.h"
#include "db/records/field_handle.h"
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

  // The value, or nothing of that type: "", 0, the nil id.
  bool has(const FieldDescription& field) const { return has_value(value(field)); }
  std::string text(const FieldDescription& field) const;
  std::int64_t integer(const FieldDescription& field) const;
  Uuid reference(const FieldDescription& field) const;
  std::string display(const FieldDescription& field) const { return display_value(field, value(field)); }

  // The same by the field's handle. A field of one kind is asked of records of that kind only; of a common one that the
  // kind has not, there is no value.
  const Value& value(const FieldHandle& field) const;
  bool has(const FieldHandle& field) const { return has_value(value(field)); }
  std::string text(const TextHandle& field) const;
  std::int64_t integer(const NumberHandle& field) const;
  Uuid reference(const ReferenceHandle& field) const;
  const Bytes& bytes(const BytesHandle& field) const;
  std::string display(const FieldHandle& field) const;
  // The kind must have the field.
  void set_value(const TextHandle& field, std::string text) { set_field(field, std::move(text)); }
  void set_value(const NumberHandle& field, std::int64_t number) { set_field(field, number); }
  void set_value(const ReferenceHandle& field, const Uuid& id) { set_field(field, id); }
  void set_value(const BytesHandle& field, Bytes bytes) { set_field(field, std::move(bytes)); }
  void clear_value(const FieldHandle& field) { set_field(field, {}); }
  // What people know the record by; its kind's label when it has no name.
  std::string name() const;

  bool operator==(const Record&) const = default;

 private:
  void set_field(const FieldHandle& field, Value value);

  Uuid id_;
  const KindDescription* kind_;
  std::vector<Value> values_;
  bool is_voided_ = false;
  std::string void_reason_;
};

}  // namespace kuangxun::records
