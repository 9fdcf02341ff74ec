#include "sync/ledger/county_life.h"

#include "db/language/language.h"
#include "sync/wire/county_keys.h"

// Another key and a restored store both begin another epoch of the county's chain. An epoch says which key signs; and
// what the county wrote after the backup was taken lies with laptops, under the former epoch, and must not stand in the
// place of what it writes now.
namespace kuangxun::ledger {
namespace {

Status add_statement(ports::StateStore& store, ports::CountyState& state, wire::KeyStatement statement,
                     const SigningKey& own, const SigningKey* previous) {
  KX_TRY(sealed, store.key_statements());
  statement.county = state.county;
  statement.first_epoch = state.epoch;
  if (!sealed.empty()) statement.previous = sha256(sealed.back());
  KX_CHECK(store.add_key_statement(wire::seal_key_statement(statement, own, previous)));
  state.key_count = static_cast<std::uint32_t>(sealed.size()) + 1;
  return store.set_state(state);
}

wire::KeyStatement statement_of(const CountyKeyFacts& keys, std::int64_t now_ms) {
  wire::KeyStatement statement;
  statement.key = keys.key;
  statement.bundle_key = keys.bundle_key;
  statement.authority = keys.authority;
  statement.county_time_ms = now_ms;
  return statement;
}

Status keep_statements(const County::Parts& parts) {
  KX_TRY(statements, parts.store.key_statements());
  return parts.secrets.keep_statements(statements);
}

}  // namespace

Status found_county(const County::Parts& parts, const Uuid& id, const std::string& name, const CountyKeyFacts& keys) {
  KX_TRY(transaction, ports::Transaction::begin(parts.store, ports::Work::store));
  if (const auto known = parts.store.state(); known.ok()) {
    return Error(ErrorCode::bad_input, phrase("there is a county database here already; nothing was changed"));
  } else if (known.error().code() != ErrorCode::not_found) {
    return known.error();
  }
  KX_TRY(key, parts.secrets.find(keys.key));
  ports::CountyState state;
  state.county = id;
  state.name = name;
  state.created_at_ms = parts.clock.now_ms();
  KX_CHECK(parts.store.set_state(state));
  KX_CHECK(add_statement(parts.store, state, statement_of(keys, state.created_at_ms), key, nullptr));
  KX_CHECK(transaction.commit());
  return keep_statements(parts);
}

Status rotate_key(County& county, const CountyKeyFacts& keys) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::store));
  KX_TRY(key, county.secrets().find(keys.key));
  const std::int64_t now_ms = county.clock().now_ms();
  county.state().epoch = next_number(county.state().epoch, now_ms);
  KX_CHECK(add_statement(county.store(), county.state(), statement_of(keys, now_ms), key, &county.key()));
  KX_CHECK(transaction.commit());
  KX_CHECK(county.refresh());
  return county.secrets().keep_statements(county.statements());
}

Status replace_lost_key(const County::Parts& parts, const CountyKeyFacts& keys) {
  KX_TRY(transaction, ports::Transaction::begin(parts.store, ports::Work::store));
  KX_TRY(state, parts.store.state());
  KX_TRY(key, parts.secrets.find(keys.key));
  const std::int64_t now_ms = parts.clock.now_ms();
  state.epoch = next_number(state.epoch, now_ms);
  wire::KeyStatement statement = statement_of(keys, now_ms);
  statement.is_replacement = true;
  KX_CHECK(add_statement(parts.store, state, statement, key, nullptr));
  KX_CHECK(transaction.commit());
  return keep_statements(parts);
}

Status begin_incarnation(County& county, std::uint32_t seen, std::uint32_t seen_epoch) {
  KX_TRY(transaction, CountyTransaction::begin(county, ports::Work::store));
  ports::CountyState& state = county.state();
  if (seen != 0 && seen < state.incarnation) return {};  // another laptop has said so already
  const std::int64_t now_ms = county.clock().now_ms();
  state.incarnation = next_number(std::max(seen, state.incarnation), now_ms);
  state.epoch = next_number(std::max(seen_epoch, state.epoch), now_ms);
  KX_CHECK(county.store().set_state(state));
  KX_CHECK(transaction.commit());
  return county.refresh();
}

}  // namespace kuangxun::ledger
