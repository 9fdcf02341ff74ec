#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/inspect/edit/desk.h"

namespace kuangxun::inspect {

// One merge group of one record while somebody types in it. What is typed goes to the store's pending row at most one
// second later and becomes one operation when the field is left, after five seconds of rest, or (by the store) at the
// next start after a kill. The owner calls type() at each change, tick() when due_ms() has come, leave() when the field
// loses the focus. Text that does not read as a value yet ("12.") is not kept; the last text that did is.
class FieldDraft {
 public:
  static constexpr std::int64_t keep_after_ms = 500;
  static constexpr std::int64_t rest_ms = 5000;

  // bad_input when the field may not be edited now (voided, signed, in dispute); the message says why.
  static Result<FieldDraft> open(Desk& desk, const Uuid& record, std::string_view field);

  void type(Desk& desk, std::string_view field, std::string text);
  // The text shown in a field of the group.
  const std::string& text(std::string_view field) const;
  // Why the present texts cannot be entered; empty when they can.
  std::string problem() const;
  // The steady time at which tick() has something to do; nothing when all is kept.
  std::optional<std::int64_t> due_ms() const;
  Status tick(Desk& desk);
  // Makes the operation, if anything changed. On an error the text stays, nothing is lost.
  Status leave(Desk& desk);

 private:
  FieldDraft(history::RecordView seen, records::GroupNumber group);
  Result<history::Edit> edit() const;
  Status keep(Desk& desk);
  void show_seen();

  history::RecordView seen_;
  records::GroupNumber group_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::optional<std::int64_t> unkept_since_ms_;  // steady
  std::optional<std::int64_t> typed_last_ms_;    // steady; nothing once it became an operation
  std::int64_t first_typed_wall_ms_ = 0;
  bool is_kept_ = false;  // a pending row of ours is in the store
};

}  // namespace kuangxun::inspect
