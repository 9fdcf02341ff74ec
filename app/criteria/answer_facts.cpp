#include <algorithm>
#include <map>

#include "app/criteria/sites.h"
#include "db/base/language.h"
#include "db/records/kinds.h"

namespace kuangxun::criteria {
namespace {

using records::Record;
namespace kinds = records::kinds;

constexpr std::int64_t answer_yes = 1;
constexpr std::int64_t answer_no = 2;

Result<std::vector<Record>> visits_of(history::RecordStore& store, const Uuid& place, const Registers& registers) {
  KX_TRY(visits, store.list_where(kinds::visit, "place", place));
  std::erase_if(visits, [&](const Record& visit) {
    const FactValue started = fact_of(visit, "started_at", registers.disputes);
    return visit.is_voided() || !started.is_known || day_of(started.number, beijing_offset_min) > registers.on;
  });
  std::ranges::stable_sort(
      visits, [](const Record& a, const Record& b) { return a.integer("started_at") > b.integer("started_at"); });
  return visits;
}

std::string origin_of(const Record& visit, bool is_example) {
  const std::string day = format_minute(visit.integer("started_at"), beijing_offset_min).substr(0, 10);
  return is_example ? say_with("据 {0} 检查答复（示例数据）", "from the answers of {0} (example data)", {day})
                    : say_with("据 {0} 检查答复", "from the answers of {0}", {day});
}

// What one visit's answers say; a fact that two items answer differently stays unknown.
Result<std::map<std::size_t, FactValue>> answers_of(history::RecordStore& store, const Catalogue& catalogue,
                                                    const Record& visit, const Registers& registers) {
  KX_TRY(answers, store.list_where(kinds::checklist_answer, "visit", visit.id()));
  std::map<std::size_t, FactValue> said;
  for (const auto& answer : answers) {
    if (answer.is_voided()) continue;
    const auto* feed = catalogue.feed_of(answer.text("checklist"), answer.text("item"));
    if (feed == nullptr) continue;
    const FactValue given = fact_of(answer, "answer", registers.disputes);
    FactValue fact;
    if (given.is_disputed) {
      fact = given;
    } else if (given.is_known && (given.number == answer_yes || given.number == answer_no)) {
      fact = FactValue::of((given.number == answer_yes) == feed->yes_means ? 1 : 0);
      fact.is_example = answer.integer("is_example") != 0 || visit.integer("is_example") != 0;
      fact.note = origin_of(visit, fact.is_example);
    } else {
      continue;  // cannot tell, not applicable, or not answered yet: an older visit may know
    }
    const auto [held, is_new] = said.emplace(feed->fact, fact);
    if (is_new || (held->second.is_known == fact.is_known && held->second.number == fact.number)) continue;
    held->second = FactValue::unknown(say_text("同一次检查的答复不一致", "the answers of one visit differ"));
  }
  return said;
}

}  // namespace

Status add_answer_facts(FactSet& facts, history::RecordStore& store, const Catalogue& catalogue, const Uuid& place,
                        const Registers& registers) {
  if (catalogue.feeds() == 0) return {};
  KX_TRY(visits, visits_of(store, place, registers));
  std::vector<bool> is_answered(facts.size(), false);
  std::size_t answered = 0;
  for (const auto& visit : visits) {
    if (answered >= catalogue.feeds()) break;  // every fact that answers give is known
    KX_TRY(said, answers_of(store, catalogue, visit, registers));
    for (auto& [fact, value] : said) {
      if (is_answered[fact]) continue;
      is_answered[fact] = true;
      ++answered;
      facts[fact] = std::move(value);
    }
  }
  return {};
}

}  // namespace kuangxun::criteria
