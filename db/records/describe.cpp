#include "db/records/describe.h"

#include <algorithm>
#include <cassert>

#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "db/records/field_handle.h"

namespace kuangxun::records {
namespace {

FieldDescription make_field(FieldNumber number, std::string_view name, FieldType type, std::string_view chinese,
                            std::string_view english) {
  FieldDescription field;
  field.number = number;
  field.name = name;
  field.type = type;
  field.chinese = chinese;
  field.english = english;
  return field;
}

}  // namespace

const EnumerationOption* EnumerationDescription::find(std::int64_t number) const {
  const auto found = std::ranges::find(options, number, &EnumerationOption::number);
  return found == options.end() ? nullptr : &*found;
}

const EnumerationOption* EnumerationDescription::find(std::string_view code) const {
  const auto found = std::ranges::find(options, code, &EnumerationOption::code);
  return found == options.end() ? nullptr : &*found;
}

std::string_view FieldDescription::label() const {
  return either(chinese, english);
}

Words FieldDescription::label_words() const {
  return either_phrase(chinese, english);
}

FieldDescription text_field(FieldNumber number, std::string_view name, std::string_view chinese,
                            std::string_view english) {
  return make_field(number, name, FieldType::text, chinese, english);
}

FieldDescription long_text_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                 std::string_view english) {
  return make_field(number, name, FieldType::long_text, chinese, english);
}

FieldDescription integer_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english, std::string_view unit, std::int64_t minimum,
                               std::int64_t maximum) {
  FieldDescription field = make_field(number, name, FieldType::integer, chinese, english);
  field.unit = unit;
  field.minimum = minimum;
  field.maximum = maximum;
  return field;
}

FieldDescription decimal_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english, std::string_view unit, int scale, std::int64_t minimum,
                               std::int64_t maximum) {
  FieldDescription field = make_field(number, name, FieldType::decimal, chinese, english);
  field.unit = unit;
  field.scale = scale;
  field.minimum = minimum * power_of_ten(scale);
  field.maximum = maximum * power_of_ten(scale);
  return field;
}

FieldDescription boolean_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english) {
  return make_field(number, name, FieldType::boolean, chinese, english);
}

FieldDescription enumeration_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                   std::string_view english, const EnumerationDescription& enumeration) {
  FieldDescription field = make_field(number, name, FieldType::enumeration, chinese, english);
  field.enumeration = &enumeration;
  return field;
}

FieldDescription day_field(FieldNumber number, std::string_view name, std::string_view chinese,
                           std::string_view english) {
  return make_field(number, name, FieldType::day, chinese, english);
}

FieldDescription instant_field(FieldNumber number, std::string_view name, std::string_view chinese,
                               std::string_view english) {
  return make_field(number, name, FieldType::instant, chinese, english);
}

FieldDescription reference_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                 std::string_view english, std::vector<KindNumber> targets) {
  FieldDescription field = make_field(number, name, FieldType::reference, chinese, english);
  field.targets = std::move(targets);
  return field;
}

FieldDescription hash_field(FieldNumber number, std::string_view name, std::string_view chinese,
                            std::string_view english) {
  return make_field(number, name, FieldType::hash, chinese, english);
}

FieldDescription geometry_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                std::string_view english) {
  return make_field(number, name, FieldType::geometry, chinese, english);
}

FieldDescription track_points_field(FieldNumber number, std::string_view name, std::string_view chinese,
                                    std::string_view english) {
  return make_field(number, name, FieldType::track_points, chinese, english);
}

std::string_view KindDescription::label() const {
  return either(chinese, english);
}

Words KindDescription::label_words() const {
  return either_phrase(chinese, english);
}

std::string KindDescription::table_name() const {
  return replace_all(std::string(name), "-", "_");
}

const FieldDescription* KindDescription::find_field(std::string_view field_name) const {
  const auto found = std::ranges::find(fields, field_name, &FieldDescription::name);
  return found == fields.end() ? nullptr : &*found;
}

