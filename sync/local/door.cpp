#include "sync/local/door.h"

#include <list>
#include <mutex>
#include <thread>

#include "db/language/language.h"
#include "db/writer/queued_store.h"
#include "sync/local/channel.h"
#include "sync/local/requests.h"

// What comes in is carried out by a QueuedStore, the same that everybody here writes with: so there is one order of
// steps, one way to sign, and nothing that only guests can do.
namespace kuangxun::local {
namespace {

// A guest is a command that somebody typed; more than a few at once are a mistake.
constexpr std::size_t guests_max = 16;

Error other_version() {
  return Error(ErrorCode::newer_version,
               phrase("the window that holds these data is of another version of the program; close it first"));
}

// One guest: what it asks, done.
class Serving {
 public:
  Serving(writer::StoreWriter& owner, writer::QueuedStore& store) : owner_(owner), store_(store) {}

  Answer answer(ByteView message) {
    Answer answer;
    const Status done = carry_out(message, answer);
    if (done.ok()) return answer;
    Answer refused;
    refused.code = static_cast<std::uint8_t>(1 + static_cast<int>(done.error().code()));
    // In the language of whoever asked, which need not be the window's.
    const Speaking speaking(language_);
    const std::string words = done.error().message();
    refused.message = Bytes(words.begin(), words.end());
    return refused;
  }

 private:
  Status carry_out(ByteView message, Answer& answer) {
    KX_TRY(request, decode_request(message));
    if (!has_greeted_ && !std::holds_alternative<Hello>(request)) return other_version();
    return std::visit([&](const auto& body) { return take(body, answer); }, request);
  }

  Status take(const Hello& hello, Answer&) {
    has_greeted_ = hello.version == protocol_version;
    language_ = find_language(hello.language).value_or(language_);
    return has_greeted_ ? Status() : other_version();
  }
  Status take(const ActAs& who, Answer&) {
    store_.lock();
    if (who.person.is_nil()) return {};
    KX_TRY(key, SigningKey::from_seed(who.seed));
    store_.unlock(who.person, std::move(key));
    return {};
  }
  Status take(const Commit& commit, Answer&) {
    std::vector<history::Edit> edits;
    for (const EditBody& body : commit.edits) {
      KX_TRY(edit, edit_of(body));
      edits.push_back(std::move(edit));
    }
    return store_.commit(edits, commit.person);
  }
  Status take(const KeepPending& keep, Answer&) {
    KX_TRY(edit, edit_of(keep.edit));
    return store_.keep_pending({std::move(edit), keep.person, keep.since_ms});
  }
  Status take(const PromoteAll&, Answer&) { return store_.promote_pending(); }
  Status take(const PromoteOne& one, Answer&) { return store_.promote_pending(one.record, one.group); }
  Status take(const SetSetting& setting, Answer&) {
    return store_.set_setting(as_text(setting.name), as_text(setting.value));
  }
  Status take(const Seal&, Answer&) { return store_.seal(); }
  Status take(const NoteProgress& note, Answer&) {
    return store_.note_progress({note.writer, note.stored_through, note.applied_through, note.receipt});
  }
  Status take(const NoteCounty& note, Answer&) { return store_.note_county({note.county, note.signers}); }
  Status take(const NoteSealed& note, Answer&) {
    switch (note.what) {
      case NoteSealed::What::checkpoint:
        return store_.note_checkpoint(note.sealed);
      case NoteSealed::What::promise:
        return store_.note_promise(note.sealed);
      case NoteSealed::What::contradiction:
        break;
    }
    return store_.note_contradiction(note.sealed, note.own_root);
  }
  Status take(const StartOver& over, Answer&) { return store_.start_over(over.incarnation); }
  Status take(const Apply& apply, Answer& answer) {
    if (!apply.is_page) {
      KX_TRY(counts, store_.apply_chain(apply.frames));
      answer.counts = counts;
      return {};
    }
    KX_TRY(frontier, frames::Frontier::decode(apply.frontier));
    KX_TRY(counts, store_.apply_pulled(apply.frames, {apply.incarnation, std::move(frontier)}));
    answer.counts = counts;
    return {};
  }
  Status take(const ShowPulled&, Answer&) { return store_.show_pulled(); }
  Status take(const PrepareEpoch& prepare, Answer& answer) {
    KX_TRY(next, store_.prepare_epoch(prepare.not_before));
    answer.next = next;
    return {};
  }
  Status take(const EnterEpoch& enter, Answer&) { return store_.enter_epoch(enter.next, enter.first_lost); }
  Status take(const DeviceKey&, Answer& answer) {
    return owner_.run(writer::Turn::entry, [&](sqlite::LocalStore& store) -> Status {
      if (!store.has_key()) return {};
      const ByteView seed = store.signing_key().seed();
      answer.key_seed = Bytes(seed.begin(), seed.end());
      return {};
    });
  }
  Status take(const Rebuild&, Answer&) {
    return owner_.post(writer::Turn::bulk, std::make_unique<writer::RebuildWork>())->wait();
  }

