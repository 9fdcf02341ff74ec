#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "db/base/files.h"

namespace kuangxun::fuzz {

// FOLDER/TARGET/example-NAME: the sound inputs that a target starts from.
class CorpusFolder {
 public:
  explicit CorpusFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& target, const std::string& name, const Bytes& bytes) {
    const std::filesystem::path file = folder_ / target / ("example-" + name);
    std::filesystem::create_directories(file.parent_path());
    const Status written = write_file_durably(file, bytes);
    if (written.ok()) return;
    std::fprintf(stderr, "%s\n", written.error().message().c_str());
    std::exit(4);
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace kuangxun::fuzz
