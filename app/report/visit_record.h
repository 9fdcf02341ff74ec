#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/geo/position.h"
#include "app/report/entry.h"
#include "db/base/calendar.h"
#include "db/base/hash.h"
#include "db/base/result.h"
#include "db/base/uuid.h"

// The paper of one visit: what stands on it, as plain values. Whoever fills it reads the store; typeset_visit_record
// only prints, and changes, judges and leaves out nothing.
//
// Texts of closed lists (kind of place, state of a unit, ...) come as people read them, in language(), from the
// descriptions of db/records. Texts that people typed come verbatim. An empty text or entry was not recorded and is
// printed as 未填 / not recorded where a reader would look for it.
namespace kuangxun::report {

// An exact decimal: 36.57 is {3657, 2}.
struct Decimal {
  std::int64_t scaled = 0;
  int scale = 0;
};

// Evidence is only ever added: a row that was voided or came after the signatures stays, and says so.
struct Standing {
  bool is_after_signing = false;
  bool is_voided = false;
  std::string void_reason = {};
  // Somebody voided it while another person edited it, and nobody has settled that.
  bool is_void_disputed = false;
};

// When a person signed, and with which key.
struct Signing {
  Instant signed_at{};
  // First digits of the person's key, for comparing; empty: signed by pen.
  std::string key_fingerprint = {};
};

struct Officer {
  TextEntry name = {};
  TextEntry certificate_number = {};  // 执法证号
  TextEntry organisation = {};
  std::optional<Signing> signing = {};
  Standing standing = {};
};

// The person on the other side, or a witness.
struct OtherPerson {
  TextEntry name = {};
  TextEntry role = {};  // their post: 矿长, 安全员, ...
  TextEntry organisation = {};
  TextEntry telephone = {};
  std::optional<Signing> signing = {};
  Standing standing = {};
};

// One measured point; its parts mean something only together, so they are disputed together.
struct PositionReading {
  geo::Position position;
  std::optional<Decimal> height_m = {};
  // What the height is over: "大地高（CGCS2000 椭球）", "正高（EGM96）". Printed beside every height.
  std::string height_datum = {};
  std::optional<Decimal> accuracy_m = {};
  // What the accuracy means: "HDOP×5 m 估计", "95%"; may be empty.
  std::string accuracy_basis = {};
  std::optional<int> satellites = {};
  std::optional<Instant> measured_at = {};
  std::string coordinate_system = {};  // "CGCS2000"
  std::string source = {};             // receiver, typed, replayed recording
};

struct PositionRow {
  TextEntry label = {};
  TextEntry purpose = {};
  Entry<PositionReading> reading = {};
  Standing standing = {};
};

// A walked area: what was measured, and how it stands to the line of its place when the paper is made.
struct WalkedAreaReading {
  Decimal area_ha = {};
  std::optional<Decimal> uncertainty_ha = {};  // 1 sigma
  std::optional<Decimal> perimeter_m = {};
  bool is_of_track = false;
};

struct WalkedAreaRow {
  TextEntry kind = {};
  TextEntry label = {};
  Entry<WalkedAreaReading> reading = {};
  // Both finished texts: "0.4000 ± 0.0120\n40.0 % ± 1.1 %"; empty without a line.
  std::string outside = {};
  std::string words = {};
  Standing standing = {};
};

// What was seen of the marker on a licence corner.
struct CornerMarkerRow {
  std::string corner = {};
  TextEntry state = {};
  // How far from the corner's coordinates it was measured, a finished clause; empty: not measured.
  std::string position = {};
  TextEntry note = {};
  std::string evidence = {};
  Standing standing = {};
};

struct ChecklistItem {
  std::string number = {};
  std::string question = {};
  // Only for a checklist that compares with the licence.
  TextEntry licence_says = {};
  TextEntry published = {};
  TextEntry seen_on_site = {};
  // The answer, in words. For a comparison it answers "consistent?".
  TextEntry answer = {};
  TextEntry remark = {};
  // "照片 3、4" or which paper was seen.
  std::string evidence = {};
  Standing standing = {};
};

enum class ChecklistShape {
  question,            // item, answer, remark, evidence
  licence_comparison,  // item, licence says, published, seen on site, consistent? (矿业权人公示信息实地核查)
};

struct Checklist {
  std::string title = {};
  std::string version = {};
  ChecklistShape shape = ChecklistShape::question;
  std::vector<ChecklistItem> items = {};
};

struct FindingRow {
  TextEntry text = {};
  TextEntry rule = {};
  TextEntry clause = {};
  std::string evidence = {};
  Standing standing = {};
};

enum class AreaMethod { entered, measured };

struct RestorationArea {
  Decimal area_ha = {};
  AreaMethod method = AreaMethod::entered;
  std::optional<Decimal> uncertainty_ha = {};
};

struct RestorationRow {
  std::string project = {};
  std::string unit = {};
  TextEntry state = {};
  Entry<RestorationArea> area = {};
  Entry<Decimal> soil_thickness_cm = {};
  Entry<Decimal> slope_deg = {};
  Entry<Decimal> cover_percent = {};
  Entry<Day> observed_on = {};
  std::string evidence = {};
  TextEntry remark = {};
  std::vector<std::string> asked = {};  // by the approved plans, a line each
  Standing standing = {};
};

enum class Verdict { pass, fail, unknown, not_applicable };
// Whether the rule's basis stood on the day that was asked for. `unverified` is 未核实.
enum class BasisState { in_force, expired, superseded, future, unverified };

struct VerdictRow {
  std::string rule = {};   // "R19"
  std::string title = {};  // in language()
  Verdict verdict = Verdict::unknown;
  std::string reason = {};
  // For unknown: each missing fact and where to get it.
  std::vector<std::string> missing = {};
  std::string clause = {};
  BasisState basis_state = BasisState::in_force;
  // In the plan's own words; may be empty.
  std::string consequence = {};
};

struct PhotoRow {
  std::string number = {};  // as the evidence columns name it
  std::string file_name = {};
  Entry<Instant> taken_at = {};
  TextEntry taken_by = {};
  TextEntry proves = {};
  TextEntry original_carrier = {};
  Hash sha256 = {};
  // An upright JPEG or PNG of limits::picture_bytes_max at most; empty: listed without its picture.
  Bytes thumbnail = {};
  Standing standing = {};
};

struct Refusal {
  TextEntry reason = {};
};

struct VisitRecord {
  Uuid id;
  // Marks every page 示例数据 EXAMPLE.
  bool is_example = false;
  std::string county;  // empty: 特克斯县 / Tekes County
  TextEntry place_name;
  std::string place_kind;
  // What must be known of the place before anything else, a finished sentence; mostly empty.
  std::string place_note;
  TextEntry visit_kind;
  TextEntry purpose;
  // What else people were asked about the visit, under the words of its description.
  struct Answer {
    std::string label;
    TextEntry value;
  };
  std::vector<Answer> more;
  Entry<Instant> started_at;
  Entry<Instant> ended_at;
  TextEntry state;  // under way, ended, signed, reviewed
  // A voided visit is still printed, and says so under its title.
  Standing standing;

  std::vector<Officer> officers;
  // Nobody: nobody of the other side was present.
  std::vector<OtherPerson> people_present;
  // Of a refusal above all; a refusal without one is printed as lacking it.
  std::vector<OtherPerson> witnesses;

  TextEntry summary;  // what was seen
  std::vector<PositionRow> positions;
  std::vector<WalkedAreaRow> areas;
  std::vector<CornerMarkerRow> markers;
  std::vector<Checklist> checklists;
  std::vector<FindingRow> findings;
  std::vector<RestorationRow> restorations;

  std::vector<VerdictRow> verdicts;
  std::vector<VerdictRow> reports;  // of targets and tracked matters: never passed or failed
  std::string catalogue;            // name and version of the rules' catalogue
  std::optional<Day> judged_on;

  std::vector<PhotoRow> photos;
  TextEntry statement;  // of the other side
  std::optional<Refusal> refusal;

  // What the signatures of this visit cover, when it is sealed.
  std::optional<Hash> seal;
};

// Officers (not voided) with an 执法证号 of their own (undisputed, and no two the same).
int certified_officers(const VisitRecord& record);
// 现场检查记录 with two such officers or more, else 巡查记录; in language().
std::string record_title(const VisitRecord& record);

}  // namespace kuangxun::report
