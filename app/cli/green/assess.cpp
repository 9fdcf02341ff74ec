#include "app/cli/command.h"
#include "app/cli/green_words.h"
#include "app/cli/shared_words.h"
#include "app/green/actions.h"
#include "app/inspect/edit/reference.h"
#include "db/language/language.h"
#include "db/records/enumerations_green.h"
#include "db/records/kinds.h"
#include "db/records/kinds_green.h"

namespace kuangxun::cli {
namespace {

struct Assess final : Command {
  std::string mine_name;
  std::string on;
  std::string by_name;
  std::string level = "national";
  std::string index;
  std::string table_id;

  void describe(WordList& words) override {
    words.about(say_text("begin an assessment, with its level and the index in force on its day"));
    take_mine(words, mine_name);
    take_day_done(words, on);
    take_by(words, by_name);
    words.option("--level", "LEVEL", level, say_text("national (default) or regional"))
        .one_of({"national", "regional"});
    words.option("--index", "ID", index, say_text("the index (the one in force)"));
    words.option("--table", "ID", table_id, say_text("the item table (the newest whole one)"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(store, context.office.writer());
    KX_TRY(mine, find_mine(*store, mine_name));
    green::NewAssessment wanted{mine, records::green_level_enumeration.find(level)->number, index, on, {}, {}};
    KX_TRY(by, by_whom(context, *store, by_name));
    wanted.assessor = by;
    if (!table_id.empty()) {
      KX_TRY(table, inspect::find_record(*store, table_id, {records::kinds::green_table}));
      wanted.table = table;
    }
    inspect::Desk desk = context.desk(*store);
    KX_TRY(id, green::begin_assessment(desk, library, wanted));
    return print_made(context, *store, id);
  }
};

const Registered<Assess> registered("green assess", 504);

}  // namespace
}  // namespace kuangxun::cli
