#pragma once

#include <vector>

#include "app/pages/page.h"

// Pages about one subject as the tabs of another page.
namespace kuangxun::pages {

struct Tab {
  const PageDescription* page = nullptr;
  Uuid subject;
};

// Those that have something to say about the subject, in their order.
std::vector<Tab> tabs_about(Where where, const records::Record& subject);

// As a control that keeps in `chosen`, which lives as long as the page, the name of the one that is open; the first
// while it holds none of them.
blocks::Choice tab_choice(Context& context, const std::vector<Tab>& tabs, std::string& chosen, std::string name,
                          blocks::Choice::Look look = blocks::Choice::Look::tabs);

// The tree of one of them, in the page that is being made.
blocks::Inset show_tab(Context& context, const Tab& tab);

}  // namespace kuangxun::pages
