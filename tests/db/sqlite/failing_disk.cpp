#include "tests/db/sqlite/failing_disk.h"

#include <sqlite3.h>

#include <cassert>
#include <cstring>
#include <new>

namespace kuangxun::tests {
namespace {

struct Plan {
  std::uint64_t fail_at = 0;
  std::uint64_t steps = 0;
  bool for_ever = false;
  bool has_failed = false;
  std::uint64_t flushes = 0;
};
Plan plan;
sqlite3_vfs* real_vfs = nullptr;

// A file of ours, and behind it in the same block the real one.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<File*>(file)->real();
}

// Whether this step is to fail.
bool strikes() {
  ++plan.steps;
  const bool fails = plan.fail_at > 0 && (plan.steps == plan.fail_at || (plan.for_ever && plan.steps > plan.fail_at));
  plan.has_failed = plan.has_failed || fails;
  return fails;
}

int close_file(sqlite3_file* file) {
  return real_of(file)->pMethods == nullptr ? SQLITE_OK : real_of(file)->pMethods->xClose(real_of(file));
}
int read_file(sqlite3_file* file, void* into, int bytes, sqlite3_int64 at) {
  return real_of(file)->pMethods->xRead(real_of(file), into, bytes, at);
}
int write_file(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  if (strikes()) {
    real_of(file)->pMethods->xWrite(real_of(file), from, bytes / 2, at);
    return plan.steps % 2 == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }
  return real_of(file)->pMethods->xWrite(real_of(file), from, bytes, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 bytes) {
  if (strikes()) return SQLITE_IOERR_TRUNCATE;
  return real_of(file)->pMethods->xTruncate(real_of(file), bytes);
}
int sync_file(sqlite3_file*, int) {
  ++plan.flushes;
  return strikes() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}
int file_size(sqlite3_file* file, sqlite3_int64* bytes) {
  return real_of(file)->pMethods->xFileSize(real_of(file), bytes);
}
int lock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_lock(sqlite3_file* file, int* result) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}
int control_file(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}
int characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int map_memory(sqlite3_file* file, int page, int bytes, int extend, void volatile** memory) {
  return real_of(file)->pMethods->xShmMap(real_of(file), page, bytes, extend, memory);
}
int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
  return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
void barrier(sqlite3_file* file) {
  real_of(file)->pMethods->xShmBarrier(real_of(file));
}
int unmap_memory(sqlite3_file* file, int removes) {
  return real_of(file)->pMethods->xShmUnmap(real_of(file), removes);
}

const sqlite3_io_methods methods = {
    2,           close_file,  read_file,    write_file,   truncate_file, sync_file,       file_size,
    lock_file,   unlock_file, check_lock,   control_file, sector_size,   characteristics, map_memory,
    lock_memory, barrier,     unmap_memory, nullptr,      nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto* ours = new (file) File{};
  std::memset(ours->real(), 0, static_cast<std::size_t>(real_vfs->szOsFile));
  const int code = real_vfs->xOpen(real_vfs, name, ours->real(), flags, flags_out);
  ours->base.pMethods = ours->real()->pMethods == nullptr ? nullptr : &methods;
  return code;
}

sqlite3_vfs& layer() {
  static sqlite3_vfs vfs = [] {
    real_vfs = sqlite3_vfs_find(nullptr);
    sqlite3_vfs made = *real_vfs;
    made.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
    made.pNext = nullptr;
    made.zName = "failing-disk";
    made.xOpen = open_file;
    return made;
  }();
  return vfs;
}

}  // namespace

FailingDisk::FailingDisk() {
  plan = {};
  sqlite3_vfs_register(&layer(), 1);
}
FailingDisk::~FailingDisk() {
  sqlite3_vfs_unregister(&layer());
  sqlite3_vfs_register(real_vfs, 1);
}
void FailingDisk::fail_at(std::uint64_t step, bool for_ever) {
  plan = {step, 0, for_ever, false, 0};
}
std::uint64_t FailingDisk::steps() const {
  return plan.steps;
}
std::uint64_t FailingDisk::flushes() const {
  return plan.flushes;
}
bool FailingDisk::has_failed() const {
  return plan.has_failed;
}

}  // namespace kuangxun::tests
