#include "tests/support/damage.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/support/processor_time.h"

namespace kuangxun::tests {
namespace {

class Worker {
 public:
  explicit Worker(const std::function<bool(std::size_t, const Bytes&)>& accepts) : accepts_(accepts) {}

  void damage(std::size_t piece, const Bytes& whole) {
    counts_.bytes += whole.size();
    Bytes damaged = whole;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        damaged[at] = static_cast<std::uint8_t>(whole[at] ^ (1U << bit));
        attempt(piece, damaged, counts_.flips);
      }
      damaged[at] = whole[at];
    }
    for (const std::uint8_t extra : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{0xff}}) {
      damaged.push_back(extra);
      attempt(piece, damaged, counts_.extensions);
      damaged.pop_back();
    }
    while (!damaged.empty()) {
      damaged.pop_back();
      // A copy of the exact size: a sanitizer sees one byte too far.
      attempt(piece, Bytes(damaged), counts_.truncations);
    }
  }

  const DamageCounts& counts() const { return counts_; }

 private:
  void attempt(std::size_t piece, const Bytes& damaged, std::uint64_t& kind) {
    ++kind;
    bool is_accepted = false;
    const auto once = [&] { is_accepted = accepts_(piece, damaged) || is_accepted; };
    counts_.slowest_ms =
        std::max(counts_.slowest_ms, least_processor_ms(processor_ms_of(once), counts_.slowest_ms, once));
    if (is_accepted) ++counts_.accepted;
  }

  const std::function<bool(std::size_t, const Bytes&)>& accepts_;
  DamageCounts counts_;
};

void add(DamageCounts& sum, const DamageCounts& part) {
  sum.bytes += part.bytes;
  sum.truncations += part.truncations;
  sum.flips += part.flips;
  sum.extensions += part.extensions;
  sum.accepted += part.accepted;
  sum.slowest_ms = std::max(sum.slowest_ms, part.slowest_ms);
}

}  // namespace

std::string DamageCounts::text() const {
  return std::to_string(bytes) + " bytes: " + std::to_string(truncations) + " truncations, " + std::to_string(flips) +
         " bit flips, " + std::to_string(extensions) + " extensions, " + std::to_string(accepted) +
         " accepted, slowest " + std::to_string(slowest_ms) + " ms";
}

DamageCounts damage_everywhere(const std::vector<Bytes>& pieces,
                               const std::function<bool(std::size_t piece, const Bytes& damaged)>& accepts,
                               unsigned timeout_s) {
  ::alarm(timeout_s);
  std::vector<Worker> workers(std::max(1U, std::thread::hardware_concurrency()), Worker(accepts));
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (Worker& worker : workers) {
    threads.emplace_back([&] {
      for (std::size_t piece = next++; piece < pieces.size(); piece = next++) worker.damage(piece, pieces[piece]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  ::alarm(0);
  DamageCounts sum;
  for (const Worker& worker : workers) add(sum, worker.counts());
  return sum;
}

}  // namespace kuangxun::tests
