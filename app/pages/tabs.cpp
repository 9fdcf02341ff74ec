#include "app/pages/tabs.h"

#include "app/pages/fields.h"

// Which tabs there are is nowhere listed: they are the pages that have registered there and speak of the subject.
namespace kuangxun::pages {

std::vector<Tab> tabs_about(Where where, const records::Record& subject) {
  std::vector<Tab> tabs;
  for (const PageDescription& page : registered_pages()) {
    const bool is_about = page.is_about == nullptr || page.is_about(subject);
    if (page.where == where && is_about) tabs.push_back({&page, subject.id()});
  }
  return tabs;
}

blocks::Choice tab_choice(Context& context, const std::vector<Tab>& tabs, std::string& chosen, std::string name,
                          blocks::Choice::Look look) {
  std::vector<blocks::Option> options;
  for (const Tab& tab : tabs) {
    const std::string of_page(tab.page->name);
    options.push_back({of_page, of_page, title_of(*tab.page, context, tab.subject)});
  }
  blocks::Choice choice = own_choice(chosen, std::move(name), {}, std::move(options));
  choice.look = look;
  return choice;
}

blocks::Inset show_tab(Context& context, const Tab& tab) {
  return {context.show(*tab.page, tab.subject)};
}

}  // namespace kuangxun::pages
