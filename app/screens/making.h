#pragma once

#include <array>
#include <set>

#include "app/criteria/verdict.h"
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
  pages::Here here;
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
using pages::example_badge;
using pages::is_example;
using pages::minute_text;
using pages::note_text;
using pages::options_of;
using pages::path_of;
using pages::sync_badge;

SlotText slot_text(const Making& making, Slot slot, std::string name, std::string label, std::string hint = {});
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
// What the county hides of a record, a sentence each.
std::vector<std::string> hidden_texts(const Making& making, const Uuid& record);

// `tabs`: those that are pages of their own.
Result<VisitView> make_visit(const Making& making, const Uuid& visit, std::vector<OrderedOption> tabs);

}  // namespace kuangxun::screens
