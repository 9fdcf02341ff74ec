#include "sync/http/connection_table.h"

#include <vector>

namespace kuangxun::http {

ConnectionTable::Id ConnectionTable::add(const std::string& address, Close close) {
  const bool has_room =
      (has_room_at(address) || make_room(address, 0)) && (entries_.size() < all_max_ || make_room("", 0));
  if (!has_room) {
    ++turned_away_;
    return 0;
  }
  Entry entry;
  entry.address = address;
  entry.close = std::move(close);
  entries_.emplace(next_, std::move(entry));
  if (!address.empty()) ++per_address_[address];
  return next_++;
}

bool ConnectionTable::set_address(Id id, const std::string& address) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return false;
  if (!has_room_at(address) && !make_room(address, id)) {
    ++turned_away_;
    return false;
  }
  found->second.address = address;
  ++per_address_[address];
  return true;
}

void ConnectionTable::set_device(Id id, const PublicKey& key) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  found->second.device = key;
  found->second.has_device = true;
  std::vector<Id> older;
  for (const auto& [other, entry] : entries_) {
    if (other != id && entry.has_device && entry.device == key && entry.doing != Doing::working) older.push_back(other);
  }
  for (std::size_t i = 0; i < older.size(); ++i) {
    const bool is_too_much = older.size() - i >= per_device_max_;
    if (is_too_much || entries_.at(older[i]).doing == Doing::receiving) drop(older[i]);
  }
}

void ConnectionTable::set_doing(Id id, Doing doing) {
  const auto found = entries_.find(id);
  if (found != entries_.end()) found->second.doing = doing;
}

void ConnectionTable::remove(Id id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  const auto at = per_address_.find(found->second.address);
  if (at != per_address_.end() && --at->second == 0) per_address_.erase(at);
  entries_.erase(found);
}

void ConnectionTable::close_all() {
  std::vector<Id> idle;
  for (const auto& [id, entry] : entries_) {
    if (entry.doing != Doing::working) idle.push_back(id);
  }
  for (const Id id : idle) drop(id);
}

bool ConnectionTable::has_room_at(const std::string& address) const {
  const auto at = per_address_.find(address);
  return at == per_address_.end() || at->second < per_address_max_;
}

bool ConnectionTable::make_room(const std::string& address, Id except) {
  for (const auto& [id, entry] : entries_) {
    if (id == except || entry.has_device || entry.doing == Doing::working) continue;
    if (!address.empty() && entry.address != address) continue;
    ++turned_away_;
    drop(id);
    return true;
  }
  return false;
}

void ConnectionTable::drop(Id id) {
  const Close close = std::move(entries_.at(id).close);
  remove(id);
  close();
}

}  // namespace kuangxun::http
