#pragma once

#include <string>
#include <vector>

#include "db/records/record.h"

namespace kuangxun::records {

// What is wrong with a record, as data. An error keeps it out of the store when a person enters it;
// records that come from elsewhere are kept whatever they are, and shown with their findings.
struct ValidationFinding {
  std::string field;  // empty when it concerns the whole record
  Words words;        // finished
};

// Types, ranges, text (clean UTF-8, length), options, geometry of one value; no finding when it is
// empty.
std::vector<ValidationFinding> validate_value(const FieldDescription& field, const Value& value);
// All values, and what is required.
std::vector<ValidationFinding> validate_record(const Record& record);

// Whether the alternative held fits the field's type; what comes from a wire is checked with this
// before it is used.
[[nodiscard]] bool fits_type(const FieldDescription& field, const Value& value);

}  // namespace kuangxun::records
