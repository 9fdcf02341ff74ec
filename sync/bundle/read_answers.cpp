#include "sync/bundle/read_answers.h"

#include <algorithm>

#include "db/language/language.h"
#include "sync/bundle/recorded_answers.h"
#include "sync/engine/refusal.h"
#include "sync/engine/session.h"
#include "sync/engine/witness.h"
#include "sync/wire/receipt.h"

namespace kuangxun::bundle {
namespace {

using wire::AnswerCode;

// The session's questions, answered from the file.
class Absorbing {
 public:
  Absorbing(const Laptop& laptop, RecordedAnswers& recorded) : laptop_(laptop), recorded_(recorded) {}

  Result<ReadAnswers> run() {
    read_.header = recorded_.header();
    read_.county_time_ms = recorded_.county_time_ms();
    KX_CHECK(take_receipts());
    if (!recorded_.status().has_value()) return engine::broken_promise();
    const auto& [asked, said] = *recorded_.status();
    if (said.code != AnswerCode::done) return engine::refusal_error(said.code);
    KX_TRY(mark, laptop_.store.county_mark());
    const auto& status = std::get<wire::StatusAnswer>(said.body);
    read_.report.is_overtaken = is_overtaken(asked, status, mark);
    if (read_.report.is_overtaken) {
      if (status.incarnation == mark.incarnation) KX_CHECK(confirm_photos());
    } else {
      KX_CHECK(absorb());
    }
    note_refusals();
    return std::move(read_);
  }

 private:
  // Of earlier epochs, which a session would ask about: the receipts speak for themselves.
  Status take_receipts() {
    KX_TRY(unsent, laptop_.store.unsent_chains());
    for (const wire::PushAnswer& push : recorded_.pushes()) {
      if (push.chain.receipt.empty()) continue;
      KX_TRY(receipt, wire::open_receipt(push.chain.receipt, recorded_.county()));
      const bool is_ours =
          std::ranges::any_of(unsent, [&](const frames::ChainHead& head) { return head.writer == receipt.writer; });
      if (is_ours) KX_CHECK(engine::note_chain(laptop_.store, recorded_.county(), receipt.writer, push.chain));
    }
    return {};
  }

  // The county had less than we have seen of it, and not because it went back: we asked from an earlier place.
  static bool is_overtaken(const wire::StatusRequest& asked, const wire::StatusAnswer& status,
                           const frames::CountyMark& mark) {
    const auto is_before = [](std::uint32_t incarnation, std::uint64_t size, std::uint32_t than_incarnation,
                              std::uint64_t than_size) {
      return incarnation < than_incarnation || (incarnation == than_incarnation && size < than_size);
    };
    const bool went_back = is_before(status.incarnation, status.latest_sequence, asked.incarnation, asked.size);
    return !went_back && is_before(status.incarnation, status.latest_sequence, mark.incarnation, mark.sequence());
  }

  Status confirm_photos() {
    if (laptop_.photos == nullptr) return {};
    KX_TRY(unsent, laptop_.photos->unsent());
    for (const wire::AttachmentName& name : unsent) {
      const auto found = recorded_.photos().find(name);
      if (found == recorded_.photos().end() || !found->second.is_whole) continue;
      ++read_.report.photos_confirmed;
      KX_CHECK(laptop_.photos->note_sent(name));
    }
    return {};
  }

  Status absorb() {
    std::size_t unsent_before = 0;
    KX_TRY(before, unsent_photos());
    unsent_before = before;
    engine::Session session(laptop_.store, laptop_.photos, engine::Errand::absorb);
    engine::Step step = session.begin();
    while (step.request.has_value()) {
      KX_TRY(answer, answer_to(*step.request));
      if (!answer.has_value()) break;
      KX_CHECK(laptop_.running.check());
      step = answer->code == AnswerCode::done ? session.answered(answer->body) : session.refused(answer->code);
    }
    read_.report = session.report();
    KX_TRY(after, unsent_photos());
    read_.report.photos_confirmed = unsent_before - std::min(unsent_before, after);
    if (step.request.has_value()) note_open_question(session.phase());
    if (!step.failure.has_value()) return {};
    // What came before it failed is here, and is told together with why there is no more.
    if (!read_.report.did_anything()) return *step.failure;
    read_.report.note_problem(*step.failure);
    return {};
  }

