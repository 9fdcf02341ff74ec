#include "app/cli/command.h"
#include "app/cli/green_words.h"
#include "app/cli/outcome.h"
#include "app/cli/shared_words.h"
#include "app/green/actions.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct Record final : Command {
  std::string assessment_name;
  std::vector<std::string> assignments;
  std::string evidence;

  void describe(WordList& words) override {
    words.about(say_text("enter items: 12=4.5, 13=na (does not apply), P1a=yes; one or more"));
    take_assessment(words, assessment_name);
    words.argument("ITEM=VALUE", assignments, say_text("item=value"));
    words.option("--evidence", "TEXT", evidence, say_text("the evidence of these items"));
    take_pin_file(words);
  }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(fields, read_assignments(assignments));
    KX_TRY(store, context.office.writer());
    KX_TRY(id, find_assessment(*store, library, assessment_name));
    std::vector<green::ItemEntry> entries;
    for (const inspect::FieldText& field : fields) {
      entries.push_back({field.name, field.text, evidence});
    }
    inspect::Desk desk = context.desk(*store);
    KX_CHECK(green::enter_items(desk, library, id, entries));
    KX_TRY(assessment, green::read_assessment(*store, library, id));
    if (context.is_json) return show_assessment(context, *store, library, id);
    context.out << green::entered_text(assessment) << '\n';
    return exit_done;
  }
};

const Registered<Record> registered("green record", 506);

}  // namespace
}  // namespace kuangxun::cli
