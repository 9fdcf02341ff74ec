#include <array>
#include <map>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/archive/archive.h"
#include "sync/archive/record_types.h"
#include "sync/container/records.h"
#include "sync/ledger/intake.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/receipt.h"

namespace kuangxun::archive {
namespace {

// The largest is a frame; chunks and key files are smaller.
constexpr std::size_t record_bytes_max = limits::frame_bytes_max + 64;
constexpr std::size_t frames_at_once = 200;
constexpr std::size_t name_bytes_max = 255;

Error damaged(MessageId message) {
  return Error(ErrorCode::corrupt,
               phrase("the backup is incomplete or is damaged: {0}. Use another one", {phrase(message)}));
}

class Reader {
 public:
  Reader(const container::Source& source, ports::CountyStore& store) : source_(source), store_(store) {}

  Result<RestoredArchive> run() {
    if (store_.state().ok()) {
      return Error(ErrorCode::bad_input, phrase("there is a county here already, nothing was changed: restore into "
                                                "an empty database"));
    }
    std::array<std::uint8_t, 5> start{};
    KX_TRY(start_count, source_(start));
    if (start_count != start.size()) return damaged("it ends too early");
    if (as_text(ByteView(start).first(4)) != "KXAR" || start[4] != archive_version) {
      return damaged("its beginning");
    }
    for (std::uint64_t records = 0;; ++records) {
      KX_TRY(record, container::read_record(source_, record_bytes_max, [](container::Fault fault) {
               return fault == container::Fault::cut ? damaged("it ends too early")
                                                     : damaged("a record that is too long");
             }));
      const auto type = static_cast<RecordType>(record.type);
      const Bytes& body = record.body;
      if ((type == RecordType::county) != (records == 0)) return damaged("its order");
      if (type == RecordType::end) return finish(body, records);
      KX_CHECK(take(type, body));
    }
  }

 private:
  Status take(RecordType type, const Bytes& body) {
    wire::ByteReader in(body);
    switch (type) {
      case RecordType::county:
        return take_county(in);
      case RecordType::key_statement:
        return in_transaction([&] { return store_.add_key_statement(body); }, &key_count_);
      case RecordType::ticket:
        return take_ticket(in);
      case RecordType::frame:
        return take_frame(in, body);
      case RecordType::receipt: {
        const history::WriterId writer = take_writer(in);
        const ByteView receipt = in.take(body.size() - std::min<std::size_t>(body.size(), 20));
        chains_[writer].receipt = Bytes(receipt.begin(), receipt.end());
        return {};
      }
      case RecordType::fork:
        return take_fork(in, body);
      case RecordType::chunk:
        return take_chunk(in, body);
      case RecordType::file: {
        SideFile file;
        file.name = in.counted_text(name_bytes_max);
        if (in.is_bad() || file.name.empty() || file.name.find('/') != std::string::npos || file.name[0] == '.') {
          return damaged("a file's name");
        }
        file.content.assign(body.begin() + 4 + static_cast<std::ptrdiff_t>(file.name.size()), body.end());
        restored_.files.push_back(std::move(file));
        return {};
      }
      case RecordType::end:
        break;
    }
    return damaged("a record of an unknown kind");
  }

  static history::WriterId take_writer(wire::ByteReader& in) {
    const Uuid device = in.id();
    return {device, in.number<std::uint32_t>()};
  }

  Status in_transaction(const std::function<Status()>& work, std::uint32_t* counter = nullptr) {
    KX_TRY(transaction, ports::Transaction::begin(store_, ports::Work::store));
    KX_CHECK(work());
    if (counter != nullptr) {
      state_.key_count = ++*counter;
      KX_CHECK(store_.set_state(state_));
    }
    return transaction.commit();
  }

  Status take_county(wire::ByteReader& in) {
    state_.county = in.id();
    state_.name = in.counted_text(limits::short_text_bytes_max);
    state_.created_at_ms = in.number<std::int64_t>();
    state_.incarnation = in.number<std::uint32_t>();
    state_.epoch = in.number<std::uint32_t>();
    promised_frames_ = in.number<std::uint64_t>();
    promised_root_ = in.hash();
    if (!in.is_finished()) return damaged("what it says of the county");
    return in_transaction([&] { return store_.set_state(state_); });
  }

  Status take_ticket(wire::ByteReader& in) {
    ports::EnrolmentTicket ticket;
    ticket.secret_hash = in.hash();
    ticket.kind = static_cast<ports::TicketKind>(in.number<std::uint8_t>());
    ticket.name = in.counted_text(limits::short_text_bytes_max);
    ticket.certificate_number = in.counted_text(limits::short_text_bytes_max);
    ticket.role = static_cast<records::Role>(in.number<std::uint8_t>());
    ticket.person = in.id();
    ticket.created_at_ms = in.number<std::int64_t>();
    ticket.expires_at_ms = in.number<std::int64_t>();
    const bool is_used = in.number<std::uint8_t>() != 0;
    const history::WriterId used_by = take_writer(in);
    if (is_used) ticket.used_by = used_by;
    ticket.used_key = in.key();
    if (!in.is_finished()) return damaged("an enrolment code");
    return in_transaction([&] { return store_.put_ticket(ticket); });
  }

