#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "db/base/bytes.h"

// What a paper says, as plain values in reading order, without a place on a page. write_pdf()
// (pdf.h) puts it on A4. Every text is clean UTF-8 and may hold line breaks. Lengths are PDF points
// (1/72 inch).
namespace kuangxun::typeset {

enum class Align { start, center, end };

// Serif (宋体 kind) for what is read, sans (黑体 kind) for labels and headings.
enum class Family { serif, sans };

struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;
};

struct TextStyle {
  double size_pt = 10;
  bool bold = false;
  Family family = Family::serif;
  Color color = {};
  Align align = Align::start;
};

struct Paragraph {
  std::string text;
  TextStyle style = {};
  double before_pt = 0;
  double after_pt = 4;
  // Never the last thing on a page: it moves on together with the start of the next block.
  bool keep_with_next = false;
};

struct Cell {
  std::string text;
  // Columns it covers; a row's spans add up to the table's columns.
  int span = 1;
  // A name for what stands beside it: sans on a tint.
  bool label = false;
  bool bold = false;
  std::optional<Color> color = std::nullopt;
};

struct Row {
  std::vector<Cell> cells = {};
  // A line between groups of rows: stays with the row below it.
  bool keep_with_next = false;
};

struct Column {
  // All headers empty: the table has no header row.
  std::string header;
  // Part of the width; the shares of a table need not add up to anything.
  double share = 1;
  Align align = Align::start;
};

// The header row is repeated after a page break. A row stays whole unless it is tall (a cell may be
// longer than a page): then it is cut between lines.
struct Table {
  std::vector<Column> columns = {};
  std::vector<Row> rows = {};
  double size_pt = 8.5;
};

struct SignatureLine {
  // Who is to sign: "检查人员（签字）".
  std::string role;
  // Printed name and number, or what was signed electronically.
  std::string detail = {};
};

// Lines for pens, each with room for a hand-written date. Kept on one page while they fit on one.
struct Signatures {
  std::vector<SignatureLine> lines;
};

// A QR code with words beside it.
struct QrNote {
  std::string content;
  std::string text;
};

struct Picture {
  // A JPEG (kept verbatim in the PDF) or a PNG, upright, of limits::picture_bytes_max at most.
  Bytes encoded;
  std::string caption;
};

// Pictures in two columns, each with its caption under it.
struct Pictures {
  std::vector<Picture> pictures;
};

using Block = std::variant<Paragraph, Table, Signatures, QrNote, Pictures>;

struct Document {
  // The PDF's own title, and the date it carries: from what is printed, never from the clock, so
  // that the same record gives the same bytes.
  std::string title;
  std::int64_t dated_utc_ms = 0;
  // Stands at the top of every page, in red; empty: none.
  std::string banner;
  // Stands at the foot of every page beside the page number.
  std::string footer;
  std::vector<Block> blocks;

  void add(Block block) { blocks.push_back(std::move(block)); }
  void add_title(std::string text);
  void add_heading(std::string text);
  void add_paragraph(std::string text);
  // Small and grey: explains what follows it.
  void add_note(std::string text, bool keep_with_next = false);
};

// A table of names and values, two pairs a line; a wide pair has a line of its own.
class Grid {
 public:
  void add(std::string name, std::string value);
  void add_wide(std::string name, std::string value);
  Table table() const;

 private:
  struct Pair {
    std::string name;
    std::string value;
    bool wide;
  };
  std::vector<Pair> pairs_;
};

}  // namespace kuangxun::typeset
