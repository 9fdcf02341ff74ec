#include "app/inspect/visit/actions.h"

#include <algorithm>
#include <cassert>

#include "app/inspect/edit/reference.h"
#include "db/language/language.h"

namespace kuangxun::inspect {

std::string Action::label() const {
  return either_text(chinese, english);
}

bool Action::acts_on(records::KindNumber kind) const {
  return std::ranges::find(subjects, kind) != subjects.end();
}

const std::vector<Action>& all_actions() {
  static const std::vector<Action> all = [] {
    std::vector<Action> actions;
    for (auto& part : {visit_actions(), record_actions()}) {
      for (const Action& action : part) {
        assert(std::ranges::find(actions, action.id, &Action::id) == actions.end() && "action ids are used once");
        actions.push_back(action);
      }
    }
    return actions;
  }();
  return all;
}

const Action* find_action(std::string_view id) {
  const auto found = std::ranges::find(all_actions(), id, &Action::id);
  return found == all_actions().end() ? nullptr : &*found;
}

Result<Uuid> run_action(Desk& desk, std::string_view id, const Request& request) {
  const Action* action = find_action(id);
  assert(action != nullptr && "only known actions are asked for");
  if (!action->subjects.empty()) {
    KX_TRY(view, desk.store.read(request.subject));
    if (!action->acts_on(view.record.kind().number)) {
      return Error(ErrorCode::bad_input,
                   phrase("\"{0}\" does not work on a {1}",
                          {either_phrase(action->chinese, action->english), view.record.kind().label_words()}));
    }
    KX_CHECK(action->check(desk, view));
  }
  return action->run(desk, request);
}

}  // namespace kuangxun::inspect
