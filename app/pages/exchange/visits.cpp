#include <algorithm>

#include "app/pages/fields.h"
#include "app/pages/page.h"
#include "app/pages/visit_facts.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"

// Where each visit is: on this laptop only, at the county, or in its tables. People count visits, not operations.
namespace kuangxun::pages {
namespace {

using records::Record;

// More are at the county all the same; the page lists the newest.
constexpr std::size_t listed_max = 100;

std::string title(Context&, const Uuid&) {
  return say_text("Where the visits are");
}

class VisitsSentPage final : public Page {
 public:
  explicit VisitsSentPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    KX_TRY(visits, context_.desk().store.list(records::kinds::visit));
    std::ranges::sort(visits, std::greater<>(),
                      [](const Record& visit) { return visit.integer(records::visit::started_at); });
    if (visits.size() > listed_max) visits.erase(visits.begin() + listed_max, visits.end());
    blocks::Section section{title(context_, {}), {}};
    if (visits.empty()) section.blocks += blocks::Text{say_text("No visits yet."), blocks::Tone::muted};
    std::size_t index = 0;
    for (const Record& visit : visits) {
      KX_TRY(row, row_of(visit, index++));
      section.blocks += std::move(row);
    }
    blocks::Blocks page;
    page += std::move(section);
    return page;
  }

 private:
  Result<blocks::Row> row_of(const Record& visit, std::size_t index) {
    KX_TRY(state, context_.desk().store.sync_state(visit.id()));
    const auto place = context_.desk().store.read(visit.reference(records::visit::place));
    blocks::Row row;
    row.name = "sync.visit." + std::to_string(index);
    row.title = place.ok() ? place->record.name() : visit.id().text();
    row.detail = minute_text(visit, records::visit::started_at) + " · " + visit.display(records::visit::visit_kind) +
                 " · " + visit.display(records::visit::state);
    if (is_example(visit)) row.detail += say_text(" · example");
    row.badge = sync_badge(state);
    row.press = [this, id = visit.id()]() -> Status {
      context_.open_visit(id);
      return {};
    };
    return row;
  }

  Context& context_;
};

const Registered visits_sent_page{{"visits", Where::exchange, 20, title, make<VisitsSentPage>}};

}  // namespace
}  // namespace kuangxun::pages
