#pragma once

#include "app/inspect/edit/document.h"
#include "app/json/json_value.h"

namespace kuangxun::cli {

// The plain records of a `record` document; assets/examples/README.md describes its shape. `folder` is where relative
// photo paths start. bad_input names the place by JSON pointer; meaning is checked by app/inspect.
Result<inspect::Document> read_document(const json::JsonValue& root, const std::filesystem::path& folder);

}  // namespace kuangxun::cli
