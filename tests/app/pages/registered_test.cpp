#include <fstream>
#include <set>

#include "app/html/page_text.h"
#include "app/pages/page.h"
#include "db/records/kinds_green.h"
#include "tests/app/window_office/office.h"
#include "tests/support/where.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

// Files that hold a page: each folder below app/pages has nothing else.
std::set<std::string> page_files() {
  std::set<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::filesystem::path(source_folder()) / "app/pages")) {
    const bool is_below = entry.path().parent_path().filename() != "pages";
    if (is_below && entry.path().extension() == ".cpp") files.insert(entry.path().string());
  }
  return files;
}

// To be looked at.
void write(const std::string& name, const std::string& text) {
  const std::filesystem::path folder = std::filesystem::path(binary_folder()) / "pages_html";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / (name + ".html")) << text;
}

// Opens the page where a person would find it.
void open(Office& office, const pages::PageDescription& page) {
  switch (page.where) {
    case pages::Where::window:
      if (page.name == "visit") {
        office.open_place(office.mine("3-02"));
        office.start_visit("concurrent-restoration");
        return;
      }
      office.open_page(page.name);
      return;
    case pages::Where::exchange:
      office.open_page("sync");
      return;
    case pages::Where::dialog:
      office.open_dialog(page.name);
      return;
    case pages::Where::visit:
      office.open_place(office.mine("3-02"));
      office.start_visit("concurrent-restoration");
      office.open_visit_tab(page.name);
      return;
    default:
      break;
  }
  office.open_place(office.mine("3-02"));
  if (page.where == pages::Where::places) return;
  const bool is_of_place = page.where == pages::Where::place;
  office.open_place_tab(is_of_place ? page.name : "green");
  if (is_of_place) return;
  if (page.where == pages::Where::assessment && !office.store->list(records::kinds::green_assessment)->empty()) {
    office.choose("green.part", page.name);
    return;
  }
  // The parts of an assessment come with the first one.
  office.choose("green.part", "tier");
  if (page.where == pages::Where::assessment) office.press("green.begin.xinjiang");
  office.choose("green.part", page.name);
}

std::string label_of(const blocks::Choice& tabs) {
  return tabs.options[*tabs.chosen].label;
}

// As a person reads it: of its button, its tab or its dialog.
std::string title_of(Office& office, const pages::PageDescription& page) {
  const screens::View& view = office.view();
  switch (page.where) {
    case pages::Where::dialog:
      return view.dialog->title;
    case pages::Where::visit:
      return label_of(office.choice("visit.tab"));
    case pages::Where::place:
      return label_of(office.choice("place.tab"));
    case pages::Where::green:
    case pages::Where::assessment:
      return label_of(office.choice("green.part"));
    default:
      break;
  }
  return view.pages.chosen ? label_of(view.pages) : "检查";
}

// Every control of the tree, and all of its words.
void check_all_there(const blocks::Blocks& page, const std::string& text) {
  std::set<std::string> names;
  blocks::walk(page, [&](const blocks::Block& block) {
    std::visit(
        [&](const auto& shape) {
          if constexpr (requires {
                          shape.name;
                          shape.label;
                        }) {
            CHECK_MESSAGE(contains(text, "name=\"" + shape.name + "\""), shape.name);
            CHECK_MESSAGE(names.insert(shape.name).second, shape.name << " is there twice");
          }
          if constexpr (requires { shape.words; }) {
            // Signs of HTML in the words are written otherwise.
            const std::string first = shape.words.substr(0, shape.words.find_first_of("<>&\"'"));
            CHECK_MESSAGE(contains(text, first), shape.words);
          }
        },
        block.shape);
  });
}

}  // namespace

TEST_CASE("each file of a page is one registered page") {
  std::size_t registered = 0;
  for (const pages::PageDescription& page : pages::registered_pages()) registered += page.name == "example" ? 0 : 1;
  CHECK(registered == page_files().size());
}

TEST_CASE("pages stand in their order, each with a title") {
  Office office;
  std::vector<std::string> names;
  for (const blocks::Option& page : office.view().pages.options) {
    names.push_back(page.key);
    CHECK_FALSE(page.label.empty());
  }
  CHECK(names == std::vector<std::string>{"places", "county", "tables", "disputes", "example", "sync"});
}

TEST_CASE("every page can be drawn by another hand: as HTML text, with all its words and controls") {
  Office office;
  for (const pages::PageDescription& page : pages::registered_pages()) {
    CAPTURE(page.name);
    open(office, page);
    CHECK(office.page_problem().empty());
    const bool is_dialog = page.where == pages::Where::dialog;
    const blocks::Blocks& tree = is_dialog ? office.dialog() : office.tree();
    const std::string text = html::page_text(title_of(office, page), tree, Language::chinese);
    write(std::to_string(static_cast<int>(page.where)) + "-" + std::string(page.name), text);
    check_all_there(tree, text);
    if (is_dialog) office.press("dialog.cancel");
  }
}
