#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "app/inspect/edit/record_document.h"
#include "app/inspect/visit/actions.h"
#include "db/records/kinds.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory/memory_record_store.h"
#include "tests/support/seeded_random.h"
#include "tests/support/temporary_folder.h"

namespace kuangxun::tests {

namespace kinds = records::kinds;

// A laptop with a few registers and one officer, for telling situations: records by kind and fields as text.
class FieldDay {
 public:
  using Fields = std::initializer_list<std::pair<const char*, std::string>>;

  inspect::DocumentRecord record(records::KindNumber kind, const std::string& id, Fields fields) {
    inspect::DocumentRecord made{kind, id, {}, {}, {}, {}};
    for (const auto& [name, text] : fields) made.fields.push_back({name, text});
    return made;
  }
  // Enters one record; an empty string on success, else the message.
  std::string enter(records::KindNumber kind, Fields fields) {
    inspect::Document document{{record(kind, {}, fields)}, folder.path()};
    const auto recorded = inspect::record_document(desk, document);
    if (!recorded.ok()) return recorded.error().message();
    last = recorded->ids.front();
    return {};
  }
  Uuid entered(records::KindNumber kind, Fields fields) {
    const std::string message = enter(kind, fields);
    return message.empty() ? last : Uuid{};
  }
  // Runs an action; the message of its error, or an empty string.
  std::string act(std::string_view action, const Uuid& subject, Fields fields = {}, const std::string& reason = {}) {
    inspect::Request request{subject, {}, {}, {}, reason};
    for (const auto& [name, text] : fields) request.fields.push_back({name, text});
    const auto done = inspect::run_action(desk, action, request);
    if (!done.ok()) return done.error().message();
    last = *done;
    return {};
  }
  Uuid acted(std::string_view action, const Uuid& subject, Fields fields = {}) {
    return act(action, subject, fields).empty() ? last : Uuid{};
  }
  records::Record read(const Uuid& id) { return store.read(id)->record; }

  // An operation of another laptop on one field, seeing `seen`.
  void elsewhere(const Uuid& record, std::string_view field, records::Value value,
                 std::vector<history::OperationId> seen) {
    const auto& description = *read(record).kind().find_field(field);
    store.receive({{{fixed_uuid("another laptop"), 1}, ++elsewhere_},
                   {clock.now_ms() + 1, 0},
                   fixed_uuid("another officer"),
                   record,
                   read(record).kind().number,
                   description.group,
                   std::move(seen),
                   {{description.number, std::move(value)}},
                   {}});
  }

  // A visit of an example mine that ended, signed by two officers and the person present.
  Uuid signed_visit(const Uuid& place) {
    const Uuid visit = acted("visit.start", place, {{"visit_kind", "disclosure-check"}});
    for (const char* number : {"示例-001", "示例-002"}) {
      acted("party.add", visit, {{"role", "officer"}, {"name", "示例检查员"}, {"certificate_number", number}});
      act("party.sign", last);
    }
    acted("party.add", visit, {{"role", "person-present"}, {"name", "示例矿方人员"}});
    act("party.sign", last);
    clock.advance_ms(60'000);
    act("visit.end", visit);
    act("visit.sign", visit);
    clock.advance_ms(60'000);
    return visit;
  }

  ManualClock clock;
  SeededRandom random{7};
  TemporaryFolder folder;
  AttachmentFolder attachments{folder / "attachments"};
  MemoryRecordStore store{clock, fixed_uuid("this laptop")};
  inspect::Desk desk{store, attachments, clock, random, fixed_uuid("示例检查员甲")};
  Uuid last;

 private:
  std::uint64_t elsewhere_ = 0;
};

inline bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace kuangxun::tests
