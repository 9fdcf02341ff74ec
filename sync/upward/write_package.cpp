#include "sync/upward/write_package.h"

#include <algorithm>

#include "db/base/hash_stream.h"
#include "db/language/language.h"
#include "sync/upward/package.h"
#include "sync/upward/receipt.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/checkpoint.h"

namespace kuangxun::upward {
namespace {

constexpr ports::PageLimits page_limits{16U << 20, 1000, 1000};
constexpr std::size_t photos_counted_max = 100'000;

class Writing {
 public:
  Writing(ledger::County& county, Ledger& ledger, const PackageWish& wish)
      : county_(county), ledger_(ledger), wish_(wish) {}

  Result<WrittenPackage> run() {
    KX_CHECK(county_.refresh());
    KX_TRY(recipient, find_recipient());
    KX_TRY(header, begin());
    KX_TRY(file, PackageWriter::create(wish_.path, header, recipient));
    file_ = std::move(file);
    KX_CHECK(put_county());
    KX_CHECK(put_frames());
    KX_CHECK(put_photos());
    KX_CHECK(put_checkpoint());
    Manifest manifest;
    manifest.through = written_.entry.through;
    manifest.frames = written_.frames;
    manifest.photos = written_.photos;
    manifest.county_time_ms = county_.clock().now_ms();
    manifest.county_epoch = state_.epoch;
    KX_CHECK(file_->finish(manifest, county_.key()));
    written_.bytes = file_->bytes();
    header.is_sealed = recipient.has_value();
    written_.entry.hash = package_hash(header, manifest);
    KX_CHECK(keep_entry());
    return written_;
  }

 private:
  Result<std::optional<PublicKey>> find_recipient() {
    if (!wish_.is_sealed) return std::optional<PublicKey>();
    KX_TRY(peer, ledger_.peer());
    if (!peer.prefecture.has_value()) {
      return Error(ErrorCode::bad_input,
                   phrase("the prefecture's key is not known: run `upward key` there and `upward to KEY` here"));
    }
    KX_TRY(key, exchange_key_of(*peer.prefecture));
    return std::optional(key);
  }

  // Its number is taken before the file is there, so that two that write at once take two.
  Result<PackageHeader> begin() {
    KX_TRY(transaction, ports::Transaction::begin(county_.store(), ports::Work::store));
    KX_CHECK(county_.refresh());
    state_ = county_.state();
    KX_TRY(packages, ledger_.packages());
    PackageHeader header;
    header.county = state_.county;
    header.incarnation = state_.incarnation;
    header.first_sequence = 1;
    header.number = 1;
    for (const PackageEntry& entry : packages) {
      if (entry.incarnation == state_.incarnation) header.number = entry.number + 1;
    }
    if (const auto base = newest_receipted(packages, state_.incarnation); base.has_value() && !wish_.from_start) {
      header.first_sequence = base->through + 1;
      header.previous = base->hash;
    }
    written_.entry.incarnation = state_.incarnation;
    written_.entry.number = header.number;
    written_.entry.first_sequence = header.first_sequence;
    written_.entry.through = state_.latest_sequence();
    written_.entry.written_at_ms = county_.clock().now_ms();
    KX_CHECK(ledger_.put(written_.entry));
    // Whoever lost the frames lost the photos with them.
    if (wish_.from_start) KX_CHECK(ledger_.forget_photos());
    KX_CHECK(transaction.commit());
    return header;
  }

  Status keep_entry() {
    KX_TRY(transaction, ports::Transaction::begin(county_.store(), ports::Work::store));
    for (const Hash& photo : photos_) KX_CHECK(ledger_.add_photo(written_.entry, photo));
    KX_CHECK(ledger_.put(written_.entry));
    return transaction.commit();
  }

  Status put_county() {
    wire::ByteWriter body;
    body.counted(state_.name);
    body.number(state_.created_at_ms);
    KX_CHECK(file_->add(RecordType::county, body.bytes()));
    for (const Bytes& statement : county_.statements()) KX_CHECK(file_->add(RecordType::key_statement, statement));
    return {};
  }

  Status put_frames() {
    std::uint64_t after = written_.entry.first_sequence - 1;
    while (after < written_.entry.through) {
      KX_TRY(page, county_.store().page(after, {}, page_limits));
      for (const ports::StoredFrame& frame : page.frames) {
        if (frame.county_sequence > written_.entry.through) break;
        wire::ByteWriter body;
        body.number(frame.county_sequence);
        body.number(frame.received_at_ms);
        body.raw(frame.bytes);
        KX_CHECK(file_->add(RecordType::frame, body.bytes()));
        after = frame.county_sequence;
        ++written_.frames;
      }
      if (page.frames.empty()) return damaged_package();
    }
    return {};
  }

