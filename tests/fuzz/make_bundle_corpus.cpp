#include <cstdio>

#include "db/base/files.h"
#include "sync/bundle/write_bundle.h"
#include "tests/fuzz/bundle_scene.h"
#include "tests/fuzz/corpus_folder.h"
#include "tests/support/temporary_folder.h"

// Makes the sound inputs of the target `bundle`, with the stand-in signatures that it is linked with:
//   make_bundle_corpus FOLDER

namespace {

using namespace kuangxun;
using fuzz::CorpusFolder;

// Records as bundle_fuzz.cpp reads them.
void add_told(Bytes& input, wire::MessageType type, ByteView body) {
  input.push_back(1);
  input.push_back(static_cast<std::uint8_t>(static_cast<int>(type) - 1));
  input.push_back(static_cast<std::uint8_t>(body.size()));
  input.push_back(static_cast<std::uint8_t>(body.size() >> 8));
  input.insert(input.end(), body.begin(), body.end());
}

void add_bundles(CorpusFolder& corpus) {
  fuzz::BundleScene scene;
  scene.laptop->photos.keep(Bytes(100, 7));
  const tests::TemporaryFolder folder;
  const bundle::Laptop side{scene.laptop->store, &scene.laptop->photos, scene.world.clock, scene.world.random};
  const auto recipient = bundle::recipient_of(scene.world.county.statements());
  if (!bundle::write_bundle(side, *recipient, folder / "bundle").ok()) std::exit(4);
  Bytes beginning = {0};
  const Bytes whole = *read_file(folder / "bundle", 1 << 20);
  beginning.insert(beginning.end(), whole.begin(), whole.begin() + 400);
  corpus.add("bundle", "beginning", beginning);
  auto file = bundle::SealedFileReader::open(folder / "bundle", scene.world.county.bundle_secrets());
  Bytes requests = {1};
  Bytes answers = {2};
  for (int count = 0; count < 6; ++count) {
    const auto request = wire::parse_request(*std::move(*(*file)->next()));
    add_told(requests, request->type, request->body());
    const auto answer = wire::parse_answer(scene.world.county.answer_bytes(request->bytes));
    if (request->type != wire::MessageType::attachment_put) add_told(answers, answer->type, answer->body());
  }
  corpus.add("bundle", "requests", requests);
  corpus.add("bundle", "answers", answers);
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: make_bundle_corpus FOLDER\n");
    return 2;
  }
  CorpusFolder corpus(words[1]);
  add_bundles(corpus);
  return 0;
}
