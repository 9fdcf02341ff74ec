#pragma once

#include <functional>

#include "app/main/local_workplace.h"
#include "app/screens/ports.h"

namespace kuangxun {

// The window's county: what the commands do, by the same workplace.
class CountyLink final : public screens::SyncLink {
 public:
  using Log = std::function<void(const std::filesystem::path& folder, const std::string& line)>;
  CountyLink(LocalWorkplace& workplace, sqlite::LocalStore& store, Log log)
      : workplace_(workplace), store_(store), log_(std::move(log)) {}

  Result<screens::CountyState> county() override;
  Status enrol(const std::string& url, const std::string& code, const Rest& rest) override;
  Result<screens::SyncReport> sync(const Rest& rest) override;
  Result<std::string> write_bundle(const std::filesystem::path& file, const Rest& rest) override;
  Result<screens::SyncReport> read_bundle(const std::filesystem::path& file, const Rest& rest) override;
  Result<inspect::PhotoStandings> photos() override { return workplace_.photos(); }

 private:
  void note(const std::string& what, const Status& status, const std::string& counts);

  LocalWorkplace& workplace_;
  sqlite::LocalStore& store_;
  Log log_;
};

// The window's people.
class LaptopPeopleLink final : public screens::PeopleLink {
 public:
  LaptopPeopleLink(LocalWorkplace& workplace, sqlite::LocalStore& store) : workplace_(workplace), store_(store) {}

  Result<std::vector<people::Person>> list() override { return workplace_.people().list(store_); }
  bool has_key(const Uuid& person) override { return workplace_.people().has_key(person); }
  Status set_current(const Uuid& person) override { return workplace_.people().set_current(person); }
  void lock() override { store_.lock(); }
  Status unlock(const Uuid& person, const std::string& pin) override;
  Status change_pin(const Uuid& person, const std::string& old_pin, const std::string& new_pin) override {
    return workplace_.people().change_pin(person, old_pin, new_pin);
  }
  Result<people::Person> enrol(const std::string& code, const std::string& pin, const Rest& rest) override {
    return workplace_.enrol_person(code, pin, rest);
  }

 private:
  LocalWorkplace& workplace_;
  sqlite::LocalStore& store_;
};

}  // namespace kuangxun