  Result<std::size_t> unsent_photos() {
    if (laptop_.photos == nullptr) return std::size_t{0};
    KX_TRY(unsent, laptop_.photos->unsent());
    return unsent.size();
  }

  // What the file does not answer needs another bundle, or the network.
  void note_open_question(engine::Phase phase) {
    if (phase == engine::Phase::pull) {
      read_.report.has_more = true;
    } else {
      read_.report.note_problem(
          Error(ErrorCode::refused,
                phrase("this laptop's data may have been copied or restored, which a bundle cannot settle: sync "
                       "once over the network, nothing is lost")));
    }
  }

  void note_refusals() {
    for (const wire::PushAnswer& push : recorded_.pushes()) {
      if (push.refusal == wire::PushRefusal::none) continue;
      read_.report.note_problem(engine::push_error(push.refusal, push.refused_sequence));
    }
  }

  using Found = Result<std::optional<RecordedAnswers::Answer>>;
  Found answer_to(const wire::RequestBody& question) {
    if (std::holds_alternative<wire::StatusRequest>(question)) return status_now();
    if (std::holds_alternative<wire::ClaimRequest>(question)) return recorded_.claim();
    if (const auto* have = std::get_if<wire::AttachmentHaveRequest>(&question)) {
      wire::AttachmentHaveAnswer maps;
      for (const wire::AttachmentName& name : have->names) {
        const auto found = recorded_.photos().find(name);
        maps.maps.push_back(found == recorded_.photos().end() ? wire::ChunkMap{} : found->second);
      }
      return std::optional(RecordedAnswers::Answer{AnswerCode::done, std::move(maps)});
    }
    if (const auto* pull = std::get_if<wire::PullRequest>(&question)) {
      KX_TRY(page, recorded_.page_after(*pull));
      if (page.has_value()) return std::optional(RecordedAnswers::Answer{AnswerCode::done, std::move(*page)});
    }
    return std::optional<RecordedAnswers::Answer>();
  }

  // As it was told, but never less of our own chain than the county has told us since.
  Found status_now() {
    wire::StatusAnswer status = std::get<wire::StatusAnswer>(recorded_.status()->answer.body);
    KX_TRY(mark, laptop_.store.county_mark());
    KX_TRY(progress, laptop_.store.own_progress());
    if (status.incarnation == mark.incarnation && progress.stored_through > status.chain.stored_through) {
      KX_TRY(own, laptop_.store.frames_after(progress.writer, progress.stored_through - 1, 1));
      if (!own.empty()) {
        status.chain = {progress.stored_through, progress.applied_through, frames::frame_hash(own.front()),
                        progress.receipt};
      }
    }
    return std::optional(RecordedAnswers::Answer{AnswerCode::done, std::move(status)});
  }

  const Laptop& laptop_;
  RecordedAnswers& recorded_;
  ReadAnswers read_;
};

}  // namespace

Result<ReadAnswers> read_answers(const Laptop& laptop, const std::filesystem::path& path,
                                 const engine::Dialogue::KeepKeys& keep_keys) {
  KX_TRY(secret, ExchangeSecret::of(laptop.store.signing_key()));
  KX_TRY(recorded, RecordedAnswers::open(path, secret, laptop.store));
  KX_TRY(known, laptop.store.known_county());
  if (recorded->county() != known) {
    // First what goes with them: once the keys are known nobody would ask for that again.
    if (keep_keys) KX_CHECK(keep_keys(recorded->keys()));
    KX_CHECK(laptop.store.note_county(recorded->county()));
  }
  return Absorbing(laptop, *recorded).run();
}

}  // namespace kuangxun::bundle
