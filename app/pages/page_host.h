#pragma once

#include <map>
#include <memory>

#include "app/blocks/event.h"
#include "app/pages/page.h"

namespace kuangxun::pages {

// Keeps the pages that were opened, and the trees of those that are open: one, and what it shows within it. Each is
// made again only when something of it changed. What goes wrong in a page, while it is made or in one of its handlers,
// is said on that page and stays there.
class PageHost {
 public:
  // `context` outlives it.
  explicit PageHost(Context& context) : context_(context) {}

  // What the page shows of the subject. `revision` moves on whenever records may have changed. The tree is good until
  // the next call.
  const blocks::Blocks& show(const PageDescription& page, const Uuid& subject, std::uint64_t revision);
  // For a page that is being made: another one within it. The tree changes in place from then on.
  std::shared_ptr<blocks::Blocks> show_within(const PageDescription& page, const Uuid& subject);
  // No page is open: events of the one before do nothing.
  void close() { open_ = nullptr; }
  // What was typed into the page, and what went wrong there, is forgotten (Page::forget).
  void forget(const PageDescription& page);

  // Whether what is open tells something that moves on by itself (blocks::Stack::remake).
  bool is_live();
  // Makes those parts of it anew and nothing else. False: one failed, and the page must be made as a whole.
  bool renew();

  // What the event asks of the page whose control it is, to be done now or again later; empty: nothing. A character
  // that changes nothing but its own field is put into the tree at once.
  blocks::Handler action_of(const blocks::Event& event);
  // The same guarded: a handler that throws has failed, and nothing else has.
  static Status run(const blocks::Handler& action);
  // Stands on the page that was asked last until the next thing is done there; empty takes it away.
  void say_problem(std::string problem);

 private:
  struct Opened {
    std::unique_ptr<Page> page;
    std::shared_ptr<blocks::Blocks> tree = std::make_shared<blocks::Blocks>();
    Uuid subject;
    std::uint64_t revision = 0;
    bool is_stale = true;
    std::string problem;                         // of what was done there last
    std::vector<const PageDescription*> within;  // what it showed when it was made
  };
  Opened& refresh(const PageDescription& page, const Uuid& subject);
  void build(const PageDescription& page, Opened& opened);
  bool is_live(const PageDescription& page);
  bool renew(const PageDescription& page);
  // The innermost page with that control.
  blocks::Handler find_action(const PageDescription& page, const blocks::Event& event);

  Context& context_;
  std::map<const PageDescription*, Opened> opened_;
  const PageDescription* open_ = nullptr;
  const PageDescription* asked_ = nullptr;          // whose control was used last
  std::vector<const PageDescription*> being_made_;  // from the outermost
  std::uint64_t revision_ = 0;
};

}  // namespace kuangxun::pages
