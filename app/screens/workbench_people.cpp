#include "app/pages/fields.h"
#include "app/screens/workbench.h"
#include "db/language/language.h"

// Who acts, and their PIN.
namespace kuangxun::screens {

std::string Workbench::signing_text() {
  const std::string who = pages::acting_name(*this);
  if (who.empty()) {
    return say_text("Signed by this laptop only, not personally; register people on the page of the sync.");
  }
  return say_with("Signed by {0} personally, with the PIN.", {who});
}

Status Workbench::act_as(const Uuid& person) {
  signer_.lock();  // the one before may have gone away with the laptop unlocked
  world_.desk.person = person;
  return world_.office.people().set_current(person);
}

void Workbench::ask_pin(std::function<void()> wanted) {
  open_dialog("pin", {});
  unsigned_ = std::move(wanted);
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

void Workbench::unlocked(const Uuid& person) {
  signer_.note_unlocked(person);
  if (!is_asking_pin()) return;
  const std::function<void()> wanted = std::exchange(unsigned_, nullptr);
  close_dialog();
  if (wanted) wanted();
}

}  // namespace kuangxun::screens
