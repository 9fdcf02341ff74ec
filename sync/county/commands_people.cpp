#include <ostream>

#include "db/base/calendar.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/county/commands.h"
#include "sync/county/json.h"
#include "sync/county/office.h"
#include "sync/ledger/administration.h"
#include "sync/requests/enrolment.h"
#include "sync/rights/roles.h"
#include "sync/wire/enrolment_code.h"

// Who may write.
namespace kuangxun::county {
namespace {

std::string shown_time(std::int64_t utc_ms) {
  return utc_ms == 0 ? std::string() : format_minute(utc_ms, beijing_offset_min);
}

Result<records::Role> role_of(const std::string& code) {
  for (const records::Role role : {records::Role::officer, records::Role::reviewer, records::Role::administrator}) {
    if (rights::role_code(role) == code) return role;
  }
  return Error(ErrorCode::usage, phrase("--role must be officer, reviewer or administrator"));
}

Status check_reason(const std::string& reason) {
  if (!trim(reason).empty()) return {};
  return Error(ErrorCode::usage, phrase("say why with --reason"));
}

Result<Uuid> id_of(const std::string& text) {
  const auto id = parse_uuid(text);
  if (id.ok()) return id;
  return Error(ErrorCode::bad_input, phrase("\"{0}\" is not an id", {excerpt(text, 80)}));
}

// The code alone on standard output, so that it can be piped to a printer.
Status print_code(World& world, Office& office, ports::TicketKind kind, const requests::Invitation& invitation) {
  const wire::EnrolmentCode code = wire::make_enrolment_code(office.authority().public_key(), world.random);
  KX_CHECK(requests::invite(office.county(), kind, invitation, wire::enrolment_secret_hash(code.secret)));
  world.out << code.text() << '\n';
  return {};
}

Result<std::unique_ptr<Office>> open_beside(World& world, const StoreAddress& address, Purpose purpose) {
  return Office::open({world.clock, world.random}, address, purpose);
}

JsonObject json_of(const rights::Device& device, const ports::Chain& chain) {
  JsonObject row;
  row.add("id", device.writer.device.text());
  row.add("epoch", std::uint64_t{device.writer.epoch});
  row.add("name", device.name);
  row.add("role", rights::role_code(device.role));
  row.add("revoked", device.is_revoked());
  if (device.revoked_from.has_value()) row.add("revoked_from_sequence", *device.revoked_from);
  row.add("enrolled_at", format_instant(device.enrolled_at_ms, 0));
  row.add("last_received_at", chain.received_at_ms == 0 ? "" : format_instant(chain.received_at_ms, 0));
  row.add("stored_through", chain.stored_through);
  row.add("applied_through", chain.applied_through);
  return row;
}

}  // namespace

Status enrol(World& world, const StoreAddress& address, const std::string& name, const std::string& role_text) {
  KX_TRY(role, role_of(role_text));
  KX_TRY(office, open_beside(world, address, Purpose::write_beside));
  return print_code(world, *office, ports::TicketKind::device, {name, role, {}, {}});
}

Status devices(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(state, store->state());
  KX_TRY(heads, store->registry_heads());
  const rights::Registry registry(state.county, heads);
  std::vector<std::string> rows;
  for (const auto& [writer, device] : registry.devices()) {
    KX_TRY(chains, store->chains({&writer, 1}));
    const ports::Chain& chain = chains.front();
    if (as_json) {
      rows.push_back(json_of(device, chain).text());
      continue;
    }
    world.out << writer.device.text() << " #" << writer.epoch << "  " << device.name << "  "
              << rights::role_code(device.role) << "  " << shown_time(device.enrolled_at_ms) << "  "
              << chain.applied_through << '/' << chain.stored_through;
    if (device.is_revoked()) {
      world.out << say_with("  revoked (from operation {0})", {std::to_string(*device.revoked_from)});
    }
    world.out << '\n';
  }
  if (as_json) world.out << '[' << join(rows, ",\n ") << "]\n";
  return {};
}

Status enrol_person(World& world, const StoreAddress& address, const PersonWords& words) {
  KX_TRY(role, role_of(words.role));
  KX_TRY(office, open_beside(world, address, Purpose::write_beside));
  requests::Invitation invitation{words.name, role, words.certificate_number, {}};
  if (!words.id.empty()) {
    KX_TRY(id, id_of(words.id));
    invitation.person = id;
  }
  return print_code(world, *office, ports::TicketKind::person, invitation);
}

Status people(World& world, const StoreAddress& address, bool as_json) {
  KX_TRY(store, open_store(address, Purpose::read_beside));
  KX_TRY(state, store->state());
  KX_TRY(heads, store->registry_heads());
  const rights::Registry registry(state.county, heads);
  std::vector<std::string> rows;
  for (const auto& [id, person] : registry.persons()) {
    std::vector<std::string> keys;
    for (const rights::PersonKey& key : registry.person_keys()) {
      if (key.person != id) continue;
      JsonObject row;
      row.add("id", key.record.text());
      row.add("device", key.device.text());
      row.add("revoked", key.is_revoked);
      keys.push_back(as_json ? row.text()
                             : "    " + key.record.text() + "  " + key.device.text() +
                                   (key.is_revoked ? say_text("  revoked") : std::string()));
    }
    if (as_json) {
      JsonObject row;
      row.add("id", id.text());
      row.add("name", person.name);
      row.add("certificate_number", person.certificate_number);
      row.add("role", rights::role_code(person.role));
      row.add("ended", person.has_ended);
      row.add_raw("keys", "[" + join(keys, ", ") + "]");
      rows.push_back(row.text());
      continue;
    }
    world.out << id.text() << "  " << person.name << "  " << person.certificate_number << "  "
              << rights::role_code(person.role) << (person.has_ended ? say_text("  ended") : std::string()) << '\n';
    for (const std::string& key : keys) world.out << key << '\n';
  }
  if (as_json) world.out << '[' << join(rows, ",\n ") << "]\n";
  return {};
}

Status end_person(World& world, const StoreAddress& address, const std::string& id_text, const std::string& reason) {
  KX_CHECK(check_reason(reason));
  KX_TRY(id, id_of(id_text));
  KX_TRY(office, open_beside(world, address, Purpose::write_beside));
  return ledger::end_person(office->county(), id, reason);
}

Status revoke_person_key(World& world, const StoreAddress& address, const std::string& id_text,
                         const std::string& reason) {
  KX_CHECK(check_reason(reason));
  KX_TRY(id, id_of(id_text));
  KX_TRY(office, open_beside(world, address, Purpose::write_beside));
  return ledger::revoke_person_key(office->county(), id, reason);
}

Status revoke(World& world, const StoreAddress& address, const RevokeWords& words) {
  KX_CHECK(check_reason(words.reason));
  KX_TRY(id, id_of(words.device));
  KX_TRY(office, open_beside(world, address, Purpose::write_beside));
  KX_CHECK(office->county().refresh());
  const auto epochs = office->county().registry().epochs_of(id);
  history::WriterId writer{id, words.epoch};
  if (writer.epoch == 0 && !epochs.empty()) writer.epoch = epochs.back()->writer.epoch;
  std::uint64_t from = words.from_sequence;
  if (from == 0) {
    KX_TRY(chains, office->store().chains({&writer, 1}));
    from = chains.front().stored_through + 1;
  }
  KX_CHECK(ledger::revoke_device(office->county(), writer, from, words.reason));
  world.out << say_with("device {0} is revoked: operations from {1} on are not shown, and it cannot sync any more",
                        {id.text(), std::to_string(from)})
            << '\n';
  return {};
}

}  // namespace kuangxun::county
