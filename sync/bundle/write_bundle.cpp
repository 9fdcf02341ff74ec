#include "sync/bundle/write_bundle.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/engine/dialogue.h"

namespace kuangxun::bundle {
namespace {

// Questions about places in the county's sequence, how far apart, and how much each asks for: the pages that answer
// them bring 16,384 frames when a page holds 64, as it does unless frames have more than 64 KiB on average.
constexpr std::uint64_t pulls = 256;
constexpr std::uint64_t pull_stride = 64;
constexpr std::uint32_t page_bytes_wanted = 4 << 20;

// One bundle on its way to the stick. It asks blindly what a session would ask, in an order in which each answer makes
// sense however much the county knows already.
class Writing {
 public:
  Writing(const Laptop& laptop, const Uuid& county, SealedFileWriter& file)
      : laptop_(laptop), county_(county), file_(file) {}

  Result<WrittenBundle> run() {
    KX_TRY(mark, laptop_.store.county_mark());
    mark_ = std::move(mark);
    // A new key of the county must be known before anything that it signed, a restored county find out first.
    KX_CHECK(ask(wire::KeysRequest{}));
    KX_CHECK(claim());
    KX_CHECK(push_all());
    KX_CHECK(put_photos());
    KX_CHECK(ask_status());
    KX_CHECK(pull());
    return std::move(written_);
  }

 private:
  Status ask(const wire::RequestBody& body) {
    const Bytes request = engine::seal_own_request(laptop_.store, county_, laptop_.clock, body);
    KX_CHECK(laptop_.running.check());
    KX_CHECK(file_.add(request));
    laptop_.running.add_bytes(request.size(), 0);
    return {};
  }

  Status claim() {
    KX_TRY(checkpoint, laptop_.store.newest_checkpoint());
    return checkpoint.empty() ? Status() : ask(wire::ClaimRequest{std::move(checkpoint)});
  }

  // As in a session: what we hold of others is offered while nothing was pulled since the county was met (again).
  Status push_all() {
    const bool must_reoffer = mark_.incarnation != 0 && mark_.sequence() == 0;
    KX_TRY(progress, laptop_.store.own_progress());
    const history::WriterId own = laptop_.store.own_writer();
    KX_TRY(others, must_reoffer ? laptop_.store.chains() : laptop_.store.unsent_chains());
    std::erase_if(others, [&](const frames::ChainHead& head) { return head.writer == own; });
    const auto is_of_county = [&](const frames::ChainHead& head) { return head.writer.device == county_; };
    // The county's own first: they say who we all are.
    for (const frames::ChainHead& head : others) {
      if (is_of_county(head)) KX_CHECK(push(head.writer, 0));
    }
    KX_CHECK(push(own, must_reoffer ? 0 : progress.stored_through));
    for (const frames::ChainHead& head : others) {
      if (!is_of_county(head)) KX_CHECK(push(head.writer, 0));
    }
    return {};
  }

  Status push(const history::WriterId& writer, std::uint64_t after) {
    for (;;) {
      KX_TRY(frames, laptop_.store.frames_after(writer, after, limits::message_bytes_wanted));
      if (frames.empty()) return {};
      if (frames.size() > limits::push_frames_max) frames.resize(limits::push_frames_max);
      KX_TRY(last, frames::parse_frame(frames.back()));
      after = last.header.last_sequence();
      written_.frames += frames.size();
      KX_CHECK(ask(wire::PushRequest{writer, std::move(frames)}));
    }
  }

  Status put_photos() {
    if (laptop_.photos == nullptr) return {};
    KX_TRY(names, laptop_.photos->unsent());
    std::vector<wire::AttachmentName> put;
    for (const wire::AttachmentName& name : names) {
      KX_TRY(is_whole, put_photo(name));
      if (is_whole) put.push_back(name);
    }
    written_.photos = put.size();
    for (std::size_t at = 0; at < put.size(); at += limits::attachment_names_max) {
      const std::size_t end = std::min<std::size_t>(put.size(), at + limits::attachment_names_max);
      KX_CHECK(ask(wire::AttachmentHaveRequest{
          {put.begin() + static_cast<std::ptrdiff_t>(at), put.begin() + static_cast<std::ptrdiff_t>(end)}}));
    }
    return {};
  }

  // False when the photo cannot be read; that is told at the end.
  Result<bool> put_photo(const wire::AttachmentName& name) {
    for (std::uint32_t index = 0; index < name.chunk_count(); ++index) {
      auto bytes = laptop_.photos->read(name, index, 0, limits::chunk_bytes);
      const bool is_read = bytes.ok() && bytes->size() == name.chunk_size_bytes(index);
      if (!is_read) {
        if (!written_.problem.has_value()) written_.problem = bytes.ok() ? unreadable(name) : bytes.error();
        return false;
      }
      KX_CHECK(ask(wire::AttachmentPutRequest{name, index, 0, std::move(bytes).value()}));
    }
    return true;
  }

  static Error unreadable(const wire::AttachmentName& name) {
    return Error(ErrorCode::corrupt,
                 phrase("photo {0} cannot be read whole and is not in the bundle", {name.hash.text()}));
  }

  // After the pushes, so that its receipt is for them.
  Status ask_status() {
    return ask(wire::StatusRequest{mark_.incarnation, mark_.sequence(), mark_.frontier.root(), 0});
  }

  // Only we can sign for a place in the sequence, and only the county knows how far a page goes: so there is a question
  // for many places, and who answers takes those that continue where the last page ended.
  Status pull() {
    // Before the first meeting: a county that was never restored is in its first.
    const std::uint32_t incarnation = std::max<std::uint32_t>(mark_.incarnation, 1);
    for (std::uint64_t i = 0; i < pulls; ++i) {
      KX_CHECK(ask(wire::PullRequest{incarnation, mark_.sequence() + i * pull_stride, page_bytes_wanted}));
    }
    return {};
  }

  const Laptop& laptop_;
  Uuid county_;
  SealedFileWriter& file_;
  frames::CountyMark mark_;
  WrittenBundle written_;
};

}  // namespace

Result<Recipient> recipient_of(const std::vector<wire::KeyStatement>& statements) {
  if (statements.empty()) {
    return Error(ErrorCode::refused, phrase("this laptop has not joined a county yet and cannot write a bundle: "
                                            "enrol it over the network once"));
  }
  const wire::KeyStatement& newest = statements.back();
  return Recipient{newest.county, newest.first_epoch, newest.bundle_key};
}

Result<WrittenBundle> write_bundle(const Laptop& laptop, const Recipient& county, const std::filesystem::path& path) {
  BundleHeader header;
  header.content = Content::requests;
  header.county = county.county;
  header.writer = laptop.store.own_writer();
  header.key_generation = county.key_generation;
  header.created_at_ms = laptop.clock.now_ms();
  header.id = make_uuid(laptop.clock, laptop.random);
  KX_CHECK(laptop.store.seal());
  KX_TRY(file, SealedFileWriter::create(path, header, county.bundle_key));
  KX_TRY(written, Writing(laptop, county.county, *file).run());
  KX_TRY(on_medium, file->finish());
  written.id = header.id;
  written.file = on_medium;
  return written;
}

}  // namespace kuangxun::bundle
