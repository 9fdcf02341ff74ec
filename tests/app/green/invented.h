#pragma once

#include "app/green/actions.h"
#include "app/green/what_if.h"
#include "db/language/language.h"
#include "tests/app/field_day/field_day.h"
#include "tests/app/invented_table/invented_table.h"

namespace kuangxun::tests {

// A made-up mine on a laptop.
struct GreenDay : FieldDay {
  GreenDay() { mine = entered(kinds::mining_right, {{"name", "示例矿"}, {"is_example", "true"}}); }

  Uuid import(const std::vector<InventedRow>& rows, const std::string& label = "虚构第一版") {
    const auto id = green::import_table(desk, read_rows(rows), {label, "虚构文本", "虚构表.csv", true});
    REQUIRE_MESSAGE(id.ok(), id.error().message());
    return *id;
  }
  Uuid assess(const Uuid& table = {}, const std::string& on = "2021-05-01") {
    const auto id = green::begin_assessment(desk, library(), {mine, 1, "national-2020", on, "示例矿方", table});
    REQUIRE_MESSAGE(id.ok(), id.error().message());
    return *id;
  }
  // The message of what was refused, or nothing.
  std::string mark(const Uuid& assessment, const std::vector<green::ItemEntry>& entries) {
    const auto entered = green::enter_items(desk, library(), assessment, entries);
    return entered.ok() ? std::string() : entered.error().message();
  }
  green::Assessment read_back(const Uuid& assessment) {
    auto read = green::read_assessment(store, library(), assessment);
    REQUIRE_MESSAGE(read.ok(), read.error().message());
    return std::move(read).value();
  }
  std::uint64_t operations() { return store.operations().size(); }

  Uuid mine;
};

}  // namespace kuangxun::tests
