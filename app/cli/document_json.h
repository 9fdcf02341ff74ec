#pragma once

#include "app/cli/json_value.h"
#include "app/inspect/document.h"

namespace kuangxun::cli {

// The plain records of a `record` document; assets/examples/README.md describes its shape. `folder` is where relative
// photo paths start. bad_input names the place by JSON pointer; meaning is checked by app/inspect.
Result<inspect::Document> read_document(const JsonValue& root, const std::filesystem::path& folder);

}  // namespace kuangxun::cli
