#pragma once

#include <memory>
#include <string_view>

#include "app/blocks/block.h"
#include "app/pages/context.h"
#include "db/records/record.h"

namespace kuangxun::pages {

// One page: keeps its own state, makes its tree, and its tree's handlers do what is pressed in it. It lives from the
// first time it is opened until the program ends; what was typed into it and is not in the store is lost with it.
class Page {
 public:
  virtual ~Page() = default;
  // What it shows of `subject`, which is nil for a page of the program itself. Called only while it is open, and only
  // when something changed. An error stands in its place; the other pages go on.
  virtual Result<blocks::Blocks> build(const Uuid& subject) = 0;
};

// Where a page is found: in the head of the window, among those of a place, of a mine as a green one, or of a visit.
enum class Where : std::uint8_t { window, place, green, visit };

struct PageDescription {
  // Stable, never translated, one of its kind among those beside it: its button is "page.NAME", its tab
  // "place.tab.NAME", "green.part.NAME" or "visit.tab.NAME".
  std::string_view name;
  Where where = Where::window;
  int order = 0;  // among those beside it; leave room
  // Of a page about a subject: for that one.
  std::string (*title)(Context& context, const Uuid& subject) = nullptr;
  std::unique_ptr<Page> (*make)(Context& context) = nullptr;
  // Whether it has something to say about a subject; null: about all.
  bool (*is_about)(const records::Record& subject) = nullptr;
};

// A page makes itself known by one of these beside its class, in a file of its own. The folders of pages are OBJECT
// libraries, because a linker would leave such a file out of an archive: nobody calls it by name.
class Registered {
 public:
  explicit Registered(const PageDescription& description);
};

template <class OnePage>
std::unique_ptr<Page> make(Context& context) {
  return std::make_unique<OnePage>(context);
}

// All that are linked into this program, by where they are and their order.
const std::vector<PageDescription>& registered_pages();
// nullptr when there is none of that name there.
const PageDescription* find_page(Where where, std::string_view name);

}  // namespace kuangxun::pages
