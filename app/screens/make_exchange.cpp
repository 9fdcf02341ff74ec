#include <algorithm>

#include "app/inspect/standing.h"
#include "app/screens/making.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

namespace kinds = records::kinds;

// More are at the county all the same; the window lists the newest.
constexpr std::size_t visits_listed_max = 100;
constexpr std::size_t hidden_listed_max = 100;

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::string since_text(std::int64_t ms, std::int64_t now_ms) {
  if (ms == 0) return {};
  return say_with("the oldest is of {0} ({1})",
                  {format_minute(ms, beijing_offset_min), inspect::age_text(now_ms - ms)});
}

// Only said when there is something.
void add_some(SyncView& view, std::string label, std::uint64_t value) {
  if (value > 0) view.laptop.push_back({std::move(label), number(value), {}, Tone::bad});
}

void add_laptop(const Making& making, SyncView& view) {
  const history::StoreCounts& counts = making.known.counts;
  const std::int64_t now_ms = making.world.desk.clock.now_ms();
  view.laptop = {
      {say_text("Records"), number(counts.records)},
      {say_text("Operations"), number(counts.operations)},
      {say_text("Operations not at the county yet"), number(counts.unsynced_operations),
       since_text(counts.oldest_unsynced_ms, now_ms), counts.unsynced_operations > 0 ? Tone::unsure : Tone::good},
      {say_text("Open disputes"), number(counts.disputes), {}, counts.disputes > 0 ? Tone::bad : Tone::plain},
      {say_text("Quarantined (kept, not shown)"), number(counts.quarantined),
       since_text(counts.oldest_quarantined_ms, now_ms), counts.quarantined > 0 ? Tone::bad : Tone::plain},
      {say_text("Waiting for earlier ones"), number(counts.parked)},
  };
  add_some(view, say_text("Own operations that the county hides"), counts.hidden_own);
  add_some(view, say_text("Forks kept as proof"), counts.forks);
  add_some(view, say_text("Contradictions of the county"), counts.contradictions);
  add_some(view, say_text("Operations that lost a signature"), counts.lost_signatures);
  add_some(view, say_text("Only a newer program can read"), counts.unreadable);
  if (counts.free_disk_bytes > 0) {
    view.laptop.push_back(
        {say_text("Free on the disk"), say_with("{0} MB", {number(counts.free_disk_bytes / 1'000'000)})});
  }
  if (!making.known.standing.log_folder.empty()) {
    view.laptop.push_back({say_text("Logs"), making.known.standing.log_folder.string()});
  }
}

// The problem first: of all that is said it is what somebody must do something about.
void add_last(const office::Report& report, SyncView& view) {
  const office::Told told = office::tell(report);
  if (told.problem) view.notes.push_back(told.problem->message());
  view.notes.insert(view.notes.end(), told.sentences.begin(), told.sentences.end());
  for (const office::Item& item : told.items) {
    if (item.text.empty()) continue;
    view.last.push_back({item.label, item.text, {}, item.is_bad ? Tone::bad : Tone::plain});
  }
}

void add_hidden(const Making& making, SyncView& view) {
  for (const auto& [record, changes] : making.known.hidden) {
    const auto shown = making.store().read(record);
    for (const inspect::HiddenChange& change : changes) {
      if (view.hidden.size() == hidden_listed_max) return;
      const history::Operation& operation = change.operation;
      const records::KindDescription* kind = records::find_kind(operation.kind);
      std::string label = kind == nullptr ? std::string() : std::string(kind->label());
      if (shown.ok() && !shown->record.name().empty()) label += " · " + shown->record.name();
      view.hidden.push_back({std::move(label), inspect::hidden_text(change),
                             making.known.names.who_text(operation.person, operation.id.writer, operation.time.wall_ms),
                             Tone::bad});
    }
  }
}

