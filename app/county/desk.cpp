#include "app/county/desk.h"

#include <ostream>

#include "app/inspect/reference.h"
#include "app/printout/place.h"
#include "db/base/assets_folder.h"
#include "db/base/calendar.h"
#include "sync/reader/county_reader.h"

namespace kuangxun::desk {
namespace {

Result<std::unique_ptr<reader::CountyReader>> open_reader(const county::StoreAddress& address) {
  KX_TRY(store, county::open_store(address, county::Purpose::look));
  return reader::CountyReader::open(std::move(store));
}

Day today(const county::World& world) {
  return day_of(world.clock.now_ms(), beijing_offset_min);
}

// The rules that the program brings and those that the county published. A county has no files of its own beside them:
// what its administrator tries out lies on a laptop.
Result<criteria::CatalogueShelf> open_shelf(history::RecordReader& records) {
  criteria::CatalogueShelf shelf(assets_folder(), {});
  KX_CHECK(shelf.read(records));
  return shelf;
}

Status print_look(county::World& world, history::RecordReader& records, const std::string& text, bool as_json) {
  KX_TRY(id, inspect::find_record(records, text, inspect::place_kinds()));
  KX_TRY(place, printout::read_place(records, id));
  KX_TRY(shelf, open_shelf(records));
  const Day on = today(world);
  KX_TRY(catalogue, shelf.on(on));
  KX_TRY(verdicts, criteria::check(records, *catalogue, {id, on}));
  if (!as_json) {
    printout::print_place(world.out, place);
    world.out << '\n';
    printout::print_check(world.out, world.err, *catalogue, on, verdicts);
    return {};
  }
  KX_TRY(json, printout::place_json(records, place));
  json.add("check", printout::check_json(*catalogue, on, verdicts));
  world.out << json::format_json(json) << '\n';
  return {};
}

}  // namespace

Status look(county::World& world, const county::StoreAddress& address, const std::string& place, bool as_json) {
  KX_TRY(records, open_reader(address));
  return records->read_together([&] { return print_look(world, *records, place, as_json); });
}

Result<bool> check(county::World& world, const county::StoreAddress& address, const std::string& on,
                   const printout::CheckWords& words) {
  KX_TRY(day, printout::day_asked_for(on, today(world)));
  KX_TRY(records, open_reader(address));
  bool is_sound = false;
  KX_CHECK(records->read_together([&]() -> Status {
    KX_TRY(shelf, open_shelf(*records));
    KX_TRY(sound, printout::check(*records, shelf, day, words, world.out, world.err));
    is_sound = sound;
    return {};
  }));
  return is_sound;
}

}  // namespace kuangxun::desk
