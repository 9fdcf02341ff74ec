#include "tests/simulation/laptop_machine.h"

namespace kuangxun::simulation {

LaptopMachine::LaptopMachine(const Parts& parts, int number, const MakeDisk& make_disk)
    : parts_(parts),
      number_(number),
      name_("laptop " + std::to_string(number)),
      clock_(parts.time),
      keys_(random_stream(parts.plan.seed, 100 + static_cast<std::uint64_t>(number))),
      people_(random_stream(parts.plan.seed, 200 + static_cast<std::uint64_t>(number))) {
  const std::uint64_t officers = 1 + people_.below(2);
  for (std::uint64_t i = 0; i < officers; ++i) persons_.push_back(make_uuid(clock_, people_));
  disk_ = make_disk({clock_, keys_, strike_});
}

bool LaptopMachine::start() {
  if (is_running()) return true;
  return run([&] { program_ = disk_->start({clock_, keys_, strike_}); });
}

void LaptopMachine::stop() {
  if (!is_running()) return;
  program_.reset();
  ++life_;
  is_syncing = false;
}

void LaptopMachine::replace_disk(std::unique_ptr<LaptopDisk> disk) {
  stop();
  disk_ = std::move(disk);
}

void LaptopMachine::die(Fault fault) {
  parts_.tally.count(fault);
  tell([&] { return std::string(name_of(fault)); });
  stop();
}

void LaptopMachine::note_full() {
  if (!strike_.has_filled()) return;
  parts_.tally.count(Fault::laptop_disk_full);
  tell([] { return "disk full"; });
  parts_.time.after(hour_ms, [this] { strike_.disarm(); });
}

std::vector<history::Operation> LaptopMachine::everything() {
  if (!is_running()) {
    strike_.disarm();
    start();
  }
  return program_->everything();
}

engine::Dialogue::KeepKeys LaptopMachine::keep_keys() {
  return [this](const wire::KeysAnswer& keys) -> Status {
    KX_TRY(opened, wire::open_key_statements(keys.keys, {}));
    statements = std::move(opened);
    return {};
  };
}

void LaptopMachine::calm() {
  is_calm = true;
  strike_.disarm();
}

}  // namespace kuangxun::simulation
