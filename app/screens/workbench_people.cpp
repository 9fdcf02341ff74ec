#include <algorithm>
#include <memory>

#include "app/screens/workbench.h"
#include "db/language/language.h"

// Who acts, and their PIN.
namespace kuangxun::screens {
namespace {

constexpr std::string_view nobody = "nobody";

}  // namespace

Button Workbench::person_button() const {
  const Uuid& person = world_.desk.person;
  const std::string name = people::name_of(known_.people, person);
  return {"head.person",
          person.is_nil() ? say_text("Acting: nobody named") : say_with("Acting: {0}", {name}),
          {Command::ask_person, {}, {}}};
}

void Workbench::forget_pins() {
  for (const Slot slot : {Slot::pin, Slot::new_pin, Slot::new_pin_again}) slots_[slot].clear();
  dialog_problem_.clear();
}

Status Workbench::press_people(const Press& press) {
  switch (press.command) {
    case Command::ask_person:
      dialog_ = Dialog::person;
      slots_[Slot::chosen_person] = world_.desk.person.is_nil() ? std::string(nobody) : world_.desk.person.text();
      return {};
    case Command::choose_person: {
      const auto chosen = parse_uuid(slots_[Slot::chosen_person]);
      return choose_person(chosen.ok() ? *chosen : Uuid{});
    }
    case Command::ask_pin:
      forget_pins();
      dialog_ = Dialog::change_pin;
      return {};
    case Command::change_pin:
      return change_pin();
    case Command::unlock:
      unlock();
      return {};
    default:
      break;
  }
  return enrol_person();
}

Status Workbench::choose_person(const Uuid& person) {
  signer_.lock();  // the one before may have gone away with the laptop unlocked
  world_.desk.person = person;
  dialog_ = Dialog::none;
  return world_.office.people().set_current(person);
}

void Workbench::ask_pin(std::function<void()> wanted) {
  unsigned_ = std::move(wanted);
  forget_pins();
  dialog_ = Dialog::pin;
}

void Workbench::work_on_keys(std::string title, std::function<Status()> job, std::function<void(const Status&)> done) {
  is_checking_ = true;
  checking_title_ = std::move(title);
  keys_.start([this, job = std::move(job), done = std::move(done)] {
    world_.post([this, outcome = job(), done] {
      is_checking_ = false;
      note_changes();
      done(outcome);
    });
  });
}

// The key is found beside the window, and laid into the window's office by the window.
void Workbench::unlock() {
  const Uuid person = world_.desk.person;
  const auto key = std::make_shared<std::optional<SigningKey>>();
  work_on_keys(
      say_text("Checking the PIN…"),
      [this, person, key, pin = slots_[Slot::pin]]() -> Status {
        KX_TRY(found, world_.office.people().unlock(person, pin));
        key->emplace(std::move(found));
        return {};
      },
      [this, person, key](const Status& checked) {
        slots_[Slot::pin].clear();
        const Status status = checked.ok() ? world_.office.unlock(person, std::move(**key)) : checked;
        if (!status.ok()) {
          dialog_problem_ = status.error().message();
          return;
        }
        dialog_problem_.clear();
        signer_.note_unlocked(person);
        dialog_ = Dialog::none;
        if (const std::function<void()> wanted = std::exchange(unsigned_, nullptr)) wanted();
      });
}

Status Workbench::change_pin() {
  if (slots_[Slot::new_pin] != slots_[Slot::new_pin_again]) {
    dialog_problem_ = say_text("the two new PINs differ");
    return {};
  }
  work_on_keys(
      say_text("Changing the PIN…"),
      [this, person = world_.desk.person, old_pin = slots_[Slot::pin], new_pin = slots_[Slot::new_pin]] {
        return world_.office.people().change_pin(person, old_pin, new_pin);
      },
      [this](const Status& status) {
        forget_pins();
        if (!status.ok()) {
          dialog_problem_ = status.error().message();
          return;
        }
        dialog_ = Dialog::none;
        message_ = {say_text("the PIN is changed"), Tone::good};
      });
  return {};
}

Status Workbench::enrol_person() {
  if (slots_[Slot::new_pin] != slots_[Slot::new_pin_again]) {
    return Error(ErrorCode::bad_input, phrase("the two PINs differ"));
  }
  const auto enrolled = std::make_shared<people::Person>();
  exchange(
      say_text("Registering…"),
      [enrolled, code = slots_[Slot::person_code], pin = slots_[Slot::new_pin]](office::Office& office,
                                                                                const Running& running) -> Status {
        KX_TRY(person, office.enrol_person(code, pin, running));
        *enrolled = std::move(person);
        return {};
      },
      [this, enrolled](const Status& status) {
        forget_pins();
        if (!status.ok()) return say_error(status.error());
        slots_[Slot::person_code].clear();
        message_ = {say_with("{0} is registered here and acts from now on", {enrolled->name}), Tone::good};
        if (const Status chosen = choose_person(enrolled->id); !chosen.ok()) say_error(chosen.error());
      });
  return {};
}

DialogView Workbench::person_dialog() const {
  DialogView view{say_text("Who acts"), {}, {}, {}, {}, {}, {}};
  SlotChoice choice{"dialog.person", say_text("Registered on this laptop"), {}, {}, Slot::chosen_person};
  for (const people::Person& person : known_.people) {
    if (!person.has_key_here || person.has_ended) continue;
    choice.options.push_back({std::to_string(choice.options.size()), person.id.text(), person.name});
  }
  choice.options.push_back({std::string(nobody), std::string(nobody), say_text("Nobody named")});
  const auto found = std::ranges::find(choice.options, slots_[Slot::chosen_person], &Option::text);
  if (found != choice.options.end()) choice.chosen = static_cast<std::size_t>(found - choice.options.begin());
  view.texts.push_back(
      say_text("Whoever takes over signs with their own PIN. People register on the page of the "
               "sync."));
  view.choices.push_back(std::move(choice));
  view.confirm = Button{"dialog.confirm", say_text("This one"), {Command::choose_person, {}, {}}, Tone::accent};
  view.cancel = Button{"dialog.cancel", say_text("Cancel"), {Command::close_dialog, {}, {}}};
  return view;
}

DialogView Workbench::pin_dialog() const {
  DialogView view{say_text("Your signature"), {}, {}, {}, {}, {}, {}};
  view.texts.push_back(
      say_with("Signed by {0} personally: enter your PIN.", {people::name_of(known_.people, world_.desk.person)}));
  view.problem = dialog_problem_;
  view.entries.push_back(secret_slot(making(), Slot::pin, "dialog.pin", say_text("PIN")));
  view.confirm =
      Button{"dialog.confirm", say_text("Sign"), {Command::unlock, {}, {}}, Tone::accent, !slots_[Slot::pin].empty()};
  view.cancel = Button{"dialog.cancel", say_text("Cancel"), {Command::close_dialog, {}, {}}};
  return view;
}

DialogView Workbench::change_pin_dialog() const {
  const Making making = this->making();
  DialogView view{say_text("Change the PIN"), {}, {}, {}, {}, {}, {}};
  view.problem = dialog_problem_;
  view.entries.push_back(secret_slot(making, Slot::pin, "dialog.pin", say_text("The present PIN")));
  view.entries.push_back(secret_slot(making, Slot::new_pin, "dialog.new_pin", say_text("The new PIN")));
  view.entries.push_back(secret_slot(making, Slot::new_pin_again, "dialog.new_pin_again", say_text("Once more")));
  const bool can_change = !slots_[Slot::pin].empty() && !slots_[Slot::new_pin].empty();
  view.confirm = Button{"dialog.confirm", say_text("Change"), {Command::change_pin, {}, {}}, Tone::accent, can_change};
  view.cancel = Button{"dialog.cancel", say_text("Cancel"), {Command::close_dialog, {}, {}}};
  return view;
}

}  // namespace kuangxun::screens
