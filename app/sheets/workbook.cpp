#include "app/sheets/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/sheets/number_format.h"
#include "app/sheets/parts.h"
#include "app/sheets/sheet_part.h"
#include "app/sheets/xml.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::sheets {
namespace {

Status read_part(const Parts& parts, const std::string& part, Budget& budget, XmlHandler& handler,
                 const std::string& file) {
  XmlReader reader(handler, file + "/" + part);
  KX_CHECK(parts.read(part, budget, [&](std::string_view piece) { return reader.take(piece); }));
  return reader.finish();
}

struct Listed {
  std::string name;
  std::string relation;
  bool is_hidden = false;
};

// xl/workbook.xml: the sheets by name, and how days are counted.
class WorkbookPart final : public XmlHandler {
 public:
  std::vector<Listed> sheets;
  bool counts_from_1904 = false;

  Status begin(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") {
      const auto counts = attributes.get("date1904");
      counts_from_1904 = counts == "1" || counts == "true";
    }
    if (name != "sheet" || sheets.size() >= static_cast<std::size_t>(limits::sheet_parts_max)) return {};
    const auto state = attributes.get("state");
    sheets.push_back({std::string(attributes.get("name")), std::string(attributes.get("id")),
                      state == "hidden" || state == "veryHidden"});
    return {};
  }
  Status end(std::string_view) override { return {}; }
  Status characters(std::string_view) override { return {}; }
};

// xl/_rels/workbook.xml.rels: which part a relation is.
class RelationsPart final : public XmlHandler {
 public:
  std::map<std::string, std::string> targets;

  Status begin(std::string_view name, const Attributes& attributes) override {
    if (name == "Relationship") {
      targets.emplace(attributes.get("Id"), attributes.get("Target"));
    }
    return {};
  }
  Status end(std::string_view) override { return {}; }
  Status characters(std::string_view) override { return {}; }
};

// xl/styles.xml: the number format of each style of cells.
class StylesPart final : public XmlHandler {
 public:
  std::vector<NumberFormat> formats;

  Status begin(std::string_view name, const Attributes& attributes) override {
    int number = 0;
    const auto written = attributes.get("numFmtId");
    std::from_chars(written.data(), written.data() + written.size(), number);
    if (name == "numFmt" && spelled_.size() < limits::sheet_formats_max) {
      spelled_[number] = spelled_format(attributes.get("formatCode"));
    }
    if (name == "cellXfs") is_inside_ = true;
    if (name == "xf" && is_inside_ && formats.size() < limits::sheet_formats_max) {
      const auto found = spelled_.find(number);
      formats.push_back(found == spelled_.end() ? built_in_format(number) : found->second);
    }
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "cellXfs") is_inside_ = false;
    return {};
  }
  Status characters(std::string_view) override { return {}; }

 private:
  std::map<int, NumberFormat> spelled_;
  bool is_inside_ = false;
};

// xl/sharedStrings.xml. A text may come in runs of different fonts; readings aloud (rPh) are no part of it.
class TextsPart final : public XmlHandler {
 public:
  std::vector<std::string> texts;

  Status begin(std::string_view name, const Attributes&) override {
    if (name == "si") {
      if (texts.size() >= limits::sheet_cells_max) {
        return Error(ErrorCode::bad_input, phrase("too many texts"));
      }
      texts.emplace_back();
    }
    if (name == "rPh") ++readings_;
    is_text_ = name == "t" && readings_ == 0;
    return {};
  }
  Status end(std::string_view name) override {
    if (name == "rPh") --readings_;
    is_text_ = false;
    return {};
  }
  Status characters(std::string_view text) override {
    if (is_text_ && !texts.empty()) texts.back() += text;
    return {};
  }

 private:
  bool is_text_ = false;
  int readings_ = 0;
};

struct Opened {
  const Parts& parts;
  Budget& budget;
  const std::string& file;
  WorkbookPart workbook;
  RelationsPart relations;
  StylesPart styles;
  TextsPart texts;
};

Status read_common_parts(Opened& opened) {
  const auto& [parts, budget, file, workbook, relations, styles, texts] = opened;
  KX_CHECK(read_part(parts, "xl/workbook.xml", budget, opened.workbook, file));
  KX_CHECK(read_part(parts, "xl/_rels/workbook.xml.rels", budget, opened.relations, file));
  if (parts.has("xl/styles.xml")) KX_CHECK(read_part(parts, "xl/styles.xml", budget, opened.styles, file));
  if (parts.has("xl/sharedStrings.xml")) {
    KX_CHECK(read_part(parts, "xl/sharedStrings.xml", budget, opened.texts, file));
  }
  return {};
}

Result<Sheet> read_one(Opened& opened, const Listed& listed) {
  const auto target = opened.relations.targets.find(listed.relation);
  std::string part = target == opened.relations.targets.end() ? std::string() : target->second;
  part = part.starts_with("/") ? part.substr(1) : "xl/" + part;
  Sheet sheet;
  sheet.file = opened.file;
  sheet.name = listed.name;
  SheetPart handler(sheet, {opened.texts.texts, opened.styles.formats, opened.workbook.counts_from_1904});
  KX_CHECK(read_part(opened.parts, part, opened.budget, handler, opened.file));
  return sheet;
}

Error no_sheet(const Opened& opened, const std::string& sheet_name) {
  std::vector<std::string> names;
  for (const Listed& listed : opened.workbook.sheets) names.push_back(excerpt(listed.name, 40));
  return Error(ErrorCode::bad_input, phrase("{0}: there is no sheet \"{1}\"; there are: {2}",
                                            {opened.file, excerpt(sheet_name, 40), join(names, say(", "))}));
}

}  // namespace

Result<Sheet> read_workbook(std::string_view bytes, const std::string& file, const std::string& sheet_name) {
  KX_TRY(parts, Parts::open(bytes, file));
  Budget budget{limits::sheet_unpacked_bytes_max};
  if (!parts.has("xl/workbook.xml")) {
    return Error(ErrorCode::bad_input, phrase("{0}: this is no XLSX file", {file}));
  }
  Opened opened{parts, budget, file, {}, {}, {}, {}};
  KX_CHECK(read_common_parts(opened));
  std::optional<Sheet> chosen;
  std::vector<std::string> others;
  for (const Listed& listed : opened.workbook.sheets) {
    const bool is_wanted = sheet_name.empty() ? !listed.is_hidden : listed.name == sheet_name;
    if (!is_wanted) continue;
    KX_TRY(sheet, read_one(opened, listed));
    if (sheet_name.empty() && sheet.rows.empty()) continue;
    if (chosen) {
      others.push_back(sheet.name);
    } else {
      chosen = std::move(sheet);
    }
  }
  if (!chosen && !sheet_name.empty()) return no_sheet(opened, sheet_name);
  if (!chosen) return Error(ErrorCode::bad_input, phrase("{0}: it is empty", {file}));
  chosen->others = std::move(others);
  return std::move(*chosen);
}

}  // namespace kuangxun::sheets
