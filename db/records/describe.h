#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "db/base/result.h"
#include "db/base/uuid.h"
#include "db/records/numbers.h"

// A record kind is described once, here; laptop columns, county columns, forms, validation, encoding, documents,
// dossiers, tables of offices, JSON and the audit view are walks over this description, and code names fields by the
// handles that are made from it (field_handle.h). Numbers of kinds, fields and enumeration options are on disk and on
// the wire: they are never changed and never used again. A new field is one line in kinds_*.cpp; the stores make its
// column themselves.
namespace kuangxun::records {

enum class FieldType : std::uint8_t {
  text,       // one line
  long_text,  // several lines
  integer,
  decimal,  // int64 scaled by 10^scale
  boolean,
  enumeration,
  day,           // days since 1970-01-01
  instant,       // UTC milliseconds
  reference,     // the id of a record of one of `targets` (any, when empty)
  hash,          // SHA-256 of an attachment
  geometry,      // little-endian WKB in CGCS2000 degrees (EPSG:4490)
  track_points,  // what a receiver measured in a minute (track_block.h)
};

// Who may see a field outside the bureau.
enum class Openness : std::uint8_t { open, internal, personal };

// What a reference says about the two records.
enum class Link : std::uint8_t {
  mention,  // names another record, no more
  about,    // stands about it: an example if that is one, outside the plan if that is
  under,    // about it, and shown under it
};

// What a device and a person may do; a change takes the lesser of the two. The numbers are on disk and on the wire.
enum class Role : std::uint8_t { officer = 1, reviewer = 2, administrator = 3 };

struct EnumerationOption {
  std::int64_t number;
  std::string_view code;  // English with hyphens, as JSON has it
  std::string_view chinese;
  std::string_view english;
};

struct EnumerationDescription {
  std::string_view name;
  std::span<const EnumerationOption> options;
  const EnumerationOption* find(std::int64_t number) const;
  const EnumerationOption* find(std::string_view code) const;
};

struct FieldDescription {
  FieldNumber number = 0;
  std::string_view name;  // snake_case, unit last: area_km2
  FieldType type = FieldType::text;
  std::string_view chinese;
  std::string_view english;
  std::string_view unit;  // as people read it
  int scale = 0;
  std::int64_t minimum = 0;  // scaled; minimum == maximum == 0 means any
  std::int64_t maximum = 0;
  bool is_required = false;
  bool is_indexed = false;  // the store answers "all records whose FIELD is X" quickly
  GroupNumber group = 0;    // filled by describe_kind: its own number unless joined
  const EnumerationDescription* enumeration = nullptr;
  std::vector<KindNumber> targets;
  Openness openness = Openness::open;
  Link link = Link::mention;  // of a reference
  bool is_key = false;        // the keys of two records with the same owner are equal: both say the same thing
  bool is_kept = false;       // the program writes it beside what people give ("output_written" beside "output")
  std::string_view also_called = {};  // what offices call it in their tables beside its labels, separated by |

  std::string_view label() const;  // in the language that is spoken
  Words label_words() const;
  // Whether a person is asked for it: a reference follows from where the form or the row stands.
  bool is_asked() const { return type != FieldType::reference && !is_kept; }
  // Whether a blank form or table has a place for it: that something is an example is marked elsewhere.
  bool is_on_form() const { return is_asked() && name != "is_example"; }
  bool is_ranged() const { return minimum != 0 || maximum != 0; }

  // For the tables in kinds_*.cpp.
  FieldDescription& require() {
    is_required = true;
    return *this;
  }
  FieldDescription& index() {
    is_indexed = true;
    return *this;
  }
  FieldDescription& join(GroupNumber with) {
    group = with;
    return *this;
  }
  FieldDescription& about() {
    link = Link::about;
    return *this;
  }
  FieldDescription& under() {
    link = Link::under;
    return *this;
  }
  FieldDescription& key() {
    is_key = true;
    return *this;
  }
  FieldDescription& kept() {
    is_kept = true;
    return *this;
  }
  FieldDescription& called(std::string_view names) {
    also_called = names;
    return *this;
  }
  FieldDescription& personal() {
    openness = Openness::personal;
    return *this;
  }
  FieldDescription& internal() {
    openness = Openness::internal;
    return *this;
  }
};

FieldDescription text_field(FieldNumber number, std::string_view name, std::string_view chinese,
                            std::string_view english);
FieldDescription long_text_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                 std::string_view english);
FieldDescription integer_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english, std::string_view unit, std::int64_t minimum,
                               std::int64_t maximum);
