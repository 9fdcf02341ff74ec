#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "db/base/running.h"
#include "sync/bundle/sealed_file.h"
#include "sync/bundle/written_bundle.h"
#include "sync/engine/attachment_store.h"
#include "sync/wire/county_keys.h"

// The laptop's half of a sync by stick. BUNDLE.md beside this file describes every byte.
namespace kuangxun::bundle {

// Whom a bundle is sealed to.
struct Recipient {
  Uuid county;
  std::uint32_t key_generation = 0;
  PublicKey bundle_key;
};
// The newest of the county's keys; refused when there is none.
Result<Recipient> recipient_of(const std::vector<wire::KeyStatement>& statements);

// Borrowed while a bundle is written or answers are read. One thread.
struct Laptop {
  frames::FrameStore& store;
  engine::AttachmentStore* photos = nullptr;  // null: only records travel
  Clock& clock;
  Random& random;
  Running running = {};  // who watches, and may stop it
};

// Everything that the county is not known to have, and questions about what is new there. Nothing counts as synced by
// this: only the answers that come home do that. May be written again at any time.
Result<WrittenBundle> write_bundle(const Laptop& laptop, const Recipient& county, const std::filesystem::path& path);

}  // namespace kuangxun::bundle
