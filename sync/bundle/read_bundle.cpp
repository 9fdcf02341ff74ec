#include "sync/bundle/read_bundle.h"

#include "db/language/language.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/envelope.h"

namespace kuangxun::bundle {
namespace {

using wire::AnswerCode;
using wire::MessageType;

// Opens every block and looks at every record, without putting anything to the county.
Status prove(const County& county, const std::filesystem::path& path, const PublicKey& device_key) {
  KX_TRY(file, SealedFileReader::open(path, county.secrets));
  for (;;) {
    KX_TRY(record, file->next());
    if (!record.has_value()) return {};
    KX_TRY(request, wire::parse_request(std::move(*record)));
    const bool is_right = request.header.county == county.county && request.header.writer == file->header().writer &&
                          wire::is_signed_by(request, device_key);
    if (!is_right) {
      return Error(ErrorCode::refused,
                   phrase("the bundle holds something that this laptop did not sign: nothing was taken, tell the "
                          "administrator"));
    }
  }
}

class Reading {
 public:
  Reading(const County& county, SealedFileReader& bundle, SealedFileWriter* answers)
      : county_(county), bundle_(bundle), answers_(answers) {
    read_.header = bundle.header();
  }

  Result<ReadBundle> run() {
    for (;;) {
      KX_TRY(record, bundle_.next());
      if (!record.has_value()) break;
      KX_TRY(request, wire::parse_request(std::move(*record)));
      if (request.type == MessageType::pull) {
        KX_CHECK(take_pull(std::move(request)));
      } else {
        KX_CHECK(put(request));
      }
    }
    if (waiting_.has_value()) KX_CHECK(put_pull());
    return std::move(read_);
  }

 private:
  Status put(const wire::Request& request) {
    count(request);
    const Bytes sealed = county_.answer(request.bytes);
    KX_TRY(answer, answer_to(request, sealed));
    KX_CHECK(note(request.type, answer.header.code));
    return keep(request, answer, sealed);
  }

  static Result<wire::Answer> answer_to(const wire::Request& request, const Bytes& sealed) {
    KX_TRY(answer, wire::parse_answer(sealed));
    if (answer.type == request.type) return answer;
    return Error(ErrorCode::corrupt, phrase("the county answered something else: check its program"));
  }

  Status note(MessageType type, AnswerCode code) {
    ++read_.requests;
    if (code == AnswerCode::unavailable || code == AnswerCode::too_fast) {
      return Error(ErrorCode::unavailable,
                   phrase("the county cannot store at the moment: what was taken is kept, read this bundle again "
                          "later"));
    }
    // Photos are told apart one by one. But were the rest read without frames that were not stored, a laptop that
    // brings back what a restored county lost would take them for there.
    if (code == AnswerCode::no_space && type == MessageType::push) {
      return Error(ErrorCode::unavailable,
                   phrase("the county's disk is nearly full and the bundle was not taken whole: what was taken is "
                          "kept, free some space and read this bundle again"));
    }
    // After a restore nothing can be pulled from the old places; the status says so.
    if (code == AnswerCode::done || code == AnswerCode::other_incarnation) return {};
    ++read_.refused;
    if (!read_.first_refusal.has_value()) read_.first_refusal = code;
    return {};
  }

  void count(const wire::Request& request) {
    if (request.type == MessageType::attachment_put) ++read_.photo_pieces;
    if (request.type != MessageType::push) return;
    const auto body = wire::decode_request_body(request.type, request.body());
    if (body.ok()) read_.frames += std::get<wire::PushRequest>(*body).frames.size();
  }

  // What the laptop has to know. A short question goes back with its answer, so that it need not remember it; of a push
  // the receipt speaks for itself; of a photo's pieces the question behind them does.
  Status keep(const wire::Request& request, const wire::Answer& answer, const Bytes& sealed) {
    if (request.type == MessageType::push && answer.header.code == AnswerCode::done) {
      KX_TRY(body, wire::decode_answer_body(answer.type, answer.body()));
      const auto& push = std::get<wire::PushAnswer>(body);
      if (push.refusal != wire::PushRefusal::none && !read_.first_push_refusal.has_value()) {
        read_.first_push_refusal = push.refusal;
      }
    }
    if (answers_ == nullptr || request.type == MessageType::attachment_put) return {};
    wire::ByteWriter record;
    record.counted(request.type == MessageType::push ? ByteView() : ByteView(request.bytes));
    record.raw(sealed);
    return answers_->add(record.bytes());
  }

  // Of the questions about places those are put that begin where the pages so far end, or the last before that.
  Status take_pull(wire::Request request) {
    if (is_pulled_) return {};
    KX_TRY(body, wire::decode_request_body(request.type, request.body()));
    const std::uint64_t after = std::get<wire::PullRequest>(body).after;
    // Nothing was put yet: whatever it asks, it is the beginning. One beyond the reach: the one before it was the best.
    if (waiting_.has_value() && after > reached_) KX_CHECK(put_pull());
    if (!is_pulled_ && (!has_begun_ || after <= reached_)) {
      waiting_ = std::move(request);
      if (!has_begun_) reached_ = after;
      has_begun_ = true;
    }
    return {};
  }

  Status put_pull() {
    const wire::Request request = std::move(*waiting_);
    waiting_.reset();
    const Bytes sealed = county_.answer(request.bytes);
    KX_TRY(answer, answer_to(request, sealed));
    KX_CHECK(note(request.type, answer.header.code));
    is_pulled_ = answer.header.code != AnswerCode::done;
    if (is_pulled_) return {};
    KX_TRY(body, wire::decode_answer_body(answer.type, answer.body()));
    const auto& page = std::get<wire::PullAnswer>(body);
    is_pulled_ = !page.has_more || page.cursor <= reached_;
    reached_ = std::max(reached_, page.cursor);
    return keep(request, answer, sealed);
  }

  const County& county_;
  SealedFileReader& bundle_;
  SealedFileWriter* answers_;
  ReadBundle read_;
  std::optional<wire::Request> waiting_;
  std::uint64_t reached_ = 0;
  bool has_begun_ = false;
  bool is_pulled_ = false;
};

}  // namespace

Result<ReadBundle> read_bundle(const County& county, const std::filesystem::path& path,
                               const std::filesystem::path& answers) {
  KX_TRY(bundle, SealedFileReader::open(path, county.secrets));
  const BundleHeader& header = bundle->header();
  if (header.content != Content::requests) {
    return Error(ErrorCode::bad_input, phrase("these are the county's answers for a laptop: read them there"));
  }
  if (header.county != county.county) {
    return Error(ErrorCode::refused, phrase("this bundle is for another county database"));
  }
  KX_TRY(device_key, county.device_key(header.writer));
  if (!device_key.has_value()) {
    return Error(ErrorCode::refused, phrase("the bundle is from laptop {0}, which is not enrolled: nothing was taken",
                                            {header.writer.device.text()}));
  }
  KX_CHECK(prove(county, path, *device_key));
  std::unique_ptr<SealedFileWriter> answer_file;
  if (!answers.empty()) {
    BundleHeader back = header;
    back.content = Content::answers;
    back.created_at_ms = county.clock.now_ms();
    KX_TRY(recipient, exchange_key_of(*device_key));
    KX_TRY(file, SealedFileWriter::create(answers, back, recipient));
    answer_file = std::move(file);
  }
  KX_TRY(read, Reading(county, *bundle, answer_file.get()).run());
  if (answer_file != nullptr) {
    KX_TRY(written, answer_file->finish());
    read.answers = written;
  }
  return read;
}

}  // namespace kuangxun::bundle
