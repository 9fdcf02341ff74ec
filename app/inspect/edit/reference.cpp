#include "app/inspect/edit/reference.h"

#include <algorithm>

#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::inspect {
namespace {

std::string shortened(std::string_view text) {
  const std::string_view first = first_code_points(text, 40);
  return std::string(first) + (first.size() < text.size() ? "…" : "");
}

Result<Uuid> find_by_id(history::RecordReader& store, const Uuid& id, const std::vector<records::KindNumber>& kinds) {
  const auto view = store.read(id);
  if (!view.ok() && view.error().code() != ErrorCode::not_found) return view.error();
  if (!view.ok()) {
    return Error(ErrorCode::not_found, phrase("there is no record {0}; find ids with list", {id.text()}));
  }
  const records::KindDescription& kind = view->record.kind();
  if (!kinds.empty() && std::ranges::find(kinds, kind.number) == kinds.end()) {
    return Error(ErrorCode::bad_input,
                 phrase("{0} is a {1}; expected here: {2}", {id.text(), kind.label_words(), kind_labels(kinds)}));
  }
  return id;
}

}  // namespace

const std::vector<records::KindNumber>& place_kinds() {
  static const std::vector<records::KindNumber> kinds = [] {
    std::vector<records::KindNumber> places;
    for (const records::KindDescription& kind : records::all_kinds()) {
      if (kind.is_place) places.push_back(kind.number);
    }
    return places;
  }();
  return kinds;
}

std::string kind_labels(const std::vector<records::KindNumber>& kinds) {
  std::vector<std::string> labels;
  for (const records::KindNumber kind : kinds) labels.emplace_back(records::kind_of(kind).label());
  return join(labels, say(", "));
}

Result<Uuid> find_record(history::RecordReader& store, std::string_view id_or_name,
                         const std::vector<records::KindNumber>& kinds) {
  if (const auto id = parse_uuid(id_or_name); id.ok()) return find_by_id(store, *id, kinds);
  std::vector<Uuid> found;
  Words kinds_and_ids;
  for (const records::KindNumber kind : kinds.empty() ? place_kinds() : kinds) {
    const records::KindDescription& description = records::kind_of(kind);
    if (description.name_field.empty()) continue;
    KX_TRY(records, store.list_where(kind, description.name_field, records::Value(std::string(id_or_name))));
    for (const records::Record& record : records) {
      if (record.is_voided()) continue;
      found.push_back(record.id());
      if (!kinds_and_ids.empty()) kinds_and_ids += phrase(", ");
      kinds_and_ids += either_phrase(description.chinese, description.english) + " " + record.id().text();
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return Error(ErrorCode::not_found,
                 phrase("nothing has the name or id \"{0}\"; find both with list", {shortened(id_or_name)}));
  }
  return Error(ErrorCode::bad_input, phrase("{0} records have the name \"{1}\"; use an id: {2}",
                                            {std::to_string(found.size()), shortened(id_or_name), kinds_and_ids}));
}

}  // namespace kuangxun::inspect
