#include <algorithm>

#include "app/inspect/settle.h"
#include "app/screens/making.h"
#include "db/base/language.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

// More are at the county all the same; the window lists the newest.
constexpr std::size_t visits_listed_max = 100;

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

void add_laptop(const history::StoreCounts& counts, SyncView& view) {
  view.laptop = {
      {say_text("记录", "Records"), number(counts.records)},
      {say_text("操作", "Operations"), number(counts.operations)},
      {say_text("还没有送到县里的操作", "Operations not at the county yet"), number(counts.unsynced_operations),
       counts.oldest_unsynced_ms == 0 ? std::string()
                                      : say_with("最早的在 {0}", "the oldest is of {0}",
                                                 {format_minute(counts.oldest_unsynced_ms, beijing_offset_min)}),
       counts.unsynced_operations > 0 ? Tone::unsure : Tone::good},
      {say_text("未解决的争议", "Open disputes"),
       number(counts.disputes),
       {},
       counts.disputes > 0 ? Tone::bad : Tone::plain},
      {say_text("隔离（收到而不显示）", "Quarantined (kept, not shown)"),
       number(counts.quarantined),
       {},
       counts.quarantined > 0 ? Tone::bad : Tone::plain},
      {say_text("等待前序", "Waiting for earlier ones"), number(counts.parked)},
  };
}

void add_last(const SyncReport& report, SyncView& view) {
  view.last = {
      {say_text("送出", "Sent"), say_with("{0} 个操作，{1} 张照片", "{0} operations, {1} photos",
                                          {number(report.pushed), number(report.photos_sent)})},
      {say_text("取回", "Fetched"), say_with("{0} 个操作，{1} 张照片", "{0} operations, {1} photos",
                                             {number(report.pulled), number(report.photos_fetched)})},
      {say_text("争议", "Disputes"), number(report.disputes)},
      {say_text("县里隔离", "Quarantined"),
       number(report.quarantined),
       {},
       report.quarantined > 0 ? Tone::bad : Tone::plain},
  };
}

Status add_visits(const Making& making, SyncView& view) {
  KX_TRY(visits, making.store().list(kinds::visit));
  std::ranges::sort(visits, std::greater<>(), [](const records::Record& visit) { return visit.integer("started_at"); });
  if (visits.size() > visits_listed_max) visits.erase(visits.begin() + visits_listed_max, visits.end());
  for (const records::Record& visit : visits) {
    KX_TRY(state, making.store().sync_state(visit.id()));
    const auto place = making.store().read(visit.reference("place"));
    Row row;
    row.name = "sync.visit." + std::to_string(view.visits.size());
    row.title = place.ok() ? place->record.name() : visit.id().text();
    row.detail =
        minute_text(visit, "started_at") + " · " + visit.display("visit_kind") + " · " + visit.display("state");
    if (is_example(visit)) row.detail += say_text(" · 示例", " · example");
    row.badge = sync_badge(state);
    row.press = {Command::open_visit, visit.id(), {}};
    view.visits.push_back(std::move(row));
  }
  return {};
}

// The end of an id: its beginning is the time, which ids that were made together share.
std::string short_text(const Uuid& id) {
  return id.text().substr(28);
}

std::string who_text(const history::Head& head) {
  const std::string person = head.person.is_nil() ? say_text("未登记人员", "nobody named")
                                                  : say_with("人员 {0}", "person {0}", {short_text(head.person)});
  return say_with("{0}，电脑 {1}，{2}", "{0}, laptop {1}, {2}",
                  {person, short_text(head.id.writer.device), format_minute(head.time.wall_ms, beijing_offset_min)});
}

DisputeSide side_of(const history::Dispute& dispute, const history::Head& head, std::string name) {
  const records::KindDescription& kind = records::kind_of(dispute.kind);
  DisputeSide side{who_text(head), {}, {}};
  for (const records::FieldDescription* field : kind.fields_of(dispute.group)) {
    records::Value value;
    for (const records::FieldValue& given : head.values) {
      if (given.field == field->number) value = given.value;
    }
    const std::string shown = records::display_value(*field, value);
    side.values.push_back({std::string(field->label()), shown.empty() ? say_text("（空）", "(empty)") : shown});
  }
  side.take = {std::move(name),
               say_text("采用这个", "Take this"),
               {Command::settle, dispute.record, inspect::dispute_id(dispute) + " " + head.id.text()},
               Tone::accent};
  return side;
}

