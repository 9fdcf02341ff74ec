#include "app/inspect/place/outside_plan.h"

#include <algorithm>
#include <array>
#include <optional>

#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/township.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;

// Evidence hangs on a visit, a visit on a place, a unit on a project or mine: never deeper.
constexpr int steps_max = 4;

const records::FieldDescription* find_link_up(const records::Record& record) {
  for (const records::FieldDescription* link : record.kind().links(records::Link::about)) {
    if (record.has(*link)) return link;
  }
  return nullptr;
}

}  // namespace

Result<OutsidePlan> OutsidePlan::read(history::RecordReader& store) {
  OutsidePlan outside;
  KX_TRY(townships, store.list(kinds::township));
  for (const records::Record& township : townships) {
    if (township.has(records::township::is_outside_plan) && township.integer(records::township::is_outside_plan) != 0) {
      outside.townships_.insert(township.id());
    }
  }
  return outside;
}

bool OutsidePlan::contains(history::RecordReader& store, const records::Record& record) const {
  if (townships_.contains(record.id())) return true;
  if (townships_.contains(record.reference(records::common::township))) return true;
  const bool is_named = record.kind().is_place && (names_the_regiment(record.text(records::common::name)) ||
                                                   names_the_regiment(record.text(records::common::description)));
  if (is_named) return true;
  std::optional<history::RecordView> above;
  const records::Record* at = &record;
  for (int step = 0; step < steps_max; ++step) {
    const auto* link = find_link_up(*at);
    if (link == nullptr) return false;
    auto view = store.read(at->reference(*link));
    if (!view.ok()) return false;
    above = *std::move(view);
    at = &above->record;
    if (at->kind().is_place && find_link_up(*at) == nullptr) return contains(store, *at);
  }
  return false;
}

std::string outside_plan_text() {
  return say_text("of the 78th regiment, or naming it: the plan covers the county without it");
}

std::string outside_plan_mark() {
  return say_text("78th regiment (outside the plan)");
}

bool names_the_regiment(std::string_view text) {
  // A digit before it is another regiment (178团), and so is a number word (一百七十八团).
  for (const std::string_view name : {"七十八团", "78团", "７８团"}) {
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos) continue;
    const std::string_view before = text.substr(0, at);
    const bool is_longer = std::ranges::any_of(std::array{"百", "千", "零", "１", "２"},
                                               [&](std::string_view end) { return before.ends_with(end); }) ||
                           (!before.empty() && before.back() >= '0' && before.back() <= '9');
    if (!is_longer) return true;
  }
  return false;
}

}  // namespace kuangxun::inspect
