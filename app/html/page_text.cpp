#include "app/html/page_text.h"

#include <string_view>

// The second hand that draws pages. It is deliberately plain: what it needs to know of a page beyond the tree would be
// something that the tree ought to say.
namespace kuangxun::html {
namespace {

using blocks::Tone;

constexpr std::string_view style = R"(
body { font: 16px/1.6 "Noto Sans CJK SC", sans-serif; max-width: 72rem; margin: 1rem auto; padding: 0 1rem;
  color: #1b1f24; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 1.2rem 0 .3rem; }
p { margin: .2rem 0; white-space: pre-line; }
.good { color: #14532d; } .bad { color: #8f1d1d; } .unsure { color: #7a4a00; } .muted { color: #4b5563; }
.accent { color: #0b3d7a; }
.notice, .badge { border: 1px solid currentColor; border-radius: 5px; padding: .1rem .5rem; }
.notice { padding: .5rem .7rem; margin: .4rem 0; }
.line { display: flex; flex-wrap: wrap; gap: .6rem; align-items: baseline; margin: .3rem 0; }
.gap { flex-grow: 1; }
.panes { display: grid; gap: .8rem; align-items: start; } .panes.list { grid-template-columns: 26rem minmax(0, 1fr); }
.panes.equal { grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); }
.pane.framed { border: 1px solid #9aa3ad; border-radius: 5px; padding: .6rem; }
.columns { display: grid; gap: .8rem; align-items: start; margin: .3rem 0; }
.fact { display: grid; grid-template-columns: 12rem 1fr; gap: .6rem; }
.field { display: block; margin: .3rem 0; } .field span { display: block; }
input[type=text], input[type=password], textarea, select { width: 100%; box-sizing: border-box; font: inherit; }
.narrow { max-width: 36rem; }
button { font: inherit; padding: .3rem .8rem; } button.row { display: block; width: 100%; text-align: left; }
fieldset { border: 0; padding: 0; margin: .3rem 0; } nav button[aria-current] { font-weight: bold; }
)";

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "good";
    case Tone::bad:
      return "bad";
    case Tone::unsure:
      return "unsure";
    case Tone::muted:
      return "muted";
    case Tone::accent:
      return "accent";
    case Tone::plain:
      break;
  }
  return "plain";
}

class Writer {
 public:
  void write_all(const blocks::Blocks& blocks) {
    for (const blocks::Block& block : blocks) {
      std::visit([this](const auto& shape) { write(shape); }, block.shape);
    }
  }
  // Text between tags, or inside quotes.
  void words(std::string_view text) {
    for (const char letter : text) {
      switch (letter) {
        case '&':
          out_ += "&amp;";
          break;
        case '<':
          out_ += "&lt;";
          break;
        case '>':
          out_ += "&gt;";
          break;
        case '"':
          out_ += "&quot;";
          break;
        case '\'':
          out_ += "&#39;";
          break;
        default:
          out_ += letter;
      }
    }
  }
  void raw(std::string_view text) { out_ += text; }
  std::string take() { return std::move(out_); }

 private:
  void attribute(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    words(value);
    out_ += '"';
  }
  // An element with a class and only words in it.
  void element(std::string_view tag, std::string_view of_class, std::string_view text) {
    out_ += '<';
    out_ += tag;
    attribute("class", of_class);
    out_ += '>';
    words(text);
    out_ += "</";
    out_ += tag;
    out_ += ">\n";
  }

  void write(const blocks::Text& text) { element("p", class_of(text.tone), text.words); }
  void write(const blocks::Heading& heading) { element("h2", "heading", heading.words); }
  void write(const blocks::Notice& notice) {
    element("p", "notice " + std::string(class_of(notice.tone)), notice.words);
  }
  void write(const blocks::Badge& badge) {
    if (!badge.word.empty()) element("span", "badge " + std::string(class_of(badge.tone)), badge.word);
  }
  void write(const blocks::Divider&) { raw("<hr>\n"); }

  void write(const blocks::Fact& fact) {
    raw("<div class=\"fact\">");
    element("span", "muted", fact.label);
    raw("<div>");
    element("p", class_of(fact.tone), fact.value);
    if (!fact.note.empty()) element("p", "muted", fact.note);
    raw("</div></div>\n");
  }

  void write(const blocks::Button& button) {
    raw("<button");
    attribute("name", button.name);
    attribute("class", class_of(button.tone));
    if (!button.hint.empty()) attribute("title", button.hint);
    raw(button.enabled ? ">" : " disabled>");
    words(button.label);
    raw("</button>\n");
  }

  void write(const blocks::Entry& entry) {
    raw(entry.is_wide ? "<label class=\"field\">" : "<label class=\"field narrow\">");
    element("span", "muted", entry.label);
    raw(entry.lines > 1 ? "<textarea" : "<input");
    if (entry.lines == 1) attribute("type", entry.is_secret ? "password" : "text");
    attribute("name", entry.name);
    if (!entry.hint.empty()) attribute("placeholder", entry.hint);
    if (!entry.enabled) raw(" disabled");
    if (entry.lines > 1) {
      raw(">");
      words(entry.text);
      raw("</textarea>");
    } else {
      if (!entry.is_secret) attribute("value", entry.text);
      raw(">");
    }
    if (!entry.problem.empty()) element("span", "bad", entry.problem);
    raw("</label>\n");
  }

