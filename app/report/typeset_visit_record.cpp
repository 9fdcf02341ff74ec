#include "app/report/typeset_visit_record.h"

#include "app/report/sections.h"
#include "app/typeset/texts.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::report {
namespace {

constexpr std::size_t footer_hash_digits = 16;

// The visit's time and never today's: printed again, the same record gives the same bytes.
std::int64_t dated_utc_ms(const VisitRecord& record) {
  if (!record.ended_at.empty()) return record.ended_at.heads.front().value.utc_ms;
  return record.started_at.empty() ? 0 : record.started_at.heads.front().value.utc_ms;
}

// The words that the hash covers; what speaks of the hash is added after them.
typeset::Document write_body(const VisitRecord& record) {
  typeset::Document document;
  document.title = record_title(record);
  document.dated_utc_ms = dated_utc_ms(record);
  if (record.is_example) document.banner = "示例数据 EXAMPLE";
  write_head(document, record);
  Sections sections(document);
  write_people(sections, record);
  write_summary(sections, record);
  write_positions(sections, record);
  write_areas(sections, record);
  write_markers(sections, record);
  write_checklists(sections, record);
  write_findings(sections, record);
  write_restorations(sections, record);
  write_verdicts(sections, record);
  write_photos(sections, record);
  write_statement(sections, record);
  write_signatures(sections, record);
  return document;
}

void add_proof(typeset::Document& document, const VisitRecord& record) {
  const std::string hash = typeset::content_hash(document).text();
  const std::string id = record.id.text();
  document.footer =
      say_with("{0}, record {1}, content hash {2}", {document.title, id, hash.substr(0, footer_hash_digits)});
  std::string words = say_with("Record {0}\nSHA-256 of the words above: {1}\n", {id, hash});
  if (record.seal) {
    words += say_with(
        "SHA-256 that the signatures cover: {0}\nTo check: make this paper again from the record, in the "
        "same language; the same hash means the same words.",
        {record.seal->text()});
  } else {
    words += say("The electronic record is not sealed yet.");
  }
  document.add(typeset::QrNote{"kuangxun:visit:" + id + ":" + hash, std::move(words)});
}

}  // namespace

Result<typeset::Pdf> typeset_visit_record(const VisitRecord& record) {
  typeset::Document document = write_body(record);
  add_proof(document, record);
  return typeset::write_pdf(document);
}

}  // namespace kuangxun::report
