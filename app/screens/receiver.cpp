#include "app/screens/receiver.h"

namespace kuangxun::screens {
namespace {

// At most so many fixes wait for the window; of more the oldest are dropped, they are only shown.
constexpr std::size_t fixes_waiting_max = 10'000;

}  // namespace

std::unique_ptr<Receiver> Receiver::start(std::unique_ptr<gps::ByteSource> source, const Listening& listening,
                                          Clock& clock, Post post, std::function<void()> heard) {
  return std::unique_ptr<Receiver>(
      new Receiver(std::move(source), listening, clock, std::move(post), std::move(heard)));
}

Receiver::Receiver(std::unique_ptr<gps::ByteSource> source, const Listening& listening, Clock& clock, Post post,
                   std::function<void()> heard)
    : clock_(clock),
      post_(std::move(post)),
      heard_(std::move(heard)),
      stream_(std::move(source), clock, {.keep_sentences = listening.keeps_sentences}),
      gate_(listening.limits),
      worker_([this] { run(); }) {}

Receiver::~Receiver() {
  stopping_ = true;
  worker_.join();
}

void Receiver::run() {
  while (!stopping_ && !stream_.ended()) {
    const std::optional<gps::Fix> fix = stream_.next();
    const std::lock_guard lock(mutex_);
    news_.state = stream_.state();
    news_.heard = stream_.counts();
    if (!fix) {
      tell_without_fix();
      continue;
    }
    if (news_.fixes.size() >= fixes_waiting_max) news_.fixes.erase(news_.fixes.begin());
    news_.fixes.push_back({*fix, gate_.judge(*fix, clock_.steady_ms())});
    tell();
  }
  const std::lock_guard lock(mutex_);
  news_.ended = true;
  if (stream_.error()) news_.error = stream_.error()->message();
  tell();
}

// Why there is none may change while it speaks; a second is soon enough.
void Receiver::tell_without_fix() {
  constexpr std::int64_t every_ms = 1000;
  const std::int64_t now_ms = clock_.steady_ms();
  if (stream_.counts() == heard_told_ || now_ms - told_steady_ms_ < every_ms) return;
  heard_told_ = stream_.counts();
  told_steady_ms_ = now_ms;
  tell();
}

void Receiver::tell() {
  if (is_told_ || stopping_) return;
  is_told_ = true;
  post_(heard_);
}

ReceiverNews Receiver::take_news() {
  const std::lock_guard lock(mutex_);
  is_told_ = false;
  ReceiverNews taken = std::move(news_);
  news_ = {};
  news_.state = taken.state;
  news_.heard = taken.heard;
  news_.ended = taken.ended;
  news_.error = taken.error;
  return taken;
}

}  // namespace kuangxun::screens
