#include "app/screens/making.h"
#include "db/language/language.h"

// The people of this laptop, on the page of the sync.
namespace kuangxun::screens {
namespace {

PersonView view_of(const Making& making, const people::Person& person) {
  PersonView view{person.name, people::role_label(person.role), {}};
  if (!person.certificate_number.empty()) {
    view.detail += say_with(" · certificate {0}", {person.certificate_number});
  }
  view.badge = {say_text("no key here"), Tone::muted};
  if (person.has_key_here) view.badge = {say_text("can sign here"), Tone::plain};
  if (person.id == making.world.desk.person) view.badge = {say_text("acts here now"), Tone::good};
  if (person.has_ended) view.badge = {say_text("ended"), Tone::bad};
  return view;
}

}  // namespace

void add_people_of_laptop(const Making& making, SyncView& view) {
  for (const people::Person& person : making.known.people) view.people.push_back(view_of(making, person));
  if (view.people.empty()) {
    view.no_people = say_text(
        "Nobody is registered: what is entered stands on this laptop's word. Ask the county for "
        "your own code and register here.");
  }
  view.person_code = slot_text(making, Slot::person_code, "people.code", say_text("Your own code"));
  view.new_pin =
      secret_slot(making, Slot::new_pin, "people.pin", say_text("A PIN of your own (6 characters at least)"));
  view.new_pin_again = secret_slot(making, Slot::new_pin_again, "people.pin_again", say_text("Once more"));
  view.enrol_person = {"people.enrol",
                       say_text("Register"),
                       {Command::enrol_person, {}, {}},
                       Tone::accent,
                       making.known.standing.is_enrolled() && !view.person_code.text.empty() &&
                           !view.new_pin.text.empty() && !view.new_pin_again.text.empty()};
  if (!view.enrol_person.enabled) {
    view.enrol_person.hint = making.known.standing.is_enrolled() ? say_text("give the code, and the PIN twice")
                                                                 : say_text("enrol this laptop first");
  }
  view.change_pin = {"people.change_pin", say_text("Change the PIN…"), {Command::ask_pin, {}, {}}};
  view.change_pin.enabled = making.world.office.people().has_key(making.world.desk.person);
  if (!view.change_pin.enabled) {
    view.change_pin.hint = say_text("who acts now has no key here");
  }
}

}  // namespace kuangxun::screens
