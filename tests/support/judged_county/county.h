#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "app/criteria/check.h"
#include "db/language/language.h"
#include "db/registers/registers.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory/memory_record_store.h"
#include "tests/support/where.h"

// The county's real registers and the real catalogue, for tests that change a fact or two.
namespace kuangxun::tests {

inline std::filesystem::path assets() {
  return std::filesystem::path(source_folder()) / "assets";
}

inline const criteria::Catalogue& catalogue() {
  static const criteria::Catalogue loaded = [] {
    auto result = criteria::Catalogue::load(assets());
    REQUIRE_MESSAGE(result.ok(), result.error().message());
    return std::move(result).value();
  }();
  return loaded;
}

inline Day day(std::string_view text) {
  const auto parsed = parse_day(text);
  REQUIRE(parsed.ok());
  return *parsed;
}

struct FieldText {
  std::string_view field;
  std::string_view text;  // as a CSV or a script gives it
};

// 16 mining rights, 13 exploration rights and the rest, as the plan prints them.
class County {
 public:
  County() : store_(clock_, fixed_uuid("test device")) {
    set_language(Language::english);
    auto records = registers::load_registers(assets() / "registers");
    REQUIRE_MESSAGE(records.ok(), records.error().message());
    for (const auto& record : *records) {
      if (record.kind().name == "citation") continue;  // no facts in them
      REQUIRE(store_.commit(history::edits_for_new(record), Uuid{}).ok());
    }
  }
  ~County() { set_language(Language::chinese); }
  County(const County&) = delete;
  County& operator=(const County&) = delete;

  MemoryRecordStore& store() { return store_; }
  Uuid county() const { return registers::register_id("county", "654027"); }
  Uuid mine(std::string_view key) const { return registers::register_id("mining-right", key); }
  Uuid iron() const { return mine("3-02"); }

  // A person edits one field, having seen what stands there; the other fields of its group stay.
  void set(const Uuid& id, FieldText change) { edit(id, change, true); }
  // Somebody who had seen nothing of it edits it too.
  void set_unseen(const Uuid& id, FieldText change) { edit(id, change, false); }

  Uuid add(std::string_view kind, const std::vector<FieldText>& fields) {
    const auto* description = records::find_kind(kind);
    REQUIRE(description != nullptr);
    records::Record record(fixed_uuid("test " + std::to_string(++added_)), *description);
    for (const auto& one : fields) {
      auto value = parsed(*description, one);
      record.set_value(*description->find_field(one.field), std::move(value));
    }
    REQUIRE(store_.commit(history::edits_for_new(record), Uuid{}).ok());
    return record.id();
  }

  Uuid add_visit(const Uuid& place, std::string_view started_at) {
    return add("visit",
               {{"place", place.text()}, {"visit_kind", "concurrent-restoration"}, {"started_at", started_at}});
  }
  Uuid answer(const Uuid& visit, std::string_view checklist, std::string_view item, std::string_view answer) {
    return add("checklist-answer",
               {{"visit", visit.text()}, {"checklist", checklist}, {"item", item}, {"answer", answer}});
  }

  std::vector<criteria::Verdict> verdicts(std::string_view on = "2021-01-01") {
    const auto all = criteria::check(store_, catalogue(), {std::nullopt, day(on)});
    REQUIRE_MESSAGE(all.ok(), all.error().message());
    return *all;
  }
  criteria::Verdict verdict(const Uuid& site, std::string_view rule, std::string_view on = "2021-01-01") {
    const auto all = criteria::check(store_, catalogue(), {site, day(on)});
    REQUIRE_MESSAGE(all.ok(), all.error().message());
    for (const auto& verdict : *all) {
      if (verdict.rule == rule) return verdict;
    }
    FAIL("no verdict of that rule");
    return {};
  }

 private:
  static records::Value parsed(const records::KindDescription& kind, FieldText change) {
    const auto* field = kind.find_field(change.field);
    REQUIRE_MESSAGE(field != nullptr, change.field);
    const auto value = records::parse_value(*field, change.text);
    REQUIRE_MESSAGE(value.ok(), value.error().message());
    return *value;
  }
  void edit(const Uuid& id, FieldText change, bool has_seen) {
    const auto view = store_.read(id);
    REQUIRE(view.ok());
    records::Record record = view->record;
    auto value = parsed(record.kind(), change);
    record.set_value(*record.kind().find_field(change.field), std::move(value));
    const auto group = record.kind().find_field(change.field)->group;
    history::Edit edit{id, record.kind().number, group, {}, {}};
    if (has_seen) edit.seen = view->seen(group);
    for (const auto* field : record.kind().fields_of(group)) {
      if (records::has_value(record.value(*field))) edit.values.push_back({field->number, record.value(*field)});
    }
    REQUIRE(store_.commit({&edit, 1}, Uuid{}).ok());
  }

  ManualClock clock_;
  MemoryRecordStore store_;
  int added_ = 0;
};

inline std::string input(const criteria::Verdict& verdict, std::string_view name) {
  for (const auto& input : verdict.inputs) {
    if (input.name == name) return input.value;
  }
  return "(no such input)";
}
inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace kuangxun::tests

// doctest shows outcomes by their names.
namespace kuangxun::criteria {
inline std::ostream& operator<<(std::ostream& stream, Outcome outcome) {
  return stream << name_of(outcome);
}
}  // namespace kuangxun::criteria
