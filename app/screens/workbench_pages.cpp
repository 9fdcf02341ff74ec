#include <memory>
#include <tuple>

#include "app/screens/workbench.h"

// The workbench shows the tree of the page that is open and does what its handlers ask. An event is done by the tree
// that was drawn, because nothing makes it anew in between.
namespace kuangxun::screens {

// What is left in a page as a dialog comes up over it is still that page's.
void Workbench::take_event(const blocks::Event& event) {
  if (is_checking_) return;  // the dialog covers everything; what was under way before it is dropped
  needs_refresh_ = true;
  if (const blocks::Handler action = action_in_head(event)) return do_in_head(action);
  // What stands above every page belongs to none: it changes no record.
  if (const blocks::Handler action = blocks::action_of(view_.running, event)) {
    if (const Status done = action(); !done.ok()) say_error(done.error());
    return;
  }
  for (pages::PageHost* host : {&dialogs_, &pages_}) {
    if (host == &dialogs_ && open_dialogs_.empty()) continue;
    blocks::Handler action = host->action_of(event);
    if (!action) continue;
    do_on_page(
        [this, host, action = std::move(action)] {
          asked_ = host;
          return action();
        },
        event.what);
    return;
  }
}

void Workbench::do_on_page(const blocks::Handler& action, blocks::Event::What what) {
  Status outcome;
  if (what != blocks::Event::What::write) {
    // What was typed comes before what is pressed.
    outcome = typing_.leave(world_.desk);
    is_stale_ = true;
  }
  if (what == blocks::Event::What::press) message_.reset();
  if (outcome.ok()) outcome = pages::PageHost::run(action);
  settle(outcome, action);
}

void Workbench::settle(const Status& outcome, blocks::Handler again) {
  needs_refresh_ = true;
  const bool was_asked = signer_.take_asked();
  if (!outcome.ok() && was_asked) {
    ask_pin([this, again = std::move(again)] { do_on_page(again, blocks::Event::What::press); });
  } else {
    if (!is_settling_elsewhere_) return asked_->say_problem(outcome.ok() ? std::string() : outcome.error().message());
    if (!outcome.ok()) say_error(outcome.error());
  }
}

void Workbench::run_beside(std::string title, BesideJob job, std::function<void(const Status&)> done) {
  const Uuid person = world_.desk.person;
  const int offset_min = world_.desk.offset_min;
  const bool is_unlocked = signer_.is_unlocked(person);
  const auto was_asked = std::make_shared<bool>(false);
  const auto where = [this] { return std::tuple(open_page_, place_, visit_); };
  const auto ended = [this, was_asked, done, where, begun_at = where()](const Status& outcome) {
    if (*was_asked) signer_.note_asked();
    is_settling_elsewhere_ = where() != begun_at;
    done(outcome);
    is_settling_elsewhere_ = false;
  };
  const Status begun = beside_.start(
      writer::Turn::bulk, std::move(title),
      [=](office::Office& office, const Running& running) -> Status {
        KX_TRY(store, office.writer());
        BesideSigner signer(office, is_unlocked);
        inspect::Desk desk = office.desk(*store, person, &signer);
        desk.offset_min = offset_min;
        Status outcome = job(desk, running);
        *was_asked = signer.was_asked();
        return outcome;
      },
      ended);
  if (!begun.ok()) done(begun);
}

}  // namespace kuangxun::screens
