#include "app/county/desk.h"

#include "app/printout/check.h"
#include "app/printout/look.h"
#include "db/base/assets_folder.h"
#include "sync/reader/county_reader.h"

namespace kuangxun::desk {
namespace {

Result<std::unique_ptr<reader::CountyReader>> open_reader(const county::StoreAddress& address) {
  KX_TRY(store, county::open_store(address, county::Purpose::look));
  return reader::CountyReader::open(std::move(store));
}

// The rules that the program brings and those that the county published. A county has no files of its own beside them:
// what its administrator tries out lies on a laptop.
Result<criteria::CatalogueShelf> open_shelf(history::RecordReader& records) {
  criteria::CatalogueShelf shelf(assets_folder(), {});
  KX_CHECK(shelf.read(records));
  return shelf;
}

}  // namespace

Status look(const Desk& desk, const std::string& place, bool as_json) {
  KX_TRY(records, open_reader(desk.address));
  return records->read_together([&]() -> Status {
    KX_TRY(shelf, open_shelf(*records));
    return printout::look(*records, shelf, desk.today, place, as_json, desk.out, desk.err);
  });
}

Result<bool> check(const Desk& desk, const std::string& on, const printout::CheckWords& words) {
  KX_TRY(day, printout::day_asked_for(on, desk.today));
  KX_TRY(records, open_reader(desk.address));
  bool is_sound = false;
  KX_CHECK(records->read_together([&]() -> Status {
    KX_TRY(shelf, open_shelf(*records));
    KX_TRY(sound, printout::check(*records, shelf, day, words, desk.out, desk.err));
    is_sound = sound;
    return {};
  }));
  return is_sound;
}

}  // namespace kuangxun::desk
