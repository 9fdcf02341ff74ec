#include "sync/engine/session.h"

#include "db/base/language.h"
#include "db/base/limits.h"
#include "sync/wire/receipt.h"

namespace kuangxun::engine {
namespace {

constexpr int cuts_without_progress_max = 5;
constexpr int gaps_max = 3;

Step send(wire::RequestBody body) {
  return {std::move(body), {}};
}

Error broken_promise() {
  return Error(ErrorCode::refused, say_text("县级服务的回答前后矛盾，已停止同步；本机数据没有丢失",
                                            "the county's answers contradict each other; sync stopped, nothing on this "
                                            "laptop is lost"));
}

Error refusal_error(wire::PushRefusal refusal, std::uint64_t sequence) {
  const std::string place = std::to_string(sequence);
  if (refusal == wire::PushRefusal::fork) {
    return Error(
        ErrorCode::refused,
        say_with("本机的数据与县库中本机的数据在操作 {0} 处不一致：数据文件夹可能被复制或恢复过。双方都已保留，"
                 "请联系管理员",
                 "this laptop's data and the county's copy of it part ways at operation {0}: the data folder "
                 "may have been copied or restored. Both are kept; tell the administrator",
                 {place}));
  }
  return Error(
      ErrorCode::refused,
      say_with("县级服务没有接受操作 {0} 起的数据（原因 {1}）；本机数据没有丢失，请联系管理员",
               "the county did not take the data from operation {0} on (reason {1}); nothing on this laptop is "
               "lost, tell the administrator",
               {place, std::to_string(static_cast<int>(refusal))}));
}

}  // namespace

Step Session::begin() {
  message_bytes_ = limits::message_bytes_wanted;
  if (Status sealed = store_.seal(); !sealed.ok()) return fail(sealed.error());
  return ask_status();
}

Step Session::ask_status() {
  phase_ = Phase::status;
  return send(wire::StatusRequest{});
}

Step Session::cut() {
  if (++cuts_ > cuts_without_progress_max) {
    return fail(
        Error(ErrorCode::unavailable,
              say_text("与县级服务的连接一再中断，请稍后再同步；已送到的不会重送",
                       "the link to the county keeps breaking; sync again later, what arrived is not sent again")));
  }
  message_bytes_ = limits::message_bytes_after_cut;
  photos_left_.clear();
  to_send_.clear();
  to_fetch_.clear();
  return ask_status();
}

Step Session::answered(const wire::AnswerBody& answer) {
  return std::visit(
      [&](const auto& body) -> Step {
        using Body = std::decay_t<decltype(body)>;
        constexpr bool is_ours = !std::is_same_v<Body, wire::EnrolAnswer>;
        if constexpr (is_ours) {
          return take(body);
        } else {
          return fail(broken_promise());
        }
      },
      answer);
}

Result<bool> Session::continues(const wire::ChainState& chain) {
  if (chain.stored_through == 0) return true;
  KX_TRY(own, store_.own_frames_after(chain.stored_through - 1, 1));
  if (own.empty()) {
    wants_own_ = true;
    return true;
  }
  KX_TRY(frame, frames::parse_frame(own.front()));
  if (frame.header.last_sequence() == chain.stored_through && frame.hash() == chain.last_frame) return true;
  note_problem(refusal_error(wire::PushRefusal::fork, chain.stored_through));
  return false;
}

Status Session::note(const wire::ChainState& chain) {
  frames::ChainProgress progress;
  progress.writer = store_.own_writer();
  progress.stored_through = chain.stored_through;
  progress.applied_through = chain.applied_through;
  if (!chain.receipt.empty()) {
    KX_TRY(receipt, wire::open_receipt(chain.receipt, county_key_));
    if (receipt.writer != progress.writer || receipt.stored_through != chain.stored_through ||
        receipt.frame != chain.last_frame) {
      return broken_promise();
    }
    progress.receipt = sha256(chain.receipt);
  } else if (chain.stored_through > 0) {
    return broken_promise();
  }
  acknowledged_ = chain.stored_through;
  report_.stored_through = chain.stored_through;
  report_.applied_through = chain.applied_through;
  return store_.note_progress(progress);
}

Step Session::take(const wire::StatusAnswer& answer) {
  if (phase_ != Phase::status) return fail(broken_promise());
  latest_ = answer.latest_sequence;
  const auto fits = continues(answer.chain);
  if (!fits.ok()) return fail(fits.error());
  if (Status noted = note(answer.chain); !noted.ok()) return fail(noted.error());
  return *fits && !wants_own_ ? next_push() : begin_pull();
}

Step Session::next_push() {
  phase_ = Phase::push;
  auto own = store_.own_frames_after(acknowledged_, message_bytes_);
  if (!own.ok()) return fail(own.error());
  if (own->empty()) return begin_pull();
  if (own->size() > limits::push_frames_max) own->resize(limits::push_frames_max);
  const auto last = frames::parse_frame(own->back());
  if (!last.ok()) return fail(last.error());
  pushed_last_ = last->header.last_sequence();
  return send(wire::PushRequest{std::move(own).value()});
}

Step Session::take(const wire::PushAnswer& answer) {
  if (phase_ != Phase::push || answer.chain.stored_through < acknowledged_) return fail(broken_promise());
  const std::uint64_t before = acknowledged_;
  if (Status noted = note(answer.chain); !noted.ok()) return fail(noted.error());
  report_.pushed += acknowledged_ - before;
  report_.quarantined = 0;
  for (const wire::QuarantinedRange& range : answer.quarantined) {
    report_.quarantined += range.last_sequence - range.first_sequence + 1;
  }
  if (acknowledged_ > before) ++latest_;  // ours were numbered, and perhaps others beside them: pull to find out
  if (acknowledged_ > before) made_progress();
  if (answer.refusal == wire::PushRefusal::none) {
    if (acknowledged_ < pushed_last_) return fail(broken_promise());
    return next_push();
  }
  if (answer.refusal == wire::PushRefusal::gap && ++gaps_ <= gaps_max) return next_push();
  note_problem(refusal_error(answer.refusal, answer.refused_sequence));
  return begin_pull();
}

Step Session::begin_pull() {
  const auto cursor = store_.county_cursor();
  if (!cursor.ok()) return fail(cursor.error());
  pull_after_ = *cursor;
  // A county that counts less than it did was restored from a backup: take everything again; what is here stays.
  if (latest_ < pull_after_ || wants_own_) pull_after_ = 0;
  if (latest_ == pull_after_) return begin_photos();
  return next_pull();
}

Step Session::next_pull() {
  phase_ = Phase::pull;
  return send(wire::PullRequest{pull_after_, wants_own_, message_bytes_});
}

Step Session::take(const wire::PullAnswer& answer) {
  if (phase_ != Phase::pull) return fail(broken_promise());
  std::uint64_t last = pull_after_;
  for (const frames::SequencedFrame& frame : answer.frames) {
    if (frame.county_sequence <= last) return fail(broken_promise());
    last = frame.county_sequence;
  }
  if (answer.cursor < last || (answer.has_more && answer.cursor == pull_after_)) return fail(broken_promise());
  for (const wire::WriterNote& note : answer.writers) {
    if (note.writer.device == store_.own_writer().device) continue;
    const Status noted = store_.note_device(note.writer.device, note.key, note.name);
    if (!noted.ok()) return fail(noted.error());
  }
  const auto counts = store_.apply_pulled(answer.frames, answer.cursor);
  if (!counts.ok()) return fail(counts.error());
  report_.pulled += counts->operations;
  report_.quarantined += counts->quarantined;
  pull_after_ = answer.cursor;
  if (!answer.frames.empty()) made_progress();
  return answer.has_more ? next_pull() : begin_photos();
}

Step Session::begin_photos() {
  if (photos_ == nullptr) return finish();
  auto unsent = photos_->unsent();
  if (!unsent.ok()) return fail(unsent.error());
  photos_left_ = std::move(unsent).value();
  return next_offer();
}

void Session::take_next_names() {
  const std::size_t count = std::min<std::size_t>(photos_left_.size(), limits::attachment_names_max);
  offered_.assign(photos_left_.end() - static_cast<std::ptrdiff_t>(count), photos_left_.end());
  photos_left_.resize(photos_left_.size() - count);
}

Step Session::next_offer() {
  if (photos_left_.empty()) return begin_fetch();
  phase_ = Phase::offer_photos;
  take_next_names();
  return send(wire::AttachmentHaveRequest{offered_});
}

Step Session::take(const wire::AttachmentHaveAnswer& answer) {
  if (answer.maps.size() != offered_.size()) return fail(broken_promise());
  if (phase_ == Phase::offer_photos) return take_offers(answer);
  if (phase_ == Phase::ask_photos) return take_answers(answer);
  return fail(broken_promise());
}

Step Session::take_offers(const wire::AttachmentHaveAnswer& answer) {
  for (std::size_t i = 0; i < offered_.size(); ++i) {
    if (!answer.maps[i].is_whole) {
      to_send_.emplace_back(offered_[i], answer.maps[i]);
    } else if (Status noted = photos_->note_sent(offered_[i]); !noted.ok()) {
      return fail(noted.error());
    }
  }
  chunk_ = 0;
  return next_chunk();
}

// The next chunk of the last photo of `to_send_` that the county lacks.
Step Session::next_chunk() {
  phase_ = Phase::send_photo;
  while (!to_send_.empty()) {
    const auto& [name, map] = to_send_.back();
    while (chunk_ < name.chunk_count() && map.has(chunk_)) ++chunk_;
    if (chunk_ < name.chunk_count()) {
      auto bytes = photos_->read_chunk(name, chunk_);
      if (bytes.ok()) return send(wire::AttachmentPutRequest{name, chunk_, std::move(bytes).value()});
      note_problem(bytes.error());
    }
    to_send_.pop_back();
    chunk_ = 0;
  }
  return next_offer();
}

Step Session::take(const wire::AttachmentPutAnswer& answer) {
  if (phase_ != Phase::send_photo || to_send_.empty()) return fail(broken_promise());
  made_progress();
  const wire::AttachmentName name = to_send_.back().first;
  if (answer.outcome == wire::PutOutcome::kept) {
    ++chunk_;
    return next_chunk();
  }
  to_send_.pop_back();
  chunk_ = 0;
  if (answer.outcome == wire::PutOutcome::contradicted) {
    note_problem(Error(
        ErrorCode::unavailable,
        say_with("照片 {0} 到县库后校验不符，下次同步会重送",
                 "photo {0} did not arrive whole at the county; the next sync sends it again", {name.hash.text()})));
    return next_chunk();
  }
  ++report_.photos_sent;
  if (Status noted = photos_->note_sent(name); !noted.ok()) return fail(noted.error());
  return next_chunk();
}

Step Session::begin_fetch() {
  auto missing = photos_->missing();
  if (!missing.ok()) return fail(missing.error());
  photos_left_ = std::move(missing).value();
  fetched_.clear();
  return next_question();
}

// Which of the photos that are missing here has the county? Those that are not there yet come with a later sync.
Step Session::next_question() {
  if (photos_left_.empty()) return next_fetch();
  phase_ = Phase::ask_photos;
  take_next_names();
  return send(wire::AttachmentHaveRequest{offered_});
}

Step Session::take_answers(const wire::AttachmentHaveAnswer& answer) {
  for (std::size_t i = 0; i < offered_.size(); ++i) {
    if (answer.maps[i].is_whole) to_fetch_.push_back(offered_[i]);
  }
  return next_question();
}

Step Session::next_fetch() {
  phase_ = Phase::fetch_photo;
  if (to_fetch_.empty()) return finish();
  const auto index = static_cast<std::uint32_t>(fetched_.size() / limits::chunk_bytes);
  return send(wire::AttachmentGetRequest{to_fetch_.back().hash, index});
}

Step Session::take(const wire::AttachmentGetAnswer& answer) {
  if (phase_ != Phase::fetch_photo || to_fetch_.empty()) return fail(broken_promise());
  made_progress();
  const wire::AttachmentName wanted = to_fetch_.back();
  const bool is_coming = answer.is_known && answer.size_bytes <= limits::attachment_bytes_max && !answer.bytes.empty();
  if (is_coming) fetched_.insert(fetched_.end(), answer.bytes.begin(), answer.bytes.end());
  if (is_coming && fetched_.size() < answer.size_bytes) return next_fetch();
  if (is_coming && sha256(fetched_) == wanted.hash) {
    if (Status kept = photos_->keep(fetched_); !kept.ok()) return fail(kept.error());
    ++report_.photos_fetched;
  }
  to_fetch_.pop_back();
  fetched_.clear();
  return next_fetch();
}

Step Session::finish() {
  phase_ = Phase::done;
  return {};
}

Step Session::fail(const Error& error) {
  phase_ = Phase::done;
  return {{}, error};
}

void Session::note_problem(const Error& error) {
  if (!report_.problem.has_value()) report_.problem = error;
}

}  // namespace kuangxun::engine
