#include "db/writer/following_store.h"

namespace kuangxun::writer {

Result<sqlite::LocalStore*> FollowingStore::now() {
  if (is_reading_together_) return reader_.get();
  KX_TRY(has_followed, reader_->follow());
  static_cast<void>(has_followed);
  return reader_.get();
}

const std::filesystem::path& FollowingStore::folder() const {
  return reader_->folder();
}
bool FollowingStore::has_key() const {
  return reader_->has_key();
}
const std::string& FollowingStore::key_problem() const {
  return reader_->key_problem();
}
Result<SigningKey> FollowingStore::prepared_key() {
  KX_TRY(reader, now());
  return reader->prepared_key();
}
Result<std::uint64_t> FollowingStore::first_unsealed() {
  KX_TRY(reader, now());
  return reader->first_unsealed();
}
Result<std::optional<std::string>> FollowingStore::setting(std::string_view name) {
  KX_TRY(reader, now());
  return reader->setting(name);
}

Result<history::RecordView> FollowingStore::read(const Uuid& id) {
  KX_TRY(reader, now());
  return reader->read(id);
}
Result<std::vector<records::Record>> FollowingStore::list(records::KindNumber kind) {
  KX_TRY(reader, now());
  return reader->list(kind);
}
Result<std::vector<records::Record>> FollowingStore::list_where(records::KindNumber kind, std::string_view field_name,
                                                                const records::Value& value) {
  KX_TRY(reader, now());
  return reader->list_where(kind, field_name, value);
}
Result<std::uint64_t> FollowingStore::count_standing(records::KindNumber kind, std::string_view field_name,
                                                     const records::Value& value) {
  KX_TRY(reader, now());
  return reader->count_standing(kind, field_name, value);
}
Status FollowingStore::read_together(const std::function<Status()>& reading) {
  if (is_reading_together_) return reading();
  return reader_->read_together([&]() -> Status {
    // Inside the look, so that what memory remembers and what is read are of the same moment.
    KX_TRY(has_followed, reader_->follow());
    static_cast<void>(has_followed);
    is_reading_together_ = true;
    Status done = reading();
    is_reading_together_ = false;
    return done;
  });
}
Result<std::vector<history::Dispute>> FollowingStore::disputes() {
  KX_TRY(reader, now());
  return reader->disputes();
}
Result<history::SyncState> FollowingStore::sync_state(const Uuid& record) {
  KX_TRY(reader, now());
  return reader->sync_state(record);
}
Result<std::vector<history::Operation>> FollowingStore::hidden_operations(std::size_t most) {
  KX_TRY(reader, now());
  return reader->hidden_operations(most);
}
Result<std::vector<history::Operation>> FollowingStore::history(const Uuid& record, records::GroupNumber group) {
  KX_TRY(reader, now());
  return reader->history(record, group);
}
Result<std::vector<history::PendingEdit>> FollowingStore::pending() {
  KX_TRY(reader, now());
  return reader->pending();
}
Result<history::StoreCounts> FollowingStore::counts() {
  KX_TRY(reader, now());
  return reader->counts();
}

history::WriterId FollowingStore::own_writer() {
  // What cannot be read now is said by the call that needs it.
  static_cast<void>(now().ok());
  return reader_->own_writer();
}
std::optional<PublicKey> FollowingStore::own_key(std::uint32_t epoch) {
  static_cast<void>(now().ok());
  return reader_->own_key(epoch);
}
Result<std::vector<Bytes>> FollowingStore::frames_after(const history::WriterId& writer, std::uint64_t after_sequence,
                                                        std::size_t bytes_max) {
  KX_TRY(reader, now());
  return reader->frames_after(writer, after_sequence, bytes_max);
}
Result<std::vector<frames::ChainHead>> FollowingStore::chains() {
  KX_TRY(reader, now());
  return reader->chains();
}
Result<std::vector<frames::ChainHead>> FollowingStore::unsent_chains() {
  KX_TRY(reader, now());
  return reader->unsent_chains();
}
Result<frames::ChainProgress> FollowingStore::own_progress() {
  KX_TRY(reader, now());
  return reader->own_progress();
}
Result<frames::KnownCounty> FollowingStore::known_county() {
  KX_TRY(reader, now());
  return reader->known_county();
}
Result<frames::CountyMark> FollowingStore::county_mark() {
  KX_TRY(reader, now());
  return reader->county_mark();
}
Result<Bytes> FollowingStore::newest_checkpoint() {
  KX_TRY(reader, now());
  return reader->newest_checkpoint();
}
Result<Bytes> FollowingStore::promised_checkpoint() {
  KX_TRY(reader, now());
  return reader->promised_checkpoint();
}
Result<std::uint64_t> FollowingStore::hidden_own() {
  KX_TRY(reader, now());
  return reader->hidden_own();
}

}  // namespace kuangxun::writer
