#pragma once

#include <vector>

#include "db/writer/work.h"

// Long works, cut into steps.
namespace kuangxun::writer {

// Whoever acts, and their key when it is at hand. It travels with what they enter: two people who take turns at one
// laptop never sign for each other, however the steps lie.
struct Actor {
  Uuid person;
  std::shared_ptr<const SigningKey> key;  // null: signs nothing
};
// For as long as it lives, the store signs for this person.
class Acting {
 public:
  Acting(sqlite::LocalStore& store, const Actor& actor);
  ~Acting() { store_.lock(); }
  Acting(const Acting&) = delete;
  Acting& operator=(const Acting&) = delete;

 private:
  sqlite::LocalStore& store_;
};

// Many things that are whole each: the rows of an import, a record with all of its groups. Several share a step, none
// is cut in two. A stop leaves those that were done.
class CommitWork final : public Work {
 public:
  CommitWork(std::vector<std::vector<history::Edit>> wholes, Actor actor)
      : wholes_(std::move(wholes)), actor_(std::move(actor)) {}
  Result<bool> step(sqlite::LocalStore& store, Progress& progress) override;

 private:
  std::vector<std::vector<history::Edit>> wholes_;
  Actor actor_;
  std::size_t done_ = 0;
};

// Seals what is not sealed yet, a frame a step. What is being typed is left to whoever types.
class SealWork final : public Work {
 public:
  Result<bool> step(sqlite::LocalStore& store, Progress& progress) override;
};

// Shows what is kept and not shown yet, in tables beside those that are shown. After a stop the next such work goes on.
class ShowWork final : public Work {
 public:
  Result<bool> step(sqlite::LocalStore& store, Progress& progress) override;
};

// Makes every table again from the frames. What is unsealed is sealed first, when the key is there, and what is being
// typed is left to whoever types. A stop leaves what is shown as it was, or shows it when the store is opened.
class RebuildWork final : public Work {
 public:
  Result<bool> step(sqlite::LocalStore& store, Progress& progress) override;

 private:
  enum class Stage { seal, renew, show };
  Stage stage_ = Stage::seal;
  std::int64_t renewed_ = 0;  // frames, by their place
};

// A page of frames from the county, a few frames a step; the last one moves the place, when there is one. When the
// county decides about what is here, showing that belongs to it; what a first pull brings is shown when that ends.
class ApplyWork final : public Work {
 public:
  ApplyWork(std::vector<frames::SequencedFrame> frames, std::optional<frames::CountyMark> after,
            frames::ApplyCounts& counts);
  Result<bool> step(sqlite::LocalStore& store, Progress& progress) override;

 private:
  std::vector<frames::SequencedFrame> next_part();

  std::vector<frames::SequencedFrame> frames_;
  std::optional<frames::CountyMark> after_;
  frames::ApplyCounts& counts_;  // of whoever waits
  std::size_t done_ = 0;
  bool is_showing_ = false;
  bool was_behind_ = false;  // after the page was announced
};

}  // namespace kuangxun::writer
