#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/cli/pin_signer.h"
#include "app/cli/ports.h"
#include "app/inspect/document.h"

// For this folder only: what was typed, and what commands are made of.
namespace kuangxun::cli {

// Of the commands about green mines; FIELD=VALUE, ids, files, days and sources are with the others.
struct GreenWords {
  std::string level = "national";  // assess
  std::string index;               // assess, template
  std::string table;               // assess
  std::string by;                  // assess, step, tier
  std::string evidence;            // record
  std::string step;                // step
  std::string document;            // step
  std::string result;              // step
  std::string team;                // step: people, of intermediate title or above, senior
  std::string intermediate;
  std::string senior;
  std::string leader_full_time;
  std::string tier;          // tier
  std::string reason;        // tier
  std::string label;         // import
  bool is_invented = false;  // import
  bool only_check = false;   // import
};

// Every word of a command line, taken apart; a command reads those it has.
struct Invocation {
  std::string data;
  std::string person;
  std::string script;  // for the window: a file of presses to play
  bool json = false;

  std::string kind;                      // list, report, area
  std::string id;                        // show, set, void, resolve, report, person use, criteria explain
  std::string file;                      // record, gps decode, criteria; the target of report
  std::vector<std::string> assignments;  // set, resolve: FIELD=VALUE
  std::vector<std::string> reason;       // void
  std::string take;                      // resolve
  std::string site;                      // check
  std::string catalogue;                 // check, criteria publish
  std::string on;                        // check, criteria
  std::string version;                   // criteria publish
  std::string why;                       // criteria publish
  std::string url;                       // enrol, sync
  std::string code;                      // enrol, person enrol
  std::string pin_file;                  // where the PIN is read from instead of the terminal
  std::string new_pin_file;              // person pin
  bool empty = false;                    // init
  std::string position;                  // coordinates, boundary where: as people write one, or a point's id
  std::string meridian;                  // those, boundary add: for eastings without zone
  std::string accuracy;                  // boundary add, boundary where
  std::string source;                    // boundary add
  std::int64_t seconds = 0;              // gps watch; 0: without end
  std::int64_t fixes = 0;                // gps average; 0: as many as come
  std::string clock;                     // photo import
  std::string clock_uncertainty;         // photo import
  std::string visit;                     // track
  std::string bottom;                    // boundary add
  std::string top;                       // boundary add
  std::string corner;                    // boundary marker
  std::string state;                     // boundary marker
  std::string boundary;                  // boundary marker: where a place has several
  std::string photo;                     // boundary marker
  std::string note;                      // boundary marker
  std::string year;                      // import, export template
  std::string sheet;                     // import
  std::string differences;               // import
  bool dry_run = false;                  // import
  std::vector<std::string> points;       // area points
  std::string label;                     // area
  std::string from;                      // area walk: instants
  std::string to;                        // area walk
  std::string track;                     // area walk
  GreenWords green;
};

// What a command works with.
struct Context {
  const Invocation& invocation;
  office::Office& office;
  Uuid person;
  PinSigner& signer;
  std::ostream& out;
  std::ostream& err;

  Clock& clock() const { return office.world().clock; }
  Random& random() const { return office.world().random; }
  const std::filesystem::path& assets() const { return office.world().assets; }
  inspect::Desk desk(history::RecordStore& store) const { return office.desk(store, person, &signer); }
  Day today() const { return day_of(clock().now_ms(), beijing_offset_min); }
};

// The exit codes that scripts rely on.
constexpr int exit_done = 0;
constexpr int exit_answer_is_no = 1;
constexpr int exit_wrong_use = 2;
constexpr int exit_bad_input = 3;
constexpr int exit_could_not = 4;

// Each gives the exit code, or the error that main prints in one line.
Result<int> run_init(Context& context);
Result<int> run_list(Context& context);
Result<int> run_show(Context& context);
Result<int> run_record(Context& context);
Result<int> run_set(Context& context);
Result<int> run_void(Context& context);
Result<int> run_check(Context& context);
Result<int> run_criteria_list(Context& context);
Result<int> run_criteria_lint(Context& context);
Result<int> run_criteria_explain(Context& context);
Result<int> run_criteria_publish(Context& context);
Result<int> run_disputes(Context& context);
Result<int> run_resolve(Context& context);
Result<int> run_enrol(Context& context);
Result<int> run_sync(Context& context);
Result<int> run_bundle_write(Context& context);
Result<int> run_bundle_read(Context& context);
Result<int> run_person_enrol(Context& context);
Result<int> run_person_list(Context& context);
Result<int> run_person_pin(Context& context);
Result<int> run_person_use(Context& context);
Result<int> run_report(Context& context);
Result<int> run_gps_decode(Context& context);
Result<int> run_gps_watch(Context& context);
Result<int> run_gps_average(Context& context);
Result<int> run_photo_import(Context& context);
Result<int> run_import(Context& context);
Result<int> run_export_template(Context& context);
Result<int> run_track_record(Context& context);
Result<int> run_track_import(Context& context);
Result<int> run_track_list(Context& context);
Result<int> run_coordinates(Context& context);
Result<int> run_boundary_add(Context& context);
Result<int> run_boundary_where(Context& context);
Result<int> run_boundary_height(Context& context);
Result<int> run_boundary_marker(Context& context);
Result<int> run_boundary_show(Context& context);
Result<int> run_area_walk(Context& context);
Result<int> run_area_points(Context& context);
Result<int> run_area_list(Context& context);
Result<int> run_area_where(Context& context);
Result<int> run_green_indexes(Context& context);
Result<int> run_green_template(Context& context);
Result<int> run_green_import(Context& context);
Result<int> run_green_assess(Context& context);
Result<int> run_green_record(Context& context);
Result<int> run_green_step(Context& context);
Result<int> run_green_show(Context& context);
Result<int> run_green_what_if(Context& context);
Result<int> run_green_tier(Context& context);
Result<int> run_verify(Context& context);
Result<int> run_rebuild(Context& context);
Result<int> run_status(Context& context);

// "FIELD=VALUE"; usage when there is no "=".
Result<std::vector<inspect::FieldText>> read_assignments(const std::vector<std::string>& assignments);

}  // namespace kuangxun::cli
