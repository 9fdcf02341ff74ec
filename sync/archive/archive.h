#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "db/base/clock.h"
#include "sync/container/container_reader.h"
#include "sync/ports/county_store.h"

// A county in one file, whatever database it lies in: the frames in their order, the keys, receipts, photos, forks and
// codes. What the tables show is not in it: it is made again. ARCHIVE.md describes the bytes.
namespace kuangxun::archive {

// A small file that goes with the county: a key, a certificate.
struct SideFile {
  std::string name;  // without a folder
  Bytes content;
};

struct ArchiveCounts {
  std::uint64_t frames = 0;
  std::uint64_t attachments = 0;
  std::uint64_t files = 0;
};

// Streams the archive into `sink`. One state of the county: what comes in meanwhile is in the next backup.
Result<ArchiveCounts> write_archive(ports::CountyStore& store, const std::vector<SideFile>& files,
                                    const std::function<Status(ByteView)>& sink);

struct RestoredArchive {
  ArchiveCounts counts;
  std::vector<SideFile> files;
};
// Puts an archive into a store without a county. Frames are stored, not applied. bad_input when the store has a county;
// corrupt when the archive is no whole one, or its frames do not make its tree: then the store must be thrown away.
Result<RestoredArchive> read_archive(const container::Source& source, ports::CountyStore& store);

}  // namespace kuangxun::archive
