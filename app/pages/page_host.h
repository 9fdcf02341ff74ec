#pragma once

#include <map>

#include "app/blocks/event.h"
#include "app/pages/page.h"

namespace kuangxun::pages {

// Keeps the pages that were opened, and the tree of the one that is open: made again only when something changed. What
// goes wrong in a page, while it is made or in one of its handlers, is said on that page and stays there.
class PageHost {
 public:
  // `context` outlives it.
  explicit PageHost(Context& context) : context_(context) {}

  // What the page shows of the subject. `revision` moves on whenever records may have changed. The tree is good until
  // the next call.
  const blocks::Blocks& show(const PageDescription& page, const Uuid& subject, std::uint64_t revision);
  // No page is open: events of the one before do nothing.
  void close() { open_ = nullptr; }

  // What the event asks of the open page, to be done now or again later; empty: nothing. A character that changes
  // nothing but its own field is put into the tree at once.
  blocks::Handler action_of(const blocks::Event& event);
  // The same guarded: a handler that throws has failed, and nothing else has.
  static Status run(const blocks::Handler& action);
  // Stands on the open page until the next thing is done there; empty takes it away.
  void say_problem(std::string problem);

 private:
  struct Opened {
    std::unique_ptr<Page> page;
    blocks::Blocks tree;
    Uuid subject;
    std::uint64_t revision = 0;
    bool is_stale = true;
    std::string problem;  // of what was done there last
  };
  void build(const PageDescription& page, Opened& opened);

  Context& context_;
  std::map<const PageDescription*, Opened> opened_;
  const PageDescription* open_ = nullptr;
};

}  // namespace kuangxun::pages
