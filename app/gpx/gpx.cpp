#include "app/gpx/gpx.h"

#include <expat.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <string>

#include "db/base/calendar.h"
#include "db/base/limits.h"
#include "db/language/language.h"

namespace kuangxun::gpx {
namespace {

std::optional<double> number_of(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t')) text.remove_suffix(1);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> scaled(std::string_view text, double scale, double magnitude_max) {
  const auto value = number_of(text);
  if (!value || std::abs(*value) > magnitude_max) return std::nullopt;
  return std::llround(*value * scale);
}

// Names come with the prefix that the file chose: "gpx:trkpt".
std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.rfind(':') + 1);
}

// One reading; Expat calls it back.
class Reader {
 public:
  Reader() : parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &Reader::begin, &Reader::end);
    XML_SetCharacterDataHandler(parser_.get(), &Reader::characters);
  }

  Result<std::vector<TrackPoint>> read(std::string_view text) {
    if (XML_Parse(parser_.get(), text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_ERROR &&
        problem_.empty()) {
      problem_ = say_with("no valid XML ({0})", {XML_ErrorString(XML_GetErrorCode(parser_.get()))});
      line_ = XML_GetCurrentLineNumber(parser_.get());
    }
    if (problem_.empty() && !is_gpx_) problem_ = say_text("this is no GPX file");
    if (problem_.empty()) return std::move(points_);
    return Error(ErrorCode::bad_input, phrase("GPX line {0}: {1}", {std::to_string(line_), problem_}));
  }

 private:
  struct Free {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
  };

  static void begin(void* self, const char* name, const char** attributes) {
    static_cast<Reader*>(self)->take_begin(local_name(name), attributes);
  }
  static void end(void* self, const char* name) { static_cast<Reader*>(self)->take_end(local_name(name)); }
  static void characters(void* self, const char* text, int length) {
    Reader& reader = *static_cast<Reader*>(self);
    if (reader.text_.size() < limits::short_text_bytes_max) reader.text_.append(text, static_cast<std::size_t>(length));
  }

  void stop(std::string problem) {
    problem_ = std::move(problem);
    line_ = XML_GetCurrentLineNumber(parser_.get());
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void take_begin(std::string_view name, const char** attributes) {
    text_.clear();
    if (name == "gpx") is_gpx_ = true;
    if (name == "trkseg") begins_segment_ = true;
    if (name == "trkpt") take_point(attributes);
  }

  void take_point(const char** attributes) {
    std::optional<std::int64_t> latitude, longitude;
    for (; attributes[0] != nullptr; attributes += 2) {
      if (std::string_view(attributes[0]) == "lat") latitude = scaled(attributes[1], 1e9, 90);
      if (std::string_view(attributes[0]) == "lon") longitude = scaled(attributes[1], 1e9, 180);
    }
    if (!latitude || !longitude) {
      return stop(say_text("a track point without valid lat and lon"));
    }
    if (points_.size() == limits::recording_fixes_max) {
      return stop(say_text("too many track points: cut the file in several"));
    }
    points_.push_back({*latitude, *longitude, {}, {}, {}, {}, begins_segment_});
    begins_segment_ = false;
    is_inside_ = true;
  }

  void take_end(std::string_view name) {
    if (name == "trkpt") is_inside_ = false;
    if (!is_inside_) return;
    TrackPoint& point = points_.back();
    if (name == "time") {
      const auto instant = parse_instant(text_);
      if (instant.ok()) point.utc_ms = instant->utc_ms;
    } else if (name == "ele") {
      point.height_mm = scaled(text_, 1000, 20'000);
    } else if (name == "sat") {
      const auto count = scaled(text_, 1, 255);
      if (count && *count > 0) point.satellites = static_cast<int>(*count);
    } else if (name == "hdop") {
      point.hdop_e2 = scaled(text_, 100, 100);
    }
  }

  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::vector<TrackPoint> points_;
  std::string text_;
  bool is_gpx_ = false;
  bool is_inside_ = false;  // a point
  bool begins_segment_ = false;
  std::string problem_;
  std::uint64_t line_ = 0;
};

}  // namespace

bool is_gpx(std::string_view beginning) {
  return beginning.find("<gpx") != std::string_view::npos || beginning.find(":gpx") != std::string_view::npos;
}

Result<std::vector<TrackPoint>> read_tracks(std::string_view text) {
  return Reader().read(text);
}

}  // namespace kuangxun::gpx
