#include "tests/simulation/people.h"

#include <algorithm>

#include "db/records/kinds.h"

namespace kuangxun::simulation {
namespace {

namespace kinds = records::kinds;

// Some value that fits the field, short, from a small world: equal ones must meet.
records::Value small_value(const records::FieldDescription& field, tests::SeededRandom& random,
                           const std::string& words) {
  switch (field.type) {
    case records::FieldType::text:
    case records::FieldType::long_text:
      return words;
    case records::FieldType::boolean:
      return static_cast<std::int64_t>(random.below(2));
    case records::FieldType::enumeration:
      return field.enumeration->options[random.below(field.enumeration->options.size())].number;
    case records::FieldType::reference:
      return fixed_uuid("place " + std::to_string(random.below(3)));
    case records::FieldType::hash:
    case records::FieldType::geometry:
    case records::FieldType::track_points:
      return {};
    case records::FieldType::integer:
    case records::FieldType::decimal:
    case records::FieldType::day:
    case records::FieldType::instant:
      break;
  }
  return static_cast<std::int64_t>(random.below(5));
}

}  // namespace

People::People(const Parts& parts) : parts_(parts) {
  const records::KindNumber of_places[] = {kinds::legacy_site, kinds::unlicensed_place, kinds::closed_mine};
  for (int i = 0; i < parts.plan.hot_places; ++i) {
    places_.emplace_back(fixed_uuid("hot place " + std::to_string(i)), &records::kind_of(of_places[i % 3]));
  }
}

// Half of what is written is the same everywhere, so that equal values meet.
std::string People::words(LaptopMachine& laptop) {
  tests::SeededRandom& random = laptop.people();
  if (random.chance_percent(30)) return "示例 " + std::to_string(random.below(2));
  return "示例 " + std::to_string(laptop.number()) + "-" + std::to_string(random.below(1'000'000));
}

history::Edit People::new_edit(LaptopMachine& laptop, const Uuid& record, const records::KindDescription& kind,
                               records::GroupNumber group) {
  history::Edit edit{record, kind.number, group, {}, {}};
  const std::string text = words(laptop);
  for (const records::FieldDescription* field : kind.fields_of(group)) {
    records::Value value = small_value(*field, laptop.people(), text);
    if (records::has_value(value)) edit.values.push_back({field->number, std::move(value)});
  }
  const auto view = laptop.program().records().read(record);
  if (view.ok()) edit.seen = view->seen(group);
  return edit;
}

void People::commit(LaptopMachine& laptop, std::vector<history::Edit> edits) {
  const Plan& plan = parts_.plan;
  tests::SeededRandom& random = laptop.people();
  if (!laptop.strike().may_strike()) {
    if (random.chance_percent(plan.laptop_kill_percent / 2)) {
      laptop.strike().kill_after(1 + random.below(8));
    } else if (random.chance_percent(plan.laptop_full_percent)) {
      laptop.strike().fill_after(1 + random.below(8));
    }
  }
  laptop.attempted.insert(laptop.attempted.end(), edits.begin(), edits.end());
  const Uuid person = laptop.persons()[random.below(laptop.persons().size())];
  const bool lives = laptop.run([&] {
    const Status kept = laptop.program().records().commit(edits, person);
    static_cast<void>(kept);  // a full disk: the person sees that nothing was kept
  });
  if (lives) observe(laptop);
}

void People::observe(LaptopMachine& laptop) {
  if (!laptop.is_running()) return;
  const history::WriterId own = laptop.program().frames().own_writer();
  if (own != laptop.observed) {
    // Another epoch: what was written anew in it says what was said before, and counts once.
    laptop.observed = own;
    laptop.observed_through = 0;
  }
  for (const history::Operation& operation : laptop.program().own_after(laptop.observed_through, laptop.attempted)) {
    parts_.oracle.committed(laptop.name(), operation);
    laptop.observed_through = operation.id.sequence;
    laptop.tell([&] {
      std::string text = "keeps " + operation.id.text() + " kind " + std::to_string(operation.kind) + " record " +
                         operation.record.text() + " group " + std::to_string(operation.group) + " on";
      for (const history::OperationId& base : operation.bases) text += " " + base.text();
      return text;
    });
  }
  const auto pending = laptop.program().records().pending();
  laptop.attempted.clear();
  if (!pending.ok()) return;
  for (const history::PendingEdit& one : *pending) laptop.attempted.push_back(one.edit);
}

void People::edit_place(LaptopMachine& laptop) {
  tests::SeededRandom& random = laptop.people();
  const auto& [record, kind] = places_[random.below(places_.size())];
  const records::GroupNumber group = kind->groups[random.below(std::min<std::size_t>(kind->groups.size(), 4))];
  history::Edit edit = new_edit(laptop, record, *kind, group);
  if (edit.values.empty()) return;
  commit(laptop, {std::move(edit)});
}

void People::record_visit(LaptopMachine& laptop) {
  tests::SeededRandom& random = laptop.people();
  const records::KindNumber of_work[] = {kinds::visit, kinds::finding, kinds::gps_point, kinds::checklist_answer};
  const records::KindDescription& kind = records::kind_of(of_work[random.below(4)]);
  auto& own = own_[laptop.number()];
  std::vector<history::Edit> edits;
  if (!own.empty() && random.chance_percent(40)) {
    const auto& [record, its_kind] = own[random.below(own.size())];
    edits.push_back(new_edit(laptop, record, *its_kind, its_kind->groups[random.below(its_kind->groups.size())]));
  } else {
    own.emplace_back(make_uuid(laptop.clock(), random), &kind);
    const std::size_t groups = 1 + random.below(std::min<std::size_t>(kind.groups.size(), 4));
    for (std::size_t i = 0; i < groups; ++i) {
      edits.push_back(new_edit(laptop, own.back().first, kind, kind.groups[i]));
    }
  }
  std::erase_if(edits, [](const history::Edit& edit) { return edit.values.empty(); });
  if (!edits.empty()) commit(laptop, std::move(edits));
}

void People::void_something(LaptopMachine& laptop) {
  tests::SeededRandom& random = laptop.people();
  const auto& own = own_[laptop.number()];
  const bool takes_place = own.empty() || random.chance_percent(60);
  const auto& [record, kind] = takes_place ? places_[random.below(places_.size())] : own[random.below(own.size())];
  const auto view = laptop.program().records().read(record);
  if (!view.ok()) return;
  const bool voids = !view->record.is_voided() || random.chance_percent(20);
  commit(laptop, {{record, kind->number, records::existence_group,
                   history::existence_values(voids, voids ? words(laptop) : ""), view->seen_all()}});
}

void People::settle(LaptopMachine& laptop) {
  tests::SeededRandom& random = laptop.people();
  const auto open = laptop.program().records().disputes();
  if (!open.ok() || open->empty()) return edit_place(laptop);
  const history::Dispute& dispute = (*open)[random.below(open->size())];
  history::Edit edit{dispute.record, dispute.kind, dispute.group, {}, history::ids_of(dispute.heads)};
  if (dispute.group == records::existence_group) {
    const auto view = laptop.program().records().read(dispute.record);
    if (!view.ok()) return;
    edit.seen = view->seen_all();
    edit.values = history::existence_values(random.chance_percent(50), words(laptop));
    parts_.tally.count(Fault::void_against_edit);
  } else {
    edit.values = dispute.heads[random.below(dispute.heads.size())].values;
    parts_.tally.count(Fault::edit_concurrent);
  }
  parts_.tally.count(Fault::dispute_settled);
  commit(laptop, {std::move(edit)});
}

void People::type_something(LaptopMachine& laptop) {
  tests::SeededRandom& random = laptop.people();
  const auto& [record, kind] = places_[random.below(places_.size())];
  history::Edit edit = new_edit(laptop, record, *kind, kind->groups[random.below(3)]);
  if (edit.values.empty()) return;
  laptop.attempted.push_back(edit);
  laptop.run([&] {
    const Status kept =
        laptop.program().records().keep_pending({edit, laptop.persons().front(), laptop.clock().now_ms()});
    static_cast<void>(kept);
  });
}

void People::act(LaptopMachine& laptop) {
  if (!laptop.start()) return;
  observe(laptop);
  const std::uint64_t what = laptop.people().below(100);
  if (what < 45) return edit_place(laptop);
  if (what < 78) return record_visit(laptop);
  if (what < 86) return void_something(laptop);
  if (what < 94) return settle(laptop);
  return type_something(laptop);
}

}  // namespace kuangxun::simulation
