#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "db/sqlite/verify_report.h"
#include "sync/bundle/written_bundle.h"
#include "sync/engine/report.h"

// What the acts of an office come to: data, worded by told.h only. Each is the one type of its act from where it is
// made on; whoever shows it takes it whole.
namespace kuangxun::office {

// Of `sync`, and of the county's answers that came by stick.
using Report = engine::Report;
// Of `bundle write`.
using WrittenBundle = bundle::WrittenBundle;
// Of `verify`.
using Proof = sqlite::VerifyReport;

// Of `enrol`: what the county knows this laptop as.
struct Enrolled {
  std::string url;
  std::string device_name;
  std::string device_role;
  // The key of the epoch before was lost, or a copy of this laptop has it: the laptop goes on in this one.
  std::optional<std::uint32_t> new_epoch;
};

// Of a paper that was written.
struct Paper {
  std::filesystem::path file;
  int pages = 0;
  Hash hash;  // SHA-256 of the file
};

}  // namespace kuangxun::office
