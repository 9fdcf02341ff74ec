#pragma once

#include <array>
#include <set>

#include "app/criteria/verdict.h"
#include "app/green/assessment.h"
#include "app/green/what_if.h"
#include "app/inspect/dossier.h"
#include "app/inspect/hidden.h"
#include "app/office/told.h"
#include "app/pages/fields.h"
#include "app/pages/typing.h"
#include "app/pages/visit_facts.h"
#include "app/people/names.h"
#include "app/screens/ports.h"
#include "app/screens/receiver_model.h"
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
  people::Names names;
  std::vector<people::Person> people;  // of this laptop first
  office::Standing standing;
};

// Of a mine as a green one, read once until something changes.
struct GreenKnown {
  Uuid mine;
  std::vector<criteria::Verdict> preconditions;  // on the day of the newest assessment
  std::vector<green::Assessment> assessments;    // the newest first
  std::optional<green::WhatIf> what_if;          // of the newest
  std::string no_what_if;                        // why there is none
};

struct Making {
  const World& world;
  const pages::Typing& typing;
  const SlotTexts& slots;
  const ReceiverModel& receiver;
  const Known& known;

  history::RecordStore& store() const { return world.desk.store; }
  bool is_disputed(const Uuid& record) const { return known.disputed.contains(record); }
  Day today() const { return day_of(world.desk.clock.now_ms(), world.desk.offset_min); }
};

using pages::address_of;
using pages::is_example;
using pages::minute_text;
using pages::note_text;
using pages::options_of;
using pages::path_of;
Badge example_badge();
Badge sync_badge(history::SyncState state);

SlotText slot_text(const Making& making, Slot slot, std::string name, std::string label, std::string hint = {});
// For a PIN: dots are shown.
SlotText secret_slot(const Making& making, Slot slot, std::string name, std::string label);
SlotCheck slot_check(const Making& making, Slot slot, std::string name, std::string label);
// The first option when the slot holds none of them.
SlotChoice slot_choice(const Making& making, Slot slot, std::string name, std::string label,
                       std::vector<Option> options);
std::vector<Option> in_order(std::vector<OrderedOption> options);
// The text of the chosen option.
const std::string& chosen_text(const SlotChoice& choice);

// A field of a record, or of one that `at` would begin. Not enabled: shown as it stands.
TextEntry text_entry(const Making& making, const records::Record* record, FieldAddress at, std::string name,
                     bool enabled);
ChoiceEntry choice_entry(const Making& making, const records::Record* record, FieldAddress at, std::string name,
                         bool enabled);
Button void_button(const records::Record& record, std::string name);
// Whose signature what deserves one will carry: the person's own, or the laptop's word alone.
std::string signing_text(const Making& making);
// The enrolled person who acts; empty: nobody is enrolled here, and an id is nobody's name.
std::string acting_name(const Making& making);
// What the county hides of a record, a sentence each.
std::vector<std::string> hidden_texts(const Making& making, const Uuid& record);

Result<PlaceView> make_place(const Making& making, const Uuid& place, std::vector<OrderedOption> pages);
Result<GreenView> make_green(const Making& making, const records::Record& mine, const GreenKnown& known,
                             std::vector<OrderedOption> pages);
// `tabs`: those that are pages of their own.
Result<VisitView> make_visit(const Making& making, const Uuid& visit, std::vector<OrderedOption> tabs);
void add_people_of_laptop(const Making& making, SyncView& view);
Result<SyncView> make_sync(const Making& making, const std::optional<office::Report>& last);

}  // namespace kuangxun::screens
