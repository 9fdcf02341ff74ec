#include "app/county/command.h"
#include "app/county/invitation.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Enrol final : Command {
  std::string name;
  std::string role_name = "officer";

  void describe(WordList& words) override {
    words.about(say_text("print an enrolment code, good for one laptop within seven days"));
    words.option("--name", "NAME", name, say_text("name of the laptop")).required();
    take_role(words, role_name);
  }
  Result<int> run(Context& context) override {
    KX_TRY(role, role_of(role_name));
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(print_code(context, *office, ports::TicketKind::device, {name, role, {}, {}}));
    return exit_done;
  }
};

const Registered<Enrol> registered("enrol", 200);

}  // namespace
}  // namespace kuangxun::county