Status add_visits(const Making& making, SyncView& view) {
  KX_TRY(visits, making.store().list(kinds::visit));
  std::ranges::sort(visits, std::greater<>(),
                    [](const records::Record& visit) { return visit.integer(records::visit::started_at); });
  if (visits.size() > visits_listed_max) visits.erase(visits.begin() + visits_listed_max, visits.end());
  for (const records::Record& visit : visits) {
    KX_TRY(state, making.store().sync_state(visit.id()));
    const auto place = making.store().read(visit.reference(records::visit::place));
    Row row;
    row.name = "sync.visit." + std::to_string(view.visits.size());
    row.title = place.ok() ? place->record.name() : visit.id().text();
    row.detail = minute_text(visit, records::visit::started_at) + " · " + visit.display(records::visit::visit_kind) +
                 " · " + visit.display(records::visit::state);
    if (is_example(visit)) row.detail += say_text(" · example");
    row.badge = sync_badge(state);
    row.press = {Command::open_visit, visit.id(), {}};
    view.visits.push_back(std::move(row));
  }
  return {};
}

void add_county(const Making& making, SyncView& view) {
  const office::Standing& standing = making.known.standing;
  view.is_enrolled = standing.is_enrolled();
  if (!standing.is_enrolled()) {
    view.county = {{say_text("County database"), say_text("this laptop is not enrolled yet"),
                    say_text("ask the county for an enrolment code and enter it below"), Tone::unsure}};
    return;
  }
  view.county = {
      {say_text("County database"), standing.county.url},
      {say_text("This laptop there"), standing.device_name, people::role_label(standing.device_role)},
      {say_text("Stored there of this laptop, through"), number(standing.stored_through)},
      {say_text("In the county's tables, through"), number(standing.applied_through)},
  };
  if (standing.county.certificate_until_ms != 0) {
    view.county.push_back({say_text("This laptop's certificate, until"),
                           format_minute(standing.county.certificate_until_ms, beijing_offset_min)});
  }
  if (standing.county.time_ms == 0) return;
  Fact time{say_text("Newest time of the county"), format_minute(standing.county.time_ms, beijing_offset_min)};
  if (standing.clock_ahead_ms) time.note = inspect::clock_difference_text(*standing.clock_ahead_ms);
  view.county.push_back(std::move(time));
}

void add_bundle(const Making& making, SyncView& view) {
  view.bundle_path = slot_text(making, Slot::bundle_path, "bundle.path",
                               say_text("File on a stick (where there is no network)"), "/media/usb/kuangxun.kxbundle");
  const bool can_move = making.known.standing.is_enrolled() && !view.bundle_path.text.empty();
  const std::string hint = can_move ? std::string() : say_text("enrol this laptop, then give the file");
  view.write_bundle = {
      "bundle.write", say_text("Write to the stick"), {Command::write_bundle, {}, {}}, Tone::plain, can_move, hint};
  view.read_bundle = {
      "bundle.read", say_text("Read the county's answers"), {Command::read_bundle, {}, {}}, Tone::plain, can_move,
      hint};
}

}  // namespace

Result<SyncView> make_sync(const Making& making, const std::optional<office::Report>& last) {
  SyncView view;
  const office::Standing& standing = making.known.standing;
  add_county(making, view);
  view.url =
      slot_text(making, Slot::county_url, "sync.url", say_text("Address of the county"), "https://192.168.1.10:8765");
  view.code = slot_text(making, Slot::county_code, "sync.code", say_text("Enrolment code"));
  const bool can_enrol = !view.url.text.empty() && !view.code.text.empty();
  view.enrol = {"sync.enrol", say_text("Enrol this laptop"), {Command::enrol, {}, {}}, Tone::accent, can_enrol};
  if (!can_enrol) view.enrol.hint = say_text("give the address and the code first");
  view.sync = {"sync.start", say_text("Sync"), {Command::sync, {}, {}}, Tone::accent, standing.is_enrolled()};
  if (!standing.is_enrolled()) view.sync.hint = say_text("enrol this laptop first");
  add_bundle(making, view);
  add_laptop(making, view);
  if (last) add_last(*last, view);
  add_hidden(making, view);
  add_people_of_laptop(making, view);
  KX_CHECK(add_visits(making, view));
  return view;
}

}  // namespace kuangxun::screens
