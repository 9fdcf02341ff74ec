#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

#include "db/base/clock.h"
#include "db/base/random.h"
#include "sync/county/store_address.h"

// What the people at headquarters do with kuangxun-county. Each command prints to `out` what it was asked for and
// nothing else.
namespace kuangxun::county {

struct World {
  Clock& clock;
  Random& random;
  std::ostream& out;
  std::ostream& err;
};

// commands_found.cpp: a county begins, and changes its keys.
// A new county database with its keys and, unless `assets` is empty, the county's registers. bad_input when there is
// one.
Status init(World& world, const StoreAddress& address, const std::string& name, const std::filesystem::path& assets);
// The tables alone, for a prefecture to which counties replicate theirs: no county, no keys.
Status prepare(World& world, const StoreAddress& address);
// A new key and a new authority, introduced by the present ones.
Status rotate_keys(World& world, const StoreAddress& address);
// When the present key is lost: laptops need new enrolment codes.
Status replace_keys(World& world, const StoreAddress& address);
// The store was put back from a copy of the database: laptops will offer again what it lost.
Status note_restored(World& world, const StoreAddress& address);

// commands_serve.cpp
struct ServeWords {
  std::string host;
  std::uint16_t port = 0;
  unsigned workers = 0;  // 0: as fits the store
  std::vector<std::string> proxies;
  std::filesystem::path log_folder;  // empty: beside the keys
  std::filesystem::path upward;      // where packages for the prefecture are written; empty: nowhere
  std::uint64_t every_h = 24;        // how often
};
// Serves until SIGTERM or SIGINT.
Status serve(World& world, const StoreAddress& address, const ServeWords& words);

// commands_people.cpp: who may write.
// Prints an enrolment code, good for one laptop within seven days.
Status enrol(World& world, const StoreAddress& address, const std::string& name, const std::string& role);
Status devices(World& world, const StoreAddress& address, bool as_json);
struct PersonWords {
  std::string name;
  std::string role;
  std::string certificate_number;
  std::string id;  // of a person who is enrolled already
};
// Prints a code with which the person makes a key on one laptop within seven days.
Status enrol_person(World& world, const StoreAddress& address, const PersonWords& words);
Status people(World& world, const StoreAddress& address, bool as_json);
Status end_person(World& world, const StoreAddress& address, const std::string& id, const std::string& reason);
Status revoke_person_key(World& world, const StoreAddress& address, const std::string& id, const std::string& reason);
struct RevokeWords {
  std::string device;
  std::uint32_t epoch = 0;          // 0: the newest
  std::uint64_t from_sequence = 0;  // 0: after what the county has
  std::string reason;
};
Status revoke(World& world, const StoreAddress& address, const RevokeWords& words);

// commands_quarantine.cpp: what is not shown.
Status list_decisions(World& world, const StoreAddress& address, bool as_json);
Status hide(World& world, const StoreAddress& address, const std::string& device, std::uint32_t epoch,
            std::uint64_t first, std::uint64_t last, const std::string& reason);
Status end_chain(World& world, const StoreAddress& address, const std::string& device, std::uint32_t epoch,
                 const std::string& reason);
Status release(World& world, const StoreAddress& address, const std::string& decision, const std::string& reason);

// commands_positioning.cpp: what positions must be like to be evidence. Empty words leave what is set.
struct PositioningWords {
  std::string accuracy_m;
  std::string warm_up_fixes;
  std::string fix_age_ms;
  std::string keeps_sentences;  // yes | no
  std::string height_offset_m;
  std::string height_uncertainty_m;
  std::string height_source;
};
Status positioning(World& world, const StoreAddress& address, bool as_json);
Status set_positioning(World& world, const StoreAddress& address, const PositioningWords& words,
                       const std::string& reason);

// commands_archive.cpp: proving, exporting for others to prove, keeping a copy.
// corrupt when the county does not hold.
Status verify(World& world, const StoreAddress& address, bool as_json);
// What kuangxun-verify needs: frames, key statements, devices' public keys, a checkpoint of now.
Status export_proof(World& world, const StoreAddress& address, const std::filesystem::path& folder);
// Everything, the keys too, in one encrypted file.
Status backup(World& world, const StoreAddress& address, const std::filesystem::path& file,
              const std::filesystem::path& passphrase_file);
// Into an empty database of any kind; the county begins a new incarnation.
Status restore(World& world, const StoreAddress& address, const std::filesystem::path& file,
               const std::filesystem::path& passphrase_file);

// commands_bundle.cpp: takes in a laptop's bundle; its answers go to `answers` unless that is empty.
Status read_bundle(World& world, const StoreAddress& address, const std::filesystem::path& file,
                   const std::filesystem::path& answers);

// commands_upward.cpp: the county reports to its prefecture, a file at a time.
// What the prefecture's administrator types to believe this county.
Status upward_fingerprint(World& world, const StoreAddress& address);
// Whose receipts count, and to whom packages are sealed: the prefecture's key in hexadecimal.
Status upward_to(World& world, const StoreAddress& address, const std::string& key);
struct UpwardWords {
  std::filesystem::path file;  // a folder gets a file of its own name
  std::uint64_t photos_mb = 0;
  bool is_plain = false;
  bool from_start = false;
};
Status upward_write(World& world, const StoreAddress& address, const UpwardWords& words);
Status upward_receipt(World& world, const StoreAddress& address, const std::filesystem::path& file);
// At the prefecture, whose database holds many counties. Makes its key and its tables when they are missing.
Status upward_key(World& world, const StoreAddress& address);
Status upward_trust(World& world, const StoreAddress& address, const std::string& county,
                    const std::string& fingerprint);
Status upward_read(World& world, const StoreAddress& address, const std::filesystem::path& file,
                   const std::filesystem::path& receipt);
Status upward_counties(World& world, const StoreAddress& address, bool as_json);

// commands_status.cpp
Status status(World& world, const StoreAddress& address, bool as_json);

}  // namespace kuangxun::county
