#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "db/base/files.h"
#include "db/base/random.h"
#include "db/base/signing.h"
#include "db/history/hybrid_clock.h"
#include "db/sqlite/connection/database.h"
#include "db/sqlite/tables/county_facts.h"
#include "db/sqlite/tables/dictionary.h"
#include "db/sqlite/tables/frame_log.h"
#include "db/sqlite/tables/head_table.h"
#include "db/sqlite/tables/operation_log.h"
#include "db/sqlite/tables/operation_rows.h"
#include "db/sqlite/tables/own_epochs.h"
#include "db/sqlite/tables/projection.h"
#include "db/sqlite/tables/rehomed.h"

namespace kuangxun::sqlite {

// A person whose key is at hand.
struct PersonSigner {
  Uuid person;
  SigningKey key;
};

// What the parts of a laptop's store share: the database with its tables, and what memory remembers of them (see
// StoreMemory). LocalStore owns it; it must not move, because the tables refer to each other. One thread.
struct StoreParts {
  StoreParts(std::filesystem::path data_folder, Clock& the_clock, Random& the_random, Database opened,
             std::unique_ptr<FileLock> held)
      : folder(std::move(data_folder)),
        clock(the_clock),
        random(the_random),
        lock(std::move(held)),
        database(std::move(opened)),
        hybrid_clock(the_clock) {}
  StoreParts(const StoreParts&) = delete;
  StoreParts& operator=(const StoreParts&) = delete;

  std::filesystem::path folder;
  Clock& clock;
  Random& random;
  std::unique_ptr<FileLock> lock;  // none when read only

  Database database;
  Dictionary dictionary{database};
  Projection projection{database};
  OperationRows rows{database, dictionary};
  HeadTable heads{database, dictionary, projection, rows};
  OperationLog log{database, dictionary, projection, rows, heads};
  FrameLog frames{database, dictionary, clock};
  CountyFacts county{database, clock};
  OwnEpochs epochs{database, folder};
  Rehomed rehomed{database, dictionary};

  history::HybridClock hybrid_clock;
  std::optional<SigningKey> key;  // none when read only, or when the file is gone
  std::string key_problem;        // why there is none; empty when there is one
  std::optional<PersonSigner> signer;
  history::WriterId own_writer;
  std::uint64_t next_sequence = 1;
  bool is_behind = false;              // what was pulled is kept, but not shown yet
  std::uint64_t times_shown_anew = 0;  // all at once, in one transaction
  bool is_reading_together = false;    // inside one look at the store
};

}  // namespace kuangxun::sqlite
