#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/inspect/edit/document.h"

namespace kuangxun::inspect {

// What a person gives an action: the record it acts on, the fields of a form as text, a file, a reason.
struct Request {
  Uuid subject;  // nil for an action without one
  std::vector<FieldText> fields;
  std::vector<std::string> corners;  // of restoration.set_status and area.add
  std::filesystem::path file;        // of photo.add
  std::string reason;                // of record.void

  // The text given for a field; empty when it is not given.
  std::string field(std::string_view name) const;
};

}  // namespace kuangxun::inspect
