#include "app/inspect/edit/standing.h"
#include "app/office/office.h"
#include "app/office/told.h"
#include "app/pages/fields.h"
#include "app/pages/tabs.h"
#include "db/language/language.h"

// Where the laptop stands with its county, and the exchange with it, by network and by stick. What a sync had to tell
// stands above everything until the next one, because a person who comes back to the laptop must find it.
namespace kuangxun::pages {
namespace {

using blocks::Tone;

// More are hidden all the same; the page lists the first.
constexpr std::size_t hidden_listed_max = 100;

std::string title(Context&, const Uuid&) {
  return say_text("Sync");
}

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::string since_text(std::int64_t ms, std::int64_t now_ms) {
  if (ms == 0) return {};
  return say_with("the oldest is of {0} ({1})",
                  {format_minute(ms, beijing_offset_min), inspect::age_text(now_ms - ms)});
}

// Only said when there is something.
void add_some(blocks::Blocks& page, std::string label, std::uint64_t value) {
  if (value > 0) page += blocks::Fact{std::move(label), number(value), {}, Tone::bad};
}

class SyncPage final : public Page {
 public:
  explicit SyncPage(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    blocks::Blocks page;
    add_news(page);
    page += blocks::Heading{say_text("At the county")};
    add_county(page);
    add_exchange(page);
    add_bundle(page);
    add_last(page);
    add_hidden(page);
    add_laptop(page);
    for (const PageDescription& part : registered_pages()) {
      if (part.where == Where::exchange) page += show_tab(context_, {&part, {}});
    }
    return page;
  }

 private:
  const office::Standing& standing() { return context_.here().standing; }

  // The problem first: of all that is said it is what somebody must do something about.
  void add_news(blocks::Blocks& page) {
    if (!last_) return;
    const office::Told told = office::tell(*last_);
    if (told.problem) page += blocks::Notice{told.problem->message()};
    for (const std::string& sentence : told.sentences) page += blocks::Notice{sentence};
  }

  void add_county(blocks::Blocks& page) {
    if (!standing().is_enrolled()) {
      page += blocks::Fact{say_text("County database"), say_text("this laptop is not enrolled yet"),
                           say_text("ask the county for an enrolment code and enter it below"), Tone::unsure};
      return;
    }
    page += blocks::Fact{say_text("County database"), standing().county.url};
    page +=
        blocks::Fact{say_text("This laptop there"), standing().device_name, people::role_label(standing().device_role)};
    page += blocks::Fact{say_text("Stored there of this laptop, through"), number(standing().stored_through)};
    page += blocks::Fact{say_text("In the county's tables, through"), number(standing().applied_through)};
    if (standing().county.certificate_until_ms != 0) {
      page += blocks::Fact{say_text("This laptop's certificate, until"),
                           format_minute(standing().county.certificate_until_ms, beijing_offset_min)};
    }
    if (standing().county.time_ms == 0) return;
    blocks::Fact time{say_text("Newest time of the county"),
                      format_minute(standing().county.time_ms, beijing_offset_min)};
    if (standing().clock_ahead_ms) time.note = inspect::clock_difference_text(*standing().clock_ahead_ms);
    page += std::move(time);
  }

  void add_exchange(blocks::Blocks& page) {
    blocks::Line buttons;
    if (!standing().is_enrolled()) {
      blocks::Entry url = own_entry(url_, "sync.url", say_text("Address of the county"), "https://192.168.1.10:8765");
      url.is_wide = false;
      page += std::move(url);
      blocks::Entry code = own_entry(code_, "sync.code", say_text("Enrolment code"));
      code.is_wide = false;
      page += std::move(code);
      blocks::Button enrol{"sync.enrol", say_text("Enrol this laptop"), [this] { return enrol_laptop(); }, Tone::accent,
                           !url_.empty() && !code_.empty()};
      if (!enrol.enabled) enrol.hint = say_text("give the address and the code first");
      buttons.blocks += std::move(enrol);
    }
    blocks::Button sync{"sync.start", say_text("Sync"), [this] { return this->sync(); }, Tone::accent,
                        standing().is_enrolled()};
    if (!sync.enabled) sync.hint = say_text("enrol this laptop first");
    buttons.blocks += std::move(sync);
    page += std::move(buttons);
  }

  void add_bundle(blocks::Blocks& page) {
    blocks::Entry file = own_entry(bundle_, "bundle.path", say_text("File on a stick (where there is no network)"),
                                   "/media/usb/kuangxun.kxbundle");
    file.is_wide = false;
    page += std::move(file);
    const bool can_move = standing().is_enrolled() && !bundle_.empty();
    const std::string hint = can_move ? std::string() : say_text("enrol this laptop, then give the file");
    blocks::Line buttons;
    buttons.blocks += blocks::Button{
        "bundle.write", say_text("Write to the stick"), [this] { return write_bundle(); }, Tone::plain, can_move, hint};
    buttons.blocks += blocks::Button{
        "bundle.read", say_text("Read the county's answers"), [this] { return read_bundle(); }, Tone::plain, can_move,
        hint};
    page += std::move(buttons);
  }

  void add_last(blocks::Blocks& page) {
    if (!last_) return;
    blocks::Section section{say_text("This sync"), {}};
    for (const office::Item& item : office::tell(*last_).items) {
      if (item.text.empty()) continue;
      section.blocks += blocks::Fact{item.label, item.text, {}, item.is_bad ? Tone::bad : Tone::plain};
    }
    if (!section.blocks.empty()) page += std::move(section);
  }

