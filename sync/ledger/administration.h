#pragma once

#include <string>

#include "db/records/positioning_rules.h"
#include "sync/ledger/county.h"

// What administrators decide, each in a transaction of its own. Every decision is written into the county's own chain,
// so that every laptop applies the same. Ids come by value: the registry that they may have been read from is read
// anew.
namespace kuangxun::ledger {

// Operations of the device in this epoch from `from_sequence` on are hidden, also those that come later; of its later
// epochs all, of its earlier ones what has not come yet. It is answered no more. not_found when it is not enrolled.
Status revoke_device(County& county, history::WriterId writer, std::uint64_t from_sequence, const std::string& reason);
// Hides a run of operations that the county has. bad_input when it has not.
Status quarantine(County& county, history::WriterId writer, history::SequenceRange range, const std::string& reason);
// Ends the chain of a writer under whose name the county keeps another, longer one aside: laptops and county were both
// restored, and operations that the other chain held may be bases that will never come. What the county has stays; the
// laptop is refused as forked and goes on in another epoch. Does nothing when nothing of the other chain lies behind
// what the county has, or when it was ended there or before, even if that was released.
Status close_forked_chain(County& county, history::WriterId writer);
// Ends the chain of a writer where the county has it now; again, if that was released. For a chain of which other
// frames are kept aside, and for one that others wait for although no disk holds more of it: then they wait no longer.
// What comes of it nevertheless is kept aside, and a laptop that still writes it goes on in another epoch. bad_input
// when neither is so. Does nothing when it is ended already.
Status end_chain(County& county, history::WriterId writer, const std::string& reason);
// Shows again what a decision hid. What could not be read is read again: refused when it still cannot be. not_found
// when there is no such decision.
Status release(County& county, Uuid decision, const std::string& reason);
// What positions must be like to be evidence, and how heights are brought to the 1985 datum: what `rules` says is
// written, what it leaves out stays as it was. bad_input for a height offset without source, and
// for what the record's description refuses.
Status set_positioning(County& county, const records::PositioningRules& rules, const std::string& reason);
// From now on the person signs nothing more; what they signed stays.
Status end_person(County& county, Uuid person, const std::string& reason);
// A key that was lost or copied. What is signed with it and comes from now on is hidden.
Status revoke_person_key(County& county, Uuid person_key, const std::string& reason);

}  // namespace kuangxun::ledger
