#include "tests/sync/contract/slow_reference.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "db/base/calendar.h"
#include "db/base/decimal.h"
#include "db/base/text.h"
#include "db/records/geometry.h"
#include "db/records/kinds.h"
#include "db/records/value.h"

namespace kuangxun::tests {
namespace {

using Operations = std::vector<const history::Operation*>;

// Those of one group that nobody in the group supersedes.
Operations standing(const Operations& group) {
  std::set<history::OperationId> named;
  for (const auto* operation : group) named.insert(operation->bases.begin(), operation->bases.end());
  Operations heads;
  for (const auto* operation : group) {
    if (!named.contains(operation->id)) heads.push_back(operation);
  }
  return heads;
}

const history::Operation& latest(const Operations& heads) {
  const auto* found = heads.front();
  for (const auto* head : heads) {
    if (std::pair(head->time, head->id) > std::pair(found->time, found->id)) found = head;
  }
  return *found;
}

bool disagree(const Operations& heads) {
  return std::ranges::any_of(heads, [&](const auto* head) { return head->values != heads.front()->values; });
}

std::optional<records::Value> value_in(const history::Operation& operation, records::FieldNumber field) {
  for (const auto& value : operation.values) {
    if (value.field == field) return value.value;
  }
  return std::nullopt;
}

std::string shown(const records::FieldDescription& field, const records::Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (field.type == records::FieldType::decimal) return format_decimal_padded(*number, field.scale);
  if (field.type == records::FieldType::boolean) return *number != 0 ? "1" : "0";
  if (field.type == records::FieldType::day && (*number < first_day || *number > last_day)) return "~";
  if (field.type == records::FieldType::instant && (*number < first_instant_ms || *number > last_instant_ms))
    return "~";
  if (field.type == records::FieldType::instant) return replace_all(format_instant(*number, 0), "+00:00", "Z");
  if (field.type == records::FieldType::geometry) return to_hex(std::get<Bytes>(value));
  return records::format_value(field, value);
}

std::string position(const std::optional<records::Value>& latitude, const std::optional<records::Value>& longitude) {
  if (!latitude.has_value() || !longitude.has_value()) return "~";
  return to_hex(records::encode_point({std::get<std::int64_t>(*latitude), std::get<std::int64_t>(*longitude)}));
}

std::string row(const records::KindDescription& kind, const Uuid& record,
                const std::map<records::GroupNumber, Operations>& groups) {
  std::vector<std::string> cells = {record.text()};
  std::vector<std::string> disputed;
  std::map<std::string, records::Value> point;
  for (const records::FieldDescription& field : kind.fields) {
    std::string cell = "~";
    if (const auto found = groups.find(field.group); found != groups.end()) {
      const Operations heads = standing(found->second);
      if (const auto value = value_in(latest(heads), field.number)) {
        cell = shown(field, *value);
        point[std::string(field.name)] = *value;
      }
    }
    cells.push_back(cell);
  }
  // Disputed fields stand by group, then by field.
  for (const auto& [group, operations] : groups) {
    if (group == records::existence_group || !disagree(standing(operations))) continue;
    for (const auto* field : kind.fields_of(group)) disputed.emplace_back(field->name);
  }
  if (kind.number == records::kinds::gps_point) {
    const auto of = [&](const char* name) {
      return point.contains(name) ? std::optional(point.at(name)) : std::nullopt;
    };
    cells.push_back(position(of("latitude_deg"), of("longitude_deg")));
  }
  bool is_voided = false;
  std::string reason = "~";
  if (const auto found = groups.find(records::existence_group); found != groups.end()) {
    const Operations heads = standing(found->second);
    is_voided = latest(heads).is_void();
    if (const auto value = value_in(latest(heads), history::existence_reason_field))
      reason = std::get<std::string>(*value);
    bool is_disputed = disagree(heads);
    for (const auto& [group, operations] : groups) {
      if (!is_voided || group == records::existence_group) continue;
      for (const auto* head : standing(operations)) {
        const bool was_seen = std::ranges::any_of(heads, [&](const auto* voiding) {
          return voiding->is_void() && std::ranges::find(voiding->bases, head->id) != voiding->bases.end();
        });
        is_disputed = is_disputed || !was_seen;
      }
    }
    if (is_disputed) disputed.emplace_back("is_voided");
  }
  std::int64_t updated_ms = 0;
  for (const auto& [group, operations] : groups) {
    for (const auto* head : standing(operations)) updated_ms = std::max(updated_ms, head->time.wall_ms);
  }
  cells.emplace_back(is_voided ? "1" : "0");
  cells.push_back(reason);
  cells.push_back(disputed.empty() ? "~" : join(disputed, ","));
  cells.push_back(replace_all(format_instant(updated_ms, 0), "+00:00", "Z"));
  return join(cells, "|");
}

using ByRecord = std::map<records::KindNumber, std::map<Uuid, std::map<records::GroupNumber, Operations>>>;

ByRecord sorted(const Operations& operations) {
  ByRecord all;
  for (const auto* operation : operations)
    all[operation->kind][operation->record][operation->group].push_back(operation);
  return all;
}

// The present value of a field of one of the county's records, as a number; nothing when it is empty.
std::optional<std::int64_t> number_in(const std::map<records::GroupNumber, Operations>& groups,
                                      records::FieldNumber group, records::FieldNumber field) {
  const auto found = groups.find(group);
  if (found == groups.end()) return std::nullopt;
  const auto value = value_in(latest(standing(found->second)), field);
  return value.has_value() ? std::optional(std::get<std::int64_t>(*value)) : std::nullopt;
}

struct Cover {
  history::WriterId writer;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// Devices (64) cover from field 7 on what was revoked; decisions (67) cover fields 3 to 4 while field 5 is 1.
std::vector<Cover> covers(const ByRecord& county) {
  std::vector<Cover> all;
  for (const records::KindNumber kind : {records::kinds::device, records::kinds::decision}) {
    if (!county.contains(kind)) continue;
    for (const auto& [record, groups] : county.at(kind)) {
      const auto* key = &latest(standing(groups.at(1)));
      Cover cover{{std::get<Uuid>(*value_in(*key, 1)), static_cast<std::uint32_t>(*number_in(groups, 1, 2))}, 0, 0};
      if (kind == records::kinds::device) {
        cover.first = number_in(groups, 7, 7).value_or(0);
        cover.last = std::int64_t{1} << 50;
      } else if (number_in(groups, 5, 5) == 1) {
        cover.first = *number_in(groups, 1, 3);
        cover.last = *number_in(groups, 1, 4);
      }
      if (cover.first > 0) all.push_back(cover);
    }
  }
  return all;
}

// What is not hidden and waits for nothing.
Operations visible(const std::vector<history::Operation>& operations, const Uuid& county) {
  Operations of_county;
  for (const auto& operation : operations) {
    if (operation.id.writer.device == county) of_county.push_back(&operation);
  }
  const std::vector<Cover> all = covers(sorted(of_county));
  const auto is_covered = [&](const history::OperationId& id) {
    return std::ranges::any_of(all, [&](const Cover& cover) {
      const auto sequence = static_cast<std::int64_t>(id.sequence);
      return cover.writer == id.writer && cover.first <= sequence && sequence <= cover.last;
    });
  };
  const auto is_hidden = [&](const history::Operation& operation) {
    const bool is_countys = operation.kind >= 64 && operation.kind != records::kinds::criteria_catalogue;
    return is_covered(operation.id) || (is_countys && operation.id.writer.device != county);
  };
  std::set<history::OperationId> known;
  for (bool has_moved = true; has_moved;) {
    has_moved = false;
    for (const auto& operation : operations) {
      if (known.contains(operation.id)) continue;
      const bool stands = is_hidden(operation) || std::ranges::all_of(operation.bases, [&](const auto& base) {
                            return is_covered(base) || known.contains(base);
                          });
      if (stands) has_moved = known.insert(operation.id).second;
    }
  }
  Operations shown;
  for (const auto& operation : operations) {
    if (known.contains(operation.id) && !is_hidden(operation)) shown.push_back(&operation);
  }
  return shown;
}

}  // namespace

std::string slow_dump(const std::vector<history::Operation>& operations, const Uuid& county) {
  ByRecord all = sorted(visible(operations, county));
  std::string dump;
  for (const records::KindDescription& kind : records::all_kinds()) {
    dump += "# " + kind.table_name() + "\n";
    for (const auto& [record, groups] : all[kind.number]) dump += row(kind, record, groups) + "\n";
  }
  return dump;
}

std::string first_difference(const std::string& one, const std::string& other) {
  const auto lines = split(one, '\n');
  const auto others = split(other, '\n');
  for (std::size_t i = 0; i < std::max(lines.size(), others.size()); ++i) {
    const std::string line(i < lines.size() ? lines[i] : "(end)");
    const std::string its(i < others.size() ? others[i] : "(end)");
    if (line != its) return line + "\n/ " + its;
  }
  return {};
}

}  // namespace kuangxun::tests
