#include "app/cli/commands.h"
#include "db/language/language.h"

// The commands about where: coordinates, boundaries, tracks, photos.
namespace kuangxun::cli {

void Commands::add_where_commands() {
  const auto add_meridian = [this](CLI::App& command) {
    command.add_option("--meridian", invocation_.meridian, say_text("central meridian, for eastings without zone"))
        ->type_name("DEG");
  };
  const auto add_position = [this](CLI::App& command) {
    command
        .add_option("POSITION", invocation_.position,
                    say_text("degrees or X and Y, as \"43.1 81.8\" or \"X=4774139.931 Y=27565127.031\""))
        ->required();
  };
  CLI::App* coordinates = add(app_, "coordinates", run_coordinates,
                              say_text("a coordinate in all its forms: degrees, seconds, Gauss–Krüger of 3° and 6°"));
  add_position(*coordinates);
  add_meridian(*coordinates);
  CLI::App* boundary = add(app_, "boundary", nullptr, say_text("licence boundaries"));
  boundary->require_subcommand(1);
  CLI::App* enter = add(*boundary, "add", run_boundary_add, say_text("enter the corner table of a place"));
  CLI::App* where = add(*boundary, "where", run_boundary_where,
                        say_text("a point inside, outside, or not to be told; exit code 1 when outside"));
  CLI::App* height = add(*boundary, "height", run_boundary_height,
                         say_text("a point's 1985 height against the elevations; exit code 1 when beyond them"));
  height
      ->add_option("POINT", invocation_.position,
                   say_text("id of a point; by a benchmark of the same visit or the county's height offset"))
      ->required();
  CLI::App* show = add(*boundary, "show", run_boundary_show,
                       say_text("a place's corners and what their markers were last; exit code 1 when one is damaged "
                                "or lost"));
  for (CLI::App* command : {enter, where, show}) {
    command->add_option("PLACE", invocation_.id, say_text("id or exact name of a place"))->required();
  }
  enter->add_option("FILE", invocation_.file, say_text("CSV or text, a corner a line"))->required();
  enter
      ->add_option("--accuracy", invocation_.accuracy,
                   say_text("accuracy of the corners, m (1 sigma); without it no verdicts"))
      ->type_name("M");
  enter->add_option("--source", invocation_.source, say_text("source, as the licence's number"));
  enter->add_option("--bottom", invocation_.bottom, say_text("lowest elevation, m"))->type_name("M");
  enter->add_option("--top", invocation_.top, say_text("highest elevation, m"))->type_name("M");
  add_meridian(*enter);
  add_position(*where);
  where->add_option("--accuracy", invocation_.accuracy, say_text("accuracy, m (1 sigma); a recorded point has its own"))
      ->type_name("M");
  add_meridian(*where);
  CLI::App* marker =
      add(*boundary, "marker", run_boundary_marker, say_text("record the boundary marker that was seen on a visit"));
  add_marker_options(*marker);
  add_meridian(*marker);
}

void Commands::add_marker_options(CLI::App& marker) {
  marker.add_option("CORNER", invocation_.corner, say_text("number of the corner, see boundary show"))->required();
  marker.add_option("STATE", invocation_.state, say_text("intact, damaged or lost"))->required();
  marker.add_option("--visit", invocation_.visit, say_text("the visit it was seen on"))->required()->type_name("ID");
  marker.add_option("--at", invocation_.position, say_text("where it was seen: the id of a point, or coordinates"))
      ->type_name("POSITION");
  marker.add_option("--accuracy", invocation_.accuracy, say_text("accuracy of those coordinates, m (1 sigma)"))
      ->type_name("M");
  marker.add_option("--boundary", invocation_.boundary, say_text("which boundary, where the place has several"))
      ->type_name("ID");
  marker.add_option("--photo", invocation_.photo, say_text("id of a photo"))->type_name("ID");
  marker.add_option("--note", invocation_.note, say_text("a remark"))->type_name("TEXT");
}

void Commands::add_track_commands() {
  CLI::App* track = add(app_, "track", nullptr, say_text("tracks"));
  track->require_subcommand(1);
  const auto add_visit = [this](CLI::App& command) {
    command.add_option("--visit", invocation_.visit, say_text("the visit it belongs to"))->required()->type_name("ID");
  };
  CLI::App* record =
      add(*track, "record", run_track_record, say_text("record what a receiver says, until it is stopped"));
  record->add_option("SOURCE", invocation_.file, say_text("as for gps watch"))->required();
  add_visit(*record);
  add_seconds(*record);
  CLI::App* import =
      add(*track, "import", run_track_import, say_text("make a track of a receiver's recording (NMEA or GPX)"));
  import->add_option("FILE", invocation_.file, say_text("a recording of a receiver"))->required();
  add_visit(*import);
  add_visit(*add(*track, "list", run_track_list, say_text("the tracks of a visit")));
}

void Commands::add_area_commands() {
  CLI::App* area = add(app_, "area", nullptr, say_text("walked areas against the line"));
  area->require_subcommand(1);
  const auto add_visit = [this](CLI::App& command) {
    command.add_option("--visit", invocation_.visit, say_text("the visit it belongs to"))->required()->type_name("ID");
  };
  CLI::App* walk = add(*area, "walk", run_area_walk, say_text("make an area of a track that comes back to its start"));
  CLI::App* points = add(*area, "points", run_area_points, say_text("make an area of points in their order"));
  for (CLI::App* command : {walk, points}) {
    add_visit(*command);
    command
        ->add_option("--kind", invocation_.kind,
                     say_text("extraction-area, waste-dump, tailings, industrial-site, road or restoration-area"))
        ->required()
        ->type_name("KIND");
    command->add_option("--label", invocation_.label, say_text("a name"))->type_name("TEXT");
  }
  walk->add_option("--track", invocation_.track, say_text("which track (else the newest)"))->type_name("ID");
  walk->add_option("--from", invocation_.from, say_text("from this instant on"))->type_name("TIME");
  walk->add_option("--to", invocation_.to, say_text("up to this instant"))->type_name("TIME");
  points->add_option("POINT", invocation_.points, say_text("ids of points, 3 or more"))->required();
  add_visit(*add(*area, "list", run_area_list, say_text("a visit's areas and how they stand to the line")));
  add(*area, "where", run_area_where,
      say_text("an area inside, outside or not to be told; exit code 1 when a part is outside"))
      ->add_option("AREA", invocation_.id, say_text("id of a walked area"))
      ->required();
}

void Commands::add_photo_commands() {
  CLI::App* photo = add(app_, "photo", nullptr, say_text("photos"));
  photo->require_subcommand(1);
  CLI::App* import = add(*photo, "import", run_photo_import,
                         say_text("take in a folder's photos, placed on the track by their time; exit code 1 when "
                                  "one did not go"));
  import->add_option("FOLDER", invocation_.file, say_text("a folder with JPEG photos"))->required();
  import->add_option("--visit", invocation_.visit, say_text("the visit (else that of the time they were taken at)"))
      ->type_name("ID");
  import
      ->add_option("--clock", invocation_.clock,
                   say_text("seconds that the camera's clock is behind (ahead: negative)"))
      ->type_name("S");
  import
      ->add_option("--clock-uncertainty", invocation_.clock_uncertainty,
                   say_text("how many seconds that may be wrong (else 2)"))
      ->type_name("S");
}

}  // namespace kuangxun::cli
