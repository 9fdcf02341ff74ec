#include <algorithm>

#include "app/screens/workbench.h"
#include "db/language/language.h"

// Dialogs lie over the page and over each other: the question for the PIN over the one whose answer needs it.
namespace kuangxun::screens {

void Workbench::open_dialog(std::string_view name, const Uuid& subject) {
  const pages::PageDescription* page = pages::find_page(pages::Where::dialog, name);
  if (page == nullptr) return;
  std::erase_if(open_dialogs_, [&](const OpenDialog& open) { return open.page == page; });
  dialogs_.forget(*page);
  open_dialogs_.push_back({page, subject});
  needs_refresh_ = true;
}

void Workbench::close_dialog() {
  if (open_dialogs_.empty()) return;
  dialogs_.forget(*open_dialogs_.back().page);
  if (is_asking_pin()) unsigned_ = nullptr;
  open_dialogs_.pop_back();
  needs_refresh_ = true;
}

bool Workbench::is_asking_pin() const {
  return !open_dialogs_.empty() && open_dialogs_.back().page->name == "pin";
}

std::optional<DialogView> Workbench::make_dialog() {
  if (is_checking_) return DialogView{checking_title_, &checking_page_};
  if (open_dialogs_.empty()) return std::nullopt;
  const OpenDialog& open = open_dialogs_.back();
  return DialogView{pages::title_of(*open.page, *this, open.subject),
                    &dialogs_.show(*open.page, open.subject, revision_)};
}

}  // namespace kuangxun::screens
