#include "app/sheets/xml.h"

#include <expat.h>

#include "db/language/language.h"

namespace kuangxun::sheets {
namespace {

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.rfind(':') + 1);
}

XML_Parser parser_of(const std::shared_ptr<void>& held) {
  return static_cast<XML_Parser>(held.get());
}

}  // namespace

std::string_view Attributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local_name(pair[0]) == name) return pair[1];
  }
  return {};
}

// What Expat calls back.
struct XmlReader::Calls {
  static void begin(void* self, const char* name, const char** attributes) {
    auto& reader = *static_cast<XmlReader*>(self);
    reader.keep(reader.handler_.begin(local_name(name), Attributes(attributes)));
  }
  static void end(void* self, const char* name) {
    auto& reader = *static_cast<XmlReader*>(self);
    reader.keep(reader.handler_.end(local_name(name)));
  }
  static void characters(void* self, const char* text, int length) {
    auto& reader = *static_cast<XmlReader*>(self);
    reader.keep(reader.handler_.characters({text, static_cast<std::size_t>(length)}));
  }
  static void document_type(void* self, const char*, const char*, const char*, int) {
    static_cast<XmlReader*>(self)->keep(Error(ErrorCode::bad_input, phrase("a document type, which no "
                                                                           "spreadsheet writes")));
  }
};

XmlReader::XmlReader(XmlHandler& handler, std::string where)
    : handler_(handler),
      where_(std::move(where)),
      parser_(XML_ParserCreate(nullptr), [](void* one) { XML_ParserFree(static_cast<XML_Parser>(one)); }) {
  XML_SetUserData(parser_of(parser_), this);
  XML_SetElementHandler(parser_of(parser_), &Calls::begin, &Calls::end);
  XML_SetCharacterDataHandler(parser_of(parser_), &Calls::characters);
  XML_SetStartDoctypeDeclHandler(parser_of(parser_), &Calls::document_type);
}

// Expat may still call back once after it was told to stop; the first problem is the one told.
void XmlReader::keep(Status status) {
  if (status.ok() || !problem_.ok()) return;
  problem_ = std::move(status);
  XML_StopParser(parser_of(parser_), XML_FALSE);
}

Status XmlReader::parse(std::string_view piece, bool is_last) {
  const auto read = XML_Parse(parser_of(parser_), piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
  if (!problem_.ok()) return problem_.error().within(where_);
  if (read != XML_STATUS_ERROR) return {};
  const auto line = std::to_string(XML_GetCurrentLineNumber(parser_of(parser_)));
  return Error(ErrorCode::bad_input, phrase("{0}, line {1}: no valid XML", {where_, line}));
}

}  // namespace kuangxun::sheets
