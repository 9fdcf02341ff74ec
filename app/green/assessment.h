#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/green/standing.h"
#include "db/history/record_store.h"
#include "db/records/handles/common.h"

// Green-mine records as they stand in a store.
namespace kuangxun::green {

// An imported item table: one version of an index's.
struct StoredTable {
  records::Record record;
  ItemTable table;
  std::vector<std::string> gaps;  // none: it is whole
  bool is_invented() const { return record.integer(records::common::is_example) != 0; }
};
// not_found or bad_input when the id is no table.
Result<StoredTable> read_table(history::RecordReader& store, const Library& library, const Uuid& id);
// All that stand (not voided), of one index, the one imported last first.
Result<std::vector<StoredTable>> tables_of(history::RecordReader& store, const Library& library,
                                           std::string_view index_id);

struct PreconditionAnswer {
  const Precondition* question = nullptr;
  std::optional<std::int64_t> answer;  // of answer_enumeration; for a figure absent
  std::optional<std::int64_t> figure;  // hundredths
  bool is_contradictory = false;
  std::string evidence;
};

struct Assessment {
  records::Record record;
  records::Record mine;
  const Index* index = nullptr;
  std::optional<StoredTable> table;
  ItemScores scores;
  std::size_t entered = 0;
  std::vector<PreconditionAnswer> preconditions;  // every question of the index, answered or not
  std::vector<records::Record> steps;             // by date
  Line line;
  std::string line_source;
  std::string na_source;
  std::optional<Standing> standing;   // only from a whole table
  std::vector<std::string> no_total;  // why there is none
  std::vector<std::string> notes;     // what must not be overlooked
};
Result<Assessment> read_assessment(history::RecordReader& store, const Library& library, const Uuid& id);
// Of a mine, the newest first; voided ones are left out.
Result<std::vector<Assessment>> assessments_of(history::RecordReader& store, const Library& library, const Uuid& mine);

// "scores entered 3 of 100".
std::string entered_text(const Assessment& assessment);

// What people decided about a mine's tier, the newest first; voided ones are left out.
Result<std::vector<records::Record>> tiers_of(history::RecordReader& store, const Uuid& mine);

}  // namespace kuangxun::green
