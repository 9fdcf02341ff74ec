#include <algorithm>

#include "tests/simulation/failure.h"
#include "tests/simulation/world.h"

// What goes wrong in a world, once or twice in thirty days.
namespace kuangxun::simulation {

void World::at_some_time(const std::function<void()>& incident) {
  const auto span_ms = static_cast<std::uint64_t>((plan_.days - 2) * day_ms);
  time_.after(day_ms + static_cast<std::int64_t>(random_.below(span_ms)), incident);
}

void World::plan_incidents() {
  const auto times = [&](int count, const std::function<void()>& incident) {
    for (int i = 0; i < count; ++i) at_some_time(incident);
  };
  times(plan_.county_restores, [this] { restore_county(true); });
  times(plan_.unnoticed_restores, [this] { restore_county(false); });
  times(plan_.laptop_restores, [this] { restore_laptop(); });
  times(plan_.clones, [this] { clone_laptop(); });
  times(plan_.revocations, [this] { revoke(); });
  times(plan_.lost_keys, [this] { lose_key(); });
  times(plan_.key_rotations, [this] {
    tally_.count(Fault::county_key_rotated);
    trace_.tell(time_.now_ms(), "county", [] { return "has another key from now on"; });
    county_.rotate_key();
  });
  if (plan_.county_restores + plan_.unnoticed_restores > 0) {
    times(4, [this] { backups_.push_back(county_.back_up()); });
  }
  if (plan_.laptop_restores > 0) {
    times(4 * plan_.laptops, [this] {
      LaptopMachine* laptop = some_laptop([](const LaptopMachine& one) { return !one.is_syncing; });
      if (laptop == nullptr) return;
      laptop->stop();
      images_.push_back({laptop, laptop->disk().copy()});
    });
  }
  for (int i = 0; i < plan_.bad_laptops; ++i) {
    bad_laptops_.push_back(
        std::make_unique<BadLaptop>(BadLaptop::Parts{time_, plan_, county_, oracle_, tally_, trace_}, i));
    times(12, [this, i] {
      bad_laptops_[static_cast<std::size_t>(i)]->write();
      if (county_.is_up()) bad_laptops_[static_cast<std::size_t>(i)]->push();
    });
  }
  times(plan_.bad_laptops * 2, [this] {
    if (!county_.release_one(random_)) return;
    tally_.count(Fault::decision_released);
    trace_.tell(time_.now_ms(), "county", [] { return "releases a decision"; });
    oracle_.released();
  });
  times(plan_.stuck_programs, [this] { hammer(); });
  if (plan_.county_kill_percent > 0) {
    times(2, [this] { county_.kill(); });
  }
  if (plan_.wrong_clock_percent > 0) {
    times(2, [this] {
      if (LaptopMachine* laptop = some_laptop([](const LaptopMachine&) { return true; })) upset_clock(*laptop);
    });
  }
}

LaptopMachine* World::some_laptop(const std::function<bool(const LaptopMachine&)>& fits) {
  std::vector<LaptopMachine*> fitting;
  for (const auto& laptop : laptops_) {
    if (!laptop->is_revoked && fits(*laptop)) fitting.push_back(laptop.get());
  }
  return fitting.empty() ? nullptr : fitting[random_.below(fitting.size())];
}

LaptopMachine* World::other_laptop(const LaptopMachine& laptop) {
  if (!laptop.is_running()) return nullptr;
  return some_laptop([&](const LaptopMachine& one) {
    return one.is_enrolled && !one.is_syncing && one.observed.device != laptop.observed.device &&
           !one.observed.device.is_nil();
  });
}

void World::upset_clock(LaptopMachine& laptop) {
  constexpr std::int64_t year_ms = 365 * day_ms;
  constexpr std::int64_t year_2106_ms = 4'294'967'296'000;
  MachineClock& clock = laptop.clock();
  const std::uint64_t how = random_.below(6);
  constexpr Fault faults[] = {Fault::clock_1970,           Fault::clock_2106,
                              Fault::clock_day_ahead,      Fault::clock_ten_years_ahead,
                              Fault::clock_ten_years_back, Fault::clock_frozen};
  switch (how) {
    case 0:
      clock.set_to_ms(0);
      break;
    case 1:
      clock.set_to_ms(year_2106_ms);
      break;
    case 2:
      clock.set_error_ms(day_ms);
      break;
    case 3:
      clock.set_error_ms(10 * year_ms);
      break;
    case 4:
      clock.set_error_ms(-10 * year_ms);
      break;
    default:
      clock.freeze();
      break;
  }
  tally_.count(faults[how]);
  laptop.tell([&] { return std::string(name_of(faults[how])); });
}

// What nobody has any more who could still bring it.
void World::hardware_gone() {
  std::set<Identity> held;
  const auto hold = [&](const history::Operation& operation) { held.insert(identity_of(operation)); };
  for (const auto& laptop : laptops_) {
    if (laptop->is_revoked) continue;
    for (const history::Operation& operation : laptop->everything()) hold(operation);
  }
  for (const auto& laptop : bad_laptops_) std::ranges::for_each(laptop->meant(), hold);
  const Oracle::Log log = oracle_.read_log(county_.county().store());
  for (const auto& [id, operation] : log.operations) hold(*operation);
  held.insert(log.forked.begin(), log.forked.end());
  oracle_.hardware_gone(held);
}

void World::restore_laptop() {
  std::erase_if(images_, [](const Image& image) { return image.laptop->is_revoked; });
  if (images_.empty()) return;
  const Image& image = images_[random_.below(images_.size())];
  LaptopMachine& laptop = *image.laptop;
  tally_.count(Fault::laptop_restored);
  laptop.tell([] { return "is restored from a backup"; });
  laptop.replace_disk(image.disk->copy());
  laptop.observed_through = 0;
  hardware_gone();
}

void World::clone_laptop() {
  LaptopMachine* original = some_laptop([](const LaptopMachine& laptop) { return laptop.is_enrolled; });
  if (original == nullptr) return;
  tally_.count(Fault::laptop_cloned);
  original->stop();
  const int number = static_cast<int>(laptops_.size()) + 1;
  laptops_.push_back(std::make_unique<LaptopMachine>(LaptopMachine::Parts{time_, plan_, tally_, trace_}, number,
                                                     [&](const LaptopParts&) { return original->disk().copy(); }));
  LaptopMachine& clone = *laptops_.back();
  clone.is_enrolled = true;
  clone.statements = original->statements;
  clone.tell([&] { return "is a copy of " + original->name(); });
  plan_days(clone, static_cast<int>(time_.now_ms() / day_ms));
}

void World::revoke() {
  LaptopMachine* laptop = some_laptop([](const LaptopMachine& one) { return one.is_enrolled; });
  if (laptop == nullptr || laptops_.size() < 3 || !laptop->start()) return;
  const history::WriterId writer = laptop->program().frames().own_writer();
  const auto chain = county_.county().store().chains({&writer, 1});
  demand_ok(chain, "reading a chain");
  const std::uint64_t from = 1 + random_.below(chain->front().stored_through + 2);
  tally_.count(Fault::device_revoked);
  laptop->tell([&] { return "is revoked from " + std::to_string(from) + " on"; });
  county_.revoke(writer, from);
  for (const auto& other : laptops_) {
    if (other->start() && other->program().frames().own_writer().device == writer.device) other->is_revoked = true;
  }
  hardware_gone();
}

void World::lose_key() {
  LaptopMachine* laptop = some_laptop([](const LaptopMachine& one) { return one.is_enrolled; });
  if (laptop == nullptr) return;
  tally_.count(Fault::laptop_key_lost);
  laptop->tell([] { return "has lost its key"; });
  laptop->stop();
  laptop->disk().lose_key();
  ask_for_code(*laptop);
}

// A program that cannot stop asking, while others want to be served.
void World::hammer() {
  LaptopMachine* laptop = some_laptop([](const LaptopMachine& one) { return one.is_enrolled && !one.is_syncing; });
  if (laptop == nullptr || !prepare(*laptop) || !laptop->program().has_key()) return;
  laptop->tell([] { return "asks and asks"; });
  sync(*laptop, [](const SyncRun::Outcome&) {});
  if (laptop->is_running()) network_.hammer(laptop->program().frames(), county_.id(), laptop->clock());
}

void World::restore_county(bool is_announced) {
  if (backups_.empty()) return;
  const std::size_t chosen = random_.below(backups_.size());
  tally_.count(is_announced ? Fault::county_restored : Fault::county_restored_unnoticed);
  trace_.tell(time_.now_ms(), "county", [&] {
    return std::string(is_announced ? "is restored from a backup" : "is restored, and nobody says so");
  });
  county_.restore(*backups_[chosen], is_announced);
  hardware_gone();
}

}  // namespace kuangxun::simulation
