#include "app/people/names.h"

#include <algorithm>

#include "db/base/calendar.h"
#include "db/language/language.h"
#include "db/records/handles/device.h"
#include "db/records/kinds.h"

namespace kuangxun::people {
namespace {

// The end of an id: its beginning is the time, which ids that were made together share.
std::string short_text(const Uuid& id) {
  return id.text().substr(28);
}

}  // namespace

Result<Names> Names::read(history::RecordReader& store) {
  Names names;
  KX_TRY(people, people_of(store));
  names.people_ = std::move(people);
  KX_TRY(devices, store.list(records::kinds::device));
  // One record an epoch; they are listed in the order in which they were made, and the last name stands.
  for (const records::Record& device : devices) {
    if (!device.is_voided() && device.has(records::device::name))
      names.devices_[device.reference(records::device::device)] = device.text(records::device::name);
  }
  return names;
}

std::string Names::person(const Uuid& id) const {
  const auto found = std::ranges::find(people_, id, &Person::id);
  return found == people_.end() ? std::string() : found->name;
}

std::string Names::device(const history::WriterId& writer) const {
  const auto found = devices_.find(writer.device);
  return found == devices_.end() ? std::string() : found->second;
}

std::string Names::who_text(const Uuid& person, const history::WriterId& writer, std::int64_t wall_ms) const {
  std::string who = this->person(person);
  if (who.empty()) {
    who = person.is_nil() ? say_text("nobody named") : say_with("person {0}", {short_text(person)});
  }
  std::string device = this->device(writer);
  if (device.empty()) device = say_with("laptop {0}", {short_text(writer.device)});
  return say_with("{0}, {1}, {2}", {who, device, format_minute(wall_ms, beijing_offset_min)});
}

}  // namespace kuangxun::people