  writer::StoreWriter& owner_;
  writer::QueuedStore& store_;
  Language language_ = language();
  bool has_greeted_ = false;
};

}  // namespace

// Those who come, and the thread that waits for the next.
class Door::Guests {
 public:
  Guests(writer::StoreWriter& writer, sqlite::LocalStore::World world, Changed changed,
         std::unique_ptr<Listener> listener)
      : writer_(writer), world_(world), changed_(std::move(changed)), listener_(std::move(listener)), thread_([this] {
          let_in();
        }) {}
  ~Guests();
  Guests(const Guests&) = delete;
  Guests& operator=(const Guests&) = delete;

 private:
  struct Guest {
    std::unique_ptr<Channel> channel;
    std::thread thread;
    bool is_gone = false;  // protected by mutex_
  };
  void let_in();
  void serve(Guest& guest);
  // With the mutex held: those that are gone; how many are left.
  std::size_t see_off();

  writer::StoreWriter& writer_;
  sqlite::LocalStore::World world_;
  Changed changed_;
  std::unique_ptr<Listener> listener_;
  std::mutex mutex_;
  std::list<Guest> guests_;  // protected by mutex_; a guest stays where it is until it is gone
  std::thread thread_;       // the last: it begins when all else is there
};

Result<std::unique_ptr<Door>> Door::open(writer::StoreWriter& writer, Clock& clock, Random& random, Changed changed) {
  KX_TRY(listener, Listener::open(writer.folder()));
  const sqlite::LocalStore::World world{clock, random};
  return std::unique_ptr<Door>(
      new Door(std::make_unique<Guests>(writer, world, std::move(changed), std::move(listener))));
}

Door::Door(std::unique_ptr<Guests> guests) : guests_(std::move(guests)) {}
Door::~Door() = default;

Door::Guests::~Guests() {
  listener_->stop();
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    for (Guest& guest : guests_) guest.channel->cut();
  }
  // Nobody else comes: the list stays as it is while they finish.
  for (Guest& guest : guests_) guest.thread.join();
}

void Door::Guests::let_in() {
  while (std::unique_ptr<Channel> channel = listener_->accept()) {
    const std::lock_guard lock(mutex_);
    if (see_off() >= guests_max) continue;
    Guest& guest = guests_.emplace_back();
    guest.channel = std::move(channel);
    guest.thread = std::thread([this, &guest] { serve(guest); });
  }
}

std::size_t Door::Guests::see_off() {
  std::erase_if(guests_, [](Guest& guest) {
    if (guest.is_gone) guest.thread.join();
    return guest.is_gone;
  });
  return guests_.size();
}

void Door::Guests::serve(Guest& guest) {
  auto store = writer::QueuedStore::open(writer_, world_, writer::Turn::entry);
  if (store.ok()) {
    Serving serving(writer_, **store);
    for (;;) {
      const auto message = guest.channel->receive(message_bytes_max);
      if (!message.ok() || !message->has_value()) break;
      const Answer answer = serving.answer(**message);
      // Whoever asked may be gone already: what was done is done, and is shown.
      changed_();
      if (!guest.channel->send(encode(answer)).ok()) break;
    }
  }
  guest.channel->cut();
  const std::lock_guard lock(mutex_);
  guest.is_gone = true;
}

}  // namespace kuangxun::local
