#include <algorithm>
#include <cassert>

#include "app/command_line/command.h"

namespace kuangxun::command_line {
namespace {

// Made by whichever file registers first, before main.
std::vector<Entry>& entries() {
  static std::vector<Entry> all;
  return all;
}

}  // namespace

const std::vector<Entry>& registered_commands() {
  return entries();
}

void register_command(const Entry& entry) {
  std::vector<Entry>& all = entries();
  assert(std::ranges::find(all, entry.words, &Entry::words) == all.end() && "a command is registered once");
  // Files are linked in no order; a name decides between two of one order, so that help is always the same.
  const auto stands_before = [](const Entry& a, const Entry& b) {
    return std::pair(a.order, a.words) < std::pair(b.order, b.words);
  };
  all.insert(std::ranges::upper_bound(all, entry, stands_before), entry);
}

}  // namespace kuangxun::command_line
