#include "app/office/visit_paper.h"

#include <algorithm>

#include "app/criteria/check.h"
#include "app/photos/exif.h"
#include "app/report/build_visit_record.h"
#include "app/report/typeset_visit_record.h"
#include "app/thumbnails/thumbnail.h"
#include "db/base/limits.h"
#include "db/language/language.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"

namespace kuangxun::office {
namespace {

std::vector<report::ChecklistWords> checklist_words(const criteria::Catalogue& catalogue) {
  std::vector<report::ChecklistWords> all;
  for (const criteria::Checklist& checklist : catalogue.checklists()) {
    report::ChecklistWords words;
    words.code = checklist.id;
    words.title = checklist.title.text();
    for (const criteria::ChecklistItem& item : checklist.items) {
      if (item.answer == criteria::AnswerKind::compare) words.shape = report::ChecklistShape::licence_comparison;
      words.items.push_back({item.id, item.id, std::string(item.question.text()), {}, item.replaced_by});
      for (const auto& choice : item.choices) {
        words.items.back().choices.emplace_back(choice.code, choice.text.text());
      }
    }
    all.push_back(std::move(words));
  }
  return all;
}

report::Verdict verdict_of(criteria::Outcome outcome) {
  switch (outcome) {
    case criteria::Outcome::pass:
      return report::Verdict::pass;
    case criteria::Outcome::fail:
      return report::Verdict::fail;
    case criteria::Outcome::unknown:
      return report::Verdict::unknown;
    case criteria::Outcome::not_applicable:
      return report::Verdict::not_applicable;
  }
  return report::Verdict::unknown;
}

report::BasisState basis_state_of(const criteria::Verdict& verdict) {
  if (verdict.mark == criteria::Mark::unverified) return report::BasisState::unverified;
  switch (verdict.basis_state) {
    case criteria::BasisState::in_force:
      return report::BasisState::in_force;
    case criteria::BasisState::expired:
      return report::BasisState::expired;
    case criteria::BasisState::superseded:
      return report::BasisState::superseded;
    case criteria::BasisState::future:
      return report::BasisState::future;
  }
  return report::BasisState::unverified;
}

// What is judged, or what is only reported.
std::vector<report::VerdictRow> verdict_rows(const std::vector<criteria::Verdict>& verdicts, bool are_reports) {
  std::vector<report::VerdictRow> rows;
  for (const criteria::Verdict& verdict : verdicts) {
    if (verdict.is_report != are_reports) continue;
    if (!verdict.is_report && verdict.outcome == criteria::Outcome::not_applicable) continue;
    report::VerdictRow row;
    row.rule = verdict.rule;
    row.title = verdict.title;
    row.verdict = verdict_of(verdict.outcome);
    row.reason = verdict.missing.empty() ? verdict.reason : verdict.beside_missing;
    row.missing = verdict.missing;
    row.clause = verdict.clause;
    row.basis_state = basis_state_of(verdict);
    row.consequence = verdict.consequence;
    rows.push_back(std::move(row));
  }
  return rows;
}

// In place of forty rows that do not apply, one that says so.
std::vector<report::VerdictRow> rows_or_none(const std::vector<criteria::Verdict>& verdicts) {
  std::vector<report::VerdictRow> rows = verdict_rows(verdicts, false);
  const bool is_any_reported = std::ranges::any_of(verdicts, &criteria::Verdict::is_report);
  if (!rows.empty() || verdicts.empty() || is_any_reported) return rows;
  const criteria::Verdict& any = verdicts.front();
  report::VerdictRow none;
  none.rule = any.rule + "—" + verdicts.back().rule;
  none.verdict = report::Verdict::not_applicable;
  none.reason = say_with("none of the {0} rules applies here ({1})",
                         {std::to_string(verdicts.size()), records::kind_of(any.site_kind).label()});
  none.clause = any.document;
  none.basis_state = basis_state_of(any);
  rows.push_back(std::move(none));
  return rows;
}

bool is_failure_of_the_store(const Error& error) {
  return error.code() != ErrorCode::not_found && error.code() != ErrorCode::bad_input;
}

// A photo as it is printed: upright and small enough. Empty: nothing that can be shown.
Bytes printed_picture(Bytes photo) {
  const bool is_small = photo.size() <= limits::picture_bytes_max;
  const bool is_png = as_text(photo).starts_with("\x89PNG\r\n\x1a\n");
  if (!is_png && !as_text(photo).starts_with("\xff\xd8\xff")) return {};
  const int orientation = is_png ? 1 : photos::read_exif(photo).orientation;
  if (is_small && orientation == 1) return photo;
  // Of a JPEG only: empty for anything else.
  Bytes reduced = thumbnails::make_thumbnail(photo, orientation, thumbnails::printed_side_px_max);
  if (reduced.empty() && is_small) return photo;
  return reduced;
}

}  // namespace

Result<typeset::Pdf> make_visit_paper(history::RecordStore& store, const AttachmentFolder& attachments,
                                      criteria::CatalogueShelf& shelf, const Uuid& visit) {
  KX_TRY(view, store.read(visit));
  report::VisitSources sources{store};
  const bool is_dated =
      view.record.kind().number == records::kinds::visit && view.record.has(records::visit::started_at);
  if (is_dated) {
    const int offset_min = view.record.has(records::visit::started_offset_min)
                               ? static_cast<int>(view.record.integer(records::visit::started_offset_min))
                               : beijing_offset_min;
    sources.judged_on = day_of(view.record.integer(records::visit::started_at), offset_min);
  }
  // A visit is judged by the rules that were in force on its day, whatever came since.
  KX_TRY(catalogue, shelf.on(sources.judged_on.value_or(0)));
  sources.checklists = checklist_words(*catalogue);
  sources.catalogue = catalogue->title();
  if (is_dated) {
    const auto verdicts =
        criteria::check(store, *catalogue, {view.record.reference(records::visit::place), *sources.judged_on});
    // A place that was voided meanwhile has no verdicts; the paper then says so.
    if (!verdicts.ok() && is_failure_of_the_store(verdicts.error())) return verdicts.error();
    if (verdicts.ok()) {
      sources.verdicts = rows_or_none(*verdicts);
      sources.reports = verdict_rows(*verdicts, true);
    }
  }
  sources.thumbnail = [&](const Hash& hash) {
    auto bytes = attachments.read(hash);
    return bytes.ok() ? printed_picture(std::move(*bytes)) : Bytes();
  };
  KX_TRY(record, report::build_visit_record(sources, visit));
  return report::typeset_visit_record(record);
}

}  // namespace kuangxun::office
