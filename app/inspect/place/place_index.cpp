#include "app/inspect/place/place_index.h"

#include <algorithm>
#include <map>
#include <optional>

#include "app/inspect/edit/reference.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/place_alias.h"
#include "db/records/handles/township.h"
#include "db/records/kinds.h"

namespace kuangxun::inspect {
namespace {

// Without blanks (also the ideographic one) and in lower case: the plan's names carry stray blanks.
std::string fold(std::string_view text) {
  std::string folded = lower_ascii(text);
  for (const std::string_view blank : {" ", "\t", "\n", "\u3000"}) folded = replace_all(folded, blank, "");
  return folded;
}

// All code points of `wanted` stand in `text` in this order.
bool is_scattered_in(std::string_view wanted, std::string_view text) {
  const std::u32string text_points = code_points(text);
  std::size_t at = 0;
  for (const char32_t point : code_points(wanted)) {
    at = text_points.find(point, at);
    if (at == std::u32string::npos) return false;
    ++at;
  }
  return true;
}

struct Township {
  std::string name;
  std::vector<std::string> spellings;  // folded, the official one first
};

Result<std::map<Uuid, Township>> read_townships(history::RecordReader& store) {
  std::map<Uuid, Township> townships;
  KX_TRY(records, store.list(records::kinds::township));
  for (const records::Record& record : records) {
    townships[record.id()] = {record.text(records::township::name), {fold(record.text(records::township::name))}};
  }
  KX_TRY(aliases, store.list(records::kinds::place_alias));
  for (const records::Record& alias : aliases) {
    const auto township = townships.find(alias.reference(records::place_alias::township));
    if (township != townships.end())
      township->second.spellings.push_back(fold(alias.text(records::place_alias::alias)));
  }
  return townships;
}

const Township* township_of(const records::Record& place, const std::map<Uuid, Township>& townships) {
  if (place.kind().find_field(records::common::township) != nullptr && place.has(records::common::township)) {
    const auto found = townships.find(place.reference(records::common::township));
    if (found != townships.end()) return &found->second;
  }
  // Most registers give no township, but many names begin with one.
  const std::string name = fold(place.name());
  for (const auto& [id, township] : townships) {
    for (const std::string& spelling : township.spellings) {
      if (!spelling.empty() && name.find(spelling) != std::string::npos) return &township;
    }
  }
  return nullptr;
}

bool any_contains(const std::vector<std::string>& texts, std::string_view wanted) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(wanted) != std::string::npos; });
}

}  // namespace

Result<PlaceIndex> PlaceIndex::build(history::RecordReader& store) {
  PlaceIndex index;
  KX_TRY(townships, read_townships(store));
  for (const records::KindNumber kind : place_kinds()) {
    KX_TRY(records, store.list(kind));
    for (const records::Record& record : records) {
      if (record.is_voided()) continue;
      Place place;
      place.hit.id = record.id();
      place.hit.kind = kind;
      place.hit.name = record.name();
      place.folded_name = fold(place.hit.name);
      place.hit.is_example = record.kind().find_field(records::common::is_example) != nullptr &&
                             record.integer(records::common::is_example) != 0;
      if (const Township* township = township_of(record, townships)) {
        place.hit.township = township->name;
        place.township_spellings = township->spellings;
      }
      const records::FieldDescription* mineral = record.kind().find_field(records::common::mineral);
      if (mineral != nullptr && record.has(records::common::mineral)) {
        place.hit.mineral = record.display(records::common::mineral);
        const auto* option = mineral->enumeration->find(record.integer(records::common::mineral));
        if (option != nullptr) place.minerals = {fold(option->chinese), fold(option->english), fold(option->code)};
      }
      index.places_.push_back(std::move(place));
    }
  }
  return index;
}

std::vector<PlaceHit> PlaceIndex::find(std::string_view text) const {
  const std::string wanted = fold(text);
  const auto match = [&](const Place& place) -> std::optional<MatchedBy> {
    if (place.folded_name == wanted) return MatchedBy::whole_name;
    if (place.folded_name.starts_with(wanted)) return MatchedBy::name_start;
    if (place.folded_name.find(wanted) != std::string::npos) return MatchedBy::name_part;
    if (any_contains(place.township_spellings, wanted)) return MatchedBy::township;
    if (any_contains(place.minerals, wanted)) return MatchedBy::mineral;
    if (is_scattered_in(wanted, place.folded_name)) return MatchedBy::scattered;
    return std::nullopt;
  };
  std::vector<PlaceHit> hits;
  for (const Place& place : places_) {
    if (const auto matched_by = match(place)) {
      hits.push_back(place.hit);
      hits.back().matched_by = *matched_by;
    }
  }
  std::ranges::stable_sort(hits, {}, &PlaceHit::matched_by);
  return hits;
}

}  // namespace kuangxun::inspect
