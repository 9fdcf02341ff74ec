// kuangxun-verify: proves what a county exported, on its own. It shares no code with the programs that wrote the files,
// on purpose: it is made from db/frames/FORMAT.md and sync/wire/WIRE.md alone, needs nothing but libsodium, and is
// short enough to be read in one sitting by whoever must trust it.
//
//   kuangxun-verify FOLDER [COUNTY-KEY-HEX]
//
// FOLDER holds frames.kxf, keys.kxk, devices.txt and checkpoint.kxcp (kuangxun-county export). With the county's first
// public key, known from elsewhere (a laptop, a printed receipt), the keys in the folder are held against it. Exit code
// 0: all holds; 1: something does not; 2: wrong use or files that cannot be read.
#include <sodium.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Bytes = std::vector<unsigned char>;
using Hash = std::array<unsigned char, 32>;
constexpr std::size_t header_bytes = 208;
constexpr std::size_t frame_bytes_max = 4U << 20;

// The registers of the plan of 2021-2025: the one unsigned frame that is believed, by its hash.
constexpr const char* pinned_frame = "b00268805242bed8b485fc8f978610911ee9ce1b715f753b245e4ace0fb9034a";

int problems = 0;
void complain(const std::string& what) {
  if (++problems <= 100) std::printf("%s\n", what.c_str());
}

Hash sha256(const unsigned char* data, std::size_t size) {
  Hash hash;
  crypto_hash_sha256(hash.data(), data, size);
  return hash;
}

std::string hex(const unsigned char* data, std::size_t size) {
  std::string text;
  char pair[3];
  for (std::size_t i = 0; i < size; ++i) {
    std::snprintf(pair, sizeof pair, "%02x", data[i]);
    text += pair;
  }
  return text;
}

std::uint64_t number_at(const Bytes& bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= static_cast<std::uint64_t>(bytes[at + i]) << (8 * i);
  return value;
}

Hash hash_at(const Bytes& bytes, std::size_t at) {
  Hash hash;
  std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(at + 32),
            hash.begin());
  return hash;
}

bool is_signed(const Hash& key, const Bytes& bytes, std::size_t signed_bytes, std::size_t signature_at) {
  return crypto_sign_verify_detached(bytes.data() + signature_at, bytes.data(), signed_bytes, key.data()) == 0;
}

// Reads u32 length and that many bytes; nothing at the end of the file.
std::optional<Bytes> next_counted(std::ifstream& in, bool& is_broken) {
  Bytes length(4);
  in.read(reinterpret_cast<char*>(length.data()), 4);  // NOLINT: bytes of a file
  if (in.gcount() == 0) return std::nullopt;
  const std::uint64_t size = in.gcount() == 4 ? number_at(length, 0, 4) : frame_bytes_max + 1;
  if (size > frame_bytes_max) {
    is_broken = true;
    return std::nullopt;
  }
  Bytes bytes(size);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));  // NOLINT: bytes of a file
  is_broken = static_cast<std::uint64_t>(in.gcount()) != size;
  if (is_broken) return std::nullopt;
  return bytes;
}

// RFC 6962: the right edge of the tree, one hash a complete subtree.
class Tree {
 public:
  void add(const Hash& frame) {
    Bytes leaf(1, 0);
    leaf.insert(leaf.end(), frame.begin(), frame.end());
    Hash top = sha256(leaf.data(), leaf.size());
    for (std::uint64_t bits = size_++; (bits & 1) != 0; bits >>= 1) {
      top = join(edge_.back(), top);
      edge_.pop_back();
    }
    edge_.push_back(top);
  }
  std::uint64_t size() const { return size_; }
  Hash root() const {
    if (edge_.empty()) return sha256(nullptr, 0);
    Hash root = edge_.back();
    for (std::size_t i = edge_.size() - 1; i-- > 0;) root = join(edge_[i], root);
    return root;
  }

 private:
  static Hash join(const Hash& left, const Hash& right) {
    Bytes both(1, 1);
    both.insert(both.end(), left.begin(), left.end());
    both.insert(both.end(), right.begin(), right.end());
    return sha256(both.data(), both.size());
  }
  std::uint64_t size_ = 0;
  std::vector<Hash> edge_;
};

struct County {
  std::string id;                      // 32 hexadecimal digits
  std::map<std::uint64_t, Hash> keys;  // by the first epoch that they sign
  std::optional<Hash> key(std::uint64_t epoch) const {
    auto after = keys.upper_bound(epoch);
    if (after == keys.begin()) return std::nullopt;
    return std::prev(after)->second;
  }
};

// Key statements, WIRE.md: 290 bytes each.
bool read_county(const std::string& folder, const std::string& first_key, County& county) {
  std::ifstream in(folder + "/keys.kxk", std::ios::binary);
  bool is_broken = !in;
  Hash previous{};
  std::optional<Hash> key_before;
  while (!is_broken) {
    const auto bytes = next_counted(in, is_broken);
    if (!bytes) break;
    if (bytes->size() != 290 || std::string(bytes->begin(), bytes->begin() + 5) != std::string("KXCK\1", 5))
      return false;
    const Hash key = hash_at(*bytes, 25);
    if (hash_at(*bytes, 121) != previous) complain("key statement: it does not continue the one before");
    if (!is_signed(key, *bytes, 226, 226)) complain("key statement: its own signature is wrong");
    const bool is_replacement = (*bytes)[153] == 1;
    if (key_before && !is_replacement && !is_signed(*key_before, *bytes, 162, 162)) {
      complain("key statement: the key before did not sign it");
    }
    if (is_replacement) std::printf("note: a lost key was replaced here; compare the new one with people\n");
    if (!key_before && !first_key.empty() && hex(key.data(), 32) != first_key)
      complain("the county's first key is another");
    county.id = hex(bytes->data() + 5, 16);
    county.keys[number_at(*bytes, 21, 4)] = key;
    previous = sha256(bytes->data(), bytes->size());
    key_before = key;
  }
  return !is_broken && !county.keys.empty();
}

