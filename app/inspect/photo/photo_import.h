#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/inspect/edit/desk.h"
#include "app/inspect/track/track.h"
#include "db/base/running.h"

namespace kuangxun::inspect {

struct PhotoImport {
  std::filesystem::path folder;
  // Nil: the visit during which each was taken.
  Uuid visit;
  // What the camera's clock lacks to the true time: true = camera + this. Found by a photo of the receiver's clock.
  std::int64_t clock_ahead_ms = 0;
  // How far that may be wrong.
  std::int64_t clock_uncertainty_ms = 2'000;
  // Of cameras that do not say their zone.
  int offset_min = beijing_offset_min;
  // Where small pictures go, by the hash of the original; empty: nowhere.
  std::filesystem::path thumbnails;
  // Who watches, and may stop it between two photos.
  Running running = {};
};

struct ImportedPhoto {
  enum class Outcome {
    placed_on_track,
    placed_by_camera,
    without_position,  // taken in, no position
    known_already,
    refused,
  };
  std::string file;
  Outcome outcome = Outcome::refused;
  std::string reason;  // why without position, or refused, as a finished sentence
  Uuid photo;
  std::optional<std::int64_t> accuracy_mm;
};

// "placed on the track", for people.
std::string outcome_text(ImportedPhoto::Outcome outcome);

// Takes every JPEG of a folder (not of the folders in it), in the order of names, into its visit: the original bit for
// bit, its time, and its position: the camera's own, else that of the track at its time. One photo that does not go
// keeps no other back. Stopped, it gives those that were looked at. An error: the folder cannot be read.
Result<std::vector<ImportedPhoto>> import_photos(Desk& desk, const PhotoImport& import);

struct TrackPlace {
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  // The poorer of the two points between which it lies, half of the way between them (nobody saw the way), and how far
  // one walked while the clock may be wrong; absent when a point has none.
  std::optional<std::int64_t> accuracy_mm;
};
// Where the track was at a time. Nothing outside of it, in a gap, between points more than a minute apart, and among
// the receiver's first fixes.
std::optional<TrackPlace> place_on_track(const std::vector<Track>& tracks, std::int64_t utc_ms,
                                         std::int64_t clock_uncertainty_ms);

}  // namespace kuangxun::inspect
