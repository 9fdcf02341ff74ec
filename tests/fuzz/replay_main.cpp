#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "db/base/clock.h"
#include "db/base/files.h"
#include "tests/fuzz/mutate.h"
#include "tests/support/seeded_random.h"

// The plain main() of a target: replays files, and simple mutants of them, without libFuzzer.
//   fuzz_NAME CORPUS_FOLDER_OR_FILE... [--mutants COUNT] [--seed SEED]
// COUNT mutants of each file, the same for the same seed. A property that does not hold, a crash or an input that takes
// more than ten seconds ends the program with another code than 0, after it said which file (and mutant) it was.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t size_max,
                                                             unsigned int seed);

namespace {

using kuangxun::Bytes;
namespace fs = std::filesystem;

constexpr unsigned input_timeout_s = 10;
constexpr std::size_t mutant_bytes_max = 64 << 10;

kuangxun::tests::SeededRandom* dice = nullptr;
// For the signal handlers, which may not allocate.
char input_name[512] = "nothing yet";

void say_where(int signal) {
  static constexpr char timeout[] = "HANGS (ten seconds): ";
  static constexpr char crash[] = "FAILED AT: ";
  const bool hangs = signal == SIGALRM;
  static_cast<void>(!::write(2, hangs ? timeout : crash, (hangs ? sizeof timeout : sizeof crash) - 1));
  static_cast<void>(!::write(2, input_name, std::strlen(input_name)));
  static_cast<void>(!::write(2, "\n", 1));
  if (hangs) ::_exit(1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

struct Options {
  std::vector<fs::path> inputs;
  std::uint64_t mutants = 0;
  std::uint64_t seed = 1;
};

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if ((word == "--mutants" || word == "--seed") && i + 1 < count) {
      (word == "--seed" ? options.seed : options.mutants) = std::strtoull(words[++i], nullptr, 10);
    } else {
      options.inputs.emplace_back(word);
    }
  }
  return options;
}

// In one order everywhere.
std::vector<fs::path> files_of(const Options& options) {
  std::vector<fs::path> files;
  for (const fs::path& input : options.inputs) {
    if (!fs::is_directory(input)) {
      files.push_back(input);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(input)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

class Replay {
 public:
  void run(const std::string& name, const Bytes& bytes) {
    std::snprintf(input_name, sizeof input_name, "%s", name.c_str());
    // A copy of the exact size on the heap, so that a sanitizer sees one byte too far.
    const Bytes exact(bytes);
    const std::int64_t began_ms = clock_.steady_ms();
    ::alarm(input_timeout_s);
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    ::alarm(0);
    slowest_ms_ = std::max(slowest_ms_, clock_.steady_ms() - began_ms);
    ++executions_;
  }

  void run_mutants(const std::string& name, const Bytes& bytes, const Options& options) {
    kuangxun::tests::SeededRandom random(options.seed);
    dice = &random;
    Bytes mutant;
    for (std::uint64_t i = 0; i < options.mutants; ++i) {
      // A few steps away from the file, then from the file again.
      if (i % 8 == 0) mutant = bytes;
      std::size_t size = mutant.size();
      mutant.resize(std::max(mutant_bytes_max, size));
      size = LLVMFuzzerCustomMutator != nullptr ? LLVMFuzzerCustomMutator(mutant.data(), size, mutant.size(),
                                                                          static_cast<unsigned>(random.below(1U << 31)))
                                                : LLVMFuzzerMutate(mutant.data(), size, mutant.size());
      mutant.resize(size);
      run(name + " mutant " + std::to_string(i) + " of seed " + std::to_string(options.seed), mutant);
    }
  }

  void report() const {
    std::printf("%llu executions, slowest input %lld ms\n", static_cast<unsigned long long>(executions_),
                static_cast<long long>(slowest_ms_));
  }

 private:
  kuangxun::SystemClock clock_;
  std::uint64_t executions_ = 0;
  std::int64_t slowest_ms_ = 0;
};

}  // namespace

// One to four small changes: another byte, another bit, a number at an edge, bytes gone, doubled or new.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max) {
  constexpr std::uint8_t edges[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
  for (std::uint64_t left = 1 + dice->below(4); left > 0; --left) {
    const std::size_t at = size == 0 ? 0 : static_cast<std::size_t>(dice->below(size));
    const std::size_t run = std::min<std::size_t>(1 + static_cast<std::size_t>(dice->below(8)), size - at);
    switch (size == 0 ? 4 : dice->below(5)) {
      case 0:
        data[at] ^= static_cast<std::uint8_t>(1U << dice->below(8));
        break;
      case 1:
        data[at] = edges[dice->below(std::size(edges))];
        break;
      case 2:
        std::memmove(data + at, data + at + run, size - at - run);
        size -= run;
        break;
      case 3:
        data[at] = static_cast<std::uint8_t>(dice->below(256));
        break;
      default:
        if (size + run > size_max || size == size_max) break;
        std::memmove(data + at + std::max<std::size_t>(run, 1), data + at, size - at);
        size += std::max<std::size_t>(run, 1);
        data[at] = static_cast<std::uint8_t>(dice->below(256));
        break;
    }
  }
  return size;
}

int main(int count, char** words) {
  const Options options = read_options(count, words);
  for (const int signal : {SIGALRM, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, say_where);
  const std::vector<fs::path> files = files_of(options);
  if (files.empty()) {
    std::fprintf(stderr, "no inputs: give corpus folders or files\n");
    return 2;
  }
  Replay replay;
  for (const fs::path& file : files) {
    const auto bytes = kuangxun::read_file(file, 64U << 20);
    if (!bytes.ok()) {
      std::fprintf(stderr, "%s\n", bytes.error().message().c_str());
      return 2;
    }
    replay.run(file.string(), *bytes);
    replay.run_mutants(file.string(), *bytes, options);
  }
  std::printf("%zu files: ", files.size());
  replay.report();
  return 0;
}