  Status take_frame(wire::ByteReader& in, const Bytes& body) {
    ports::StoredFrame stored;
    stored.county_sequence = in.number<std::uint64_t>();
    stored.received_at_ms = in.number<std::int64_t>();
    if (in.is_bad() || stored.county_sequence != state_.latest_sequence() + 1) return damaged("frames");
    stored.bytes.assign(body.begin() + 16, body.end());
    KX_TRY(frame, frames::parse_frame(stored.bytes));
    stored.writer = frame.header.writer;
    stored.first_sequence = frame.header.first_sequence;
    stored.last_sequence = frame.header.last_sequence();
    stored.hash = frame.hash();
    state_.frontier.append(stored.hash);
    if (stored.writer.device == state_.county) state_.registry_sequence = stored.county_sequence;
    ports::Chain& chain = chains_[stored.writer];
    chain.writer = stored.writer;
    chain.stored_through = stored.last_sequence;
    chain.last_frame = stored.hash;
    chain.received_at_ms = stored.received_at_ms;
    const auto operations = frames::decode_operations(frame);
    if (operations.ok()) ledger::add_entries(entries_, *operations, stored.county_sequence);
    waiting_.push_back(std::move(stored));
    ++restored_.counts.frames;
    return waiting_.size() < frames_at_once ? Status() : write_frames();
  }

  Status write_frames() {
    if (waiting_.empty()) return {};
    KX_CHECK(in_transaction([&]() -> Status {
      KX_CHECK(store_.add_frames(waiting_));
      KX_CHECK(store_.add_operations(entries_));
      return store_.set_state(state_);
    }));
    waiting_.clear();
    entries_.clear();
    return {};
  }

  Status take_fork(wire::ByteReader& in, const Bytes& body) {
    ports::Fork fork;
    fork.received_at_ms = in.number<std::int64_t>();
    if (in.is_bad()) return damaged("a fork");
    fork.bytes.assign(body.begin() + 8, body.end());
    KX_TRY(frame, frames::parse_frame(fork.bytes));
    fork.writer = frame.header.writer;
    fork.first_sequence = frame.header.first_sequence;
    fork.last_sequence = frame.header.last_sequence();
    fork.hash = frame.hash();
    return in_transaction([&] { return store_.add_fork(fork); });
  }

  Status take_chunk(wire::ByteReader& in, const Bytes& body) {
    wire::AttachmentName name;
    name.hash = in.hash();
    name.size_bytes = in.number<std::uint64_t>();
    const auto index = in.number<std::uint32_t>();
    if (in.is_bad() || index >= name.chunk_count() || body.size() - 44 != name.chunk_size_bytes(index)) {
      return damaged("a photo");
    }
    return in_transaction([&]() -> Status {
      KX_CHECK(store_.set_chunk(name, index, ByteView(body).subspan(44)));
      if (index + 1 < name.chunk_count()) return {};
      ++restored_.counts.attachments;
      return store_.set_whole(name);
    });
  }

  Result<RestoredArchive> finish(const Bytes& body, std::uint64_t records) {
    wire::ByteReader in(body);
    if (in.number<std::uint64_t>() != records || !in.is_finished()) return damaged("its number of records");
    KX_CHECK(write_frames());
    if (state_.latest_sequence() != promised_frames_ || state_.frontier.root() != promised_root_) {
      return damaged("its frames do not make its tree");
    }
    std::vector<ports::Chain> chains;
    for (auto& [writer, chain] : chains_) {
      if (chain.stored_through > 0) chains.push_back(chain);
    }
    KX_CHECK(in_transaction([&] { return store_.set_chains(chains); }));
    restored_.counts.files = restored_.files.size();
    return std::move(restored_);
  }

  const container::Source& source_;
  ports::CountyStore& store_;
  ports::CountyState state_;
  std::uint32_t key_count_ = 0;
  std::uint64_t promised_frames_ = 0;
  Hash promised_root_;
  std::map<history::WriterId, ports::Chain> chains_;
  std::vector<ports::StoredFrame> waiting_;
  std::vector<ports::OperationEntry> entries_;
  RestoredArchive restored_;
};

}  // namespace

Result<RestoredArchive> read_archive(const container::Source& source, ports::CountyStore& store) {
  return Reader(source, store).run();
}

}  // namespace kuangxun::archive
