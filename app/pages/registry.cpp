#include <algorithm>
#include <cassert>
#include <exception>

#include "app/pages/page.h"

// The list is filled before main() by the files of the pages themselves, so that a page is one file and no list has to
// be kept in step with the folder.
namespace kuangxun::pages {
namespace {

// Made at its first use: the order in which files are initialised is nobody's to choose.
std::vector<PageDescription>& all() {
  static std::vector<PageDescription> pages;
  return pages;
}

bool stands_before(const PageDescription& a, const PageDescription& b) {
  return a.where != b.where ? a.where < b.where : a.order != b.order ? a.order < b.order : a.name < b.name;
}

}  // namespace

Registered::Registered(const PageDescription& description) {
  assert(find_page(description.where, description.name) == nullptr && "two pages of one name");
  std::vector<PageDescription>& pages = all();
  pages.insert(std::ranges::upper_bound(pages, description, stands_before), description);
}

const std::vector<PageDescription>& registered_pages() {
  return all();
}

const PageDescription* find_page(Where where, std::string_view name) {
  const auto found = std::ranges::find_if(
      all(), [&](const PageDescription& page) { return page.where == where && page.name == name; });
  return found == all().end() ? nullptr : &*found;
}

std::string title_of(const PageDescription& page, Context& context, const Uuid& subject) {
  try {
    if (page.title != nullptr) return page.title(context, subject);
  } catch (const std::exception&) {
    // The head of the window must stand whatever one page does.
  }
  return std::string(page.name);
}

}  // namespace kuangxun::pages
