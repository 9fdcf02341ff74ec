#include "app/inspect/photo/photo_import.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/geo/map_offset.h"
#include "app/inspect/edit/record_document.h"
#include "app/photos/exif.h"
#include "app/thumbnails/thumbnail.h"
#include "db/base/attachment_folder.h"
#include "db/base/decimal.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/photo.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

namespace kinds = records::kinds;
using Outcome = ImportedPhoto::Outcome;

// Between points farther apart in time nobody knows the way.
constexpr std::int64_t between_ms_max = 60'000;

bool is_picture(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".jpg" || ending == ".jpeg";
}

Result<std::vector<std::filesystem::path>> pictures_in(const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> pictures;
  for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code gone;
    if (entry->is_regular_file(gone) && is_picture(entry->path())) pictures.push_back(entry->path());
    if (pictures.size() > limits::photos_of_import_max) {
      return Error(ErrorCode::bad_input, phrase("{0} holds more than {1} photos: import them from several folders",
                                                {folder.string(), std::to_string(limits::photos_of_import_max)}));
    }
  }
  if (failure) {
    return Error(ErrorCode::not_found,
                 phrase("the folder {0} cannot be read ({1})", {folder.string(), failure.message()}));
  }
  std::ranges::sort(pictures);
  return pictures;
}

std::int64_t mm(double metres) {
  return static_cast<std::int64_t>(std::ceil(metres * 1000));
}

TrackPlace place_between(const records::TrackPoint& a, const records::TrackPoint& b, std::int64_t utc_ms,
                         std::int64_t clock_uncertainty_ms) {
  const std::int64_t elapsed_ms = b.time_ms - a.time_ms;
  const double share = elapsed_ms > 0 ? static_cast<double>(utc_ms - a.time_ms) / static_cast<double>(elapsed_ms) : 0;
  const auto between = [share](std::int64_t from, std::int64_t to) {
    return from + std::llround(share * static_cast<double>(to - from));
  };
  TrackPlace place{between(a.latitude_nanodegrees, b.latitude_nanodegrees),
                   between(a.longitude_nanodegrees, b.longitude_nanodegrees),
                   {}};
  if (!a.accuracy_mm || !b.accuracy_mm) return place;
  const double way_m = distance_between_m(a, b);
  const double speed_m_per_ms = elapsed_ms > 0 ? way_m / static_cast<double>(elapsed_ms) : 0;
  place.accuracy_mm = std::max(*a.accuracy_mm, *b.accuracy_mm) + mm(way_m / 2) +
                      mm(speed_m_per_ms * static_cast<double>(clock_uncertainty_ms));
  return place;
}

// What is known of the visits, read once.
class Visits {
 public:
  static Result<Visits> read(history::RecordReader& store) {
    Visits visits;
    KX_TRY(all, store.list(kinds::visit));
    for (records::Record& visit : all) {
      if (!visit.is_voided() && visit.has(records::visit::started_at)) visits.visits_.push_back(std::move(visit));
    }
    KX_TRY(photos, store.list(kinds::photo));
    for (const records::Record& photo : photos) {
      if (photo.is_voided() || !photo.has(records::photo::file_hash) || !photo.has(records::photo::visit)) continue;
      visits.known_.insert({photo.reference(records::photo::visit),
                            std::get<Bytes>(photo.value(*photo.kind().find_field(records::photo::file_hash)))});
    }
    return visits;
  }
  // Those that were under way then; one that has not ended is under way until now.
  std::vector<const records::Record*> at(std::int64_t utc_ms, std::int64_t now_ms) const {
    std::vector<const records::Record*> found;
    for (const records::Record& visit : visits_) {
      const std::int64_t ended_ms =
          visit.has(records::visit::ended_at) ? visit.integer(records::visit::ended_at) : now_ms;
      if (visit.integer(records::visit::started_at) <= utc_ms && utc_ms <= ended_ms) found.push_back(&visit);
    }
    return found;
  }
  bool knows(const Uuid& visit, const Hash& hash) const {
    return known_.contains({visit, Bytes(hash.bytes.begin(), hash.bytes.end())});
  }
  void learn(const Uuid& visit, const Hash& hash) {
    known_.insert({visit, Bytes(hash.bytes.begin(), hash.bytes.end())});
  }
  Result<const std::vector<Track>*> tracks(history::RecordReader& store, const Uuid& visit) {
    if (const auto found = tracks_.find(visit); found != tracks_.end()) return &found->second;
    KX_TRY(tracks, tracks_of(store, visit));
    return &tracks_.emplace(visit, std::move(tracks)).first->second;
  }

