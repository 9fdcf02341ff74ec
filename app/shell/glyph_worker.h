#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/shell/glyph_rasteriser.h"

namespace kuangxun::shell {

// Draws glyphs on a thread of its own, so that a font on a slow disk never holds up a frame. `deliver` is called on
// that thread. The destructor waits for the glyph being drawn.
class GlyphWorker {
 public:
  using Deliver = std::function<void(std::vector<ui::Glyph>)>;
  GlyphWorker(std::unique_ptr<GlyphRasteriser> rasteriser, Deliver deliver);
  ~GlyphWorker();
  GlyphWorker(const GlyphWorker&) = delete;
  GlyphWorker& operator=(const GlyphWorker&) = delete;

  void draw(std::vector<ui::GlyphRequest> requests);
  // Waits until all is delivered, at most this long; whether it is.
  bool wait_until_delivered(int milliseconds);

 private:
  void work();
  std::unique_ptr<GlyphRasteriser> rasteriser_;  // the worker's thread only
  Deliver deliver_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ui::GlyphRequest> requests_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kuangxun::shell