  void write(const blocks::Choice& choice) {
    if (choice.options.empty()) return;
    switch (choice.look) {
      case blocks::Choice::Look::list:
        write_list(choice);
        return;
      case blocks::Choice::Look::tabs:
        write_tabs(choice);
        return;
      case blocks::Choice::Look::buttons:
        break;
    }
    raw("<fieldset>");
    if (!choice.label.empty()) element("legend", "muted", choice.label);
    for (std::size_t at = 0; at < choice.options.size(); ++at) {
      raw("<label><input type=\"radio\"");
      attribute("name", choice.name);
      attribute("value", choice.options[at].key);
      if (choice.chosen == at) raw(" checked");
      if (!choice.enabled) raw(" disabled");
      raw("> ");
      words(choice.options[at].label);
      raw("</label>\n");
    }
    raw("</fieldset>\n");
  }

  void write_list(const blocks::Choice& choice) {
    raw("<label class=\"field narrow\">");
    element("span", "muted", choice.label);
    raw("<select");
    attribute("name", choice.name);
    raw(choice.enabled ? ">" : " disabled>");
    if (!choice.chosen) raw("<option value=\"\" selected>—</option>");
    for (std::size_t at = 0; at < choice.options.size(); ++at) {
      raw("<option");
      attribute("value", choice.options[at].key);
      raw(choice.chosen == at ? " selected>" : ">");
      words(choice.options[at].label);
      raw("</option>");
    }
    raw("</select></label>\n");
  }

  void write_tabs(const blocks::Choice& choice) {
    raw("<nav class=\"line\">");
    for (std::size_t at = 0; at < choice.options.size(); ++at) {
      raw("<button");
      attribute("name", choice.name);
      attribute("value", choice.options[at].key);
      raw(choice.chosen.value_or(0) == at ? " aria-current=\"page\">" : ">");
      words(choice.options[at].label);
      raw("</button>");
    }
    raw("</nav>\n");
  }

  void write(const blocks::Check& check) {
    raw("<label><input type=\"checkbox\" value=\"yes\"");
    attribute("name", check.name);
    raw(check.is_on ? " checked> " : "> ");
    words(check.label);
    raw("</label>\n");
  }

  void write(const blocks::Row& row) {
    raw("<button");
    attribute("class", "row");
    attribute("name", row.name);
    raw(row.is_selected ? " aria-current=\"true\">" : ">");
    words(row.title);
    raw(" ");
    write(row.badge);
    if (!row.detail.empty()) {
      raw("<br><span class=\"muted\">");
      words(row.detail);
      raw("</span>");
    }
    raw("</button>\n");
  }

  void write(const blocks::Section& section) {
    raw("<section>");
    element("h2", "heading", section.title);
    write_all(section.blocks);
    raw("</section>\n");
  }
  void write(const blocks::Line& line) {
    raw("<div class=\"line\">");
    write_all(line.blocks);
    raw("</div>\n");
  }
  void write(const blocks::Columns& columns) {
    raw("<div class=\"columns\" style=\"grid-template-columns: repeat(" + std::to_string(columns.count) +
        ", minmax(0, 1fr))\">");
    write_all(columns.cells);
    raw("</div>\n");
  }
  void write(const blocks::Gap&) { raw("<span class=\"gap\"></span>"); }
  void write(const blocks::Pane& pane) {
    raw(pane.has_frame ? "<div class=\"pane framed\">" : "<div class=\"pane\">");
    write_all(pane.blocks);
    raw("</div>\n");
  }
  void write(const blocks::Panes& panes) {
    const bool is_list = panes.look == blocks::Panes::Look::list_and_page;
    raw(is_list ? "<div class=\"panes list\">\n" : "<div class=\"panes equal\">\n");
    write_all(panes.cells);
    raw("</div>\n");
  }
  void write(const blocks::Inset& inset) {
    if (inset.tree != nullptr) write_all(*inset.tree);
  }
  void write(const blocks::Stack& stack) {
    raw("<div>");
    write_all(stack.blocks);
    raw("</div>\n");
  }

  std::string out_;
};

}  // namespace

std::string page_text(const std::string& title, const blocks::Blocks& page, Language language) {
  Writer writer;
  writer.raw("<!doctype html>\n<html lang=\"");
  writer.raw(language == Language::chinese ? "zh-CN" : "en");
  writer.raw("\"><head><meta charset=\"utf-8\"><title>");
  writer.words(title);
  writer.raw("</title><style>");
  writer.raw(style);
  writer.raw("</style></head>\n<body><h1>");
  writer.words(title);
  writer.raw("</h1>\n<form method=\"post\">\n");
  writer.write_all(page);
  writer.raw("</form></body></html>\n");
  return writer.take();
}

}  // namespace kuangxun::html
