#pragma once

#include <string>
#include <vector>

#include "app/typeset/document.h"
#include "db/base/hash.h"

namespace kuangxun::typeset {

// Every text of a document in reading order: of its blocks, then its frame (title, banner, footer).
std::vector<const std::string*> texts_of(const Document& document);

// SHA-256 over every text of the blocks in order, each with its length, whatever the page breaks.
Hash content_hash(const Document& document);

}  // namespace kuangxun::typeset
