#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "db/base/bytes.h"
#include "db/base/limits.h"
#include "db/frames/frame_store.h"
#include "db/history/operation.h"

// A message is one list of its fields, in the order of their bytes: field_codec.h writes and reads it by that list.
// What the type of a member does not say about its bytes, the list does: how long, how many, up to which choice.
namespace kuangxun::wire {

// A number, a flag, an id, a hash, a key, a signature, a short text, or something that has a list of its own.
template <class Body, class Value>
struct Plain {
  Value Body::*member;
};
template <class Body, class Value>
constexpr Plain<Body, Value> field(Value Body::*member) {
  return {member};
}

// Bytes behind their length.
template <class Body>
struct Counted {
  Bytes Body::*member;
  std::size_t bytes_max;
};
template <class Body>
constexpr Counted<Body> counted(Bytes Body::*member, std::size_t bytes_max) {
  return {member, bytes_max};
}

// An enumeration's number, 0 to `last`.
template <class Body, class Value>
struct Choice {
  Value Body::*member;
  Value last;
};
template <class Body, class Value>
constexpr Choice<Body, Value> choice(Value Body::*member, Value last) {
  return {member, last};
}

// Elements behind their count, each with a list of its own.
template <class Body, class Element>
struct Many {
  std::vector<Element> Body::*member;
  std::uint32_t count_max;
};
template <class Body, class Element>
constexpr Many<Body, Element> list(std::vector<Element> Body::*member, std::uint32_t count_max) {
  return {member, count_max};
}

// Byte strings behind their count.
template <class Body>
struct ManyCounted {
  std::vector<Bytes> Body::*member;
  std::uint32_t count_max;
  std::size_t bytes_max;
};
template <class Body>
constexpr ManyCounted<Body> list(std::vector<Bytes> Body::*member, std::uint32_t count_max, std::size_t bytes_max) {
  return {member, count_max, bytes_max};
}

// Where the list of a type stands: in itself, or here for those that lie below the wire.
template <class Body>
struct FieldsOf {
  static constexpr auto list() { return Body::fields(); }
};
template <>
struct FieldsOf<history::WriterId> {
  static constexpr auto list() {
    return std::tuple(field(&history::WriterId::device), field(&history::WriterId::epoch));
  }
};
template <>
struct FieldsOf<frames::SequencedFrame> {
  static constexpr auto list() {
    return std::tuple(field(&frames::SequencedFrame::county_sequence),
                      counted(&frames::SequencedFrame::bytes, limits::frame_bytes_max));
  }
};

}  // namespace kuangxun::wire
