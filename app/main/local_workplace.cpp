#include "app/main/local_workplace.h"

#include "db/base/language.h"
#include "db/registers/genesis.h"

namespace kuangxun {

Status LocalWorkplace::create(bool empty) {
  // The registers are read first: a broken installation leaves no half-made data folder behind.
  std::optional<frames::Frame> registers;
  if (!empty) {
    KX_TRY(frame, registers::build_genesis_frame(assets_ / "registers"));
    registers = std::move(frame);
  }
  KX_TRY(store, sqlite::LocalStore::create(folder_, {clock_, random_}));
  if (registers) KX_CHECK(store->adopt_registers(*registers));
  store_ = std::move(store);
  is_writable_ = true;
  return {};
}

Result<sqlite::LocalStore*> LocalWorkplace::readable_store() {
  if (store_ == nullptr) {
    KX_TRY(store, sqlite::LocalStore::open_read_only(folder_, {clock_, random_}));
    store_ = std::move(store);
  }
  return store_.get();
}

Result<sqlite::LocalStore*> LocalWorkplace::writable_store() {
  if (!is_writable_) {
    store_.reset();
    KX_TRY(store, sqlite::LocalStore::open(folder_, {clock_, random_}));
    store_ = std::move(store);
    is_writable_ = true;
  }
  return store_.get();
}

Result<history::RecordStore*> LocalWorkplace::reader() {
  KX_TRY(store, readable_store());
  return static_cast<history::RecordStore*>(store);
}

Result<history::RecordStore*> LocalWorkplace::writer() {
  KX_TRY(store, writable_store());
  return static_cast<history::RecordStore*>(store);
}

Result<cli::Proof> LocalWorkplace::verify() {
  KX_TRY(store, readable_store());
  KX_TRY(report, store->verify());
  return cli::Proof{report.frames, report.operations, report.unsealed_operations, std::move(report.problems)};
}

Status LocalWorkplace::rebuild() {
  KX_TRY(store, writable_store());
  return store->rebuild();
}

}  // namespace kuangxun
