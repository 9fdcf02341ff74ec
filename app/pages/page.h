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
  // What was typed into it is forgotten: a dialog is opened, or was closed.
  virtual void forget() {}
};

// Where a page is found.
enum class Where : std::uint8_t {
  window,      // in the window itself, with a button in its head when it has a title
  places,      // beside the list of places: the one that is chosen
  place,       // among the tabs of a place
  green,       // among the parts of a mine as a green one
  assessment,  // among the same, of the mine's newest assessment as a green one
  visit,       // among the tabs of a visit
  exchange,    // below each other at the foot of the page of the sync
  dialog,      // over everything else, until it is closed
};

struct PageDescription {
  // Stable, never translated, one of its kind among those beside it: its button is "page.NAME", its tab
  // "place.tab.NAME", "green.part.NAME" or "visit.tab.NAME". A dialog is opened by its name.
  std::string_view name;
  Where where = Where::window;
  int order = 0;  // among those beside it; leave room
  // Of a page about a subject: for that one.
  std::string (*title)(Context& context, const Uuid& subject) = nullptr;
  std::unique_ptr<Page> (*make)(Context& context) = nullptr;
  // Whether it has something to say about a subject; null: about all.
  bool (*is_about)(const records::Record& subject) = nullptr;
  // What the page around it has to say of the subject is left out: it has notes of its own, and needs the room.
  bool needs_room = false;
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
// In words. A title that cannot be made is the name: the page itself will say what is wrong.
std::string title_of(const PageDescription& page, Context& context, const Uuid& subject);

}  // namespace kuangxun::pages
