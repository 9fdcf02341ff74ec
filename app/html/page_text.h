#pragma once

#include <string>

#include "app/blocks/block.h"
#include "db/language/language.h"

namespace kuangxun::html {

// The tree of a page as a whole HTML document that stands alone: no script, no picture, nothing from elsewhere. Its
// controls are those of a form and carry the same names as in the window; without a server behind it, what is entered
// goes nowhere. Whatever stands in the tree is shown as it is, never taken as HTML. Secrets are not written out.
std::string page_text(const std::string& title, const blocks::Blocks& page, Language language);

}  // namespace kuangxun::html