 private:
  std::vector<records::Record> visits_;
  std::set<std::pair<Uuid, Bytes>> known_;
  std::map<Uuid, std::vector<Track>> tracks_;
};

struct Taken {
  std::optional<std::int64_t> utc_ms;
  int offset_min = beijing_offset_min;
};

Taken taken_at(const photos::Exif& exif, const PhotoImport& import) {
  Taken taken;
  taken.offset_min = exif.offset_min.value_or(import.offset_min);
  const auto local = parse_instant(exif.taken_local + "+00:00");
  if (exif.taken_local.empty() || !local.ok()) return taken;
  taken.utc_ms = local->utc_ms - std::int64_t{taken.offset_min} * 60'000 + import.clock_ahead_ms;
  return taken;
}

Result<Uuid> visit_for(const Visits& visits, const PhotoImport& import, const Taken& taken, std::int64_t now_ms) {
  if (!import.visit.is_nil()) return import.visit;
  if (!taken.utc_ms) {
    return Error(
        ErrorCode::bad_input,
        phrase("the photo has no time, so its visit is not known; say which it is (--visit on the command line)"));
  }
  const auto found = visits.at(*taken.utc_ms, now_ms);
  if (found.size() == 1) return found.front()->id();
  const std::string when = format_minute(*taken.utc_ms, taken.offset_min);
  return Error(ErrorCode::bad_input,
               found.empty() ? phrase("no visit was under way at {0}; say which one it is (--visit), or mend the "
                                      "camera's clock (--clock)",
                                      {when})
                             : phrase("{1} visits were under way at {0}; say which one it is (--visit)",
                                      {when, std::to_string(found.size())}));
}

struct Placed {
  std::int64_t latitude_nanodegrees = 0;
  std::int64_t longitude_nanodegrees = 0;
  std::optional<std::int64_t> accuracy_mm;
  std::string_view source;
  std::string basis;
};

DocumentRecord point_record(const Placed& placed, const Uuid& visit, const Taken& taken, const std::string& file) {
  DocumentRecord point{kinds::gps_point, "@point", {}, {}, {}, {}};
  const auto add = [&](std::string name, std::string text) {
    point.fields.push_back({std::move(name), std::move(text)});
  };
  add("visit", visit.text());
  add("label", file);
  add("purpose", "evidence");
  add("latitude_deg", format_decimal(placed.latitude_nanodegrees, 9));
  add("longitude_deg", format_decimal(placed.longitude_nanodegrees, 9));
  add("datum", "wgs84");
  add("source", std::string(placed.source));
  // Rounded up, so that it never promises more.
  if (placed.accuracy_mm) add("accuracy_m", format_decimal((*placed.accuracy_mm + 9) / 10, 2));
  add("accuracy_basis", placed.basis);
  if (taken.utc_ms) add("measured_at", format_instant(*taken.utc_ms, taken.offset_min));
  return point;
}

// Some telephones write what their map shows, hundreds of metres off. The track, where there was one, gives it away.
bool is_of_a_map(const photos::Exif& exif, const std::optional<TrackPlace>& place) {
  if (!exif.position || !place) return false;
  constexpr double telephone_error_m = 30;
  const double tolerance_m = telephone_error_m + static_cast<double>(place->accuracy_mm.value_or(0)) / 1000;
  return geo::map_offset_between({place->latitude_nanodegrees, place->longitude_nanodegrees},
                                 {exif.position->latitude_nanodegrees, exif.position->longitude_nanodegrees},
                                 tolerance_m)
      .has_value();
}

std::optional<Placed> place_of(const photos::Exif& exif, const Taken& taken, const std::vector<Track>& tracks,
                               const PhotoImport& import) {
  const auto place = taken.utc_ms ? place_on_track(tracks, *taken.utc_ms, import.clock_uncertainty_ms) : std::nullopt;
  const bool is_moved = is_of_a_map(exif, place);
  if (exif.position && !is_moved) {
    return Placed{exif.position->latitude_nanodegrees, exif.position->longitude_nanodegrees, exif.position->accuracy_mm,
                  "camera", say_text("the position that the camera wrote into the photo")};
  }
  if (!place) return std::nullopt;
  const std::string map =
      is_moved ? say_text("; the camera wrote a map's moved position, which was left out") : std::string();
  return Placed{place->latitude_nanodegrees, place->longitude_nanodegrees, place->accuracy_mm, "track",
                say_with("placed on the track by its time; the camera's clock mended by {0} s ± {1} s",
                         {format_decimal(import.clock_ahead_ms, 3), format_decimal(import.clock_uncertainty_ms, 3)}) +
                    map};
}

