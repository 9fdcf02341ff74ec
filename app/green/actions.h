#pragma once

#include <string>
#include <vector>

#include "app/green/assessment.h"
#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/document.h"

// What people do about green mines; each whole or not at all. The machine never puts a mine into a tier and concludes
// nothing.
namespace kuangxun::green {

struct TableImport {
  std::string label;        // of the version; a day when empty
  std::string text_source;  // the official text it was copied from; must be given
  std::string file_name;
  bool is_invented = false;
};
// As a new version; earlier ones stay. bad_input when anything in it is wrong.
Result<Uuid> import_table(inspect::Desk& desk, const TableReading& reading, const TableImport& import);

struct NewAssessment {
  Uuid mine;
  std::int64_t level = 0;
  std::string index_id;  // empty: the one in force on the day
  std::string assessed_on;
  std::string assessor;
  Uuid table;  // nil: the newest whole one of the index that is not invented, if there is one
};
Result<Uuid> begin_assessment(inspect::Desk& desk, const Library& library, const NewAssessment& wanted);

struct ItemEntry {
  std::string item;      // "12", "P1a" or a fact's name
  std::string value;     // marks, "na", "yes", "no", "?" (cannot tell); a figure; empty clears
  std::string evidence;  // empty: as it is
};
// All are checked before any is written.
Status enter_items(inspect::Desk& desk, const Library& library, const Uuid& assessment,
                   const std::vector<ItemEntry>& entries);

// `fields` as a form gives them: done_on, done_by, document, result, team_size, ...
Result<Uuid> add_step(inspect::Desk& desk, const Uuid& assessment, const std::string& step,
                      std::vector<inspect::FieldText> fields);

struct NewTier {
  Uuid mine;
  std::string tier;  // its code
  std::string reason;
  std::string decided_on;
  std::string decided_by;
  Uuid assessment;  // may be nil
};
Result<Uuid> set_tier(inspect::Desk& desk, const NewTier& wanted);

}  // namespace kuangxun::green
