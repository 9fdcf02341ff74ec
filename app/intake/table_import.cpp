#include "app/intake/table_import.h"

#include <algorithm>
#include <map>

#include "app/inspect/edit/edit.h"
#include "app/inspect/edit/record_document.h"
#include "app/intake/read_rows.h"
#include "db/language/language.h"
#include "db/records/handles/common.h"
#include "db/records/kinds.h"

namespace kuangxun::intake {
namespace {

namespace kinds = records::kinds;
using records::Record;

// The records of the store that stand, by what they are about.
using Standing = std::multimap<std::string, Record>;

Result<Standing> read_standing(history::RecordReader& store, records::KindNumber kind) {
  Standing standing;
  KX_TRY(all, store.list(kind));
  for (Record& record : all) {
    if (record.is_voided()) continue;
    std::string key = key_of(record);
    standing.emplace(std::move(key), std::move(record));
  }
  return standing;
}

// Where a value came from and how it was spelled is no difference in what it says.
bool is_compared(const records::FieldDescription& field) {
  return field.name != "source" && field.is_asked();
}

std::vector<Difference> differences_of(const TableRow& row, const Record& record) {
  std::vector<Difference> found;
  for (const inspect::FieldText& given : row.fields) {
    const auto* field = record.kind().find_field(given.name);
    if (!is_compared(*field)) continue;
    const auto value = records::parse_value(*field, given.text);
    if (value.ok() && *value == record.value(*field)) continue;
    const std::string here =
        record.has(*field) ? record.display(*field) : say_text(in_context("intake", "(not recorded)"));
    found.push_back({row.number, record.id(), row.subject, std::string(field->label()), here,
                     value.ok() ? records::display_value(*field, *value) : given.text});
  }
  return found;
}

// One table on its way into the store.
class Import {
 public:
  Import(inspect::Desk& desk, const records::KindDescription& kind, const sheets::Sheet& sheet,
         const ImportOptions& options)
      : desk_(desk), kind_(kind), sheet_(sheet), options_(options) {}

  Result<Imported> run() {
    KX_TRY(mines, MineNames::build(desk_.store));
    KX_TRY(restoration, RestorationNames::build(desk_.store));
    const CivilDay today = civil_from_day(day_of(desk_.clock.now_ms(), desk_.offset_min));
    KX_TRY(table, read_rows(sheet_, kind_, {mines, restoration}, options_, today.year));
    KX_TRY(standing, read_standing(desk_.store, kind_.number));
    imported_.rows = table.rows.size();
    imported_.notes = std::move(table.notes);
    for (const std::string& other : sheet_.others) {
      imported_.notes.push_back(say_with("sheet \"{0}\" was not read; name the sheet to read it", {other}));
    }
    for (const TableRow& row : table.rows) KX_CHECK(place(row, standing));
    imported_.is_stopped = !imported_.differences.empty() && options_.differences == Differences::stop;
    // In a trial too: it must refuse what the import would refuse.
    KX_TRY(prepared, inspect::prepare_document(desk_, new_records_));
    KX_CHECK(write(prepared));
    return std::move(imported_);
  }

 private:
  Status place(const TableRow& row, const Standing& standing) {
    const auto [begin, end] = standing.equal_range(row.key);
    if (begin == end) {
      new_records_.records.push_back(
          {kind_.number, {}, row.fields, {}, {}, say_with("{0}, row {1}", {sheet_.file, std::to_string(row.number)})});
      ++imported_.added;
      return {};
    }
    // Two laptops may have entered the same thing; one of them that agrees is enough.
    std::vector<Difference> least;
    for (auto at = begin; at != end; ++at) {
      std::vector<Difference> found = differences_of(row, at->second);
      if (found.empty()) {
        ++imported_.known;
        return {};
      }
      if (least.empty() || found.size() < least.size()) least = std::move(found);
    }
    if (options_.differences == Differences::replace) KX_CHECK(replace(row, least.front().record));
    imported_.differences.insert(imported_.differences.end(), least.begin(), least.end());
    return {};
  }

  Status replace(const TableRow& row, const Uuid& record) {
    std::vector<inspect::FieldText> fields = row.fields;
    std::erase_if(fields, [](const inspect::FieldText& field) { return field.name == "mine" || field.name == "plan"; });
    auto edits = inspect::prepare_fields(desk_, record, fields);
    if (!edits.ok()) {
      return edits.error().within(phrase("{0}, row {1}", {sheet_.file, std::to_string(row.number)}));
    }
    edits_.insert(edits_.end(), edits->begin(), edits->end());
    ++imported_.replaced;
    return {};
  }

  Status write(const inspect::Prepared& prepared) {
    if (imported_.is_stopped || options_.is_trial) return {};
    edits_.insert(edits_.end(), prepared.edits.begin(), prepared.edits.end());
    if (!edits_.empty()) KX_CHECK(inspect::commit(desk_, edits_));
    imported_.made = prepared.recorded.ids;
    imported_.is_written = !edits_.empty();
    return {};
  }

  inspect::Desk& desk_;
  const records::KindDescription& kind_;
  const sheets::Sheet& sheet_;
  const ImportOptions& options_;
  inspect::Document new_records_;
  std::vector<history::Edit> edits_;
  Imported imported_;
};

}  // namespace

const std::vector<TableKind>& table_kinds() {
  static const std::vector<TableKind> all = [] {
    std::vector<TableKind> tables;
    for (const records::KindDescription& kind : records::all_kinds()) {
      if (!kind.table.empty()) tables.push_back({kind.table, kind.number});
    }
    return tables;
  }();
  return all;
}

const TableKind* find_table_kind(std::string_view word) {
  const auto found = std::ranges::find(table_kinds(), word, &TableKind::word);
  return found == table_kinds().end() ? nullptr : &*found;
}

bool has_year_beside(const TableKind& table) {
  const auto* year = records::kind_of(table.kind).find_field(records::common::year);
  return year != nullptr && year->is_required;
}

Result<Imported> import_table(inspect::Desk& desk, const TableKind& kind, const sheets::Sheet& sheet,
                              const ImportOptions& options) {
  return Import(desk, records::kind_of(kind.kind), sheet, options).run();
}

}  // namespace kuangxun::intake
