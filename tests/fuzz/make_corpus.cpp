#include <cstdio>

#include "db/frames/compression.h"
#include "db/frames/frame.h"
#include "db/frames/merkle.h"
#include "db/frames/payload.h"
#include "db/records/track_block.h"
#include "sync/wire/enrolment_code.h"
#include "tests/fuzz/corpus_folder.h"
#include "tests/fuzz/examples.h"
#include "tests/fuzz/wire_examples.h"

// Makes the sound inputs that each target starts from:
//   make_fuzz_corpus FOLDER
// writes FOLDER/TARGET/example-NAME; those of `bundle` come from make_bundle_corpus. What libFuzzer found beside them
// is chosen by packaging/prove/fuzz.sh.

namespace {

using namespace kuangxun;
using fuzz::CorpusFolder;

// Numbers in front of a subject, as the targets' own comments list them.
Bytes behind(std::initializer_list<std::uint16_t> numbers, ByteView subject) {
  Bytes bytes;
  for (const std::uint16_t number : numbers) {
    bytes.push_back(static_cast<std::uint8_t>(number));
    bytes.push_back(static_cast<std::uint8_t>(number >> 8));
  }
  bytes.insert(bytes.end(), subject.begin(), subject.end());
  return bytes;
}

void add_frames(CorpusFolder& corpus) {
  int number = 0;
  for (const Bytes& frame : fuzz::example_frames()) corpus.add("frame_header", std::to_string(++number), frame);
}

void add_payloads(CorpusFolder& corpus) {
  for (const int wanted : {1, 2, 3, 8, 30}) {
    const auto count = static_cast<std::uint16_t>(wanted);
    const auto operations = fuzz::example_operations(std::uint64_t{100} + count, count);
    corpus.add("payload", std::to_string(count), behind({count, 0}, frames::encode_payload(operations)));
    corpus.add("payload", "content-" + std::to_string(count),
               behind({0, 0}, frames::encode_content(operations.back())));
  }
}

void add_nmea(CorpusFolder& corpus) {
  const auto add = [&](const std::string& name, const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) text += "$" + sentence + "*00\r\n";
    corpus.add("nmea", name, behind({7}, as_bytes(text)));
  };
  const std::string gga = "GPGGA,101112.00,4313.0000,N,08149.0000,E,1,08,1.0,1200.0,M,-45.0,M,,";
  const std::string rmc = "GNRMC,101112.00,A,4313.0000,N,08149.0000,E,0.5,12.0,240926,,,A";
  add("moment", {gga, rmc, "GPVTG,12.0,T,,M,0.5,N,0.9,K,A"});
  add("statistics", {gga, "GPGST,101112.00,1.2,,,,2.0,3.0,4.0", "GPGSA,A,3,01,02,03,04,,,,,,,,,1.8,1.0,1.5"});
  add("many-systems", {"GNGNS,101112.00,4313.0000,N,08149.0000,E,AA,16,0.8,1200.0,-45.0,,", rmc,
                       "GBGSV,1,1,01,21,40,083,46", "GLGSV,1,1,00"});
  add("midnight", {"GPGLL,4313.0000,N,08149.0000,E,235959.90,A,A", "GPZDA,000000.10,24,09,2026,00,00",
                   "GPGLL,4313.0001,N,08149.0000,E,000000.10,A,A", "GPHDT,123.4,T"});
}

void add_track_blocks(CorpusFolder& corpus) {
  tests::SeededRandom random(5);
  for (const std::size_t count : {1, 2, 10, 60}) {
    for (const bool is_complete : {false, true}) {
      std::vector<records::TrackPoint> points(count);
      for (std::size_t i = 0; i < count; ++i) {
        points[i].time_ms = static_cast<std::int64_t>(i * 1000 + random.below(2));
        points[i].latitude_nanodegrees = 43'200'000'000 + static_cast<std::int64_t>(random.below(10'000));
        points[i].longitude_nanodegrees = 81'800'000'000 + static_cast<std::int64_t>(random.below(10'000));
        points[i].satellites = static_cast<std::uint8_t>(9 + random.below(2));
        if (!is_complete && random.chance_percent(30)) continue;
        points[i].ellipsoidal_height_mm = 1'400'000 + static_cast<std::int64_t>(random.below(20)) * 100;
        points[i].accuracy_mm = 2500;
        points[i].flags = records::track_flags::unsettled;
      }
      corpus.add("track_block", std::to_string(count) + (is_complete ? "-complete" : ""),
                 behind({0, 0, 0, 0}, records::encode_track_block(points, 0)));
    }
  }
}

void add_compressed(CorpusFolder& corpus) {
  const auto add = [&](const std::string& name, const Bytes& raw) {
    const auto size = static_cast<std::uint32_t>(raw.size());
    corpus.add(
        "compression", name,
        behind({static_cast<std::uint16_t>(size), static_cast<std::uint16_t>(size >> 16)}, frames::compress(raw)));
  };
  add("nothing", {});
  add("payload", frames::encode_payload(fuzz::example_operations(7, 30)));
  add("run", Bytes(200'000, 0x41));
  Bytes noise(300);
  tests::SeededRandom(3).fill(noise);
  add("noise", noise);
  Bytes words;
  while (words.size() < 3000) {
    const std::string word = "采场北侧 " + std::to_string(words.size() % 7);
    words.insert(words.end(), word.begin(), word.end());
  }
  add("words", words);
}

void add_messages(CorpusFolder& corpus) {
  for (const fuzz::NamedBytes& example : fuzz::example_requests()) corpus.add("request", example.name, example.bytes);
  for (const fuzz::NamedBytes& example : fuzz::example_answers()) corpus.add("answer", example.name, example.bytes);
}

void add_county_words(CorpusFolder& corpus) {
  const auto add = [&](std::uint8_t what, const std::string& name, ByteView bytes) {
    Bytes input = {what};
    input.insert(input.end(), bytes.begin(), bytes.end());
    corpus.add("county_word", name, input);
  };
  add(0, "receipt", fuzz::example_receipt());
  add(1, "checkpoint", fuzz::example_checkpoint());
  const auto statements = fuzz::example_key_statements();
  add(2, "key-statement", statements.front());
  Bytes both = statements.front();
  both.insert(both.end(), statements.back().begin(), statements.back().end());
  add(2, "key-statements", both);
  frames::Frontier frontier;
  add(3, "frontier-empty", frontier.encode());
  for (std::uint8_t leaf = 0; leaf < 11; ++leaf) frontier.append(sha256(Bytes{leaf}));
  add(3, "frontier", frontier.encode());
  tests::SeededRandom random(5);
  const auto code = wire::make_enrolment_code(fuzz::example_key().public_key(), random);
  add(4, "enrolment-code", as_bytes(code.text()));
}

// A story is whatever its bytes tell.
void add_stories(CorpusFolder& corpus) {
  tests::SeededRandom random(6);
  for (const std::size_t size : {0, 40, 100, 200, 300, 400, 600}) {
    Bytes story(size);
    random.fill(story);
    for (const char* target : {"frame_apply", "laptop_apply"}) {
      corpus.add(target, "story-" + std::to_string(size), story);
    }
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: make_fuzz_corpus FOLDER\n");
    return 2;
  }
  CorpusFolder corpus(words[1]);
  add_frames(corpus);
  add_payloads(corpus);
  add_nmea(corpus);
  add_track_blocks(corpus);
  add_compressed(corpus);
  add_messages(corpus);
  add_county_words(corpus);
  add_stories(corpus);
  return 0;
}
