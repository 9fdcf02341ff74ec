#include "app/blocks/overloaded.h"
#include "app/screens/workbench.h"

namespace kuangxun::screens {
void Workbench::take(const Intent& intent) {
  if (is_checking_) return;  // the dialog covers everything; what was under way before it is dropped
  needs_refresh_ = true;
  const Status status = std::visit(blocks::Overloaded{
                                       [&](const Press& press) { return this->press(press); },
                                       [&](const blocks::Event& event) -> Status {
                                         take_event(event);
                                         return {};
                                       },
                                   },
                                   intent);
  take_outcome(intent, status);
}

void Workbench::take_outcome(const Intent& intent, const Status& outcome) {
  const bool was_asked = signer_.take_asked();
  if (!outcome.ok() && was_asked) {
    ask_pin([this, intent] { take(intent); });
  } else if (!outcome.ok()) {
    say_error(outcome.error());
  }
}

Status Workbench::press(const Press& press) {
  // What was typed comes before what is pressed.
  KX_CHECK(typing_.leave(world_.desk));
  is_stale_ = true;
  if (press.command != Command::dismiss_message) message_.reset();
  switch (press.command) {
    case Command::open_page:
      open_page_ = press.detail;
      return {};
    case Command::open_place:
      open_place(press.subject);
      return {};
    case Command::open_visit:
      open_visit(press.subject);
      return {};
    case Command::ask_person:
      open_dialog("person", {});
      return {};
    case Command::dismiss_message:
      message_.reset();
      break;
  }
  return {};
}

void Workbench::open_place(const Uuid& place) {
  open_page_ = "places";
  place_ = place;
}

void Workbench::open_visit(const Uuid& visit) {
  open_page_ = "visit";
  visit_ = visit;
}

}  // namespace kuangxun::screens
