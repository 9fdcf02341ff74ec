#pragma once

#include <filesystem>
#include <functional>

#include "app/criteria/shelf.h"
#include "app/geo/county_lines.h"
#include "app/green/index.h"
#include "app/office/office.h"

// What the screens need of the world; app/main plugs in the real things.
namespace kuangxun::screens {

// Does a job on the window's thread, soon; may be called from any thread.
using Post = std::function<void(std::function<void()>)>;

// All borrowed for as long as the workbench lives.
struct World {
  // The window's own; what goes on beside the window has another (Office::beside).
  office::Office& office;
  inspect::Desk& desk;              // on the office's store
  criteria::CatalogueShelf& rules;  // read already; read anew after each sync
  Post post;
  std::filesystem::path papers_folder;    // where reports go unless the person says otherwise
  std::filesystem::path examples_folder;  // recordings and pictures to practise with
  const geo::CountyLines& county_lines;   // for orientation only
  const green::Library& green;
  // Where small pictures go; empty: none are kept.
  std::filesystem::path thumbnails_folder = {};
};

}  // namespace kuangxun::screens
