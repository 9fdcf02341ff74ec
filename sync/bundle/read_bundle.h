#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>

#include "db/base/clock.h"
#include "sync/bundle/sealed_file.h"
#include "sync/wire/messages.h"

// The county's half of a sync by stick.
namespace kuangxun::bundle {

struct County {
  Uuid county;
  // Every key that bundles were ever sealed to.
  std::span<const ExchangeSecret> secrets;
  // Of a laptop that is enrolled under this name.
  std::function<Result<std::optional<PublicKey>>(const history::WriterId&)> device_key;
  // A sealed request in, a sealed answer out; always an answer.
  std::function<Bytes(Bytes)> answer;
  Clock& clock;
};

struct ReadBundle {
  BundleHeader header;
  std::uint64_t requests = 0;  // that were put to the county
  std::uint64_t frames = 0;    // in them, new or not
  std::uint64_t photo_pieces = 0;
  std::uint64_t refused = 0;  // answers that were a "no"
  std::optional<wire::AnswerCode> first_refusal;
  std::optional<wire::PushRefusal> first_push_refusal;
  std::optional<container::WrittenFile> answers;
};

// Proves the whole bundle first, then puts every request of it to the county. Reading it again does no harm. The
// answers, sealed to the laptop, are written to `answers` unless that is empty; without them the laptop learns nothing.
// refused: for another county, or from a laptop that is not enrolled. corrupt: damaged, nothing was taken.
// unavailable: the county's store did not go on; what it took it keeps, read the bundle again.
Result<ReadBundle> read_bundle(const County& county, const std::filesystem::path& path,
                               const std::filesystem::path& answers);

}  // namespace kuangxun::bundle
