#include "app/green/what_if.h"
#include "app/cli/command.h"
#include "app/cli/green_text.h"
#include "app/cli/green_words.h"
#include "app/cli/shared_words.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

struct WhatIf final : Command {
  std::string assessment_name;

  void describe(WordList& words) override {
    words.about(say_text("which items would lift it to the lines at least effort; exit code 1 when none do"));
    take_assessment(words, assessment_name);
  }
  bool is_logged() const override { return false; }
  Result<int> run(Context& context) override {
    KX_TRY(library, library_of(context));
    KX_TRY(store, context.office.reader());
    KX_TRY(id, find_assessment(*store, library, assessment_name));
    KX_TRY(assessment, green::read_assessment(*store, library, id));
    if (!assessment.standing) {
      return Error(ErrorCode::bad_input, phrase("it cannot be determined: ") + assessment.no_total.front());
    }
    KX_TRY(found, green::what_if(assessment.table->table, assessment.scores, assessment.line));
    if (context.is_json) {
      context.out << json::format_json(what_if_json(assessment, found)) << '\n';
    } else {
      print_what_if(context.out, assessment, found);
    }
    return found.is_possible ? exit_done : exit_answer_is_no;
  }
};

const Registered<WhatIf> registered("green what-if", 509);

}  // namespace
}  // namespace kuangxun::cli