using Writer = std::pair<std::string, std::uint64_t>;

std::map<Writer, Hash> read_devices(const std::string& folder) {
  std::map<Writer, Hash> keys;
  std::ifstream in(folder + "/devices.txt");
  std::string id;
  std::uint64_t epoch = 0;
  std::string key_text;
  while (in >> id >> epoch >> key_text) {
    std::string digits;
    for (const char character : id) {
      if (character != '-') digits += character;
    }
    Hash key{};
    std::size_t size = 0;
    sodium_hex2bin(key.data(), key.size(), key_text.c_str(), key_text.size(), nullptr, &size, nullptr);
    if (size == 32) keys[{digits, epoch}] = key;
  }
  return keys;
}

struct Chain {
  std::uint64_t through = 0;
  Hash last{};
};

// FORMAT.md: the header, its hash, its signature, its place in its writer's chain.
void check_frame(const Bytes& frame, std::uint64_t number, const County& county, const std::map<Writer, Hash>& devices,
                 std::map<Writer, Chain>& chains) {
  const std::string where = "frame " + std::to_string(number) + ": ";
  if (frame.size() < header_bytes || std::string(frame.begin(), frame.begin() + 4) != "KXF0" || frame[4] != 1) {
    return complain(where + "not a frame of version 1");
  }
  if (number_at(frame, 40, 4) != frame.size() - header_bytes) return complain(where + "its length is wrong");
  if (sha256(frame.data() + header_bytes, frame.size() - header_bytes) != hash_at(frame, 80)) {
    complain(where + "its content does not have its hash");
  }
  const Hash hash = sha256(frame.data(), header_bytes);
  const Writer writer{hex(frame.data() + 8, 16), number_at(frame, 24, 4)};
  if (frame[5] == 0) {
    if (hex(hash.data(), 32) != pinned_frame) complain(where + "unsigned, and not the known registers");
  } else {
    std::optional<Hash> key;
    if (writer.first == county.id) key = county.key(writer.second);
    const auto device = devices.find(writer);
    if (!key && device != devices.end()) key = device->second;
    if (!key) complain(where + "nobody knows the key of " + writer.first);
    if (key && !is_signed(*key, frame, 144, 144)) complain(where + "its signature is wrong");
  }
  Chain& chain = chains[writer];
  const std::uint64_t first = number_at(frame, 28, 8);
  if (first != chain.through + 1 || hash_at(frame, 48) != chain.last)
    complain(where + "it does not continue its chain");
  chain.through = first + number_at(frame, 36, 4) - 1;
  chain.last = hash;
}

bool check_checkpoint(const std::string& folder, const County& county, const Tree& tree) {
  std::ifstream in(folder + "/checkpoint.kxcp", std::ios::binary);
  const Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (bytes.size() != 141 || std::string(bytes.begin(), bytes.begin() + 5) != std::string("KXCP\1", 5)) return false;
  const auto key = county.key(number_at(bytes, 73, 4));
  if (!key || !is_signed(*key, bytes, 77, 77)) complain("checkpoint: its signature is wrong");
  if (hex(bytes.data() + 5, 16) != county.id) complain("checkpoint: of another county");
  if (number_at(bytes, 25, 8) != tree.size() || hash_at(bytes, 33) != tree.root()) {
    complain("checkpoint: the frames do not make the tree that it signs");
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2 || count > 3 || sodium_init() < 0) {
    std::fprintf(stderr, "kuangxun-verify FOLDER [COUNTY-KEY-HEX]\n");
    return 2;
  }
  const std::string folder = arguments[1];
  County county;
  if (!read_county(folder, count == 3 ? arguments[2] : "", county)) {
    std::fprintf(stderr, "%s/keys.kxk cannot be read\n", folder.c_str());
    return 2;
  }
  const auto devices = read_devices(folder);
  std::ifstream in(folder + "/frames.kxf", std::ios::binary);
  bool is_broken = !in;
  Tree tree;
  std::map<Writer, Chain> chains;
  std::uint64_t operations = 0;
  while (!is_broken) {
    const auto frame = next_counted(in, is_broken);
    if (!frame) break;
    tree.add(sha256(frame->data(), std::min(frame->size(), header_bytes)));
    check_frame(*frame, tree.size(), county, devices, chains);
    if (frame->size() >= header_bytes) operations += number_at(*frame, 36, 4);
  }
  if (is_broken || !check_checkpoint(folder, county, tree)) {
    std::fprintf(stderr, "%s/frames.kxf or checkpoint.kxcp cannot be read whole\n", folder.c_str());
    return 2;
  }
  const Hash root = tree.root();
  std::printf("%llu frames, %llu operations, %zu chains, root %s: %s\n", static_cast<unsigned long long>(tree.size()),
              static_cast<unsigned long long>(operations), chains.size(), hex(root.data(), 32).c_str(),
              problems == 0 ? "all hold" : "PROBLEMS");
  return problems == 0 ? 0 : 1;
}
