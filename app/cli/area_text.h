#pragma once

#include "app/cli/command.h"
#include "app/json/json_value.h"
#include "app/licence/walked_areas.h"

// A walked area and how it stands to the line of its place.
namespace kuangxun::cli {

struct JudgedArea {
  std::optional<licence::AreaStanding> standing;  // nothing where the place has no boundary
  std::string words;
};
Result<JudgedArea> judge(history::RecordStore& store, const records::Record& area);

Result<json::JsonValue> area_json(history::RecordStore& store, const records::Record& area);
Result<std::string> area_text(history::RecordStore& store, const records::Record& area);
Result<int> print_area(Context& context, history::RecordStore& store, const Uuid& id);

}  // namespace kuangxun::cli
