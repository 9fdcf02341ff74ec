#pragma once

#include <map>
#include <optional>
#include <vector>

#include "sync/bundle/sealed_file.h"
#include "sync/engine/dialogue.h"
#include "sync/wire/messages.h"

namespace kuangxun::bundle {

// A file of the county's answers, every word of which was proved: it opens with this laptop's key, each answer is
// signed by the county, and each question that came back with its answer is one that this laptop signed.
class RecordedAnswers {
 public:
  struct Answer {
    wire::AnswerCode code = wire::AnswerCode::done;
    wire::AnswerBody body;  // when the code is `done`
  };
  struct Recorded {
    wire::StatusRequest request;
    Answer answer;
  };

  // Changes nothing. refused when it is another laptop's, or not the county's word; corrupt when it is damaged.
  // `secret` grows from the laptop's signing key and is borrowed.
  static Result<std::unique_ptr<RecordedAnswers>> open(const std::filesystem::path& path, const ExchangeSecret& secret,
                                                       frames::FrameStore& store);

  const BundleHeader& header() const { return header_; }
  std::int64_t county_time_ms() const { return county_time_ms_; }
  // The county's keys as they are now; equal to what the laptop knows when none is new.
  const frames::KnownCounty& county() const { return county_; }
  const wire::KeysAnswer& keys() const { return keys_; }
  const std::vector<wire::PushAnswer>& pushes() const { return pushes_; }
  const std::optional<Recorded>& status() const { return status_; }
  const std::optional<Answer>& claim() const { return claim_; }
  const std::map<wire::AttachmentName, wire::ChunkMap>& photos() const { return photos_; }
  // A page that continues this place; what stands before it is cut off. Places only ever ascend from call to call.
  Result<std::optional<wire::PullAnswer>> page_after(const wire::PullRequest& place);

 private:
  struct Record;
  struct Page {
    wire::PullRequest request;
    wire::PullAnswer answer;
  };

  RecordedAnswers(std::filesystem::path path, const ExchangeSecret& secret, const BundleHeader& header)
      : path_(std::move(path)), secret_(secret), header_(header) {}
  Status prove(frames::FrameStore& store);
  Status believe_keys(const Record& record, frames::FrameStore& store);
  Status note(const Record& record);
  Result<std::optional<Page>> next_page();

  std::filesystem::path path_;
  const ExchangeSecret& secret_;
  BundleHeader header_;
  std::int64_t county_time_ms_ = 0;
  frames::KnownCounty county_;
  wire::KeysAnswer keys_;
  std::vector<wire::PushAnswer> pushes_;
  std::optional<Recorded> status_;
  std::optional<Answer> claim_;
  std::map<wire::AttachmentName, wire::ChunkMap> photos_;
  std::unique_ptr<SealedFileReader> pages_;
  std::optional<Page> page_;
};

}  // namespace kuangxun::bundle
