#include "app/screens/workbench.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"

namespace kuangxun::screens {
namespace {

Button confirm_button(Command command, const Uuid& subject, std::string label, bool enabled, std::string hint = {}) {
  return {"dialog.confirm", std::move(label), {command, subject, {}}, Tone::accent, enabled, std::move(hint)};
}

Button cancel_button() {
  return {"dialog.cancel", say_text("Cancel"), {Command::close_dialog, {}, {}}};
}

std::string example_label() {
  return say_text("this is example data, for practice");
}

}  // namespace

std::optional<DialogView> Workbench::make_dialog() const {
  if (is_checking_) return DialogView{checking_title_, {}, {}, {}, {}, {}, {}};
  switch (dialog_) {
    case Dialog::none:
      return std::nullopt;
    case Dialog::visit:
      return visit_dialog();
    case Dialog::place:
      return place_dialog();
    case Dialog::unit:
      return unit_dialog();
    case Dialog::person:
      return person_dialog();
    case Dialog::pin:
      return pin_dialog();
    case Dialog::change_pin:
      return change_pin_dialog();
    case Dialog::void_record:
      break;
  }
  return void_dialog();
}

DialogView Workbench::visit_dialog() const {
  const Making making = this->making();
  DialogView view{say_text("Start a visit"), {}, {}, {}, {}, {}, cancel_button()};
  view.choices.push_back(slot_choice(making, Slot::visit_kind, "dialog.visit_kind", say_text("Kind of visit"),
                                     options_of(records::visit_kind_enumeration)));
  view.checks.push_back(slot_check(making, Slot::is_example, "dialog.is_example", example_label()));
  view.confirm = confirm_button(Command::start_visit, dialog_subject_, say_text("Start"), true);
  return view;
}

DialogView Workbench::place_dialog() const {
  const Making making = this->making();
  DialogView view{say_text("Add a place"), {}, {}, {}, {}, {}, cancel_button()};
  view.texts.push_back(
      say_text("Mining rights, exploration rights and restoration projects come with the county's "
               "registers and are not added here."));
  view.choices.push_back(
      slot_choice(making, Slot::place_kind, "dialog.place_kind", say_text("Kind"),
                  {{"unlicensed-place", "unlicensed-place", say_text("Suspected of mining without licence")},
                   {"legacy-site", "legacy-site", say_text("Legacy mine site")},
                   {"closed-mine", "closed-mine", say_text("Closed mine")}}));
  view.entries.push_back(
      slot_text(making, Slot::place_name, "dialog.place_name", say_text(in_context("screens", "Name"))));
  view.checks.push_back(slot_check(making, Slot::is_example, "dialog.is_example", example_label()));
  const bool can_add = !slots_[Slot::place_name].empty();
  view.confirm = confirm_button(Command::add_place, {}, say_text("Add"), can_add,
                                can_add ? std::string() : say_text("give its name first"));
  return view;
}

DialogView Workbench::unit_dialog() const {
  const Making making = this->making();
  DialogView view{say_text("Add a restoration unit"), {}, {}, {}, {}, {}, cancel_button()};
  view.entries.push_back(
      slot_text(making, Slot::unit_name, "dialog.unit_name", say_text(in_context("screens", "Unit"))));
  view.entries.push_back(
      slot_text(making, Slot::unit_area, "dialog.unit_area", say_text("Planned area (ha, may stay empty)")));
  view.checks.push_back(slot_check(making, Slot::is_example, "dialog.is_example", example_label()));
  const bool can_add = !slots_[Slot::unit_name].empty();
  view.confirm = confirm_button(Command::add_unit, dialog_subject_, say_text("Add"), can_add,
                                can_add ? std::string() : say_text("give its name first"));
  return view;
}

DialogView Workbench::void_dialog() const {
  const Making making = this->making();
  DialogView view{say_text("Void"), {}, {}, {}, {}, {}, cancel_button()};
  const auto record = world_.desk.store.read(dialog_subject_);
  if (record.ok()) view.texts.push_back(std::string(record->record.kind().label()) + " · " + record->record.name());
  view.texts.push_back(say_text("It stays visible with the reason; this cannot be undone."));
  view.entries.push_back(
      slot_text(making, Slot::void_reason, "dialog.void_reason", say_text(in_context("screens", "Reason"))));
  const bool can_void = !slots_[Slot::void_reason].empty();
  view.confirm = confirm_button(Command::void_record, dialog_subject_, say_text("Void"), can_void,
                                can_void ? std::string() : say_text("give the reason first"));
  view.confirm->tone = Tone::bad;
  return view;
}

}  // namespace kuangxun::screens
