#include "app/typeset/texts.h"

namespace kuangxun::typeset {
namespace {

using Texts = std::vector<const std::string*>;

struct CollectTexts {
  Texts& texts;
  void operator()(const Paragraph& paragraph) const { texts.push_back(&paragraph.text); }
  void operator()(const Table& table) const {
    for (const Column& column : table.columns) texts.push_back(&column.header);
    for (const Row& row : table.rows) {
      for (const Cell& cell : row.cells) texts.push_back(&cell.text);
    }
  }
  void operator()(const Signatures& signatures) const {
    for (const SignatureLine& line : signatures.lines) {
      texts.push_back(&line.role);
      texts.push_back(&line.detail);
    }
  }
  void operator()(const QrNote& note) const {
    texts.push_back(&note.content);
    texts.push_back(&note.text);
  }
  void operator()(const Pictures& pictures) const {
    for (const Picture& picture : pictures.pictures) texts.push_back(&picture.caption);
  }
};

Texts block_texts(const Document& document) {
  Texts texts;
  for (const Block& block : document.blocks) std::visit(CollectTexts{texts}, block);
  return texts;
}

}  // namespace

std::vector<const std::string*> texts_of(const Document& document) {
  Texts texts = block_texts(document);
  texts.insert(texts.end(), {&document.title, &document.banner, &document.footer});
  return texts;
}

Hash content_hash(const Document& document) {
  std::string all;
  // Each with its length before it: moving a character from one cell to the next changes the hash.
  for (const std::string* text : block_texts(document)) all += std::to_string(text->size()) + ":" + *text;
  return sha256(as_bytes(all));
}

}  // namespace kuangxun::typeset
