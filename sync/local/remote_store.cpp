#include "sync/local/remote_store.h"

#include "db/language/language.h"

namespace kuangxun::local {
namespace {

Bytes bytes_of(std::string_view text) {
  return Bytes(text.begin(), text.end());
}

}  // namespace

Result<std::unique_ptr<RemoteStore>> RemoteStore::open(const std::filesystem::path& folder,
                                                       sqlite::LocalStore::World world) {
  KX_TRY(channel, Channel::connect(folder));
  if (channel == nullptr) return std::unique_ptr<RemoteStore>();
  KX_TRY(reader, sqlite::LocalStore::open_read_only(folder, world));
  std::unique_ptr<RemoteStore> store(new RemoteStore(std::move(reader), std::move(channel)));
  KX_CHECK(store->tell(Hello{protocol_version, language_codes()[static_cast<std::size_t>(language())]}));
  KX_CHECK(store->take_key());
  return store;
}

Result<Answer> RemoteStore::ask(const Request& request) {
  KX_CHECK(told_);
  KX_CHECK(channel_->send(encode(request)));
  KX_TRY(came, channel_->receive(message_bytes_max));
  if (!came.has_value()) {
    return Error(ErrorCode::unavailable, phrase("the window that holds these data was closed; try again"));
  }
  KX_TRY(answer, decode_answer(*came));
  if (answer.code == 0) return answer;
  return Error(static_cast<ErrorCode>(answer.code - 1), std::string(as_text(answer.message)));
}

Status RemoteStore::tell(const Request& request) {
  KX_TRY(answer, ask(request));
  static_cast<void>(answer);
  return {};
}

Status RemoteStore::take_key() {
  KX_TRY(answer, ask(DeviceKey{}));
  key_.reset();
  if (answer.key_seed.empty()) return {};
  KX_TRY(key, SigningKey::from_seed(answer.key_seed));
  key_.emplace(std::move(key));
  return {};
}

Status RemoteStore::rebuild() {
  return tell(Rebuild{});
}

void RemoteStore::unlock(const Uuid& person, SigningKey key) {
  person_ = person;
  told_ = {};
  told_ = tell(ActAs{person, Bytes(key.seed().begin(), key.seed().end())});
}
void RemoteStore::lock() {
  person_ = {};
  told_ = {};
  told_ = tell(ActAs{});
}
Status RemoteStore::set_setting(std::string_view name, std::string_view value) {
  return tell(SetSetting{bytes_of(name), bytes_of(value)});
}

Status RemoteStore::commit(std::span<const history::Edit> edits, const Uuid& person) {
  Commit commit{person, {}};
  for (const history::Edit& edit : edits) commit.edits.push_back(body_of(edit));
  return tell(commit);
}
Status RemoteStore::keep_pending(const history::PendingEdit& pending) {
  return tell(KeepPending{pending.person, pending.since_ms, body_of(pending.edit)});
}
Status RemoteStore::promote_pending() {
  return tell(PromoteAll{});
}
Status RemoteStore::promote_pending(const Uuid& record, records::GroupNumber group) {
  return tell(PromoteOne{record, group});
}

Status RemoteStore::seal() {
  return tell(Seal{});
}
Status RemoteStore::note_progress(const frames::ChainProgress& progress) {
  return tell(NoteProgress{progress.writer, progress.stored_through, progress.applied_through, progress.receipt});
}
Status RemoteStore::note_county(const frames::KnownCounty& county) {
  return tell(NoteCounty{county.county, county.signers});
}
Status RemoteStore::note_checkpoint(const Bytes& sealed) {
  return tell(NoteSealed{NoteSealed::What::checkpoint, sealed, {}});
}
Status RemoteStore::note_promise(const Bytes& sealed) {
  return tell(NoteSealed{NoteSealed::What::promise, sealed, {}});
}
Status RemoteStore::start_over(std::uint32_t incarnation) {
  return tell(StartOver{incarnation});
}
Status RemoteStore::note_contradiction(const Bytes& sealed_checkpoint, const Hash& own_root) {
  return tell(NoteSealed{NoteSealed::What::contradiction, sealed_checkpoint, own_root});
}
Result<frames::ApplyCounts> RemoteStore::apply_pulled(const std::vector<frames::SequencedFrame>& frames,
                                                      const frames::CountyMark& after) {
  KX_TRY(answer, ask(Apply{frames, true, after.incarnation, after.frontier.encode()}));
  return answer.counts;
}
Status RemoteStore::show_pulled() {
  return tell(ShowPulled{});
}
Result<frames::ApplyCounts> RemoteStore::apply_chain(const std::vector<frames::SequencedFrame>& frames) {
  KX_TRY(answer, ask(Apply{frames, false, 0, {}}));
  return answer.counts;
}
Result<frames::NextEpoch> RemoteStore::prepare_epoch(std::uint32_t not_before) {
  KX_TRY(answer, ask(PrepareEpoch{not_before}));
  return answer.next;
}
Status RemoteStore::enter_epoch(const frames::NextEpoch& next, std::uint64_t first_lost) {
  KX_CHECK(tell(EnterEpoch{next, first_lost}));
  return take_key();
}

}  // namespace kuangxun::local
