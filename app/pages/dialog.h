#pragma once

#include "app/pages/page.h"

// The pieces that dialogs are made of. A dialog is a page over the others that asks one thing: what was typed into it
// is forgotten when it opens and when it closes, and it closes itself when what was asked is done.
namespace kuangxun::pages {

// What it will do, and the way out of it, which Escape takes too.
blocks::Line answers(Context& context, blocks::Button confirm);
// "dialog.confirm", which cannot be pressed while there is something missing.
blocks::Button confirm_button(std::string label, blocks::Handler press, std::string missing = {});
// A PIN: dots are shown, and it is kept by the dialog only.
blocks::Entry secret_entry(std::string& text, std::string name, std::string label);
blocks::Check example_check(bool& is_example);
// Whether the record is an example: what hangs on one is one.
bool is_example_record(Context& context, const Uuid& record);

}  // namespace kuangxun::pages
