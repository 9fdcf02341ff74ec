#include "app/pages/page_host.h"

#include <algorithm>
#include <cassert>
#include <exception>

#include "db/language/language.h"

// One page must never take the others with it: that is why each call into a page goes through a guard, and why the tree
// is kept here and not by the page. A page within another has a tree of its own for the same reason, and so that a
// character typed in one of them makes only that one again.
namespace kuangxun::pages {
namespace {

Error failure_of(const std::exception& failure) {
  return Error(ErrorCode::unavailable,
               phrase("The program failed on this page, the others go on: {0}", {failure.what()}));
}

// The outermost stacks of a page that move on by themselves; a page within it sees to its own.
template <class See>
void see_live(blocks::Blocks& tree, const See& see) {
  for (blocks::Block& block : tree) {
    if (std::holds_alternative<blocks::Inset>(block.shape)) continue;
    auto* stack = std::get_if<blocks::Stack>(&block.shape);
    if (stack != nullptr && stack->remake) {
      see(*stack);
    } else if (blocks::Blocks* children = blocks::children_of(block)) {
      see_live(*children, see);
    }
  }
}

}  // namespace

bool PageHost::is_live() {
  return open_ != nullptr && is_live(*open_);
}

bool PageHost::is_live(const PageDescription& page) {
  Opened& opened = opened_[&page];
  bool is_any = false;
  see_live(*opened.tree, [&](blocks::Stack&) { is_any = true; });
  return is_any || std::ranges::any_of(opened.within, [&](const auto* within) { return is_live(*within); });
}

bool PageHost::renew() {
  return open_ == nullptr || renew(*open_);
}

bool PageHost::renew(const PageDescription& page) {
  Opened& opened = opened_[&page];
  try {
    see_live(*opened.tree, [](blocks::Stack& stack) { stack.blocks = stack.remake(); });
  } catch (const std::exception& failure) {
    asked_ = &page;
    say_problem(failure_of(failure).message());
    return false;
  }
  return std::ranges::all_of(opened.within, [&](const auto* within) { return renew(*within); });
}

const blocks::Blocks& PageHost::show(const PageDescription& page, const Uuid& subject, std::uint64_t revision) {
  open_ = &page;
  revision_ = revision;
  return *refresh(page, subject).tree;
}

std::shared_ptr<blocks::Blocks> PageHost::show_within(const PageDescription& page, const Uuid& subject) {
  assert(!being_made_.empty() && std::ranges::find(being_made_, &page) == being_made_.end());
  opened_[being_made_.back()].within.push_back(&page);
  return refresh(page, subject).tree;
}

PageHost::Opened& PageHost::refresh(const PageDescription& page, const Uuid& subject) {
  Opened& opened = opened_[&page];
  // What was wrong with one place says nothing about the next.
  if (opened.subject != subject) opened.problem.clear();
  if (opened.is_stale || opened.subject != subject || opened.revision != revision_) {
    opened.subject = subject;
    opened.revision = revision_;
    build(page, opened);
    return opened;
  }
  for (const PageDescription* within : opened.within) refresh(*within, opened_[within].subject);
  return opened;
}

void PageHost::build(const PageDescription& page, Opened& opened) {
  opened.is_stale = false;
  opened.within.clear();
  blocks::Blocks tree;
  if (!opened.problem.empty()) tree += blocks::Notice{opened.problem, blocks::Tone::bad};
  being_made_.push_back(&page);
  Result<blocks::Blocks> built = [&]() -> Result<blocks::Blocks> {
    try {
      if (!opened.page) opened.page = page.make(context_);
      return opened.page->build(opened.subject);
    } catch (const std::exception& failure) {
      return failure_of(failure);
    }
  }();
  being_made_.pop_back();
  if (built.ok()) {
    for (blocks::Block& block : *built) tree.push_back(std::move(block));
  } else {
    tree += blocks::Notice{built.error().message(), blocks::Tone::bad};
  }
  *opened.tree = std::move(tree);
}

void PageHost::forget(const PageDescription& page) {
  const auto found = opened_.find(&page);
  if (found == opened_.end()) return;
  found->second.problem.clear();
  found->second.is_stale = true;
  if (found->second.page) found->second.page->forget();
}

blocks::Handler PageHost::action_of(const blocks::Event& event) {
  return open_ != nullptr ? find_action(*open_, event) : blocks::Handler();
}

blocks::Handler PageHost::find_action(const PageDescription& page, const blocks::Event& event) {
  Opened& opened = opened_[&page];
  for (const PageDescription* within : opened.within) {
    if (blocks::Handler action = find_action(*within, event)) return action;
  }
  blocks::Handler action = blocks::action_of(*opened.tree, event);
  if (!action) return {};
  asked_ = &page;
  if (event.what != blocks::Event::What::write) {
    opened.is_stale = true;
    return action;
  }
  // The text stands in the tree before the handler runs; the problem that it tells, after.
  return [&opened, action = std::move(action), event]() -> Status {
    const Status written = action();
    if (!blocks::keep_written(*opened.tree, event)) opened.is_stale = true;
    return written;
  };
}

Status PageHost::run(const blocks::Handler& action) {
  try {
    return action();
  } catch (const std::exception& failure) {
    return failure_of(failure);
  }
}

void PageHost::say_problem(std::string problem) {
  const auto found = opened_.find(asked_);
  if (found == opened_.end() || found->second.problem == problem) return;
  found->second.problem = std::move(problem);
  found->second.is_stale = true;
}

}  // namespace kuangxun::pages
