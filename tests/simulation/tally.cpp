#include "tests/simulation/tally.h"

#include <algorithm>

namespace kuangxun::simulation {
namespace {

constexpr std::array<std::string_view, fault_count> names = {
    "request lost",
    "request cut at a byte",
    "request late, after the laptop gave up",
    "answer lost",
    "answer cut at a byte",
    "answer to another request",
    "request replayed",
    "nonsense sent to the county",
    "county busy (429)",
    "county's disk nearly full (507)",
    "laptop killed between steps",
    "laptop killed between two writes",
    "laptop's disk full",
    "county killed between requests",
    "county killed between two writes",
    "county's disk full",
    "clock at 1970",
    "clock at 2106",
    "clock a day ahead",
    "clock ten years ahead",
    "clock ten years back",
    "clock frozen",
    "county restored from a backup",
    "county restored without anybody saying so",
    "laptop restored from a backup",
    "laptop cloned",
    "device revoked from a sequence number",
    "laptop's key lost",
    "county's key rotated",
    "frame unreadable",
    "operation meaningless",
    "operation without the right",
    "person's signature wrong",
    "decision released",
    "edits of one group unseen by each other",
    "void against an edit",
    "dispute settled",
    "stick carried to the county",
    "stick brought news home",
    "stick brought to the county twice",
    "stick lost on the way",
    "stick cut or flipped on the way",
    "stick shown to another county",
    "answers brought home",
    "answers lost on the way",
    "answers cut or flipped on the way",
    "answers shown to another laptop",
};

}  // namespace

std::string_view name_of(Fault fault) {
  return names[static_cast<std::size_t>(fault)];
}

Tally& Tally::operator+=(const Tally& other) {
  for (std::size_t i = 0; i < fault_count; ++i) faults[i] += other.faults[i];
  seeds += other.seeds;
  operations += other.operations;
  frames += other.frames;
  sessions += other.sessions;
  requests += other.requests;
  bytes += other.bytes;
  requests_most = std::max(requests_most, other.requests_most);
  quiet_rounds += other.quiet_rounds;
  quiet_rounds_most = std::max(quiet_rounds_most, other.quiet_rounds_most);
  new_epochs += other.new_epochs;
  incarnations += other.incarnations;
  gone_with_hardware += other.gone_with_hardware;
  chains_ended += other.chains_ended;
  return *this;
}

std::string Tally::text() const {
  std::string text;
  const auto line = [&](std::string_view name, std::uint64_t number) {
    const std::string digits = std::to_string(number);
    text += std::string(digits.size() < 14 ? 14 - digits.size() : 0, ' ') + digits + "  " + std::string(name) + "\n";
  };
  line("seeds", seeds);
  line("operations committed by people", operations);
  line("frames in the counties' sequences", frames);
  line("sessions", sessions);
  line("requests", requests);
  line("bytes on the links", bytes);
  line("requests of the longest session", requests_most);
  line("rounds until quiet, all seeds", quiet_rounds);
  line("rounds until quiet, most of one seed", quiet_rounds_most);
  line("new epochs of laptops", new_epochs);
  line("new incarnations of counties", incarnations);
  line("operations that only destroyed hardware held", gone_with_hardware);
  line("chains ended because no disk held what others waited for (rare)", chains_ended);
  text += "faults and situations:\n";
  for (std::size_t i = 0; i < fault_count; ++i) line(names[i], faults[i]);
  return text;
}

}  // namespace kuangxun::simulation
