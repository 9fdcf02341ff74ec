#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/inspect/edit/field_draft.h"
#include "app/pages/field_address.h"

namespace kuangxun::pages {

// What is being typed into records. At most one merge group at a time: another field of another group finishes the
// first, because finishing one turns every pending row of the store into an operation. Window thread only.
class Typing {
 public:
  // Keeps the text; makes the record when it does not exist yet. Gives the record.
  Result<Uuid> type(inspect::Desk& desk, const FieldAddress& at, const std::string& text);
  // A finished edit: what was typed so far becomes an operation first.
  Result<Uuid> choose(inspect::Desk& desk, const FieldAddress& at, const std::string& text);
  Status leave(inspect::Desk& desk);
  // Keeps or finishes what is due; true when an operation was made.
  Result<bool> tick(inspect::Desk& desk);
  std::optional<std::int64_t> due_ms() const;

  // The text that is being typed into a field, or that was refused; nothing when the store's value stands.
  std::optional<std::string> text_of(const Uuid& record, std::string_view field) const;
  std::string problem_of(const Uuid& record, std::string_view field) const;
  // The views were made anew: records made meanwhile have their ids in them.
  void forget_made() { made_.clear(); }

 private:
  using Place = std::pair<Uuid, std::string>;
  struct Refused {
    std::string text;
    std::string problem;
  };
  Result<Uuid> record_of(inspect::Desk& desk, const FieldAddress& at,
                         const std::optional<inspect::FieldText>& first = {});
  bool is_open(const Uuid& record, std::string_view field) const;

  std::optional<inspect::FieldDraft> draft_;
  Uuid record_;
  const records::KindDescription* kind_ = nullptr;
  records::GroupNumber group_ = 0;
  std::string field_;  // of the group, typed in last
  std::map<Place, Refused> refused_;
  std::map<std::string, Uuid> made_;  // by seed
};

}  // namespace kuangxun::pages
