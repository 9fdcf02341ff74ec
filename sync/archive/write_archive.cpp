#include <set>

#include "db/base/limits.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"
#include "sync/archive/archive.h"
#include "sync/archive/record_types.h"
#include "sync/container/records.h"
#include "sync/wire/byte_writer.h"

namespace kuangxun::archive {
namespace {

constexpr ports::PageLimits page_limits{16U << 20, 1000, 1000};
constexpr std::uint32_t forks_max = 100'000;

class Writer {
 public:
  Writer(ports::CountyStore& store, const std::function<Status(ByteView)>& sink) : store_(store), sink_(sink) {}

  Result<ArchiveCounts> run(const std::vector<SideFile>& files) {
    wire::ByteWriter start;
    start.raw(std::string_view("KXAR"));
    start.number(archive_version);
    KX_CHECK(sink_(start.bytes()));
    KX_TRY(state, store_.state());
    KX_CHECK(put_county(state));
    KX_CHECK(put_keys_and_tickets());
    KX_CHECK(put_frames(state.latest_sequence()));
    KX_CHECK(put_receipts());
    KX_CHECK(put_forks());
    KX_CHECK(put_photos());
    for (const SideFile& file : files) {
      wire::ByteWriter body;
      body.counted(file.name);
      body.raw(file.content);
      KX_CHECK(put(RecordType::file, body.bytes()));
      ++counts_.files;
    }
    wire::ByteWriter end;
    end.number(records_);
    KX_CHECK(put(RecordType::end, end.bytes()));
    return counts_;
  }

 private:
  Status put(RecordType type, ByteView body) {
    KX_CHECK(sink_(container::record_head(static_cast<std::uint8_t>(type), body.size())));
    ++records_;
    return sink_(body);
  }

  Status put_county(const ports::CountyState& state) {
    wire::ByteWriter body;
    body.id(state.county);
    body.counted(state.name);
    body.number(state.created_at_ms);
    body.number(state.incarnation);
    body.number(state.epoch);
    body.number(state.latest_sequence());
    body.hash(state.frontier.root());
    return put(RecordType::county, body.bytes());
  }

  Status put_keys_and_tickets() {
    KX_TRY(statements, store_.key_statements());
    for (const Bytes& statement : statements) KX_CHECK(put(RecordType::key_statement, statement));
    KX_TRY(tickets, store_.tickets());
    for (const ports::EnrolmentTicket& ticket : tickets) {
      wire::ByteWriter body;
      body.hash(ticket.secret_hash);
      body.number(static_cast<std::uint8_t>(ticket.kind));
      body.counted(ticket.name);
      body.counted(ticket.certificate_number);
      body.number(static_cast<std::uint8_t>(ticket.role));
      body.id(ticket.person);
      body.number(ticket.created_at_ms);
      body.number(ticket.expires_at_ms);
      body.number(static_cast<std::uint8_t>(ticket.used_by.has_value()));
      const history::WriterId used_by = ticket.used_by.value_or(history::WriterId{});
      body.id(used_by.device);
      body.number(used_by.epoch);
      body.key(ticket.used_key);
      KX_CHECK(put(RecordType::ticket, body.bytes()));
    }
    return {};
  }

  Status put_frames(std::uint64_t through) {
    std::uint64_t after = 0;
    while (after < through) {
      KX_TRY(page, store_.page(after, {}, page_limits));
      for (const ports::StoredFrame& frame : page.frames) {
        if (frame.county_sequence > through) break;
        wire::ByteWriter body;
        body.number(frame.county_sequence);
        body.number(frame.received_at_ms);
        body.raw(frame.bytes);
        KX_CHECK(put(RecordType::frame, body.bytes()));
        note_photos(frame.bytes);
        after = frame.county_sequence;
        ++counts_.frames;
      }
      if (page.frames.empty()) break;
    }
    return {};
  }

  // Photos are found by the records that name them.
  void note_photos(const Bytes& bytes) {
    const auto frame = frames::parse_frame(bytes);
    const auto operations = frame.ok() ? frames::decode_operations(*frame) : frame.error();
    if (!operations.ok()) return;
    const records::KindDescription& photo = records::kind_of(records::kinds::photo);
    const records::FieldNumber hash_field = photo.find_field(records::photo::file_hash)->number;
    const records::FieldNumber size_field = photo.find_field(records::photo::file_bytes)->number;
    for (const history::Operation& operation : *operations) {
      if (operation.kind != records::kinds::photo) continue;
      wire::AttachmentName name;
      for (const records::FieldValue& value : operation.values) {
        const auto* hash = std::get_if<Bytes>(&value.value);
        const auto* size = std::get_if<std::int64_t>(&value.value);
        if (value.field == hash_field && hash != nullptr && hash->size() == 32) name.hash = hash_from_bytes(*hash);
        if (value.field == size_field && size != nullptr) name.size_bytes = static_cast<std::uint64_t>(*size);
      }
      if (!name.hash.is_zero() && name.size_bytes <= limits::attachment_bytes_max) photos_.insert(name);
    }
  }

  Status put_photos() {
    for (const wire::AttachmentName& name : photos_) {
      KX_TRY(size_bytes, store_.whole_size_bytes(name.hash));
      if (size_bytes != name.size_bytes) continue;
      for (std::uint32_t index = 0; index < name.chunk_count(); ++index) {
        KX_TRY(chunk, store_.chunk(name.hash, index));
        wire::ByteWriter body;
        body.hash(name.hash);
        body.number(name.size_bytes);
        body.number(index);
        body.raw(chunk);
        KX_CHECK(put(RecordType::chunk, body.bytes()));
      }
      ++counts_.attachments;
    }
    return {};
  }

  Status put_receipts() {
    KX_TRY(chains, store_.all_chains());
    for (const ports::Chain& chain : chains) {
      if (chain.receipt.empty()) continue;
      wire::ByteWriter body;
      body.id(chain.writer.device);
      body.number(chain.writer.epoch);
      body.raw(chain.receipt);
      KX_CHECK(put(RecordType::receipt, body.bytes()));
    }
    return {};
  }

  Status put_forks() {
    KX_TRY(forks, store_.forks(forks_max));
    for (const ports::Fork& fork : forks) {
      wire::ByteWriter body;
      body.number(fork.received_at_ms);
      body.raw(fork.bytes);
      KX_CHECK(put(RecordType::fork, body.bytes()));
    }
    return {};
  }

  ports::CountyStore& store_;
  const std::function<Status(ByteView)>& sink_;
  ArchiveCounts counts_;
  std::uint64_t records_ = 0;
  std::set<wire::AttachmentName> photos_;
};

}  // namespace

Result<ArchiveCounts> write_archive(ports::CountyStore& store, const std::vector<SideFile>& files,
                                    const std::function<Status(ByteView)>& sink) {
  return Writer(store, sink).run(files);
}

}  // namespace kuangxun::archive
