#include "app/people/names.h"
#include "app/screens/workbench.h"
#include "db/language/language.h"

// What stands above every page: which pages there are, what is not at the county yet, who acts, what must be known.
namespace kuangxun::screens {
namespace {

std::string standing_text(std::uint64_t unsynced) {
  if (unsynced == 0) return say_text("nothing waits to be sent");
  return say_with("{0} operations are on this laptop only", {std::to_string(unsynced)});
}

}  // namespace

void Workbench::make_head() {
  view_.open_page = open_page_;
  view_.pages = {"page", {}, {}, {}, [this](const std::string& name) -> Status {
                   open_page_ = name;
                   return {};
                 }};
  for (const pages::PageDescription& page : pages::registered_pages()) {
    if (page.where != pages::Where::window || page.title == nullptr) continue;
    if (page.name == open_page_) view_.pages.chosen = view_.pages.options.size();
    const std::string name(page.name);
    view_.pages.options.push_back({name, name, pages::title_of(page, *this, {})});
  }
  view_.standing = standing_text(known_.counts.unsynced_operations);
  view_.person = {"head.person", person_label(), [this]() -> Status {
                    open_dialog("person", {});
                    return {};
                  }};
  // The message goes with whatever is done in the head.
  view_.dismiss = {"message.dismiss", say_text("Close"), []() -> Status { return {}; }};
  trouble_ = receiver_.trouble();
  view_.warnings = warnings();
}

std::string Workbench::person_label() const {
  const Uuid& person = world_.desk.person;
  if (person.is_nil()) return say_text("User: none");
  return say_with("User: {0}", {people::name_of(known_.here.people, person)});
}

std::vector<std::string> Workbench::warnings() const {
  std::vector<std::string> texts = office::warnings_of(known_.here.standing, known_.counts, world_.desk.clock.now_ms());
  // Wherever one is: that a receiver fell silent must be noticed on the way, not at the desk.
  if (!trouble_.empty()) texts.push_back(trouble_);
  return texts;
}

blocks::Handler Workbench::action_in_head(const blocks::Event& event) const {
  return blocks::action_of({{view_.pages}, {view_.person}, {view_.dismiss}}, event);
}

void Workbench::do_in_head(const blocks::Handler& action) {
  // What was typed comes before what is pressed.
  Status outcome = typing_.leave(world_.desk);
  is_stale_ = true;
  if (outcome.ok()) {
    message_.reset();
    outcome = action();
  }
  const bool was_asked = signer_.take_asked();
  if (outcome.ok()) return;
  if (was_asked) return ask_pin([this, action] { do_in_head(action); });
  say_error(outcome.error());
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
