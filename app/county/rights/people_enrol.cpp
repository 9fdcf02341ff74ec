#include "app/county/command.h"
#include "app/county/invitation.h"
#include "app/county/shared_words.h"
#include "db/language/language.h"

namespace kuangxun::county {
namespace {

struct Enrol final : Command {
  std::string name;
  std::string role_name = "officer";
  std::string certificate_number;
  std::string person;

  void describe(WordList& words) override {
    words.about(say_text("print a person's enrolment code"));
    words.option("--name", "NAME", name, say_text("the person's name"));
    take_role(words, role_name);
    words.option("--certificate", "NUMBER", certificate_number, say_text("enforcement certificate"));
    words.option("--person", "ID", person, say_text("id of a person who is enrolled, for another laptop"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(role, role_of(role_name));
    requests::Invitation invitation{name, role, certificate_number, {}};
    if (!person.empty()) {
      KX_TRY(id, id_of(person));
      invitation.person = id;
    }
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(print_code(context, *office, ports::TicketKind::person, invitation));
    return exit_done;
  }
};

const Registered<Enrol> registered("people enrol", 231);

}  // namespace
}  // namespace kuangxun::county
