#pragma once

#include <map>

#include "app/people/person_list.h"

namespace kuangxun::people {

// What the ids in an operation are called, by the county's records.
class Names {
 public:
  static Result<Names> read(history::RecordReader& store);
  // Empty when nobody knows.
  std::string person(const Uuid& id) const;
  std::string device(const history::WriterId& writer) const;
  // "张三，一号笔记本，2026-07-01 10:00": who, on which laptop, when; the ends of ids stand in for unknown names.
  std::string who_text(const Uuid& person, const history::WriterId& writer, std::int64_t wall_ms) const;

 private:
  std::vector<Person> people_;
  std::map<Uuid, std::string> devices_;
};

}  // namespace kuangxun::people
