#include "app/cli/commands.h"
#include "db/base/language.h"

// The commands about where: coordinates, boundaries, tracks, photos.
namespace kuangxun::cli {

void Commands::add_where_commands() {
  const auto add_meridian = [this](CLI::App& command) {
    command
        .add_option("--meridian", invocation_.meridian,
                    say_text("横坐标没有带号时的中央子午线", "central meridian, for eastings without zone"))
        ->type_name("DEG");
  };
  const auto add_position = [this](CLI::App& command) {
    command
        .add_option("POSITION", invocation_.position,
                    say_text("经纬度或 X、Y，如 \"43.1 81.8\"、\"X=4774139.931 Y=27565127.031\"",
                             "degrees or X and Y, as \"43.1 81.8\" or \"X=4774139.931 Y=27565127.031\""))
        ->required();
  };
  CLI::App* coordinates = add(app_, "coordinates", run_coordinates,
                              say_text("一个坐标的各种写法：度、度分秒、高斯 3° 带和 6° 带",
                                       "a coordinate in all its forms: degrees, seconds, Gauss–Krüger of 3° and 6°"));
  add_position(*coordinates);
  add_meridian(*coordinates);
  CLI::App* boundary = add(app_, "boundary", nullptr, say_text("矿区范围界线", "licence boundaries"));
  boundary->require_subcommand(1);
  CLI::App* enter =
      add(*boundary, "add", run_boundary_add, say_text("录入一处地点的拐点表", "enter the corner table of a place"));
  CLI::App* where = add(*boundary, "where", run_boundary_where,
                        say_text("一个点在界内、界外还是无法判断；界外退出码为 1",
                                 "a point inside, outside, or not to be told; exit code 1 when outside"));
  CLI::App* height = add(*boundary, "height", run_boundary_height,
                         say_text("一个定位点的1985高程与标高范围；超出退出码为 1",
                                  "a point's 1985 height against the elevations; exit code 1 when beyond them"));
  height
      ->add_option("POINT", invocation_.position,
                   say_text("定位点的编号；按同次检查的已知高程点或县里的高程改正",
                            "id of a point; by a benchmark of the same visit or the county's height offset"))
      ->required();
  CLI::App* show = add(*boundary, "show", run_boundary_show,
                       say_text("一处地点的各个拐点和界桩最近的状态；有损坏、丢失的退出码为 1",
                                "a place's corners and what their markers were last; exit code 1 when one is damaged "
                                "or lost"));
  for (CLI::App* command : {enter, where, show}) {
    command->add_option("PLACE", invocation_.id, say_text("地点的编号或准确名称", "id or exact name of a place"))
        ->required();
  }
  enter
      ->add_option("FILE", invocation_.file,
                   say_text("拐点表：CSV 或文本，每行一个拐点", "CSV or text, a corner a line"))
      ->required();
  enter
      ->add_option("--accuracy", invocation_.accuracy,
                   say_text("拐点精度，米（一倍中误差）；不写则不作判断",
                            "accuracy of the corners, m (1 sigma); without it no verdicts"))
      ->type_name("M");
  enter->add_option("--source", invocation_.source, say_text("来源，如许可证号", "source, as the licence's number"));
  enter->add_option("--bottom", invocation_.bottom, say_text("标高下限，米", "lowest elevation, m"))->type_name("M");
  enter->add_option("--top", invocation_.top, say_text("标高上限，米", "highest elevation, m"))->type_name("M");
  add_meridian(*enter);
  add_position(*where);
  where
      ->add_option(
          "--accuracy", invocation_.accuracy,
          say_text("定位精度，米（一倍中误差）；定位点自带", "accuracy, m (1 sigma); a recorded point has its own"))
      ->type_name("M");
  add_meridian(*where);
  CLI::App* marker = add(*boundary, "marker", run_boundary_marker,
                         say_text("记录一次检查看到的界桩", "record the corner marker that was seen on a visit"));
  add_marker_options(*marker);
  add_meridian(*marker);
}

void Commands::add_marker_options(CLI::App& marker) {
  marker
      .add_option("CORNER", invocation_.corner,
                  say_text("拐点序号，见 boundary show", "number of the corner, see boundary show"))
      ->required();
  marker
      .add_option("STATE", invocation_.state,
                  say_text("intact 完好、damaged 损坏或 lost 丢失", "intact, damaged or lost"))
      ->required();
  marker.add_option("--visit", invocation_.visit, say_text("所属检查", "the visit it was seen on"))
      ->required()
      ->type_name("ID");
  marker
      .add_option("--at", invocation_.position,
                  say_text("在哪里看到：定位点的编号，或坐标", "where it was seen: the id of a point, or coordinates"))
      ->type_name("POSITION");
  marker
      .add_option("--accuracy", invocation_.accuracy,
                  say_text("坐标的精度，米（一倍中误差）", "accuracy of those coordinates, m (1 sigma)"))
      ->type_name("M");
  marker
      .add_option("--boundary", invocation_.boundary,
                  say_text("哪一条界线（地点有几条时）", "which boundary, where the place has several"))
      ->type_name("ID");
  marker.add_option("--photo", invocation_.photo, say_text("照片编号", "id of a photo"))->type_name("ID");
  marker.add_option("--note", invocation_.note, say_text("备注", "a remark"))->type_name("TEXT");
}

void Commands::add_track_commands() {
  CLI::App* track = add(app_, "track", nullptr, say_text("轨迹", "tracks"));
  track->require_subcommand(1);
  const auto add_visit = [this](CLI::App& command) {
    command.add_option("--visit", invocation_.visit, say_text("所属检查", "the visit it belongs to"))
        ->required()
        ->type_name("ID");
  };
  CLI::App* record =
      add(*track, "record", run_track_record,
          say_text("把接收机所说的记成轨迹，直到停止", "record what a receiver says, until it is stopped"));
  record->add_option("SOURCE", invocation_.file, say_text("来源，同 gps watch", "as for gps watch"))->required();
  add_visit(*record);
  add_seconds(*record);
  CLI::App* import = add(*track, "import", run_track_import,
                         say_text("读入接收机的记录（NMEA 或 GPX），成为一条轨迹",
                                  "make a track of a receiver's recording (NMEA or GPX)"));
  import->add_option("FILE", invocation_.file, say_text("接收机的记录文件", "a recording of a receiver"))->required();
  add_visit(*import);
  add_visit(*add(*track, "list", run_track_list, say_text("一次检查的轨迹", "the tracks of a visit")));
}

void Commands::add_area_commands() {
  CLI::App* area =
      add(app_, "area", nullptr, say_text("实测范围：面积、与界线的关系", "walked areas against the line"));
  area->require_subcommand(1);
  const auto add_visit = [this](CLI::App& command) {
    command.add_option("--visit", invocation_.visit, say_text("所属检查", "the visit it belongs to"))
        ->required()
        ->type_name("ID");
  };
  CLI::App* walk =
      add(*area, "walk", run_area_walk,
          say_text("用走过的轨迹围成范围，须回到起点", "make an area of a track that comes back to its start"));
  CLI::App* points =
      add(*area, "points", run_area_points, say_text("用定位点依次围成范围", "make an area of points in their order"));
  for (CLI::App* command : {walk, points}) {
    add_visit(*command);
    command
        ->add_option(
            "--kind", invocation_.kind,
            say_text("类型：extraction-area 采场/采坑、waste-dump 排土场、tailings 尾矿库、industrial-site 工业场地、"
                     "road 道路、restoration-area 治理区",
                     "extraction-area, waste-dump, tailings, industrial-site, road or restoration-area"))
        ->required()
        ->type_name("KIND");
    command->add_option("--label", invocation_.label, say_text("名称", "a name"))->type_name("TEXT");
  }
  walk->add_option("--track", invocation_.track, say_text("轨迹编号（默认最近一条）", "which track (else the newest)"))
      ->type_name("ID");
  walk->add_option("--from", invocation_.from, say_text("从这个时刻起", "from this instant on"))->type_name("TIME");
  walk->add_option("--to", invocation_.to, say_text("到这个时刻止", "up to this instant"))->type_name("TIME");
  points->add_option("POINT", invocation_.points, say_text("定位点的编号，至少 3 个", "ids of points, 3 or more"))
      ->required();
  add_visit(*add(*area, "list", run_area_list,
                 say_text("一次检查的实测范围，各附与界线的关系", "a visit's areas and how they stand to the line")));
  add(*area, "where", run_area_where,
      say_text("一个范围在界内、界外还是无法判断；有界外部分退出码为 1",
               "an area inside, outside or not to be told; exit code 1 when a part is outside"))
      ->add_option("AREA", invocation_.id, say_text("实测范围的编号", "id of a walked area"))
      ->required();
}

void Commands::add_photo_commands() {
  CLI::App* photo = add(app_, "photo", nullptr, say_text("照片", "photos"));
  photo->require_subcommand(1);
  CLI::App* import = add(*photo, "import", run_photo_import,
                         say_text("导入一个文件夹的照片，没有位置的按时间对到轨迹；有没导入的退出码为 1",
                                  "take in a folder's photos, placed on the track by their time; exit code 1 when "
                                  "one did not go"));
  import->add_option("FOLDER", invocation_.file, say_text("有 JPEG 照片的文件夹", "a folder with JPEG photos"))
      ->required();
  import
      ->add_option("--visit", invocation_.visit,
                   say_text("所属检查（默认按拍摄时间找）", "the visit (else that of the time they were taken at)"))
      ->type_name("ID");
  import
      ->add_option(
          "--clock", invocation_.clock,
          say_text("相机时钟慢多少秒（快则为负）", "seconds that the camera's clock is behind (ahead: negative)"))
      ->type_name("S");
  import
      ->add_option("--clock-uncertainty", invocation_.clock_uncertainty,
                   say_text("这个数可能差多少秒（默认 2）", "how many seconds that may be wrong (else 2)"))
      ->type_name("S");
}

}  // namespace kuangxun::cli
