#include "app/photos/exif.h"

#include <libexif/exif-data.h>

#include <cmath>
#include <memory>

#include "db/base/calendar.h"

namespace kuangxun::photos {
namespace {

// The numbers of the standard (EXIF 2.31, CIPA DC-008): names of some are newer than the library's headers.
constexpr int tag_orientation = 0x0112;
constexpr int tag_date_time_original = 0x9003;
constexpr int tag_offset_time_original = 0x9011;
constexpr int tag_gps_latitude_reference = 1;
constexpr int tag_gps_latitude = 2;
constexpr int tag_gps_longitude_reference = 3;
constexpr int tag_gps_longitude = 4;
constexpr int tag_gps_positioning_error = 31;
constexpr std::size_t rational_bytes = 8;

struct Unload {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};
using Data = std::unique_ptr<ExifData, Unload>;

const ExifEntry* entry_of(const Data& data, ExifIfd folder, int tag) {
  const ExifEntry* entry = exif_content_get_entry(data->ifd[folder], static_cast<ExifTag>(tag));
  return entry != nullptr && entry->data != nullptr ? entry : nullptr;
}

std::string text_of(const ExifEntry* entry) {
  if (entry == nullptr || entry->format != EXIF_FORMAT_ASCII) return {};
  std::string text(reinterpret_cast<const char*>(entry->data), entry->size);
  return text.substr(0, text.find('\0'));
}

std::optional<double> rational_of(const Data& data, const ExifEntry* entry, std::size_t index) {
  if (entry == nullptr || entry->format != EXIF_FORMAT_RATIONAL || entry->size < (index + 1) * rational_bytes) {
    return std::nullopt;
  }
  const ExifRational read =
      exif_get_rational(entry->data + index * rational_bytes, exif_data_get_byte_order(data.get()));
  if (read.denominator == 0) return std::nullopt;
  return static_cast<double>(read.numerator) / static_cast<double>(read.denominator);
}

// Degrees, minutes and seconds of a place; nothing beyond `degrees_max`.
std::optional<std::int64_t> angle_of(const Data& data, int tag, int reference_tag, std::string_view directions,
                                     double degrees_max) {
  const ExifEntry* entry = entry_of(data, EXIF_IFD_GPS, tag);
  const auto degrees = rational_of(data, entry, 0), minutes = rational_of(data, entry, 1),
             seconds = rational_of(data, entry, 2);
  const std::string reference = text_of(entry_of(data, EXIF_IFD_GPS, reference_tag));
  if (!degrees || !minutes || !seconds || reference.size() != 1) return std::nullopt;
  const std::size_t direction = directions.find(reference[0]);
  const double angle = *degrees + *minutes / 60 + *seconds / 3600;
  if (direction == std::string_view::npos || *minutes >= 60 || *seconds >= 60 || angle > degrees_max) {
    return std::nullopt;
  }
  return std::llround((direction == 0 ? angle : -angle) * 1e9);
}

std::optional<Exif::Position> position_of(const Data& data) {
  const auto latitude = angle_of(data, tag_gps_latitude, tag_gps_latitude_reference, "NS", 90);
  const auto longitude = angle_of(data, tag_gps_longitude, tag_gps_longitude_reference, "EW", 180);
  if (!latitude || !longitude) return std::nullopt;
  // What phones write that had no fix.
  if (*latitude == 0 && *longitude == 0) return std::nullopt;
  Exif::Position position{*latitude, *longitude, {}};
  constexpr double accuracy_m_max = 100'000;
  const auto error_m = rational_of(data, entry_of(data, EXIF_IFD_GPS, tag_gps_positioning_error), 0);
  if (error_m && *error_m > 0 && *error_m < accuracy_m_max) position.accuracy_mm = std::llround(*error_m * 1000);
  return position;
}

int orientation_of(const Data& data) {
  const ExifEntry* entry = entry_of(data, EXIF_IFD_0, tag_orientation);
  if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < sizeof(ExifShort)) return 1;
  const int read = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return 1 <= read && read <= 8 ? read : 1;
}

// "2026:09:24 10:11:12" as the standard has it.
std::string local_time_of(const std::string& text) {
  if (text.size() != 19 || text[4] != ':' || text[7] != ':' || text[10] != ' ') return {};
  const std::string written =
      text.substr(0, 4) + "-" + text.substr(5, 2) + "-" + text.substr(8, 2) + "T" + text.substr(11);
  return parse_instant(written + "+00:00").ok() ? written : std::string();
}

// "+08:00"
std::optional<int> offset_of(const std::string& text) {
  const auto parsed = parse_instant("2026-01-01T12:00:00" + text);
  return text.size() == 6 && parsed.ok() ? std::optional(static_cast<int>(parsed->offset_min)) : std::nullopt;
}

}  // namespace

Exif read_exif(ByteView picture) {
  Exif read;
  const Data data(exif_data_new());
  if (!data) return read;
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  exif_data_unset_option(data.get(), EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data(data.get(), picture.data(), static_cast<unsigned>(picture.size()));
  read.taken_local = local_time_of(text_of(entry_of(data, EXIF_IFD_EXIF, tag_date_time_original)));
  read.offset_min = offset_of(text_of(entry_of(data, EXIF_IFD_EXIF, tag_offset_time_original)));
  read.position = position_of(data);
  read.orientation = orientation_of(data);
  if (data->data != nullptr && data->size > 0) read.thumbnail.assign(data->data, data->data + data->size);
  return read;
}

}  // namespace kuangxun::photos
