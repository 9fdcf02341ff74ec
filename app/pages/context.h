#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/blocks/block.h"
#include "app/criteria/shelf.h"
#include "app/criteria/verdict.h"
#include "app/geo/county_lines.h"
#include "app/green/index.h"
#include "app/inspect/edit/desk.h"
#include "app/inspect/edit/hidden.h"
#include "app/inspect/photo/photo_standing.h"
#include "app/office/standing.h"
#include "app/pages/typing.h"
#include "app/people/names.h"
#include "db/base/running.h"

namespace kuangxun::office {
class Office;
}
namespace kuangxun::receiver {
class Receiver;
}

namespace kuangxun::pages {

// A sentence over the whole window, until it is put away.
struct Message {
  std::string text;
  blocks::Tone tone = blocks::Tone::plain;
};

// Of this laptop.
struct Here {
  std::vector<people::Person> people;  // its own first
  office::Standing standing;           // towards the county
};

struct PageDescription;

// How a page leads to others.
class Navigation {
 public:
  virtual ~Navigation() = default;

  // The tree of another page within the one that is being made; it changes in place.
  virtual std::shared_ptr<blocks::Blocks> show(const PageDescription& page, const Uuid& subject) = 0;
  virtual void open_place(const Uuid& place) = 0;
  virtual void open_visit(const Uuid& visit) = 0;
  // Opens a dialog about a record (Where::dialog), nil: about none, over what is open.
  virtual void open_dialog(std::string_view name, const Uuid& subject) = 0;
  // The one that was opened last.
  virtual void close_dialog() = 0;
};

// Who acts, and what they sign.
class Signing {
 public:
  virtual ~Signing() = default;

  // Whose signature what deserves one will carry: the person's own, or the laptop's word alone.
  virtual std::string signing_text() = 0;
  // From now on this person acts; nil: nobody named.
  virtual Status act_as(const Uuid& person) = 0;
  // The key of who acts is unlocked: what waited for the PIN is done.
  virtual void unlocked(const Uuid& person) = 0;
};

// What a page may use of the program that shows it, and all it may use: where it is shown, and what stands behind these
// calls, is for the program to say. Borrowed for as long as the page lives; one thread.
class Context : public Navigation, public Signing {
 public:
  // All that can be done with this data folder; what exchanges or takes long goes beside (run_beside).
  virtual office::Office& office() = 0;
  virtual inspect::Desk& desk() = 0;
  virtual Typing& typing() = 0;
  virtual criteria::CatalogueShelf& rules() = 0;
  virtual const green::Library& green() = 0;
  // For orientation only.
  virtual const geo::CountyLines& county_lines() = 0;
  // Where papers go unless the person says otherwise.
  virtual std::filesystem::path papers_folder() = 0;
  // Recordings and pictures to practise with.
  virtual std::filesystem::path examples_folder() = 0;
  // Where small pictures go; empty: none are kept.
  virtual std::filesystem::path thumbnails_folder() = 0;

  // Moves on whenever records may have changed: what a page keeps of them is good while it stands.
  virtual std::uint64_t revision() = 0;
  // The same for all pages, read once until something changes.
  virtual bool is_disputed(const Uuid& record) = 0;
  // What the county hides, by record.
  virtual const inspect::HiddenChanges& hidden() = 0;
  virtual const Here& here() = 0;
  virtual const people::Names& names() = 0;
  virtual const history::StoreCounts& counts() = 0;
  // On a place or the county, today.
  virtual Result<std::vector<criteria::Verdict>> verdicts_on(const Uuid& site) = 0;

  // Goes on when a page is left; a page shows it and tells it what to do.
  virtual receiver::Receiver& receiver() = 0;

  // How much of every photo is at the county; takes a while, for the page that shows them.
  virtual Result<inspect::PhotoStandings> photo_standings() = 0;

  // Records changed: what was read of them counts no longer.
  virtual void changed() = 0;
  virtual void say(Message message) = 0;
  // What did not go is said on the page. Where only the person's signature was missing, the PIN is asked for and
  // `again` is done after it.
  virtual void settle(const Status& outcome, blocks::Handler again) = 0;
  // Does what takes long beside the person, who goes on meanwhile: on a thread of its own, with a desk of its own,
  // which signs for whoever signs here now. `title` stands at the top with how far it is, and a stop. `done` is called
  // here with its outcome; what could not begin is its outcome too.
  using BesideJob = std::function<Status(inspect::Desk&, const Running&)>;
  virtual void run_beside(std::string title, BesideJob job, std::function<void(const Status&)> done) = 0;
  // The same for what goes between this laptop and its county; nothing else is exchanged meanwhile. What could not
  // begin is said.
  using Exchange = std::function<Status(office::Office&, const Running&)>;
  virtual void exchange(std::string title, Exchange job, std::function<void(const Status&)> done) = 0;
  // What takes a second, on keys alone: everything else waits behind a dialog for so long.
  virtual void work_on_keys(std::string title, std::function<Status()> job,
                            std::function<void(const Status&)> done) = 0;
  // Makes the paper of a visit beside everything else, and says where it lies.
  virtual void save_visit_paper(const Uuid& visit, const std::filesystem::path& file) = 0;
};

}  // namespace kuangxun::pages
