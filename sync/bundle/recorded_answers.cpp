#include "sync/bundle/recorded_answers.h"

#include <algorithm>

#include "db/base/limits.h"
#include "db/language/language.h"
#include "sync/engine/witness.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/county_keys.h"

namespace kuangxun::bundle {
namespace {

using wire::AnswerCode;
using wire::MessageType;

Error damaged() {
  return Error(ErrorCode::corrupt, phrase("what the answers hold makes no sense: have them written again"));
}

}  // namespace

// One record, taken apart.
struct RecordedAnswers::Record {
  std::optional<wire::Request> request;
  wire::Answer answer;

  static Result<Record> parse(ByteView bytes) {
    wire::ByteReader in(bytes);
    Bytes request = in.counted_bytes(bytes.size());
    if (in.is_bad()) return damaged();
    const std::size_t size = request.size();
    Record record;
    if (!request.empty()) {
      KX_TRY(parsed, wire::parse_request(std::move(request)));
      record.request = std::move(parsed);
    }
    const ByteView rest = bytes.subspan(4 + size);
    KX_TRY(answer, wire::parse_answer(Bytes(rest.begin(), rest.end())));
    record.answer = std::move(answer);
    return record;
  }

  // Whether the question is ours and the answer is to it.
  bool fits(const history::WriterId& writer, const Uuid& county, const PublicKey& key) const {
    if (!request.has_value()) return answer.type == MessageType::push;
    return request->header.writer == writer && request->header.county == county && wire::is_signed_by(*request, key) &&
           answer.header.request == sha256(request->bytes) && answer.type == request->type;
  }

  template <class Body>
  Result<Body> question() const {
    if (!request.has_value()) return damaged();
    KX_TRY(body, wire::decode_request_body(request->type, request->body()));
    return std::get<Body>(std::move(body));
  }
  Result<Answer> said() const {
    if (answer.header.code != AnswerCode::done) return Answer{answer.header.code, {}};
    KX_TRY(body, wire::decode_answer_body(answer.type, answer.body()));
    return Answer{AnswerCode::done, std::move(body)};
  }
};

Result<std::unique_ptr<RecordedAnswers>> RecordedAnswers::open(const std::filesystem::path& path,
                                                               const ExchangeSecret& secret,
                                                               frames::FrameStore& store) {
  KX_TRY(file, SealedFileReader::open(path, std::span(&secret, 1)));
  KX_TRY(known, store.known_county());
  const BundleHeader& header = file->header();
  if (header.content != Content::answers) {
    return Error(ErrorCode::bad_input, phrase("this is a laptop's bundle for the county: read it there"));
  }
  if (header.county != known.county || header.writer != store.own_writer()) {
    return Error(ErrorCode::refused,
                 phrase("these answers are not for this laptop as it is now: write another bundle"));
  }
  std::unique_ptr<RecordedAnswers> recorded(new RecordedAnswers(path, secret, header));
  KX_CHECK(recorded->prove(store));
  KX_TRY(pages, SealedFileReader::open(path, std::span(&secret, 1)));
  recorded->pages_ = std::move(pages);
  return recorded;
}

// Reads the file to its end: nothing of it counts before all of it was proved.
Status RecordedAnswers::prove(frames::FrameStore& store) {
  KX_TRY(file, SealedFileReader::open(path_, std::span(&secret_, 1)));
  const PublicKey own_key = store.signing_key().public_key();
  for (bool is_first = true;; is_first = false) {
    KX_TRY(bytes, file->next());
    if (!bytes.has_value()) return is_first ? Status(damaged()) : Status();
    KX_TRY(record, Record::parse(*bytes));
    if (!record.fits(header_.writer, header_.county, own_key)) return engine::not_the_county();
    // The county may have another key since; the old one introduces it.
    if (is_first) KX_CHECK(believe_keys(record, store));
    const auto key = county_.key_of(record.answer.header.county_epoch);
    if (!key.has_value() || !wire::is_signed_by(record.answer, *key)) return engine::not_the_county();
    county_time_ms_ = std::max(county_time_ms_, record.answer.header.county_time_ms);
    KX_CHECK(note(record));
  }
}

Status RecordedAnswers::believe_keys(const Record& record, frames::FrameStore& store) {
  KX_TRY(known, store.known_county());
  county_ = std::move(known);
  if (record.answer.type != MessageType::keys || record.answer.header.code != AnswerCode::done) return {};
  KX_TRY(said, record.said());
  keys_ = std::get<wire::KeysAnswer>(std::move(said.body));
  KX_TRY(statements, wire::open_key_statements(keys_.keys, county_));
  county_ = wire::known_county(statements);
  return {};
}

Status RecordedAnswers::note(const Record& record) {
  KX_TRY(said, record.said());
  const bool is_done = said.code == AnswerCode::done;
  switch (record.answer.type) {
    case MessageType::push:
      if (is_done) pushes_.push_back(std::get<wire::PushAnswer>(std::move(said.body)));
      return {};
    case MessageType::claim:
      claim_ = std::move(said);
      return {};
    case MessageType::status: {
      KX_TRY(request, record.question<wire::StatusRequest>());
      status_ = Recorded{request, std::move(said)};
      return {};
    }
    case MessageType::attachment_have: {
      KX_TRY(request, record.question<wire::AttachmentHaveRequest>());
      if (!is_done) return {};
      const auto& have = std::get<wire::AttachmentHaveAnswer>(said.body);
      if (have.maps.size() != request.names.size()) return engine::broken_promise();
      for (std::size_t i = 0; i < have.maps.size(); ++i) photos_[request.names[i]] = have.maps[i];
      return {};
    }
    default:
      return {};
  }
}

Result<std::optional<RecordedAnswers::Page>> RecordedAnswers::next_page() {
  for (;;) {
    KX_TRY(bytes, pages_->next());
    if (!bytes.has_value()) return std::optional<Page>();
    KX_TRY(record, Record::parse(*bytes));
    if (record.answer.type != MessageType::pull || record.answer.header.code != AnswerCode::done) continue;
    KX_TRY(request, record.question<wire::PullRequest>());
    KX_TRY(said, record.said());
    return std::optional<Page>(Page{request, std::get<wire::PullAnswer>(std::move(said.body))});
  }
}

Result<std::optional<wire::PullAnswer>> RecordedAnswers::page_after(const wire::PullRequest& place) {
  while (!page_.has_value() || page_->answer.cursor <= place.after) {
    KX_TRY(page, next_page());
    if (!page.has_value()) return std::optional<wire::PullAnswer>();
    page_ = std::move(page);
  }
  if (page_->request.incarnation != place.incarnation || page_->request.after > place.after) {
    return std::optional<wire::PullAnswer>();
  }
  wire::PullAnswer answer = page_->answer;
  std::erase_if(answer.frames, [&](const auto& frame) { return frame.county_sequence <= place.after; });
  std::erase_if(answer.skipped, [&](const auto& frame) { return frame.county_sequence <= place.after; });
  return std::optional<wire::PullAnswer>(std::move(answer));
}

}  // namespace kuangxun::bundle