// minimum and maximum in whole units.
FieldDescription decimal_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english, std::string_view unit, int scale, std::int64_t minimum,
                               std::int64_t maximum);
FieldDescription boolean_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english);
FieldDescription enumeration_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                   std::string_view english, const EnumerationDescription& enumeration);
FieldDescription day_field(FieldNumber number, std::string_view name, std::string_view chinese,
                           std::string_view english);
FieldDescription instant_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english);
FieldDescription reference_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                 std::string_view english, std::vector<KindNumber> targets);
FieldDescription hash_field(FieldNumber number, std::string_view name, std::string_view chinese,
                            std::string_view english);
FieldDescription geometry_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                std::string_view english);
FieldDescription track_points_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                    std::string_view english);

// Where a document that people hand in (`record`) has the records of a kind. What is shown under a record comes in the
// same order.
struct Section {
  std::string_view name = {};  // "points"; of kinds that share one, each record says which it is. Empty: none
  int rank = 0;                // sections ascend by it; the same name has the same rank
  bool holds_one = false;      // one record, not an array of them
};

struct FieldHandle;

struct KindDescription {
  KindNumber number = 0;
  std::string_view name;  // English with hyphens: mining-right
  std::string_view chinese;
  std::string_view english;
  std::string_view name_field;      // the field people know a record by; empty when it has none
  bool is_place = false;            // can be visited
  bool is_evidence = false;         // only ever added; a mistake is voided with a reason
  bool is_county_only = false;      // written by the county's own chain and nobody else
  Role write_role = Role::officer;  // more than officer: needs the person's signature
  Section section = {};
  std::string_view table = {};                // what the command line calls tables of it: "returns"; empty: none
  std::string_view dated_by = {};             // the day, year or instant by which people order them; empty: none
  bool is_found = false;                      // a place that officers find and add
  bool is_enclosed = false;                   // documents may give its outline as the points that enclose it
  bool is_said_by_key = false;                // what it says is in its keys: a row of a table may have nothing else
  std::vector<FieldDescription> fields = {};  // by number
  // The numbers of all merge groups, existence_group not among them; filled by describe_kind.
  std::vector<GroupNumber> groups = {};

  std::string_view label() const;  // in the language that is spoken
  Words label_words() const;
  std::string table_name() const;  // mining_right
  const FieldDescription* find_field(std::string_view field_name) const;
  const FieldDescription* find_field(FieldNumber field_number) const;
  // Null when the field is of another kind, or one of several that this kind has not.
  const FieldDescription* find_field(const FieldHandle& field) const;
  // The same of a field that the kind has.
  const FieldDescription& field(const FieldHandle& field) const;
  // The position of a field in `fields`; the field must be one of ours.
  std::size_t position_of(const FieldDescription& field) const;
  // The fields of a group, in order.
  std::vector<const FieldDescription*> fields_of(GroupNumber group) const;
  // The references that say at least this much (about: those with `under` too), in order.
  std::vector<const FieldDescription*> links(Link least) const;
  // The field that keeps the offset of an instant ("started_offset_min" of "started_at"); null when none does.
  const FieldDescription* offset_of(const FieldDescription& instant) const;
};

// Completes a description (groups) and asserts that it is sound: ascending numbers, unique names,
// joined groups exist.
KindDescription describe_kind(KindDescription kind);

// The kinds that stand under records of `parent`, each with the field that names it, by the rank of their sections.
struct ChildKind {
  const KindDescription* kind;
  const FieldDescription* field;
};
std::vector<ChildKind> children_of(const KindDescription& parent, const std::vector<KindDescription>& kinds);

// The sections of documents in their order, each with its kinds.
struct DocumentSection {
  Section section;
  std::vector<const KindDescription*> kinds;
};
std::vector<DocumentSection> document_sections(const std::vector<KindDescription>& kinds);

// Every kind this program knows, by number.
const std::vector<KindDescription>& all_kinds();
const KindDescription* find_kind(KindNumber number);
const KindDescription* find_kind(std::string_view name);
// The kind by number; it must exist.
const KindDescription& kind_of(KindNumber number);

}  // namespace kuangxun::records
