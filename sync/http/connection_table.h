#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "db/base/signing.h"

namespace kuangxun::http {

// Who may be connected. When there is no room, the oldest peer that has not shown a device certificate goes: so whoever
// floods the county pushes out himself, and the laptops stay. One thread.
class ConnectionTable {
 public:
  using Id = std::uint64_t;
  // Closes a connection; called at most once, also when it is closing already.
  using Close = std::function<void()>;

  ConnectionTable(std::size_t all_max, std::size_t per_address_max, std::size_t per_device_max)
      : all_max_(all_max), per_address_max_(per_address_max), per_device_max_(per_device_max) {}

  // 0 when there is no room and none can be made. `address` may be empty: it is told later.
  Id add(const std::string& address, Close close);
  // What a proxy says of it. False when there is no room for another from there.
  bool set_address(Id id, const std::string& address);
  // It showed a device certificate of this key. An older connection of the same device that is in the middle of a body
  // is closed: the link it came over was cut, and what had arrived is wanted now.
  void set_device(Id id, const PublicKey& key);
  enum class Doing { waiting, receiving, working };
  void set_doing(Id id, Doing doing);
  void remove(Id id);

  // Closes all that are not working.
  void close_all();

  std::size_t size() const { return entries_.size(); }
  std::uint64_t turned_away() const { return turned_away_; }

 private:
  struct Entry {
    std::string address;
    PublicKey device;
    bool has_device = false;
    Doing doing = Doing::waiting;
    Close close;
  };
  bool has_room_at(const std::string& address) const;
  // Closes the oldest peer without a certificate; of this address, unless that is empty.
  bool make_room(const std::string& address, Id except);
  void drop(Id id);

  const std::size_t all_max_;
  const std::size_t per_address_max_;
  const std::size_t per_device_max_;
  Id next_ = 1;
  std::map<Id, Entry> entries_;  // the oldest first
  std::map<std::string, std::size_t> per_address_;
  std::uint64_t turned_away_ = 0;
};

}  // namespace kuangxun::http
