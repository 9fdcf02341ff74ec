#pragma once

#include <string>
#include <vector>

#include "app/inspect/edit/document.h"
#include "db/records/record.h"

// For this folder only: a row of a table as a record, before anybody compares it with the store.
namespace kuangxun::intake {

struct TableRow {
  std::size_t number = 0;
  std::size_t key_column = 0;  // where messages about the whole row point
  const records::Record* mine = nullptr;
  std::vector<inspect::FieldText> fields;
  // The values that tell which thing the row is about: the mine and the year, …
  std::string key;
  std::string subject;
};

// The mine, the plan and the keys of its kind: what a record says something about. As TableRow::key.
std::string key_of(const records::Record& record);

}  // namespace kuangxun::intake
