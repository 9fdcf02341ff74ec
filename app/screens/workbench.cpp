#include "app/screens/workbench.h"

#include <algorithm>

#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::screens {
namespace {

// While a receiver runs, ages and counts move on where they are shown; elsewhere it is enough to notice when it is
// lost.
constexpr int receiver_refresh_ms = 500;
constexpr int receiver_watch_ms = 5'000;
// While something goes on beside, people see that it does.
constexpr int progress_refresh_ms = 1000;

}  // namespace

Workbench::Workbench(const World& world)
    : world_(world),
      receiver_(world.desk.clock, world.post),
      signer_(world.office),
      beside_(world.office, world.post, [this] { note_changes(); }) {
  world_.desk.signer = &signer_;
  refresh();
}

Workbench::~Workbench() {
  // What is being typed stays in its pending row even if this fails.
  (void)typing_.leave(world_.desk).ok();
  (void)receiver_.stop(world_.desk).ok();
  papers_.join();
  keys_.join();
  signer_.lock();
  world_.desk.signer = nullptr;
}

void Workbench::say_error(const Error& error) {
  message_ = {error.message(), blocks::Tone::bad};
}

void Workbench::refresh() {
  needs_refresh_ = false;
  refreshed_ms_ = world_.desk.clock.steady_ms();
  if (const Status status = make_views(); !status.ok()) say_error(status.error());
  typing_.forget_made();
  view_.message = message_;
  view_.dialog = make_dialog();
  view_.running = beside_.strip();
  view_.wake_after_ms.reset();
  if (!view_.running.empty()) view_.wake_after_ms = progress_refresh_ms;
  if (receiver_.is_running() && !receiver_.heard().ended) {
    const int watch_ms = pages_.is_live() ? receiver_refresh_ms : receiver_watch_ms;
    view_.wake_after_ms = std::min(view_.wake_after_ms.value_or(watch_ms), watch_ms);
  }
}

Status Workbench::make_views() {
  if (is_stale_) {
    KX_CHECK(read_known());
    // Without new rules those before go on; it is tried again at the next change.
    if (const Status read = read_rules(); !read.ok()) say_error(read.error());
    ++revision_;
    verdicts_.reset();
    is_stale_ = false;
  }
  make_head();
  make_page();
  return {};
}

Status Workbench::read_known() {
  history::RecordStore& store = world_.desk.store;
  KX_TRY(disputes, store.disputes());
  known_.disputed.clear();
  for (const history::Dispute& dispute : disputes) known_.disputed.insert(dispute.record);
  KX_TRY(counts, store.counts());
  known_.counts = counts;
  KX_TRY(hidden, inspect::hidden_changes(store));
  known_.hidden = std::move(hidden);
  KX_TRY(names, people::Names::read(store));
  known_.names = std::move(names);
  KX_TRY(people, world_.office.people().list(store));
  known_.here.people = std::move(people);
  KX_TRY(standing, world_.office.standing());
  known_.here.standing = std::move(standing);
  return {};
}

void Workbench::make_page() {
  pages_.close();
  view_.page_blocks = nullptr;
  const Uuid subject = open_page_ == "places" ? place_ : open_page_ == "visit" ? visit_ : Uuid{};
  const pages::PageDescription* page = pages::find_page(pages::Where::window, open_page_);
  if (page != nullptr) view_.page_blocks = &pages_.show(*page, subject, revision_);
}

Result<std::vector<criteria::Verdict>> Workbench::verdicts_on(const Uuid& site) {
  if (!verdicts_ || verdicts_->first != site) {
    const Day today = day_of(world_.desk.clock.now_ms(), world_.desk.offset_min);
    KX_TRY(catalogue, world_.rules.on(today));
    if (rules_ != catalogue) {
      rules_ = std::move(catalogue);
      checker_.emplace(*rules_);
    }
    KX_TRY(verdicts, checker_->check(world_.desk.store, {site, today}));
    verdicts_ = {site, std::move(verdicts)};
  }
  return verdicts_->second;
}

Status Workbench::read_rules() {
  if (are_rules_old_) KX_CHECK(world_.rules.read(world_.desk.store));
  are_rules_old_ = false;
  return {};
}

std::optional<int> Workbench::due_after_ms() const {
  std::optional<int> due = view_.wake_after_ms;
  for (const auto& at_ms : {typing_.due_ms(), receiver_.route().due_ms()}) {
    if (!at_ms) continue;
    const std::int64_t left = std::max<std::int64_t>(*at_ms - world_.desk.clock.steady_ms(), 1);
    due = due ? std::min<int>(*due, static_cast<int>(left)) : static_cast<int>(left);
  }
  return due;
}

bool Workbench::handle(const std::vector<blocks::Event>& events) {
  signer_.tick();
  for (const blocks::Event& event : events) take_event(event);
  const Result<bool> ticked = typing_.tick(world_.desk);
  if (!ticked.ok()) {
    say_error(ticked.error());
    needs_refresh_ = true;
  } else if (*ticked) {
    is_stale_ = needs_refresh_ = true;
  }
  if (const Status tracked = receiver_.route().tick(world_.desk); !tracked.ok()) {
    say_error(tracked.error());
    needs_refresh_ = true;
  }
  const bool has_moved = receiver_.take_moved();
  const bool is_late = view_.wake_after_ms &&
                       world_.desk.clock.steady_ms() - refreshed_ms_ >= static_cast<std::int64_t>(*view_.wake_after_ms);
  if (!needs_refresh_ && (has_moved || is_late)) {
    const std::optional<bool> renewed = renew();
    if (renewed) return *renewed;
    needs_refresh_ = true;
  }
  if (!needs_refresh_) return false;
  refresh();
  return true;
}

std::optional<bool> Workbench::renew() {
  if (receiver_.trouble() != trouble_) {
    // The head says it, and so does the page that shows the receiver.
    (void)pages_.renew();
    return std::nullopt;
  }
  refreshed_ms_ = world_.desk.clock.steady_ms();
  const bool was_running = !view_.running.empty();
  view_.running = beside_.strip();
  if (!pages_.is_live()) return was_running || !view_.running.empty();
  return pages_.renew() ? std::optional(true) : std::nullopt;
}

bool Workbench::may_close() {
  needs_refresh_ = true;
  if (is_checking_) return false;
  // What goes on beside ends where everything is whole; the window waits for that when it goes.
  Status status = typing_.leave(world_.desk);
  if (status.ok()) status = receiver_.route().keep(world_.desk);
  if (status.ok() || was_refused_to_close_) {
    beside_.stop_all();
    return true;
  }
  was_refused_to_close_ = true;
  message_ = {say_with("something could not be kept: {0}. Close again to give it up.", {status.error().message()}),
              blocks::Tone::bad};
  refresh();
  return false;
}

}  // namespace kuangxun::screens
