#pragma once

#include "app/typeset/document.h"
#include "db/base/result.h"

namespace kuangxun::typeset {

struct Pdf {
  Bytes bytes;
  int pages = 0;
  // Characters that no installed font can draw; they stand as boxes with their number on the paper.
  int characters_without_glyph = 0;
};

// Sets the document on A4 pages with page numbers in language(). Text stays text (it can be
// searched and read back), fonts are embedded. The same document gives the same bytes on the same
// machine. bad_input: a text that is not clean UTF-8, a picture that is none, more than
// limits::report_pages_max pages. unavailable: no Chinese font is installed. May be called on any
// thread.
Result<Pdf> write_pdf(const Document& document);

}  // namespace kuangxun::typeset
