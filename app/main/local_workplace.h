#pragma once

#include <memory>

#include "app/cli/workplace.h"
#include "db/sqlite/local_store.h"

namespace kuangxun {

// A data folder on this laptop: the SQLite store, the originals, the link to the county.
class LocalWorkplace final : public cli::Workplace {
 public:
  LocalWorkplace(std::filesystem::path folder, std::filesystem::path assets, Clock& clock, Random& random)
      : folder_(std::move(folder)),
        assets_(std::move(assets)),
        clock_(clock),
        random_(random),
        attachments_(folder_ / "attachments"),
        people_(folder_ / "people", clock, random) {}

  const std::filesystem::path& folder() const override { return folder_; }
  AttachmentFolder& attachments() override { return attachments_; }
  Status create(bool empty) override;
  Result<history::RecordStore*> reader() override;
  Result<history::RecordStore*> writer() override;
  Result<cli::Proof> verify() override;
  Status rebuild() override;
  people::LaptopPeople& people() override { return people_; }
  Result<people::Person> enrol_person(const std::string& code, const std::string& pin, const Rest& rest) override;
  Status sign_as(const Uuid& person, SigningKey key) override;
  Status enrol(const std::string& url, const std::string& code, const Rest& rest) override;
  Result<cli::Standing> standing() override;
  Result<inspect::PhotoStandings> photos() override;
  Result<cli::Exchange> sync(const std::string& url, const Rest& rest) override;
  Result<cli::WrittenBundle> write_bundle(const std::filesystem::path& file, const Rest& rest) override;
  Result<cli::ReadBundle> read_bundle(const std::filesystem::path& file, const Rest& rest) override;

  // The store open for writing, for the window that owns it.
  Result<sqlite::LocalStore*> writable_store();

 private:
  Result<sqlite::LocalStore*> readable_store();

  std::filesystem::path folder_;
  std::filesystem::path assets_;
  Clock& clock_;
  Random& random_;
  AttachmentFolder attachments_;
  people::LaptopPeople people_;
  std::unique_ptr<sqlite::LocalStore> store_;
  bool is_writable_ = false;
};

}  // namespace kuangxun
