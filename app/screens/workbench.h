#pragma once

#include <set>

#include "app/criteria/check.h"
#include "app/inspect/visit/actions.h"
#include "app/office/told.h"
#include "app/pages/page_host.h"
#include "app/receiver/receiver.h"
#include "app/screens/beside.h"
#include "app/screens/ports.h"
#include "app/screens/views.h"
#include "app/screens/window_signer.h"

namespace kuangxun::screens {

// Everything the window is about, without the window: keeps what is open, makes the views, does what was asked. Window
// thread only; its workers speak through World::post and have an office of their own, so that people go on entering
// while a sync or an import runs.
class Workbench : public pages::Context {
 public:
  explicit Workbench(const World& world);
  ~Workbench() override;
  Workbench(const Workbench&) = delete;
  Workbench& operator=(const Workbench&) = delete;

  const View& view() const { return view_; }
  // Does what was asked and what is due; true when the view changed.
  bool handle(const std::vector<blocks::Event>& events);
  // How long until something is due even though nobody does anything.
  std::optional<int> due_after_ms() const;
  // Finishes what is being typed. False: something speaks against closing, and the view says what.
  bool may_close();

  // Something goes on beside, or a PIN is being checked.
  bool is_busy() const { return is_checking_ || beside_.is_running(); }
  // Records came or were changed by somebody else on this laptop.
  void note_changes() { is_stale_ = needs_refresh_ = true; }
  void open_dialog(std::string_view name, const Uuid& subject) override;
  void close_dialog() override;
  void open_place(const Uuid& place) override;
  void open_visit(const Uuid& visit) override;

 private:
  // Read from the store once for all pages; made again when something changed.
  struct Known {
    std::set<Uuid> disputed;  // records with an open dispute
    history::StoreCounts counts;
    inspect::HiddenChanges hidden;
    people::Names names;
    pages::Here here;
  };
  struct OpenDialog {
    const pages::PageDescription* page = nullptr;
    Uuid subject;
  };

  // Views.
  void refresh();
  // Of what is open only what moves on by itself: whether anything did. Nothing: it needs more than that.
  std::optional<bool> renew();
  Status make_views();
  void make_page();
  Result<std::vector<criteria::Verdict>> verdicts_on(const Uuid& site) override;
  // Anew when a sync may have brought others.
  Status read_rules();
  // Pages (workbench_pages.cpp): what their handlers use.
  void take_event(const blocks::Event& event);
  void do_on_page(const blocks::Handler& action, blocks::Event::What what);
  office::Office& office() override { return world_.office; }
  inspect::Desk& desk() override { return world_.desk; }
  pages::Typing& typing() override { return typing_; }
  criteria::CatalogueShelf& rules() override { return world_.rules; }
  const green::Library& green() override { return world_.green; }
  const geo::CountyLines& county_lines() override { return world_.county_lines; }
  std::filesystem::path papers_folder() override { return world_.papers_folder; }
  std::filesystem::path examples_folder() override { return world_.examples_folder; }
  std::filesystem::path thumbnails_folder() override { return world_.thumbnails_folder; }
  bool is_disputed(const Uuid& record) override { return known_.disputed.contains(record); }
  const inspect::HiddenChanges& hidden() override { return known_.hidden; }
  const pages::Here& here() override { return known_.here; }
  std::uint64_t revision() override { return revision_; }
  const people::Names& names() override { return known_.names; }
  const history::StoreCounts& counts() override { return known_.counts; }
  std::string signing_text() override;
  receiver::Receiver& receiver() override { return receiver_; }
  Result<inspect::PhotoStandings> photo_standings() override { return world_.office.photos(); }
  void changed() override { is_stale_ = true; }
  void say(pages::Message message) override { message_ = std::move(message); }
  void settle(const Status& outcome, blocks::Handler again) override;
  void run_beside(std::string title, BesideJob job, std::function<void(const Status&)> done) override;
  std::shared_ptr<blocks::Blocks> show(const pages::PageDescription& page, const Uuid& subject) override {
    return pages_.show_within(page, subject);
  }
  std::optional<DialogView> make_dialog();
  void make_head();
  void say_error(const Error& error);

  // The head, and what lies over the page: no record is changed there.
  blocks::Handler action_in_head(const blocks::Event& event) const;
  // What did not go is said; where only the person's signature was missing, the PIN is asked for and it is done again.
  void do_in_head(const blocks::Handler& action);
  void save_visit_paper(const Uuid& visit, const std::filesystem::path& file) override;
  // What was typed and walked until now is kept first and goes with it.
  void exchange(std::string title, Exchange job, std::function<void(const Status&)> done) override;

  // People (workbench_people.cpp).
  Status act_as(const Uuid& person) override;
  void ask_pin(std::function<void()> wanted);
  void work_on_keys(std::string title, std::function<Status()> job, std::function<void(const Status&)> done) override;
  void unlocked(const Uuid& person) override;
  bool is_asking_pin() const;
  std::string person_label() const;
  // Read from the store what all views share.
  Status read_known();
  std::vector<std::string> warnings() const;

  World world_;
  View view_;
  pages::Typing typing_;
  pages::PageHost pages_{*this};
  pages::PageHost dialogs_{*this};
  pages::PageHost* asked_ = &pages_;      // whose control was used last
  std::vector<OpenDialog> open_dialogs_;  // the last lies over the others
  receiver::Receiver receiver_;
  std::string trouble_;  // of the receiver, as the view says it
  WindowSigner signer_;
  std::function<void()> unsigned_;  // what waits for the PIN
  std::string checking_title_;
  blocks::Blocks checking_page_;  // nothing but the title

  std::string open_page_ = "places";
  // Moves on when records may have changed: what was made of them before is made again.
  std::uint64_t revision_ = 0;
  Uuid place_;
  Uuid visit_;
  std::optional<Message> message_;
  bool is_checking_ = false;
  bool was_refused_to_close_ = false;
  // What is settled now began on a page that is no longer open.
  bool is_settling_elsewhere_ = false;

  // Read from the store; made again when it changed.
  bool is_stale_ = true;
  Known known_;
  std::optional<std::pair<Uuid, std::vector<criteria::Verdict>>> verdicts_;
  bool needs_refresh_ = true;
  std::int64_t refreshed_ms_ = 0;

  bool are_rules_old_ = false;
  std::shared_ptr<const criteria::Catalogue> rules_;  // of today
  std::optional<criteria::Checker> checker_;          // of those
  Worker papers_;                                     // these last: they use all of the above
  Worker keys_;
  Beside beside_;
};

}  // namespace kuangxun::screens
