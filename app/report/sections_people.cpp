#include "app/report/sections.h"
#include "app/report/words.h"
#include "db/language/language.h"

// Who was there, what they say, and where they sign.
namespace kuangxun::report {
namespace {

std::string text_or_not_recorded(const std::string& text) {
  return text.empty() ? not_recorded() : text;
}

typeset::Table officers_table(const std::vector<Officer>& officers) {
  typeset::Table table{
      .columns = {{say_text("Name"), 3}, {say_text("Enforcement certificate no."), 4}, {say_text("Organisation"), 5}},
      .size_pt = 9.5};
  for (const Officer& officer : officers) {
    table.rows.push_back(standing_row(
        {entry_text(officer.name), entry_text(officer.certificate_number), cell_text(officer.organisation)},
        officer.standing));
  }
  return table;
}

typeset::Table other_people_table(const VisitRecord& record) {
  typeset::Table table{.columns = {{say_text("As"), 2.2},
                                   {say_text("Name"), 3},
                                   {say_text("Post"), 3},
                                   {say_text("Organisation"), 5},
                                   {say_text("Telephone"), 3}},
                       .size_pt = 9.5};
  const auto add = [&](const OtherPerson& person, std::string_view as) {
    table.rows.push_back(standing_row({std::string(as), entry_text(person.name), cell_text(person.role),
                                       cell_text(person.organisation), cell_text(person.telephone)},
                                      person.standing));
  };
  for (const OtherPerson& person : record.people_present) add(person, say("person present"));
  for (const OtherPerson& person : record.witnesses) add(person, say("witness"));
  return table;
}

std::string signing_text(const std::optional<Signing>& signing) {
  // Who signs in ink writes the time too: a time printed over an empty line would say that it was signed.
  if (!signing || signing->key_fingerprint.empty()) return {};
  return say_with("\nsigned electronically {0}\nkey {1}", {time_text(signing->signed_at), signing->key_fingerprint});
}

// Before a line that may begin with a name in Arabic script: keeps the line's own order from left to right.
constexpr const char* left_to_right_mark = "\xE2\x80\x8E";

std::string person_text(const OtherPerson& person) {
  std::string text = left_to_right_mark + entry_text(person.name);
  if (!is_blank(person.role)) text += say_with(", {0}", {cell_text(person.role)});
  return text + signing_text(person.signing);
}

void add_lines(typeset::Signatures& signatures, const std::vector<OtherPerson>& people, const std::string& role) {
  for (const OtherPerson& person : people) {
    if (!person.standing.is_voided) signatures.lines.push_back({role, person_text(person)});
  }
}

void add_signature_lines(typeset::Signatures& signatures, const VisitRecord& record) {
  for (const Officer& officer : record.officers) {
    if (officer.standing.is_voided) continue;
    signatures.lines.push_back(
        {say_text("Officer (signature)"),
         left_to_right_mark +
             say_with("{0}, certificate {1}", {entry_text(officer.name), entry_text(officer.certificate_number)}) +
             signing_text(officer.signing)});
  }
  // Who refuses is not given a line that would look as if a signature were forgotten.
  if (!record.refusal) {
    add_lines(signatures, record.people_present, say_text("Person present (signature)"));
  }
  add_lines(signatures, record.witnesses, say_text("Witness (signature)"));
}

}  // namespace

void write_head(typeset::Document& document, const VisitRecord& record) {
  document.add_title(record_title(record));
  if (const std::string standing = standing_text(record.standing); !standing.empty()) {
    document.add(typeset::Paragraph{
        .text = standing,
        .style = {.size_pt = 11, .bold = true, .color = {0.7, 0.05, 0.05}, .align = typeset::Align::center},
        .keep_with_next = true});
  }
  if (certified_officers(record) < 2) {
    document.add_note(say_with("Officers with an enforcement certificate (number recorded, undisputed, not the same): "
                               "{0}. With fewer than two this paper is a patrol record.",
                               {std::to_string(certified_officers(record))}),
                      true);
  }
  const auto time = [](const Entry<Instant>& entry) { return entry_text(entry, not_recorded(), time_text); };
  typeset::Grid grid;
  grid.add(say_text("Place"), entry_text(record.place_name));
  grid.add(say_text("Kind of place"), text_or_not_recorded(record.place_kind));
  grid.add(say_text(in_context("report", "County")), record.county.empty() ? say_text("Tekes County") : record.county);
  grid.add(say_text("Kind of visit"), entry_text(record.visit_kind));
  grid.add(say_text(in_context("report", "Started")), time(record.started_at));
  grid.add(say_text(in_context("report", "Ended")), time(record.ended_at));
  if (!record.place_note.empty()) grid.add_wide(say_text("The plan's area"), record.place_note);
  grid.add_wide(say_text("Purpose"), entry_text(record.purpose));
  for (const VisitRecord::Answer& answer : record.more) grid.add_wide(answer.label, entry_text(answer.value));
  grid.add(say_text(in_context("report", "State")), entry_text(record.state));
  grid.add(say_text(in_context("report", "Photos")), std::to_string(record.photos.size()));
  document.add(grid.table());
  document.add_note(times_note());
}

void write_people(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Officers and people present"));
  if (record.officers.empty()) {
    document.add_paragraph(say_text("Officers: not recorded."));
  } else {
    document.add(officers_table(record.officers));
  }
  if (record.people_present.empty()) {
    document.add_paragraph(say_text("Nobody of the other side was present."));
  }
  if (!record.people_present.empty() || !record.witnesses.empty()) document.add(other_people_table(record));
}

void write_statement(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Statement of the other side, and signing"));
  if (is_blank(record.statement)) {
    document.add_paragraph(say_text("Statement: not recorded."));
  } else {
    // On a line of its own: a statement in Arabic script runs from right to left.
    document.add_paragraph(say_with("Statement:\n{0}", {entry_text(record.statement)}));
  }
  if (!record.refusal) return;
  document.add_paragraph(say_text("The other side refused to sign."));
  document.add_paragraph(say_with("Reason of the refusal: {0}", {entry_text(record.refusal->reason)}));
  std::string witnesses;
  for (const OtherPerson& witness : record.witnesses) {
    if (witness.standing.is_voided) continue;
    if (!witnesses.empty()) witnesses += say("; ");
    witnesses += entry_text(witness.name);
    if (!is_blank(witness.role)) witnesses += say_with(" ({0})", {cell_text(witness.role)});
  }
  document.add_paragraph(say_with("Witness: {0}", {witnesses.empty() ? not_recorded() : witnesses}));
}

void write_signatures(Sections& sections, const VisitRecord& record) {
  auto& document = sections.begin(say_text("Signatures"));
  typeset::Signatures signatures;
  add_signature_lines(signatures, record);
  if (signatures.lines.empty()) {
    document.add_paragraph(say_text("Nobody to sign."));
    return;
  }
  if (!record.refusal && !record.people_present.empty()) {
    document.add_note(say_text("Person present: please read all of it before signing; write any objection beside the "
                               "signature."),
                      true);
  }
  document.add(std::move(signatures));
}

}  // namespace kuangxun::report
