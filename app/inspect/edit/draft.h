#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/inspect/edit/document.h"

// For this folder only: a document on its way into the store.
namespace kuangxun::inspect {

struct DraftRecord {
  records::Record record;
  const DocumentRecord* source;
};

// The records of one document with values instead of texts. References see the draft first, then the store.
class Draft {
 public:
  Draft(Desk& desk, const Document& document) : desk_(desk), document_(document) {}

  Desk& desk() { return desk_; }
  const Document& document() const { return document_; }
  std::vector<DraftRecord>& records() { return records_; }
  std::map<std::string, Uuid>& local() { return local_; }

  // A record of the draft or, as it stands, of the store.
  Result<records::Record> find(const Uuid& id);
  // "@local", an id, or an exact name, of the draft or the store.
  Result<Uuid> resolve(std::string_view text, const std::vector<records::KindNumber>& kinds);
  // The document's only visit, if it has one.
  const DraftRecord* visit() const;

 private:
  Desk& desk_;
  const Document& document_;
  std::vector<DraftRecord> records_;
  std::map<std::string, Uuid> local_;
  std::map<Uuid, records::Record> stored_;
};

// "/points/3/latitude_deg"
std::string where_of(const DocumentRecord& source, std::string_view field);
Error bad_record(const DocumentRecord& source, std::string_view field, const Words& message);

// Gives every record its id and an empty place in the draft.
Status begin_records(Draft& draft);
// Texts become values.
Status read_fields(Draft& draft);
// What follows from the rest.
Status complete_records(Draft& draft);
// A restoration status with corners gets its area, uncertainty and outline.
Status measure_status(Draft& draft, DraftRecord& status);
// A walked area gets its area, uncertainty and perimeter, by corners its outline too.
Status measure_area(Draft& draft, DraftRecord& area);
// Ranges, required fields, references, rules of evidence.
Status check_records(Draft& draft, Completeness completeness);

}  // namespace kuangxun::inspect
