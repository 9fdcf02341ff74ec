#include "app/cli/command.h"
#include "app/cli/terminal.h"
#include "app/cli/told_text.h"
#include "db/language/language.h"

namespace kuangxun::cli {
namespace {

using json::JsonValue;

struct Enrol final : Command {
  std::string url;
  std::string code;

  void describe(WordList& words) override {
    words.about(say_text("enrol this laptop with the county's code"));
    words.argument("URL", url, say_text("the county's address, as https://127.0.0.1:8765"));
    words.argument("CODE", code, say_text("the code that the county gave"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(enrolled,
           watched(context.err, [&](const Running& running) { return context.office.enrol(url, code, running); }));
    JsonValue json = JsonValue::object();
    json.add("enrolled", JsonValue::boolean(true));
    return show(context, office::tell(enrolled), std::move(json));
  }
};

const Registered<Enrol> registered("enrol", 300);

}  // namespace
}  // namespace kuangxun::cli
