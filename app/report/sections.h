#pragma once

#include <string>

#include "app/report/visit_record.h"
#include "app/typeset/document.h"

// The parts of a visit's paper. Each writes its section, also when there is nothing in it: then it says so, and a
// reader knows that nothing was left out.
namespace kuangxun::report {

// Numbers the sections of one paper: 一、二、三、 / 1. 2. 3.
class Sections {
 public:
  explicit Sections(typeset::Document& document) : document_(document) {}
  typeset::Document& begin(const std::string& title);

 private:
  typeset::Document& document_;
  int count_ = 0;
};

void write_head(typeset::Document& document, const VisitRecord& record);
void write_people(Sections& sections, const VisitRecord& record);
void write_summary(Sections& sections, const VisitRecord& record);
void write_positions(Sections& sections, const VisitRecord& record);
void write_areas(Sections& sections, const VisitRecord& record);
void write_markers(Sections& sections, const VisitRecord& record);
void write_checklists(Sections& sections, const VisitRecord& record);
void write_findings(Sections& sections, const VisitRecord& record);
void write_restorations(Sections& sections, const VisitRecord& record);
void write_verdicts(Sections& sections, const VisitRecord& record);
void write_photos(Sections& sections, const VisitRecord& record);
void write_statement(Sections& sections, const VisitRecord& record);
void write_signatures(Sections& sections, const VisitRecord& record);

// A row of a table whose record may be voided or late: the marks stand before the first text, a voided row is grey.
typeset::Row standing_row(std::vector<std::string> texts, const Standing& standing);

}  // namespace kuangxun::report
