#include "app/green/assessment.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "app/green/steps.h"
#include "db/language/language.h"
#include "db/records/enumerations.h"
#include "db/records/enumerations_green.h"
#include "db/records/handles/common.h"
#include "db/records/handles/green_assessment.h"
#include "db/records/handles/green_item.h"
#include "db/records/handles/green_score.h"
#include "db/records/handles/green_step.h"
#include "db/records/handles/green_table.h"
#include "db/records/handles/green_tier.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::green {
namespace {

namespace kinds = records::kinds;
using history::RecordReader;
using records::Record;

constexpr std::int64_t answer_yes = 1;
constexpr std::int64_t answer_no = 2;

std::optional<std::int64_t> number_in(const Record& record, const records::NumberHandle& field) {
  if (!record.has(field)) return std::nullopt;
  return record.integer(field);
}

Result<Record> read_kind(RecordReader& store, const Uuid& id, records::KindNumber kind) {
  KX_TRY(view, store.read(id));
  if (view.record.kind().number == kind) return view.record;
  return Error(ErrorCode::bad_input, phrase("{0} is a {1}, not a {2}", {id.text(), view.record.kind().label_words(),
                                                                        records::kind_of(kind).label_words()}));
}

Result<std::vector<Record>> standing_where(RecordReader& store, const records::ReferenceHandle& field, const Uuid& id) {
  KX_TRY(found, store.list_where(field.kind, field, id));
  std::erase_if(found, [](const Record& record) { return record.is_voided(); });
  return found;
}

Item item_of(const Record& record) {
  return {record.integer(records::green_item::number),        record.text(records::green_item::first_level),
          record.text(records::green_item::second_level),     record.text(records::green_item::name),
          number_in(record, records::green_item::full_marks), record.integer(records::green_item::is_veto) != 0,
          record.text(records::green_item::scoring),          record.text(records::green_item::evidence),
          number_in(record, records::green_item::effort),     record.text(records::green_item::effort_note)};
}

Result<StoredTable> table_of(RecordReader& store, const Library& library, Record record) {
  StoredTable stored{std::move(record), {}, {}};
  KX_TRY(items, standing_where(store, records::green_item::item_table, stored.record.id()));
  for (const Record& item : items) stored.table.items.push_back(item_of(item));
  std::ranges::sort(stored.table.items, {}, &Item::number);
  if (static_cast<std::int64_t>(items.size()) != stored.record.integer(records::green_table::item_count)) {
    stored.gaps.push_back(
        say_with("{0} items were imported, {1} are here: not all have come yet, or some are void",
                 {stored.record.display(records::green_table::item_count), std::to_string(items.size())}));
  }
  const Index* index = library.find(stored.record.text(records::green_table::index_id));
  if (index == nullptr) {
    stored.gaps.push_back(
        say_with("this program does not know the index \"{0}\"", {stored.record.text(records::green_table::index_id)}));
    return stored;
  }
  for (std::string& gap : gaps_of(stored.table, *index)) stored.gaps.push_back(std::move(gap));
  return stored;
}

std::optional<std::int64_t> item_number(const std::string& item) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(item.data(), item.data() + item.size(), number);
  if (failure != std::errc() || end != item.data() + item.size()) return std::nullopt;
  return number;
}

bool says_the_same(const Record& a, const Record& b) {
  namespace said = records::green_score;
  return std::ranges::all_of(std::array{said::score, said::is_not_applicable, said::answer, said::figure},
                             [&](const auto& field) { return a.value(field) == b.value(field); });
}

// One record of an item; more than one, from laptops that did not see each other, must agree.
struct Said {
  const Record* record = nullptr;
  bool is_contradictory = false;
};

