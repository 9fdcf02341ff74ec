#pragma once

#include <array>
#include <set>

#include "app/criteria/verdict.h"
#include "app/green/assessment.h"
#include "app/green/what_if.h"
#include "app/inspect/dossier.h"
#include "app/inspect/hidden.h"
#include "app/inspect/photo_import.h"
#include "app/office/told.h"
#include "app/people/names.h"
#include "app/screens/ports.h"
#include "app/screens/receiver_model.h"
#include "app/screens/typing.h"
#include "app/screens/views.h"

// For this folder: what view-models are made from, and the pieces that all of them use.
namespace kuangxun::screens {

class SlotTexts {
 public:
  const std::string& operator[](Slot slot) const { return texts_[static_cast<std::size_t>(slot)]; }
  std::string& operator[](Slot slot) { return texts_[static_cast<std::size_t>(slot)]; }
  bool is_on(Slot slot) const { return (*this)[slot] == "yes"; }

 private:
  std::array<std::string, static_cast<std::size_t>(Slot::count)> texts_;
};

// Read from the store once for all views; made again when something changed.
struct Known {
  std::set<Uuid> disputed;  // records with an open dispute
  history::StoreCounts counts;
  inspect::HiddenChanges hidden;
  inspect::PhotoStandings photos;  // only for the pages that show them
  people::Names names;
  std::vector<people::Person> people;  // of this laptop first
  office::Standing standing;
  // By the last import of a folder, and on which visit's page it was asked for.
  std::vector<inspect::ImportedPhoto> imported;
  Uuid imported_at;
};

// Of a mine as a green one, read once until something changes.
struct GreenKnown {
  Uuid mine;
  std::vector<criteria::Verdict> clauses;        // today
  std::vector<criteria::Verdict> preconditions;  // on the day of the newest assessment
  std::vector<green::Assessment> assessments;    // the newest first
  std::optional<green::WhatIf> what_if;          // of the newest
  std::string no_what_if;                        // why there is none
};

struct Making {
  const World& world;
  const Typing& typing;
  const SlotTexts& slots;
  const ReceiverModel& receiver;
  const Known& known;

  history::RecordStore& store() const { return world.desk.store; }
  bool is_disputed(const Uuid& record) const { return known.disputed.contains(record); }
  Day today() const { return day_of(world.desk.clock.now_ms(), world.desk.offset_min); }
};

// A person may paste a path in quotes.
std::filesystem::path path_of(std::string text);
Badge example_badge();
bool is_example(const records::Record& record);
Badge sync_badge(history::SyncState state);
std::string minute_text(const records::Record& record, const records::NumberHandle& field);

SlotText slot_text(const Making& making, Slot slot, std::string name, std::string label, std::string hint = {});
// For a PIN: dots are shown.
SlotText secret_slot(const Making& making, Slot slot, std::string name, std::string label);
SlotCheck slot_check(const Making& making, Slot slot, std::string name, std::string label);
// The first option when the slot holds none of them.
SlotChoice slot_choice(const Making& making, Slot slot, std::string name, std::string label,
                       std::vector<Option> options);
// The text of the chosen option.
const std::string& chosen_text(const SlotChoice& choice);

std::vector<Option> options_of(const records::EnumerationDescription& enumeration);
// A field of a record, or of one that `at` would begin. Not enabled: shown as it stands.
TextEntry text_entry(const Making& making, const records::Record* record, FieldAddress at, std::string name,
                     bool enabled);
ChoiceEntry choice_entry(const Making& making, const records::Record* record, FieldAddress at, std::string name,
                         bool enabled);
FieldAddress address_of(const records::Record& record, std::string_view field);
// An action of app/inspect as a button that says why it cannot be pressed.
Result<Button> action_button(const Making& making, std::string_view action, const Uuid& subject, std::string name,
                             Tone tone = Tone::plain);
std::string note_text(const records::Record& note);
// "Check results on DAY: ...", and the verdicts that are listed.
std::string verdicts_summary(const Making& making, const std::vector<criteria::Verdict>& verdicts);
std::vector<VerdictView> verdict_views(const Making& making, const std::vector<criteria::Verdict>& verdicts);
SlotCheck every_verdict_check(const Making& making, std::string name);
Button void_button(const records::Record& record, std::string name);
// Whose signature what deserves one will carry: the person's own, or the laptop's word alone.
std::string signing_text(const Making& making);
// The enrolled person who acts; empty: nobody is enrolled here, and an id is nobody's name.
std::string acting_name(const Making& making);
// What the county hides of a record, a sentence each.
std::vector<std::string> hidden_texts(const Making& making, const Uuid& record);

Result<PlaceView> make_place(const Making& making, const Uuid& place, const std::vector<criteria::Verdict>& verdicts);
Result<GreenView> make_green(const Making& making, const records::Record& mine, const GreenKnown& known);
// `county`: the register's county; nil where there is none.
Result<CountyView> make_county(const Making& making, const Uuid& county,
                               const std::vector<criteria::Verdict>& verdicts);
Result<VisitView> make_visit(const Making& making, const Uuid& visit);
// What mines file and sign over the years, of the kind that is chosen.
Status add_papers(const Making& making, const records::Record& mine, PlaceView& view);
// The same of what the statistics office counts for the county.
Result<std::vector<PaperView>> make_county_years(const Making& making);
void add_people_of_laptop(const Making& making, SyncView& view);
TablesView make_tables(const Making& making, const std::optional<TableReport>& last);
Result<SyncView> make_sync(const Making& making, const std::optional<office::Report>& last);
Result<DisputesView> make_disputes(const Making& making);

}  // namespace kuangxun::screens
