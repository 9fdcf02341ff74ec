#include "app/blocks/overloaded.h"
#include "app/inspect/actions.h"
#include "app/screens/workbench.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
void Workbench::take(const Intent& intent) {
  if (is_checking_) return;  // the dialog covers everything; what was under way before it is dropped
  needs_refresh_ = true;
  const Status status = std::visit(blocks::Overloaded{
                                       [&](const Press& press) { return this->press(press); },
                                       [&](const Type& type) -> Status {
                                         KX_TRY(record, typing_.type(world_.desk, type.at, type.text));
                                         if (type.at.record.is_nil() && !record.is_nil()) is_stale_ = true;
                                         return {};
                                       },
                                       [&](const Leave&) -> Status {
                                         is_stale_ = true;
                                         return typing_.leave(world_.desk);
                                       },
                                       [&](const Choose& choose) -> Status {
                                         is_stale_ = true;
                                         KX_TRY(record, typing_.choose(world_.desk, choose.at, choose.text));
                                         (void)record;
                                         return {};
                                       },
                                       [&](const Write& write) { return this->write(write); },
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

Status Workbench::write(const Write& write) {
  slots_[write.slot] = write.text;
  if (write.slot != Slot::visit_tab) return {};
  is_stale_ = true;
  return typing_.leave(world_.desk);
}

Status Workbench::press(const Press& press) {
  // What was typed comes before what is pressed.
  KX_CHECK(typing_.leave(world_.desk));
  is_stale_ = true;
  if (press.command != Command::dismiss_message) message_.reset();
  switch (press.command) {
    case Command::open_page:
      registered_ = press.detail;
      page_ = Page::registered;
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
    case Command::ask_void:
      open_dialog("void", press.subject);
      return {};
    case Command::dismiss_message:
      message_.reset();
      return {};
    default:
      return press_receiver(press);
  }
}

void Workbench::open_place(const Uuid& place) {
  registered_ = "places";
  page_ = Page::registered;
  place_ = place;
}

void Workbench::open_visit(const Uuid& visit) {
  if (visit != visit_) {
    stop_receiver();
    for (const Slot slot : {Slot::visit_tab, Slot::point_label, Slot::point_purpose, Slot::point_unit, Slot::area_kind,
                            Slot::area_label, Slot::replay_path}) {
      slots_[slot].clear();
    }
  }
  visit_ = visit;
  page_ = Page::visit;
}

Result<Uuid> Workbench::act(std::string_view action, const inspect::Request& request) {
  return inspect::run_action(world_.desk, action, request);
}

}  // namespace kuangxun::screens