void read_scores(Assessment& assessment, const std::vector<Record>& records, const std::set<Uuid>& disputed) {
  std::map<std::string, Said> said;
  for (const Record& record : records) {
    Said& one = said[record.text(records::common::item)];
    if (one.record != nullptr && !says_the_same(*one.record, record)) one.is_contradictory = true;
    one.is_contradictory = one.is_contradictory || disputed.contains(record.id());
    if (one.record == nullptr) one.record = &record;
  }
  for (const auto& [item, one] : said) {
    const auto number = item_number(item);
    if (!number) continue;
    ItemScore score{number_in(*one.record, records::green_score::score),
                    one.record->integer(records::green_score::is_not_applicable) != 0, std::nullopt,
                    one.is_contradictory};
    if (one.record->integer(records::green_score::answer) == answer_yes) score.is_met = true;
    if (one.record->integer(records::green_score::answer) == answer_no) score.is_met = false;
    if (score.is_entered()) ++assessment.entered;
    if (one.is_contradictory) {
      assessment.notes.push_back(
          say_with("item {0} was entered in two ways and counts as not entered; enter it again", {item}));
    }
    assessment.scores[*number] = score;
  }
  for (const Precondition& question : assessment.index->preconditions) {
    PreconditionAnswer answer{&question, {}, {}, false, {}};
    if (const auto found = said.find(question.fact); found != said.end()) {
      answer.is_contradictory = found->second.is_contradictory;
      answer.answer = number_in(*found->second.record, records::green_score::answer);
      answer.figure = number_in(*found->second.record, records::green_score::figure);
      answer.evidence = found->second.record->text(records::common::evidence);
    }
    assessment.preconditions.push_back(std::move(answer));
  }
}

// What the assessment says itself, else its table, else the index.
void choose_line(Assessment& assessment) {
  const auto take_line = [&](const Record& record) {
    if (!record.has(records::common::pass_total) && !record.has(records::common::floor_percent)) return false;
    assessment.line.pass_total = number_in(record, records::common::pass_total);
    assessment.line.floor_percent = number_in(record, records::common::floor_percent);
    assessment.line_source = record.has(records::common::line_source) ? record.text(records::common::line_source)
                                                                      : say_text("entered, no source given");
    return true;
  };
  const auto take_rule = [&](const Record& record) {
    if (!record.has(records::common::na_rule)) return false;
    assessment.line.na_rule = record.integer(records::common::na_rule);
    assessment.na_source =
        record.has(records::common::na_source) ? record.text(records::common::na_source) : say_text("unverified");
    return true;
  };
  const Record* table = assessment.table ? &assessment.table->record : nullptr;
  if (!take_line(assessment.record) && (table == nullptr || !take_line(*table))) {
    assessment.line.pass_total = assessment.index->pass_total;
    assessment.line.floor_percent = assessment.index->floor_percent;
    assessment.line_source = assessment.index->line_note();
  }
  if (!take_rule(assessment.record) && table != nullptr) take_rule(*table);
}

void add_standing(Assessment& assessment) {
  if (!assessment.table) {
    assessment.no_total.push_back(
        say_text("there is no item table: the office fills it in with green template and "
                 "green import"));
  } else if (!assessment.table->gaps.empty()) {
    for (const std::string& gap : assessment.table->gaps) {
      assessment.no_total.push_back(say_text("the item table is incomplete: ") + gap);
    }
  } else {
    assessment.standing = standing_of(assessment.table->table, assessment.scores, assessment.line);
  }
}

void add_notes(Assessment& assessment) {
  auto& notes = assessment.notes;
  const auto on = static_cast<Day>(assessment.record.integer(records::green_assessment::assessed_on));
  if (assessment.record.has(records::green_assessment::assessed_on) && !assessment.index->is_surely_in_force(on)) {
    notes.push_back(assessment.index->may_be_in_force(on)
                        ? say_text("whether the index was in force on that day is not verified")
                        : say_text("the index was not in force on that day, as far as known"));
  }
  if (!assessment.index->has_own_preconditions) {
    notes.push_back(
        say_text("the preconditions of this index were not found; the five of 2020 stand in, for reference"));
  }
  if (assessment.table && assessment.table->is_invented()) {
    notes.push_back(
        say_text("the item table is invented: an example, no ground for "
                 "anything"));
  }
  for (std::string& finding : order_findings(assessment.steps)) notes.push_back(std::move(finding));
}

}  // namespace

Result<StoredTable> read_table(RecordReader& store, const Library& library, const Uuid& id) {
  KX_TRY(record, read_kind(store, id, kinds::green_table));
  return table_of(store, library, std::move(record));
}

