#pragma once

#include <memory>

#include "db/sqlite/local_store.h"

namespace kuangxun::writer {

// The reading half of a hand on a store that somebody else writes: a connection of its own, which follows what is
// committed. How it writes is for those that derive from it. One thread.
class FollowingStore : public sqlite::LaptopStore {
 public:
  const std::filesystem::path& folder() const override;
  bool has_key() const override;
  const std::string& key_problem() const override;
  Result<SigningKey> prepared_key() override;
  Result<std::uint64_t> first_unsealed() override;
  Result<std::optional<std::string>> setting(std::string_view name) override;

  // RecordStore
  Result<history::RecordView> read(const Uuid& id) override;
  Result<std::vector<records::Record>> list(records::KindNumber kind) override;
  Result<std::vector<records::Record>> list_where(records::KindNumber kind, std::string_view field_name,
                                                  const records::Value& value) override;
  Result<std::uint64_t> count_standing(records::KindNumber kind, std::string_view field_name,
                                       const records::Value& value) override;
  Status read_together(const std::function<Status()>& reading) override;
  Result<std::vector<history::Dispute>> disputes() override;
  Result<history::SyncState> sync_state(const Uuid& record) override;
  Result<std::vector<history::Operation>> hidden_operations(std::size_t most) override;
  Result<std::vector<history::Operation>> history(const Uuid& record, records::GroupNumber group) override;
  Result<std::vector<history::PendingEdit>> pending() override;
  Result<history::StoreCounts> counts() override;

  // FrameStore
  history::WriterId own_writer() override;
  std::optional<PublicKey> own_key(std::uint32_t epoch) override;
  Result<std::vector<Bytes>> frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                          std::size_t bytes_max) override;
  Result<std::vector<frames::ChainHead>> chains() override;
  Result<std::vector<frames::ChainHead>> unsent_chains() override;
  Result<frames::ChainProgress> own_progress() override;
  Result<frames::KnownCounty> known_county() override;
  Result<frames::CountyMark> county_mark() override;
  Result<Bytes> newest_checkpoint() override;
  Result<Bytes> promised_checkpoint() override;
  Result<std::uint64_t> hidden_own() override;

 protected:
  explicit FollowingStore(std::unique_ptr<sqlite::LocalStore> reader) : reader_(std::move(reader)) {}

 private:
  // The reader, at what was committed last.
  Result<sqlite::LocalStore*> now();

  std::unique_ptr<sqlite::LocalStore> reader_;
  bool is_reading_together_ = false;
};

}  // namespace kuangxun::writer
