#include "app/shell/glyph_worker.h"

#include <chrono>
#include <utility>

namespace kuangxun::shell {

GlyphWorker::GlyphWorker(std::unique_ptr<GlyphRasteriser> rasteriser, Deliver deliver)
    : rasteriser_(std::move(rasteriser)), deliver_(std::move(deliver)), thread_([this] { work(); }) {}

GlyphWorker::~GlyphWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void GlyphWorker::draw(std::vector<ui::GlyphRequest> requests) {
  {
    const std::lock_guard lock(mutex_);
    requests_.insert(requests_.end(), requests.begin(), requests.end());
  }
  changed_.notify_all();
}

bool GlyphWorker::wait_until_delivered(int milliseconds) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                           [this] { return requests_.empty() && !busy_; });
}

void GlyphWorker::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait(lock, [this] { return stopping_ || !requests_.empty(); });
    if (stopping_) return;
    const std::vector<ui::GlyphRequest> requests = std::exchange(requests_, {});
    busy_ = true;
    lock.unlock();
    std::vector<ui::Glyph> glyphs;
    glyphs.reserve(requests.size());
    for (const ui::GlyphRequest& request : requests) glyphs.push_back(rasteriser_->draw(request));
    deliver_(std::move(glyphs));
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace kuangxun::shell