Result<std::vector<StoredTable>> tables_of(RecordReader& store, const Library& library, std::string_view index_id) {
  KX_TRY(records, store.list(kinds::green_table));
  std::vector<StoredTable> tables;
  for (Record& record : records) {
    if (record.is_voided() || record.text(records::common::index_id) != index_id) continue;
    KX_TRY(table, table_of(store, library, std::move(record)));
    tables.push_back(std::move(table));
  }
  std::ranges::sort(tables, [](const StoredTable& a, const StoredTable& b) {
    const std::int64_t a_ms = a.record.integer(records::green_table::imported_at),
                       b_ms = b.record.integer(records::green_table::imported_at);
    return a_ms != b_ms ? a_ms > b_ms : a.record.id() > b.record.id();
  });
  return tables;
}

Result<Assessment> read_assessment(RecordReader& store, const Library& library, const Uuid& id) {
  KX_TRY(record, read_kind(store, id, kinds::green_assessment));
  const auto mine = store.read(record.reference(records::common::mine));
  if (!mine.ok()) return mine.error();
  Assessment assessment{std::move(record), mine->record, nullptr, {}, {}, 0, {}, {}, {}, {}, {}, {}, {}, {}};
  KX_TRY(index, library.require(assessment.record.text(records::green_assessment::index_id)));
  assessment.index = index;
  if (assessment.record.has(records::green_assessment::item_table)) {
    auto table = read_table(store, library, assessment.record.reference(records::green_assessment::item_table));
    if (table.ok()) {
      assessment.table = std::move(table).value();
    } else if (table.error().code() == ErrorCode::not_found) {
      assessment.no_total.push_back(say_text("the item table it uses has not come to this laptop yet"));
    } else {
      return table.error();
    }
  }
  std::set<Uuid> disputed;
  KX_TRY(disputes, store.disputes());
  for (const history::Dispute& dispute : disputes) disputed.insert(dispute.record);
  KX_TRY(scores, standing_where(store, records::green_score::assessment, id));
  read_scores(assessment, scores, disputed);
  KX_TRY(steps, standing_where(store, records::green_step::assessment, id));
  assessment.steps = std::move(steps);
  std::ranges::stable_sort(assessment.steps, {},
                           [](const Record& step) { return step.integer(records::green_step::done_on); });
  choose_line(assessment);
  if (assessment.no_total.empty()) add_standing(assessment);
  if (disputed.contains(id)) {
    assessment.standing.reset();
    assessment.no_total.push_back(say_text("the assessment has an open dispute"));
  }
  add_notes(assessment);
  return assessment;
}

Result<std::vector<Assessment>> assessments_of(RecordReader& store, const Library& library, const Uuid& mine) {
  KX_TRY(records, standing_where(store, records::green_assessment::mine, mine));
  std::ranges::sort(records, [](const Record& a, const Record& b) {
    const std::int64_t a_day = a.integer(records::green_assessment::assessed_on),
                       b_day = b.integer(records::green_assessment::assessed_on);
    return a_day != b_day ? a_day > b_day : a.id() > b.id();
  });
  std::vector<Assessment> all;
  for (const Record& record : records) {
    KX_TRY(one, read_assessment(store, library, record.id()));
    all.push_back(std::move(one));
  }
  return all;
}

std::string entered_text(const Assessment& assessment) {
  const std::string entered = std::to_string(assessment.entered);
  if (!assessment.table && !assessment.index->item_count) {
    return say_with("{0} items entered (how many there are is not known)", {entered});
  }
  const std::int64_t all = assessment.index->item_count.value_or(
      assessment.table ? static_cast<std::int64_t>(assessment.table->table.items.size()) : 0);
  return say_with("{0} of {1} items entered", {entered, std::to_string(all)});
}

Result<std::vector<Record>> tiers_of(RecordReader& store, const Uuid& mine) {
  KX_TRY(tiers, standing_where(store, records::green_tier::mine, mine));
  std::ranges::sort(tiers, [](const Record& a, const Record& b) {
    const std::int64_t a_day = a.integer(records::green_tier::decided_on),
                       b_day = b.integer(records::green_tier::decided_on);
    return a_day != b_day ? a_day > b_day : a.id() > b.id();
  });
  return tiers;
}

}  // namespace kuangxun::green
