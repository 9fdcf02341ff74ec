#include "app/screens/workbench.h"
#include "db/language/language.h"

namespace kuangxun::screens {
namespace {

Result<office::Paper> write_paper(const office::Office& office, const Uuid& visit, const std::filesystem::path& file) {
  if (file.has_parent_path()) KX_CHECK(make_folder(file.parent_path()));
  return office.write_visit_paper(visit, file);
}

}  // namespace

void Workbench::save_visit_paper(const Uuid& visit, const std::filesystem::path& path) {
  message_ = {say_text("making the visit record…"), blocks::Tone::plain};
  papers_.start([this, visit, path] {
    const Result<office::Paper> paper = write_paper(world_.office, visit, path);
    world_.post([this, paper] {
      if (paper.ok()) {
        message_ = {say_with("the visit record is saved ({0} pages): {1}",
                             {std::to_string(paper->pages), paper->file.string()}),
                    blocks::Tone::good};
      } else {
        say_error(paper.error());
      }
      needs_refresh_ = true;
    });
  });
}

void Workbench::exchange(std::string title, Exchange job, std::function<void(const Status&)> done) {
  // The county gets what was walked until now; the track goes on in a new block.
  if (const Status kept = receiver_.route().keep(world_.desk); !kept.ok()) say_error(kept.error());
  const auto ended = [this, done = std::move(done)](const Status& outcome) {
    are_rules_old_ = true;  // it may have brought others, which are read before the next view is made
    done(outcome);
  };
  const Status begun = beside_.start(writer::Turn::exchange, std::move(title), std::move(job), ended);
  if (!begun.ok()) say_error(begun.error());
}

}  // namespace kuangxun::screens
