#include "app/criteria/publication.h"

#include <algorithm>
#include <array>

#include "db/base/hash.h"
#include "db/base/limits.h"
#include "db/base/text.h"
#include "db/frames/payload.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/handles/criteria_catalogue.h"
#include "db/records/handles/person.h"
#include "db/records/handles/person_key.h"
#include "db/records/kinds.h"

namespace kuangxun::criteria {
namespace {

using records::Record;
namespace kinds = records::kinds;

namespace catalogue = records::criteria_catalogue;
constexpr std::array content_fields = {catalogue::content_1, catalogue::content_2, catalogue::content_3,
                                       catalogue::content_4, catalogue::content_5, catalogue::content_6,
                                       catalogue::content_7, catalogue::content_8};

// Who may publish, and what proves it.
class Administrators {
 public:
  static Result<Administrators> read(history::RecordReader& store) {
    Administrators all;
    KX_TRY(persons, store.list(kinds::person));
    all.persons_ = std::move(persons);
    KX_TRY(keys, store.list(kinds::person_key));
    all.keys_ = std::move(keys);
    return all;
  }

  std::string name_of(const Uuid& person) const {
    const Record* record = find(person);
    return record == nullptr ? person.text() : record->text(records::common::name);
  }

  // Why the operation does not publish anything; empty when it does.
  std::string why_not(const history::Operation& operation) const {
    if (!operation.person_signature) return say_text("it is not signed by a person");
    const Record* person = find(operation.person);
    if (person == nullptr) return say_text("whoever signed it is not enrolled");
    if (person->integer(records::person::role) < static_cast<std::int64_t>(records::Role::administrator)) {
      return say_with("{0}, who signed it, is no administrator", {person->text(records::person::name)});
    }
    const Bytes message = frames::person_signed_bytes(operation);
    const bool is_proved = std::ranges::any_of(keys_, [&](const Record& key) {
      return key.reference(records::person_key::person) == operation.person &&
             verify_signature(key_in(key), message, *operation.person_signature);
    });
    if (is_proved) return {};
    return say_with("the signature of {0} is not valid", {person->text(records::person::name)});
  }

 private:
  const Record* find(const Uuid& person) const {
    const auto found = std::ranges::find_if(persons_, [&](const Record& one) { return one.id() == person; });
    return found == persons_.end() ? nullptr : &*found;
  }
  static PublicKey key_in(const Record& record) {
    PublicKey key;
    const auto* bytes = std::get_if<Bytes>(&record.value(records::common::public_key));
    if (bytes != nullptr && bytes->size() == key.bytes.size()) std::ranges::copy(*bytes, key.bytes.begin());
    return key;
  }