  void add_hidden(blocks::Blocks& page) {
    blocks::Section section{say_text("Hidden by the county"), {}};
    for (const auto& [record, changes] : context_.hidden()) {
      const auto shown = context_.desk().store.read(record);
      for (const inspect::HiddenChange& change : changes) {
        if (section.blocks.size() == hidden_listed_max) break;
        const history::Operation& operation = change.operation;
        const records::KindDescription* kind = records::find_kind(operation.kind);
        std::string label = kind == nullptr ? std::string() : std::string(kind->label());
        if (shown.ok() && !shown->record.name().empty()) label += " · " + shown->record.name();
        section.blocks += blocks::Fact{
            std::move(label), inspect::hidden_text(change),
            context_.names().who_text(operation.person, operation.id.writer, operation.time.wall_ms), Tone::bad};
      }
    }
    if (!section.blocks.empty()) page += std::move(section);
  }

  void add_laptop(blocks::Blocks& page) {
    const history::StoreCounts& counts = context_.counts();
    const std::int64_t now_ms = context_.desk().clock.now_ms();
    blocks::Section section{say_text("On this laptop"), {}};
    blocks::Blocks& facts = section.blocks;
    facts += blocks::Fact{say_text("Records"), number(counts.records)};
    facts += blocks::Fact{say_text("Operations"), number(counts.operations)};
    facts += blocks::Fact{say_text("Operations not at the county yet"), number(counts.unsynced_operations),
                          since_text(counts.oldest_unsynced_ms, now_ms),
                          counts.unsynced_operations > 0 ? Tone::unsure : Tone::good};
    facts += blocks::Fact{
        say_text("Open disputes"), number(counts.disputes), {}, counts.disputes > 0 ? Tone::bad : Tone::plain};
    facts += blocks::Fact{say_text("Quarantined (kept, not shown)"), number(counts.quarantined),
                          since_text(counts.oldest_quarantined_ms, now_ms),
                          counts.quarantined > 0 ? Tone::bad : Tone::plain};
    facts += blocks::Fact{say_text("Waiting for earlier ones"), number(counts.parked)};
    add_some(facts, say_text("Own operations that the county hides"), counts.hidden_own);
    add_some(facts, say_text("Forks kept as proof"), counts.forks);
    add_some(facts, say_text("Contradictions of the county"), counts.contradictions);
    add_some(facts, say_text("Operations that lost a signature"), counts.lost_signatures);
    add_some(facts, say_text("Only a newer program can read"), counts.unreadable);
    if (counts.free_disk_bytes > 0) {
      facts +=
          blocks::Fact{say_text("Free on the disk"), say_with("{0} MB", {number(counts.free_disk_bytes / 1'000'000)})};
    }
    if (!standing().log_folder.empty()) facts += blocks::Fact{say_text("Logs"), standing().log_folder.string()};
    page += std::move(section);
  }

  Status sync() {
    exchange_records(
        say_text("Exchanging with the county…"),
        [](office::Office& office, const Running& running) { return office.sync({}, running); }, say_text("synced"));
    return {};
  }

  Status read_bundle() {
    exchange_records(
        say_text("Reading…"),
        [path = path_of(bundle_)](office::Office& office, const Running& running) {
          return office.read_bundle(path, running);
        },
        say_text("the county's answers are read"));
    return {};
  }

  // What ends with a report; `words` when nothing went wrong.
  void exchange_records(std::string words_meanwhile,
                        std::function<Result<office::Report>(office::Office&, const Running&)> job, std::string words) {
    const auto report = std::make_shared<office::Report>();
    context_.exchange(
        std::move(words_meanwhile),
        [report, job = std::move(job)](office::Office& office, const Running& running) -> Status {
          KX_TRY(done, job(office, running));
          *report = std::move(done);
          return {};
        },
        [this, report, words = std::move(words)](const Status& status) {
          if (!status.ok()) return say_error(status.error());
          last_ = *report;
          context_.say({words, Tone::good});
          if (const auto problem = office::tell(*report).problem) say_error(*problem);
        });
  }

  Status write_bundle() {
    const auto written = std::make_shared<office::WrittenBundle>();
    context_.exchange(
        say_text("Writing to the stick…"),
        [written, path = path_of(bundle_)](office::Office& office, const Running& running) -> Status {
          KX_TRY(made, office.write_bundle(path, running));
          *written = std::move(made);
          return {};
        },
        [this, written, path = path_of(bundle_)](const Status& status) {
          if (!status.ok()) return say_error(status.error());
          say_told(office::tell(*written, path));
        });
    return {};
  }

  Status enrol_laptop() {
    const auto enrolled = std::make_shared<office::Enrolled>();
    context_.exchange(
        say_text("Exchanging with the county…"),
        [enrolled, url = url_, code = code_](office::Office& office, const Running& running) -> Status {
          KX_TRY(joined, office.enrol(url, code, running));
          *enrolled = std::move(joined);
          return {};
        },
        [this, enrolled](const Status& status) {
          if (!status.ok()) return say_error(status.error());
          say_told(office::tell(*enrolled));
        });
    return {};
  }

  void say_error(const Error& error) { context_.say({error.message(), Tone::bad}); }
  void say_told(const office::Told& told) {
    std::string text;
    for (const std::string& sentence : told.sentences) text += (text.empty() ? "" : " ") + sentence;
    if (told.problem) text += " " + told.problem->message();
    context_.say({std::move(text), told.problem ? Tone::bad : Tone::good});
  }

  Context& context_;
  std::string url_;
  std::string code_;
  std::string bundle_;
  std::optional<office::Report> last_;
};

const Registered sync_page{{"sync", Where::window, 100, title, make<SyncPage>}};

}  // namespace
}  // namespace kuangxun::pages