const FieldDescription* KindDescription::find_field(FieldNumber field_number) const {
  const auto found = std::ranges::lower_bound(fields, field_number, {}, &FieldDescription::number);
  return found == fields.end() || found->number != field_number ? nullptr : &*found;
}

const FieldDescription* KindDescription::find_field(const FieldHandle& handle) const {
  if (handle.kind == FieldHandle::of_several) return find_field(handle.name);
  return handle.kind == number ? &fields[handle.position] : nullptr;
}

// Code that walks records of several kinds may hold a handle of one of them: the name decides then, so that a record
// that has such a field is read and nothing stops the program on site.
const FieldDescription& KindDescription::field(const FieldHandle& handle) const {
  const FieldDescription* found = find_field(handle);
  if (found == nullptr) found = find_field(handle.name);
  assert(found != nullptr && "the field is of another kind");
  return *found;
}

std::size_t KindDescription::position_of(const FieldDescription& field) const {
  assert(&field >= fields.data() && &field < fields.data() + fields.size());
  return static_cast<std::size_t>(&field - fields.data());
}

std::vector<const FieldDescription*> KindDescription::fields_of(GroupNumber group) const {
  std::vector<const FieldDescription*> members;
  for (const FieldDescription& field : fields) {
    if (field.group == group) members.push_back(&field);
  }
  return members;
}

std::vector<const FieldDescription*> KindDescription::links(Link least) const {
  std::vector<const FieldDescription*> found;
  for (const FieldDescription& field : fields) {
    if (field.type == FieldType::reference && field.link >= least) found.push_back(&field);
  }
  return found;
}

const FieldDescription* KindDescription::offset_of(const FieldDescription& instant) const {
  assert(instant.type == FieldType::instant);
  std::string stem(instant.name);
  if (stem.ends_with("_at")) stem.resize(stem.size() - 3);
  return find_field(stem + "_offset_min");
}

std::vector<ChildKind> children_of(const KindDescription& parent, const std::vector<KindDescription>& kinds) {
  std::vector<ChildKind> children;
  for (const KindDescription& kind : kinds) {
    for (const FieldDescription* field : kind.links(Link::under)) {
      const bool fits = std::ranges::find(field->targets, parent.number) != field->targets.end();
      if (fits) children.push_back({&kind, field});
    }
  }
  std::ranges::stable_sort(children, {}, [](const ChildKind& child) { return child.kind->section.rank; });
  return children;
}

std::vector<DocumentSection> document_sections(const std::vector<KindDescription>& kinds) {
  std::vector<DocumentSection> sections;
  for (const KindDescription& kind : kinds) {
    if (kind.section.name.empty()) continue;
    const auto known =
        std::ranges::find(sections, kind.section.name, [](const DocumentSection& one) { return one.section.name; });
    if (known == sections.end()) {
      sections.push_back({kind.section, {&kind}});
      continue;
    }
    assert(known->section.rank == kind.section.rank && !kind.section.holds_one &&
           "kinds of one section agree about it");
    known->kinds.push_back(&kind);
  }
  std::ranges::stable_sort(sections, {}, [](const DocumentSection& one) { return one.section.rank; });
  return sections;
}

KindDescription describe_kind(KindDescription kind) {
  [[maybe_unused]] FieldNumber previous = 0;
  for (FieldDescription& field : kind.fields) {
    assert(field.number > previous && "field numbers ascend and are never used again");
    previous = field.number;
    if (field.group == 0) field.group = field.number;
    assert((field.type != FieldType::enumeration || field.enumeration != nullptr));
    assert((field.link == Link::mention || (field.type == FieldType::reference && !field.targets.empty())));
  }
  for (const FieldDescription& field : kind.fields) {
    const FieldDescription* first = kind.find_field(field.group);
    assert(first != nullptr && first->group == field.group && "a field joins the group of an earlier field");
    if (first->number == field.number) kind.groups.push_back(field.group);
  }
  assert((kind.name_field.empty() || kind.find_field(kind.name_field) != nullptr));
  assert((kind.dated_by.empty() || kind.find_field(kind.dated_by) != nullptr));
  return kind;
}

}  // namespace kuangxun::records
