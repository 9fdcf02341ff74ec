#include "app/clip/clip.h"

#include <polyclipping/clipper.hpp>

#include "db/language/language.h"

namespace kuangxun::clip {
namespace {

namespace cl = ClipperLib;

cl::Paths paths_of(const Shape& shape) {
  cl::Paths paths;
  paths.reserve(shape.size());
  for (const Ring& ring : shape) {
    cl::Path& path = paths.emplace_back();
    path.reserve(ring.size());
    for (const Point& point : ring) path.emplace_back(point.x, point.y);
  }
  return paths;
}

Shape shape_of(const cl::Paths& paths) {
  Shape shape;
  shape.reserve(paths.size());
  for (const cl::Path& path : paths) {
    Ring& ring = shape.emplace_back();
    ring.reserve(path.size());
    for (const cl::IntPoint& point : path) ring.push_back({point.X, point.Y});
  }
  return shape;
}

Error cannot_clip(const char* reason) {
  return Error(ErrorCode::bad_input, phrase("the two shapes cannot be laid over each other: {0}", {reason}));
}

Result<Shape> run(cl::Clipper& clipper, cl::ClipType type) {
  cl::Paths found;
  if (!clipper.Execute(type, found, cl::pftEvenOdd, cl::pftEvenOdd)) return cannot_clip("clipper");
  return shape_of(found);
}

}  // namespace

Result<Pieces> clip(const Shape& first, const Shape& second) {
  try {
    cl::Clipper clipper;
    clipper.AddPaths(paths_of(first), cl::ptSubject, true);
    clipper.AddPaths(paths_of(second), cl::ptClip, true);
    KX_TRY(common, run(clipper, cl::ctIntersection));
    KX_TRY(rest, run(clipper, cl::ctDifference));
    return Pieces{std::move(common), std::move(rest)};
  } catch (const cl::clipperException& failure) {
    return cannot_clip(failure.what());
  }
}

double signed_area(const Ring& ring) {
  double twice = 0;
  if (ring.empty()) return 0;
  const Point& origin = ring.front();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point& from = ring[i];
    const Point& to = ring[(i + 1) % ring.size()];
    twice += static_cast<double>(from.x - origin.x) * static_cast<double>(to.y - origin.y) -
             static_cast<double>(to.x - origin.x) * static_cast<double>(from.y - origin.y);
  }
  return twice / 2;
}

Result<double> area(const Shape& shape) {
  try {
    cl::Clipper clipper;
    clipper.AddPaths(paths_of(shape), cl::ptSubject, true);
    KX_TRY(united, run(clipper, cl::ctUnion));
    double sum = 0;
    for (const Ring& ring : united) sum += signed_area(ring);
    return sum;
  } catch (const cl::clipperException& failure) {
    return cannot_clip(failure.what());
  }
}

}  // namespace kuangxun::clip
