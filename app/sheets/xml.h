#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/base/result.h"

// For this folder only: XML as it comes, without a tree.
namespace kuangxun::sheets {

class Attributes {
 public:
  explicit Attributes(const char** pairs) : pairs_(pairs) {}
  // By the name behind its prefix ("id" of "r:id"); empty when it is not there.
  std::string_view get(std::string_view name) const;

 private:
  const char** pairs_;
};

// What is told of each element; names come without prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Status begin(std::string_view name, const Attributes& attributes) = 0;
  virtual Status end(std::string_view name) = 0;
  virtual Status characters(std::string_view text) = 0;
};

// Reads XML in pieces. bad_input, with the part's name and line: what is no XML, and a document type, which no
// spreadsheet writes.
class XmlReader {
 public:
  XmlReader(XmlHandler& handler, std::string where);
  Status take(std::string_view piece) { return parse(piece, false); }
  Status finish() { return parse({}, true); }

 private:
  struct Calls;
  Status parse(std::string_view piece, bool is_last);
  void keep(Status status);

  XmlHandler& handler_;
  std::string where_;
  std::shared_ptr<void> parser_;
  Status problem_;
};

}  // namespace kuangxun::sheets