DisputeSide existence_side(const history::Dispute& dispute, const history::Head& head, bool is_edit, std::string name) {
  DisputeSide side{who_text(head), {}, {}};
  if (is_edit) {
    side.values.push_back({say_text("修改", "Edit"),
                           say_text("在不知道作废的情况下修改了它", "changed it without knowing that it was voided")});
  } else {
    std::string reason;
    for (const records::FieldValue& value : head.values) {
      if (value.field == history::existence_reason_field && std::holds_alternative<std::string>(value.value)) {
        reason = std::get<std::string>(value.value);
      }
    }
    side.values.push_back({say_text("作废", "Void"), reason});
  }
  side.take = {std::move(name),
               is_edit ? say_text("保留记录", "Keep the record") : say_text("保持作废", "Keep it voided"),
               {Command::settle, dispute.record, inspect::dispute_id(dispute) + " " + head.id.text()},
               Tone::accent};
  return side;
}

}  // namespace

Result<SyncView> make_sync(const Making& making, const std::optional<SyncReport>& last) {
  SyncView view;
  KX_TRY(county, making.world.link.county());
  KX_TRY(counts, making.store().counts());
  view.is_enrolled = county.is_enrolled;
  if (county.is_enrolled) {
    view.county = {
        {say_text("县库", "County database"), county.url},
        {say_text("本机在县里的名称", "This laptop there"), county.device_name},
        {say_text("县里已存本机操作至", "Stored there of this laptop, through"), number(county.stored_through)},
        {say_text("已入县库表至", "In the county's tables, through"), number(county.applied_through)},
    };
  } else {
    view.county = {{say_text("县库", "County database"), say_text("本机还没有登记", "this laptop is not enrolled yet"),
                    say_text("向县里要一个登记码，填在下面", "ask the county for an enrolment code and enter it below"),
                    Tone::unsure}};
  }
  view.url = slot_text(making, Slot::county_url, "sync.url", say_text("县库地址", "Address of the county"),
                       "http://127.0.0.1:8080");
  view.code = slot_text(making, Slot::county_code, "sync.code", say_text("登记码", "Enrolment code"));
  const bool can_enrol = !view.url.text.empty() && !view.code.text.empty();
  view.enrol = {
      "sync.enrol", say_text("登记本机", "Enrol this laptop"), {Command::enrol, {}, {}}, Tone::accent, can_enrol};
  if (!can_enrol) view.enrol.hint = say_text("先填县库地址和登记码", "give the address and the code first");
  view.sync = {"sync.start", say_text("同步", "Sync"), {Command::sync, {}, {}}, Tone::accent, county.is_enrolled};
  if (!county.is_enrolled) view.sync.hint = say_text("先登记本机", "enrol this laptop first");
  add_laptop(counts, view);
  if (last) add_last(*last, view);
  KX_CHECK(add_visits(making, view));
  return view;
}

Result<DisputesView> make_disputes(const Making& making) {
  KX_TRY(disputes, making.store().disputes());
  DisputesView view;
  view.summary = disputes.empty() ? say_text("没有争议。", "No disputes.")
                                  : say_text("两个人在互不知情时改了同一处。两个值都保留，选定一个即解决。",
                                             "Two people changed the same thing without knowing of each other. Both "
                                             "values are kept; taking one settles it.");
  for (const history::Dispute& dispute : disputes) {
    const auto record = making.store().read(dispute.record);
    const records::KindDescription& kind = records::kind_of(dispute.kind);
    DisputeView shown{(record.ok() ? record->record.name() : dispute.record.text()) + " · " + std::string(kind.label()),
                      {}};
    const std::string prefix = "dispute." + std::to_string(view.disputes.size()) + ".take.";
    const auto next_name = [&] { return prefix + std::to_string(shown.sides.size()); };
    const bool is_existence = dispute.group == records::existence_group;
    for (const history::Head& head : dispute.heads) {
      shown.sides.push_back(is_existence ? existence_side(dispute, head, false, next_name())
                                         : side_of(dispute, head, next_name()));
    }
    for (const history::Head& head : dispute.unseen_edits) {
      shown.sides.push_back(existence_side(dispute, head, true, next_name()));
    }
    view.disputes.push_back(std::move(shown));
  }
  return view;
}

}  // namespace kuangxun::screens