  // It was whole when it came; a disk may have changed it since, and the prefecture would refuse the package for it.
  Result<bool> is_sound_photo(const wire::AttachmentName& name) {
    HashStream hash;
    for (std::uint32_t index = 0; index < name.chunk_count(); ++index) {
      KX_TRY(chunk, county_.store().chunk(name.hash, index));
      if (chunk.size() != name.chunk_size_bytes(index)) return false;
      hash.add(chunk);
    }
    return hash.finish() == name.hash;
  }

  Status put_photos() {
    if (wish_.photo_bytes_max == 0) return {};
    KX_TRY(names, ledger_.unreported_photos(photos_counted_max));
    std::uint64_t bytes = 0;
    for (const wire::AttachmentName& name : names) {
      if (bytes + name.size_bytes > wish_.photo_bytes_max) {
        ++written_.photos_left;
        continue;
      }
      KX_TRY(is_sound, is_sound_photo(name));
      if (!is_sound) {
        ++written_.photos_damaged;
        continue;
      }
      bytes += name.size_bytes;
      for (std::uint32_t index = 0; index < name.chunk_count(); ++index) {
        KX_TRY(chunk, county_.store().chunk(name.hash, index));
        wire::ByteWriter body;
        body.hash(name.hash);
        body.number(name.size_bytes);
        body.number(index);
        body.raw(chunk);
        KX_CHECK(file_->add(RecordType::chunk, body.bytes()));
      }
      photos_.push_back(name.hash);
      ++written_.photos;
    }
    return {};
  }

  Status put_checkpoint() {
    const Bytes checkpoint = wire::seal_checkpoint({state_.county, state_.incarnation, state_.latest_sequence(),
                                                    state_.frontier.root(), county_.clock().now_ms(), state_.epoch},
                                                   county_.key());
    return file_->add(RecordType::checkpoint, checkpoint);
  }

  ledger::County& county_;
  Ledger& ledger_;
  const PackageWish& wish_;
  ports::CountyState state_;  // as it was when the package began
  std::unique_ptr<PackageWriter> file_;
  std::vector<Hash> photos_;
  WrittenPackage written_;
};

}  // namespace

std::optional<PackageEntry> newest_receipted(const std::vector<PackageEntry>& packages, std::uint32_t incarnation) {
  std::optional<PackageEntry> newest;
  for (const PackageEntry& entry : packages) {
    if (entry.incarnation == incarnation && entry.receipted_at_ms != 0) newest = entry;
  }
  return newest;
}

Result<WrittenPackage> write_package(ledger::County& county, Ledger& ledger, const PackageWish& wish) {
  return Writing(county, ledger, wish).run();
}

Result<PackageEntry> take_receipt(ledger::County& county, Ledger& ledger, ByteView bytes) {
  KX_TRY(peer, ledger.peer());
  if (!peer.prefecture.has_value()) {
    return Error(ErrorCode::bad_input, phrase("the prefecture's key is not known: run `upward to KEY` first"));
  }
  KX_TRY(receipt, open_upward_receipt(bytes, *peer.prefecture));
  KX_TRY(transaction, ports::Transaction::begin(county.store(), ports::Work::store));
  KX_CHECK(county.refresh());
  KX_TRY(packages, ledger.packages());
  const auto found = std::ranges::find_if(packages, [&](const PackageEntry& entry) {
    return entry.incarnation == receipt.incarnation && entry.number == receipt.package_number;
  });
  // Without a hash: the program was killed between naming the file and noting it.
  const bool is_ours = receipt.county == county.state().county && found != packages.end() &&
                       (found->hash.is_zero() || found->hash == receipt.package) && found->through == receipt.through;
  if (!is_ours) {
    return Error(ErrorCode::not_found, phrase("the receipt is for no package of this county: it was not kept"));
  }
  if (found->receipted_at_ms == 0) {
    found->hash = receipt.package;
    found->receipt.assign(bytes.begin(), bytes.end());
    found->receipted_at_ms = county.clock().now_ms();
    KX_CHECK(ledger.put(*found));
    KX_CHECK(transaction.commit());
  }
  return *found;
}

}  // namespace kuangxun::upward
