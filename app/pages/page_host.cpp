#include "app/pages/page_host.h"

#include <exception>

#include "db/language/language.h"

// One page must never take the others with it: that is why each call into a page goes through a guard, and why the tree
// is kept here and not by the page.
namespace kuangxun::pages {
namespace {

Error failure_of(const std::exception& failure) {
  return Error(ErrorCode::unavailable,
               phrase("The program failed on this page, the others go on: {0}", {failure.what()}));
}

}  // namespace

const blocks::Blocks& PageHost::show(const PageDescription& page, const Uuid& subject, std::uint64_t revision) {
  open_ = &page;
  Opened& opened = opened_[open_];
  // What was wrong with one place says nothing about the next.
  if (opened.subject != subject) opened.problem.clear();
  if (opened.is_stale || opened.subject != subject || opened.revision != revision) {
    opened.subject = subject;
    opened.revision = revision;
    build(page, opened);
  }
  return opened.tree;
}

void PageHost::build(const PageDescription& page, Opened& opened) {
  opened.is_stale = false;
  opened.tree.clear();
  if (!opened.problem.empty()) opened.tree += blocks::Notice{opened.problem, blocks::Tone::bad};
  Result<blocks::Blocks> built = [&]() -> Result<blocks::Blocks> {
    try {
      if (!opened.page) opened.page = page.make(context_);
      return opened.page->build(opened.subject);
    } catch (const std::exception& failure) {
      return failure_of(failure);
    }
  }();
  if (!built.ok()) {
    opened.tree += blocks::Notice{built.error().message(), blocks::Tone::bad};
    return;
  }
  for (blocks::Block& block : *built) opened.tree.push_back(std::move(block));
}

blocks::Handler PageHost::action_of(const blocks::Event& event) {
  const auto found = opened_.find(open_);
  if (found == opened_.end()) return {};
  Opened& opened = found->second;
  blocks::Handler action = blocks::action_of(opened.tree, event);
  if (!action || event.what != blocks::Event::What::write) {
    opened.is_stale = opened.is_stale || action != nullptr;
    return action;
  }
  // The text stands in the tree before the handler runs; the problem that it tells, after.
  return [this, &opened, action = std::move(action), event]() -> Status {
    const Status written = action();
    if (!blocks::keep_written(opened.tree, event)) opened.is_stale = true;
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
  const auto found = opened_.find(open_);
  if (found == opened_.end() || found->second.problem == problem) return;
  found->second.problem = std::move(problem);
  found->second.is_stale = true;
}

}  // namespace kuangxun::pages
