#pragma once

#include <string>
#include <vector>

#include "app/typeset/document.h"

namespace kuangxun::typeset {

// Every text of a document in reading order: of its blocks, then its frame (title, banner, footer).
std::vector<const std::string*> texts_of(const Document& document);

}  // namespace kuangxun::typeset
