#include "app/screens/making.h"
#include "db/base/language.h"

// The people of this laptop, on the page of the sync.
namespace kuangxun::screens {
namespace {

PersonView view_of(const Making& making, const people::Person& person) {
  PersonView view{person.name, people::role_label(person.role), {}};
  if (!person.certificate_number.empty()) {
    view.detail += say_with(" · 执法证 {0}", " · certificate {0}", {person.certificate_number});
  }
  view.badge = {say_text("没有本机密钥", "no key here"), Tone::muted};
  if (person.has_key_here) view.badge = {say_text("可在本机签名", "can sign here"), Tone::plain};
  if (person.id == making.world.desk.person) view.badge = {say_text("当前操作人", "acts here now"), Tone::good};
  if (person.has_ended) view.badge = {say_text("已停用", "ended"), Tone::bad};
  return view;
}

}  // namespace

void add_people_of_laptop(const Making& making, SyncView& view) {
  for (const people::Person& person : making.known.people) view.people.push_back(view_of(making, person));
  if (view.people.empty()) {
    view.no_people = say_text("还没有登记人员：所录内容只由本机作证。向县里要本人的登记码，在这里登记。",
                              "Nobody is registered: what is entered stands on this laptop's word. Ask the county for "
                              "your own code and register here.");
  }
  view.person_code = slot_text(making, Slot::person_code, "people.code", say_text("本人的登记码", "Your own code"));
  view.new_pin = secret_slot(making, Slot::new_pin, "people.pin",
                             say_text("自选口令（至少 6 个字符）", "A PIN of your own (6 characters at least)"));
  view.new_pin_again = secret_slot(making, Slot::new_pin_again, "people.pin_again", say_text("再输一次", "Once more"));
  view.enrol_person = {"people.enrol",
                       say_text("登记人员", "Register"),
                       {Command::enrol_person, {}, {}},
                       Tone::accent,
                       making.known.standing.is_enrolled() && !view.person_code.text.empty() &&
                           !view.new_pin.text.empty() && !view.new_pin_again.text.empty()};
  if (!view.enrol_person.enabled) {
    view.enrol_person.hint = making.known.standing.is_enrolled()
                                 ? say_text("先填登记码和两次口令", "give the code, and the PIN twice")
                                 : say_text("先登记本机", "enrol this laptop first");
  }
  view.change_pin = {"people.change_pin", say_text("改口令…", "Change the PIN…"), {Command::ask_pin, {}, {}}};
  view.change_pin.enabled = making.world.office.people().has_key(making.world.desk.person);
  if (!view.change_pin.enabled) {
    view.change_pin.hint = say_text("当前操作人在本机没有密钥", "who acts now has no key here");
  }
}

}  // namespace kuangxun::screens