  std::vector<Record> persons_;
  std::vector<Record> keys_;
};

Publication read_one(const Record& record) {
  Publication publication;
  CatalogueFile& file = publication.file;
  file.id = record.text(records::criteria_catalogue::catalogue);
  file.origin = CatalogueOrigin::published;
  file.record = record.id();
  file.edition = record.integer(records::criteria_catalogue::edition);
  file.version = record.text(records::criteria_catalogue::version);
  if (record.has(records::criteria_catalogue::in_force_from))
    file.from = static_cast<Day>(record.integer(records::criteria_catalogue::in_force_from));
  file.reason = record.text(records::criteria_catalogue::reason);
  publication.is_withdrawn = record.is_voided();
  for (const auto& content : content_fields) file.text += record.text(content);
  file.name = say_with("{0}.csv edition {1}", {file.id, std::to_string(file.edition)});
  return publication;
}

Result<std::string> why_refused(history::RecordReader& store, const Administrators& administrators,
                                const Record& record, Publication& publication) {
  CatalogueFile& file = publication.file;
  const auto group = record.kind().find_field(records::criteria_catalogue::catalogue)->group;
  KX_TRY(operations, store.history(record.id(), group));
  if (!operations.empty()) file.publisher = administrators.name_of(operations.front().person);
  if (record.is_voided()) return say_text("withdrawn");
  if (operations.size() != 1) return say_text("it was changed after it was published");
  // Before the signature: who may sign is known for sure only after the next sync.
  KX_TRY(state, store.sync_state(record.id()));
  if (state == history::SyncState::on_laptop || state == history::SyncState::stored) {
    return say_text("the county has not taken it yet; it counts after a sync");
  }
  if (std::string why = administrators.why_not(operations.front()); !why.empty()) return why;
  if (file.sha256() != record.text(records::criteria_catalogue::content_sha256)) {
    return say_text("the content does not have its hash");
  }
  return std::string();
}

// Two people who did not know of each other: neither counts, until somebody publishes the next edition.
void refuse_twins(std::vector<Publication>& publications) {
  std::vector<bool> has_twin;
  for (const auto& one : publications) {
    has_twin.push_back(one.refusal.empty() && std::ranges::any_of(publications, [&](const Publication& other) {
                         return other.refusal.empty() && one.file.id == other.file.id &&
                                one.file.edition == other.file.edition && one.file.text != other.file.text;
                       }));
  }
  for (std::size_t i = 0; i < publications.size(); ++i) {
    if (!has_twin[i]) continue;
    publications[i].refusal = say_with("there are two different editions {0}; an administrator publishes the next one",
                                       {std::to_string(publications[i].file.edition)});
  }
}

}  // namespace

Result<std::vector<Publication>> read_publications(history::RecordReader& store) {
  KX_TRY(all, store.list(kinds::criteria_catalogue));
  std::vector<Publication> publications;
  if (all.empty()) return publications;
  KX_TRY(administrators, Administrators::read(store));
  for (const Record& record : all) {
    Publication publication = read_one(record);
    KX_TRY(refusal, why_refused(store, administrators, record, publication));
    publication.refusal = std::move(refusal);
    publications.push_back(std::move(publication));
  }
  refuse_twins(publications);
  std::ranges::stable_sort(publications, [](const Publication& a, const Publication& b) {
    return a.file.id == b.file.id ? a.file.edition > b.file.edition : a.file.id < b.file.id;
  });
  return publications;
}

Result<Record> make_publication(history::RecordReader& store, const CatalogueFile& file, const Uuid& id) {
  KX_TRY(all, store.list(kinds::criteria_catalogue));
  std::int64_t edition = 0;
  for (const Record& other : all) {
    if (other.text(records::criteria_catalogue::catalogue) == file.id)
      edition = std::max(edition, other.integer(records::criteria_catalogue::edition));
  }
  std::string text = replace_all(file.text, "\r\n", "\n");
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  Record record(id, records::kind_of(kinds::criteria_catalogue));
  record.set_value(records::criteria_catalogue::catalogue, file.id);
  record.set_value(records::criteria_catalogue::edition, edition + 1);
  record.set_value(records::criteria_catalogue::version,
                   file.version.empty() ? std::to_string(edition + 1) : file.version);
  if (file.from) record.set_value(records::criteria_catalogue::in_force_from, std::int64_t{*file.from});
  record.set_value(records::criteria_catalogue::reason, file.reason);
  record.set_value(records::criteria_catalogue::content_sha256, sha256(as_bytes(text)).text());
  std::string_view rest = text;
  for (const auto& content : content_fields) {
    std::size_t bytes = std::min(rest.size(), limits::text_bytes_max);
    while (bytes < rest.size() && (static_cast<unsigned char>(rest[bytes]) & 0xC0U) == 0x80U) --bytes;
    if (bytes > 0) record.set_value(content, std::string(rest.substr(0, bytes)));
    rest.remove_prefix(bytes);
  }
  if (rest.empty()) return record;
  return Error(ErrorCode::bad_input,
               phrase("the file is too large: {0} bytes, limit {1}",
                      {std::to_string(text.size()), std::to_string(content_fields.size() * limits::text_bytes_max)}));
}

}  // namespace kuangxun::criteria
