#pragma once

#include <string>
#include <type_traits>

#include "db/base/limits.h"
#include "db/base/text.h"
#include "sync/wire/byte_reader.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/fields.h"

// Writes and reads what a list of fields says. Reading a body whose lengths, counts and choices are wrong makes the
// reader bad; so does one that fits byte by byte and contradicts itself, where its type says so with is_sound().
namespace kuangxun::wire {

// What travels as its bytes: an id, a hash, a key, a signature.
template <class Value>
concept Fixed = requires(Value value) {
  std::tuple_size<decltype(value.bytes)>::value;
};
template <class Value>
concept Checked = requires(const Value& value) {
  value.is_sound();
};

template <class Body>
void put_fields(ByteWriter& out, const Body& body);
template <class Body>
void take_fields(ByteReader& in, Body& body);

// The fewest bytes that a value takes: a count is held against the bytes left before anything is allocated.
template <class Value>
constexpr std::size_t bytes_min() {
  if constexpr (std::is_arithmetic_v<Value> || std::is_enum_v<Value>) {
    return sizeof(Value);
  } else if constexpr (Fixed<Value>) {
    return std::tuple_size<decltype(Value::bytes)>::value;
  } else if constexpr (std::is_same_v<Value, std::string> || std::is_same_v<Value, Bytes>) {
    return sizeof(std::uint32_t);
  } else {
    constexpr auto of_field = []<class Body, class Member>(Member Body::*) { return bytes_min<Member>(); };
    return std::apply([&](const auto&... fields) { return (of_field(fields.member) + ...); }, FieldsOf<Value>::list());
  }
}

template <class Value>
void put_value(ByteWriter& out, const Value& value) {
  if constexpr (std::is_arithmetic_v<Value>) {
    out.number(value);
  } else if constexpr (Fixed<Value>) {
    out.raw(value.bytes);
  } else if constexpr (std::is_same_v<Value, std::string>) {
    out.counted(value);
  } else {
    put_fields(out, value);
  }
}

// A byte that may hold 0 to `last`.
inline std::uint8_t take_choice(ByteReader& in, std::uint8_t last) {
  const auto value = in.number<std::uint8_t>();
  if (value > last) in.fail();
  return in.is_bad() ? std::uint8_t{0} : value;
}

template <class Value>
void take_value(ByteReader& in, Value& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    value = take_choice(in, 1) != 0;
  } else if constexpr (std::is_arithmetic_v<Value>) {
    value = in.number<Value>();
  } else if constexpr (Fixed<Value>) {
    value = in.fixed<Value>();
  } else if constexpr (std::is_same_v<Value, std::string>) {
    value = in.counted_text(limits::short_text_bytes_max);
    if (!is_clean_utf8(value)) in.fail();
  } else {
    take_fields(in, value);
  }
}

template <class Body, class Value>
void put(ByteWriter& out, const Body& body, const Plain<Body, Value>& field) {
  put_value(out, body.*field.member);
}
template <class Body, class Value>
void take(ByteReader& in, Body& body, const Plain<Body, Value>& field) {
  take_value(in, body.*field.member);
}

template <class Body>
void put(ByteWriter& out, const Body& body, const Counted<Body>& field) {
  out.counted(body.*field.member);
}
template <class Body>
void take(ByteReader& in, Body& body, const Counted<Body>& field) {
  body.*field.member = in.counted_bytes(field.bytes_max);
}

template <class Body, class Value>
void put(ByteWriter& out, const Body& body, const Choice<Body, Value>& field) {
  static_assert(sizeof(Value) == 1);
  out.number(static_cast<std::uint8_t>(body.*field.member));
}
template <class Body, class Value>
void take(ByteReader& in, Body& body, const Choice<Body, Value>& field) {
  body.*field.member = static_cast<Value>(take_choice(in, static_cast<std::uint8_t>(field.last)));
}

template <class Body, class Element>
void put(ByteWriter& out, const Body& body, const Many<Body, Element>& field) {
  out.number(static_cast<std::uint32_t>((body.*field.member).size()));
  for (const Element& element : body.*field.member) put_value(out, element);
}
template <class Body, class Element>
void take(ByteReader& in, Body& body, const Many<Body, Element>& field) {
  const std::uint32_t count = in.count(field.count_max, bytes_min<Element>());
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) take_value(in, (body.*field.member).emplace_back());
}

template <class Body>
void put(ByteWriter& out, const Body& body, const ManyCounted<Body>& field) {
  out.number(static_cast<std::uint32_t>((body.*field.member).size()));
  for (const Bytes& element : body.*field.member) out.counted(element);
}
template <class Body>
void take(ByteReader& in, Body& body, const ManyCounted<Body>& field) {
  const std::uint32_t count = in.count(field.count_max, bytes_min<Bytes>());
  for (std::uint32_t i = 0; i < count && !in.is_bad(); ++i) {
    (body.*field.member).push_back(in.counted_bytes(field.bytes_max));
  }
}

template <class Body>
void put_fields(ByteWriter& out, const Body& body) {
  std::apply([&](const auto&... fields) { (put(out, body, fields), ...); }, FieldsOf<Body>::list());
}

template <class Body>
void take_fields(ByteReader& in, Body& body) {
  std::apply([&](const auto&... fields) { (take(in, body, fields), ...); }, FieldsOf<Body>::list());
  if constexpr (Checked<Body>) {
    if (!in.is_bad() && !body.is_sound()) in.fail();
  }
}

}  // namespace kuangxun::wire
