#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/inspect/edit/desk.h"

// One path for everything that people add: forms, actions and `record` documents all become DocumentRecords, which are
// checked whole and committed at once, or not at all.
namespace kuangxun::inspect {

// What a JSON document can tell apart and a form cannot (`any`).
enum class TextShape { any, string, number, boolean };

struct FieldText {
  std::string name;  // of the record kind's description
  std::string text;  // as format_value writes it; a reference may also be "@local" or an exact name. Empty: no value.
  TextShape shape = TextShape::any;
};

struct DocumentRecord {
  records::KindNumber kind = 0;
  // "@unit1", by which other records of the document refer to this one, or an id, or empty (an id is made).
  std::string id;
  std::vector<FieldText> fields;
  // Of a restoration status or a walked area: the gps-points (ids or local names), in order, that enclose it.
  std::vector<std::string> corners;
  // Of a photo: the file to keep; relative to Document::folder.
  std::filesystem::path file;
  // Where the record stands in what the person gave ("/points/3"), for messages; may be empty.
  std::string where;
};

struct Document {
  std::vector<DocumentRecord> records;
  std::filesystem::path folder;
};

struct Recorded {
  std::vector<Uuid> ids;  // in the order of the document
  std::map<std::string, Uuid> local;
};

// How complete records must be: a form that is just begun may still lack what is required, but nothing it holds may be
// wrong.
enum class Completeness { whole, begun };

}  // namespace kuangxun::inspect
