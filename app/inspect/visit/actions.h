#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/request.h"

namespace kuangxun::inspect {

// One thing a person can do, the same from a window, a menu, a key and the command line.
struct Action {
  std::string_view id;  // "visit.start"; each once
  std::string_view chinese;
  std::string_view english;
  // What it can act on; empty: on nothing (it makes something of its own).
  std::vector<records::KindNumber> subjects;
  // Why it cannot be done to this record now, as the error; ok when it can. For an action without subject always ok.
  std::function<Status(Desk&, const history::RecordView& subject)> check;
  // Does it, whole or not at all; gives the record that was made or changed.
  std::function<Result<Uuid>(Desk&, const Request&)> run;

  std::string label() const;
  bool acts_on(records::KindNumber kind) const;
};

// All of them; two with one id are our own mistake and assert at the first call.
const std::vector<Action>& all_actions();
const Action* find_action(std::string_view id);

// Checks the subject (exists, kind, check) and runs.
Result<Uuid> run_action(Desk& desk, std::string_view id, const Request& request);

// For this folder: the two halves of the list.
std::vector<Action> visit_actions();
std::vector<Action> record_actions();

}  // namespace kuangxun::inspect
