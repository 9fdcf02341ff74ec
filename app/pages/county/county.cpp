#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/paper_forms.h"
#include "app/pages/verdict_list.h"
#include "db/language/language.h"
#include "db/records/handles/plan_note.h"

// The rules on the county as a whole: shares, counts, totals; the yearly figures that they need; and what is doubtful
// in the plan's own text.
namespace kuangxun::pages {
namespace {

namespace kinds = records::kinds;

std::string title(Context&, const Uuid&) {
  return say_text("County");
}

class CountyPage final : public Page {
 public:
  explicit CountyPage(Context& context) : context_(context), verdicts_(context, "county.every_verdict") {}

  Result<blocks::Blocks> build(const Uuid&) override {
    KX_CHECK(find_county());
    blocks::Blocks page;
    page += blocks::Heading{say_text("The county as a whole")};
    blocks::Choice tabs = own_choice(tab_, "county.tab", {},
                                     {{"verdicts", "verdicts", say_text("Verdicts")},
                                      {"years", "years", say_text("Yearly figures")},
                                      {"notes", "notes", say_text("Doubts about the plan's text")}});
    tabs.look = blocks::Choice::Look::tabs;
    const std::string tab = chosen_text(tabs);
    page += std::move(tabs);
    if (tab == "years") {
      KX_CHECK(add_years(page));
    } else if (tab == "notes") {
      KX_CHECK(add_notes(page));
    } else {
      KX_CHECK(add_verdicts(page));
    }
    return page;
  }

 private:
  Status find_county() {
    if (!county_.is_nil()) return {};
    KX_TRY(counties, context_.desk().store.list(kinds::county));
    if (!counties.empty()) county_ = counties.front().id();
    return {};
  }

  Status add_verdicts(blocks::Blocks& page) {
    // Without a register there is no county to judge, and the page says 0 of everything.
    KX_TRY(verdicts, county_.is_nil() ? std::vector<criteria::Verdict>() : context_.verdicts_on(county_));
    for (blocks::Block& block : verdicts_.build(verdicts)) page.push_back(std::move(block));
    return {};
  }

  Status add_years(blocks::Blocks& page) {
    KX_TRY(years, context_.desk().store.list(kinds::county_year));
    // They name no place: a store is of one county.
    add_paper_forms(context_, {{"is_example", "false"}, "county.year."}, records::kind_of(kinds::county_year),
                    std::move(years), 0, page);
    return {};
  }

  Status add_notes(blocks::Blocks& page) {
    std::vector<records::Record> notes;
    if (!county_.is_nil()) {
      KX_TRY(found, context_.desk().store.list_where(kinds::plan_note, records::plan_note::subject, county_));
      notes = std::move(found);
    }
    if (notes.empty()) page += blocks::Text{say_text(in_context("pages", "None.")), blocks::Tone::muted};
    for (const records::Record& note : notes) page += blocks::Notice{note_text(note)};
    return {};
  }

  Context& context_;
  VerdictList verdicts_;
  std::string tab_;
  Uuid county_;
};

const Registered county_page{{"county", Where::window, 20, title, make<CountyPage>}};

}  // namespace
}  // namespace kuangxun::pages
