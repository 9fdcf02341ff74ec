#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/facts/answer_feed.h"
#include "app/facts/registers.h"
#include "app/facts/yearly_index.h"

namespace kuangxun::facts {

// A place that rules are applied to (the county is one), with what is known of it.
struct Site {
  Uuid id;
  records::KindNumber kind = 0;
  std::string name;
  bool is_example = false;
  FactSet facts;
};

// The places in the order people list them, each with the facts of the registers and of checklist answers up to the
// day. With `only`, just that place, of whatever kind: not_found or bad_input when it is none, or void.
Result<std::vector<Site>> build_sites(history::RecordReader& store, const AskedFacts& asked, Day on,
                                      const std::optional<Uuid>& only);
// The same one after the other: of ten thousand places nobody keeps all facts at once.
Status for_each_site(history::RecordReader& store, const AskedFacts& asked, Day on, const std::optional<Uuid>& only,
                     const std::function<Status(Site&)>& take);

// The parts of it.
void add_mine_facts(FactWriter& facts, const records::Record& mine, const Registers& registers);
// From the mine's papers up to the day, over what the register leaves open.
void add_yearly_facts(FactWriter& facts, const records::Record& mine, const YearlyIndex& index,
                      const Registers& registers);
void add_county_facts(FactWriter& facts, const records::Record& county, const YearlyIndex& index,
                      const Registers& registers);
// From the unit's newest restoration status up to the day.
void add_unit_facts(FactWriter& facts, const records::Record& unit, const StatusIndex& statuses,
                    const Registers& registers);
void add_schedule_facts(FactWriter& facts, const records::Record& project, const Registers& registers);
// Of the key project of a mine that ends first.
void add_key_project_of(FactWriter& facts, const Uuid& place, const Registers& registers);
// The visits to a place that began up to the day, newest first.
Result<std::vector<records::Record>> visits_of(history::RecordReader& store, const Uuid& place,
                                               const Registers& registers);
// When the place was last visited, how often, and how many findings were written down there.
Status add_visit_facts(FactWriter& facts, history::RecordReader& store, const std::vector<records::Record>& visits);
// What the newest visits measured, against the line and the elevations of the licence.
Status add_position_facts(FactWriter& facts, history::RecordReader& store, const records::Record& mine,
                          const Registers& registers);
// The newest visit that answered decides; unequal answers in one visit leave the fact unknown. Over a paper that says
// otherwise neither decides: the fact is unknown, unless the paper is younger than the visit.
Status add_answer_facts(FactSet& facts, history::RecordReader& store, const AskedFacts& asked,
                        const std::vector<records::Record>& visits, const Registers& registers);
// The places that somebody visited: the visits of all others need not be looked for.
Result<std::set<Uuid>> visited_places(history::RecordReader& store);

}  // namespace kuangxun::facts
