#include "app/inspect/photo/photo_standing.h"

#include "db/language/language.h"
#include "db/records/handles/photo.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {

std::optional<PhotoStanding> standing_of(const PhotoStandings& standings, const records::Record& photo) {
  if (photo.kind().number != records::kinds::photo) return std::nullopt;
  const auto* hash = std::get_if<Bytes>(&photo.value(records::photo::file_hash));
  if (hash == nullptr || hash->size() != 32) return std::nullopt;
  const auto found = standings.find(hash_from_bytes(*hash));
  if (found == standings.end()) return std::nullopt;
  return found->second;
}

std::string_view name_of(PhotoStanding::Where where) {
  switch (where) {
    case PhotoStanding::Where::on_laptop:
      return "on-laptop";
    case PhotoStanding::Where::at_county:
      return "at-county";
    case PhotoStanding::Where::missing_here:
      break;
  }
  return "missing-here";
}

std::string standing_text(const PhotoStanding& standing) {
  const std::string moved = std::to_string(standing.chunks_moved);
  const std::string all = std::to_string(standing.chunks);
  switch (standing.where) {
    case PhotoStanding::Where::at_county:
      return say_text("the picture is at the county");
    case PhotoStanding::Where::on_laptop:
      if (standing.chunks_moved == 0) return say_text("the picture is not sent yet");
      return say_with("{0} of {1} pieces of the picture are sent", {moved, all});
    case PhotoStanding::Where::missing_here:
      break;
  }
  if (standing.chunks_moved == 0) {
    return say_text("the picture is not here; a sync fetches it");
  }
  return say_with("the picture is not here; {0} of {1} pieces came", {moved, all});
}

}  // namespace kuangxun::inspect
