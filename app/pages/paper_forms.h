#pragma once

#include "app/pages/context.h"
#include "db/records/record.h"

// Returns, plans, entries of the fund …: a form a record, made from the description of its kind.
namespace kuangxun::pages {

// Whose papers they are: what a new one begins with, because a record begins with something in it, and what controls
// are called.
struct PaperOwner {
  inspect::FieldText seed;
  std::string prefix;
  std::string belongs_to = {};  // where one page has several owners: said on each form
};

// The newest paper first, void ones at the end.
void sort_papers(std::vector<records::Record>& papers);

// Adds a form for each that there is, and an empty one for the next. `first`: how many forms the page has already;
// gives how many it has now.
std::size_t add_paper_forms(Context& context, const PaperOwner& owner, const records::KindDescription& kind,
                            std::vector<records::Record> papers, std::size_t first, blocks::Blocks& page);

}  // namespace kuangxun::pages