// The camera's own, else one that is made.
void keep_thumbnail(const PhotoImport& import, const Hash& hash, const photos::Exif& exif, const Bytes& picture) {
  if (import.thumbnails.empty()) return;
  const bool has_own = exif.thumbnail.size() > 2 && exif.thumbnail[0] == 0xFF && exif.thumbnail[1] == 0xD8;
  const Bytes thumbnail = has_own ? exif.thumbnail : thumbnails::make_thumbnail(picture, exif.orientation);
  if (thumbnail.empty()) return;
  // A convenience: without it the original is shown.
  if (!make_folder(import.thumbnails).ok()) return;
  (void)write_file_durably(import.thumbnails / (hash.text() + ".jpg"), thumbnail).ok();
}

Result<ImportedPhoto> import_one(Desk& desk, Visits& visits, const PhotoImport& import,
                                 const std::filesystem::path& path) {
  KX_TRY(bytes, AttachmentFolder::read_original(path));
  const photos::Exif exif = photos::read_exif(bytes);
  const Taken taken = taken_at(exif, import);
  KX_TRY(visit, visit_for(visits, import, taken, desk.clock.now_ms()));
  const Hash hash = sha256(bytes);
  ImportedPhoto imported{path.filename().string(), Outcome::known_already, {}, {}, {}};
  if (visits.knows(visit, hash)) return imported;
  KX_TRY(tracks, visits.tracks(desk.store, visit));
  const auto placed = place_of(exif, taken, *tracks, import);
  Document document{{}, path.parent_path()};
  DocumentRecord photo{kinds::photo, "@photo", {{records::photo::visit, visit.text()}}, {}, path.filename(), {}};
  if (taken.utc_ms) photo.fields.push_back({records::photo::taken_at, format_instant(*taken.utc_ms, taken.offset_min)});
  if (placed) {
    document.records.push_back(point_record(*placed, visit, taken, imported.file));
    photo.fields.push_back({records::photo::point, "@point"});
    imported.accuracy_mm = placed->accuracy_mm;
    imported.outcome = placed->source == "camera" ? Outcome::placed_by_camera : Outcome::placed_on_track;
  } else {
    imported.outcome = Outcome::without_position;
    imported.reason = taken.utc_ms ? say_text("its time lies outside of the track") : say_text("the photo has no time");
  }
  document.records.push_back(std::move(photo));
  KX_TRY(recorded, record_document(desk, document));
  imported.photo = recorded.local.at("@photo");
  visits.learn(visit, hash);
  keep_thumbnail(import, hash, exif, bytes);
  return imported;
}

}  // namespace

std::optional<TrackPlace> place_on_track(const std::vector<Track>& tracks, std::int64_t utc_ms,
                                         std::int64_t clock_uncertainty_ms) {
  using records::track_flags::gap_before, records::track_flags::unsettled;
  for (const Track& track : tracks) {
    for (std::size_t i = 1; i < track.points.size(); ++i) {
      const records::TrackPoint &a = track.points[i - 1], &b = track.points[i];
      if (utc_ms < a.time_ms || b.time_ms < utc_ms || b.time_ms - a.time_ms > between_ms_max) continue;
      if ((b.flags & gap_before) != 0 || ((a.flags | b.flags) & unsettled) != 0) continue;
      return place_between(a, b, utc_ms, clock_uncertainty_ms);
    }
  }
  return std::nullopt;
}

std::string outcome_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::placed_on_track:
      return say_text("placed on the track");
    case Outcome::placed_by_camera:
      return say_text("placed by the camera");
    case Outcome::without_position:
      return say_text("taken in without a position");
    case Outcome::known_already:
      return say_text("known already");
    case Outcome::refused:
      break;
  }
  return say_text("not taken in");
}

Result<std::vector<ImportedPhoto>> import_photos(Desk& desk, const PhotoImport& import) {
  KX_TRY(pictures, pictures_in(import.folder));
  KX_TRY(visits, Visits::read(desk.store));
  std::vector<ImportedPhoto> all;
  for (const std::filesystem::path& path : pictures) {
    if (import.running.is_stopped()) break;
    import.running.note_records(all.size(), pictures.size());
    auto imported = import_one(desk, visits, import, path);
    if (!imported.ok()) {
      // Told with its reason; hundreds of others must not wait for one that somebody has to look at.
      all.push_back({path.filename().string(), Outcome::refused, imported.error().message(), {}, {}});
      continue;
    }
    all.push_back(std::move(*imported));
  }
  return all;
}

}  // namespace kuangxun::inspect
