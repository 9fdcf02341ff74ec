#pragma once

#include <memory>
#include <mutex>

#include "app/office/office.h"
#include "app/office/program_log.h"
#include "db/writer/store_writer.h"

namespace kuangxun::office {

// Any thread. The writer is made by whoever writes first, and ends with the last office.
struct Office::Shared {
  explicit Shared(const std::filesystem::path& folder) : log(folder) {}
  // Opens the store to write unless that is done. busy when another program holds the folder.
  Status open_owner(const std::filesystem::path& folder, const World& world);

  ProgramLog log;
  std::mutex opening;
  std::unique_ptr<writer::StoreWriter> owner;  // protected by opening until it is there; stays then
};

}  // namespace kuangxun::office
