#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/report/view_entries.h"

namespace kuangxun::report {

// A checklist as the catalogue of the visit's date words it, in language().
struct ChecklistWords {
  struct Item {
    std::string code;  // as answers name it
    std::string number;
    std::string question;
    std::vector<std::pair<std::string, std::string>> choices = {};  // code and words, of an item with its own choices
    // The codes of the items that ask for it now: such an item is printed only where it was answered, and then those
    // are printed only where they were.
    std::vector<std::string> replaced_by = {};
  };
  std::string code;  // as answers name it
  std::string title;
  std::string version;
  ChecklistShape shape = ChecklistShape::question;
  std::vector<Item> items;
};

// What a visit's paper is made from beside the store.
struct VisitSources {
  history::RecordReader& store;  // borrowed for the call
  // Unanswered items of a checklist that the visit used are printed as not recorded; an answer to an item that is not
  // here is printed with its code.
  std::vector<ChecklistWords> checklists = {};
  std::vector<VerdictRow> verdicts = {};
  std::vector<VerdictRow> reports = {};
  std::string catalogue = {};
  std::optional<Day> judged_on = {};
  // For disputes: who entered a value. Empty function: the first digits of the person's id.
  PersonName person_name = {};
  // An upright JPEG or PNG for a photo's SHA-256, or nothing. Empty function: no pictures.
  std::function<Bytes(const Hash& sha256)> thumbnail = {};
};

// Everything the store has of the visit, voided and late evidence marked, disputes with all their values.
// not_found or bad_input when `visit` is no visit; the store's own errors.
Result<VisitRecord> build_visit_record(const VisitSources& sources, const Uuid& visit);

}  // namespace kuangxun::report
