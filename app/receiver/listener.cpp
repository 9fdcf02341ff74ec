#include "app/receiver/listener.h"

namespace kuangxun::receiver {
namespace {

// At most so many fixes wait for the owner; of more the oldest are dropped, they are only shown.
constexpr std::size_t fixes_waiting_max = 10'000;

}  // namespace

std::unique_ptr<Listener> Listener::start(std::unique_ptr<gps::ByteSource> source, const Listening& listening,
                                          Clock& clock, Post post, std::function<void()> heard) {
  return std::unique_ptr<Listener>(
      new Listener(std::move(source), listening, clock, std::move(post), std::move(heard)));
}

Listener::Listener(std::unique_ptr<gps::ByteSource> source, const Listening& listening, Clock& clock, Post post,
                   std::function<void()> heard)
    : clock_(clock),
      post_(std::move(post)),
      heard_(std::move(heard)),
      stream_(std::move(source), clock, {.keep_sentences = listening.keeps_sentences}),
      gate_(listening.limits),
      worker_([this] { run(); }) {}

Listener::~Listener() {
  stopping_ = true;
  worker_.join();
}

void Listener::run() {
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
  news_.error = stream_.error();
  tell();
}

// Why there is none may change while it speaks; a second is soon enough.
void Listener::tell_without_fix() {
  constexpr std::int64_t every_ms = 1000;
  const std::int64_t now_ms = clock_.steady_ms();
  if (stream_.counts() == heard_told_ || now_ms - told_steady_ms_ < every_ms) return;
  heard_told_ = stream_.counts();
  told_steady_ms_ = now_ms;
  tell();
}

void Listener::tell() {
  if (is_told_ || stopping_) return;
  is_told_ = true;
  post_(heard_);
}

News Listener::take_news() {
  const std::lock_guard lock(mutex_);
  is_told_ = false;
  News taken = std::move(news_);
  news_ = {};
  news_.state = taken.state;
  news_.heard = taken.heard;
  news_.ended = taken.ended;
  news_.error = taken.error;
  return taken;
}

}  // namespace kuangxun::receiver
