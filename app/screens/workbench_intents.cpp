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
  const bool is_tab = write.slot == Slot::place_tab || write.slot == Slot::visit_tab;
  if (!is_tab) return {};
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
      page_ = pages::find_page(pages::Where::window, registered_) != nullptr ? Page::registered
              : press.detail == "sync"                                       ? Page::sync
                                                                             : Page::places;
      return {};
    case Command::open_place:
      page_ = Page::places;
      if (place_ != press.subject) slots_[Slot::place_tab].clear();
      place_ = press.subject;
      return {};
    case Command::open_visit:
      open_visit(press.subject);
      return {};
    case Command::close_dialog:
      dialog_ = Dialog::none;
      unsigned_ = nullptr;
      forget_pins();
      return {};
    case Command::ask_person:
    case Command::choose_person:
    case Command::ask_pin:
    case Command::change_pin:
    case Command::unlock:
    case Command::enrol_person:
      return press_people(press);
    case Command::dismiss_message:
      message_.reset();
      return {};
    case Command::ask_visit:
    case Command::ask_place:
    case Command::ask_void:
    case Command::start_visit:
    case Command::add_place:
    case Command::add_unit:
    case Command::void_record:
    case Command::begin_assessment:
    case Command::set_tier:
    case Command::choose_item:
    case Command::enter_item:
    case Command::add_step:
      return press_record(press);
    default:
      return press_elsewhere(press);
  }
}

Status Workbench::press_record(const Press& press) {
  switch (press.command) {
    case Command::ask_visit:
      open_dialog(Dialog::visit, press.subject);
      return {};
    case Command::ask_place:
      open_dialog(Dialog::place, {});
      return {};
    case Command::ask_void:
      open_dialog(Dialog::void_record, press.subject);
      return {};
    case Command::start_visit:
      return start_visit();
    case Command::add_place:
      return add_place();
    case Command::add_unit:
      return add_unit();
    case Command::void_record:
      return void_record();
    case Command::begin_assessment:
      return begin_assessment(press);
    case Command::set_tier:
      return set_tier(press.subject);
    case Command::choose_item:
      return choose_item(press);
    case Command::enter_item:
      return enter_item(press);
    case Command::add_step:
      return add_green_step(press.subject);
    default:
      return {};
  }
}

void Workbench::open_dialog(Dialog dialog, const Uuid& subject) {
  dialog_ = dialog;
  dialog_subject_ = subject;
  for (const Slot slot : {Slot::place_name, Slot::unit_name, Slot::unit_area, Slot::void_reason, Slot::is_example}) {
    slots_[slot].clear();
  }
  // What hangs on an example is one.
  const auto record = world_.desk.store.read(subject);
  if (!subject.is_nil() && record.ok() && is_example(record->record)) slots_[Slot::is_example] = "yes";
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

Status Workbench::start_visit() {
  inspect::Request request{dialog_subject_, {{"visit_kind", slots_[Slot::visit_kind]}}, {}, {}, {}};
  if (slots_.is_on(Slot::is_example)) request.fields.push_back({"is_example", "true"});
  KX_TRY(visit, act("visit.start", request));
  dialog_ = Dialog::none;
  open_visit(visit);
  return {};
}

Status Workbench::add_place() {
  const std::string kind = slots_[Slot::place_kind].empty() ? "unlicensed-place" : slots_[Slot::place_kind];
  inspect::Request request{{}, {{"kind", kind}, {"name", slots_[Slot::place_name]}}, {}, {}, {}};
  if (slots_.is_on(Slot::is_example)) request.fields.push_back({"is_example", "true"});
  KX_TRY(place, act("place.add", request));
  dialog_ = Dialog::none;
  place_ = place;
  page_ = Page::places;
  slots_[Slot::search].clear();  // the list shows it
  slots_[Slot::place_tab].clear();
  return {};
}

Status Workbench::add_unit() {
  inspect::Request request{dialog_subject_, {{"name", slots_[Slot::unit_name]}}, {}, {}, {}};
  if (!slots_[Slot::unit_area].empty()) request.fields.push_back({"planned_area_ha", slots_[Slot::unit_area]});
  if (slots_.is_on(Slot::is_example)) request.fields.push_back({"is_example", "true"});
  KX_TRY(unit, act("unit.add", request));
  (void)unit;
  dialog_ = Dialog::none;
  return {};
}

Status Workbench::void_record() {
  KX_TRY(done, act("record.void", {dialog_subject_, {}, {}, {}, slots_[Slot::void_reason]}));
  (void)done;
  dialog_ = Dialog::none;
  return {};
}

}  // namespace kuangxun::screens
