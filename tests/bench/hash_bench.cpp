// How fast frames and attachments can be hashed, beside what reading memory alone costs: hashing must never be what a
// rebuild waits for.
#include <benchmark/benchmark.h>

#include <numeric>

#include "db/base/bytes.h"
#include "db/base/hash.h"

namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;  // one attachment chunk

void hash_chunk_baseline_read(benchmark::State& state) {
  const kuangxun::Bytes chunk(chunk_bytes, 0x5A);
  for (auto _ : state) benchmark::DoNotOptimize(std::accumulate(chunk.begin(), chunk.end(), 0U));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * chunk_bytes));
}
BENCHMARK(hash_chunk_baseline_read);

void hash_chunk(benchmark::State& state) {
  const kuangxun::Bytes chunk(chunk_bytes, 0x5A);
  for (auto _ : state) benchmark::DoNotOptimize(kuangxun::sha256(chunk));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * chunk_bytes));
}
BENCHMARK(hash_chunk);

}  // namespace
