#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "db/language/words.h"

namespace kuangxun {

// Few codes, each a different thing for the caller to do; the program's exit codes follow from
// them.
enum class ErrorCode {
  bad_input,      // what a person or file gave is wrong; nothing was changed (exit 3)
  not_found,      // the named thing does not exist (exit 3)
  usage,          // the command itself was used wrongly (exit 2)
  unavailable,    // disk, network or device did not do it (exit 4)
  busy,           // another process holds it (exit 4)
  newer_version,  // written by a newer program (exit 4)
  corrupt,        // stored bytes contradict their own hash or shape (exit 4)
  refused,        // the other side said no (exit 4)
};

// A finished message for the person who reads it (what, where, what to do), kept in no language until somebody does.
class [[nodiscard]] Error {
 public:
  Error(ErrorCode code, Words words) : code_(code), words_(std::move(words)) {}
  ErrorCode code() const { return code_; }
  const Words& words() const { return words_; }
  // In the language that is spoken where it is asked for.
  std::string message() const { return words_.spoken(); }
  // The same error seen from further up: "where: message".
  Error within(const Words& where) const { return Error(code_, where + ": " + words_); }

 private:
  ErrorCode code_;
  Words words_;
};

// A value or the reason why there is none. Asking for the wrong one is our own mistake and asserts.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const T& value() const& {
    assert(ok());
    return std::get<0>(state_);
  }
  T& value() & {
    assert(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    assert(ok());
    return std::get<0>(std::move(state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const Error& error() const {
    assert(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace kuangxun

// Return early with the error of `expression`; KX_TRY keeps the value in `name`.
#define KX_CONCAT_INNER(a, b) a##b
#define KX_CONCAT(a, b) KX_CONCAT_INNER(a, b)
#define KX_TRY_IMPL(temporary, name, expression) \
  auto temporary = (expression);                 \
  if (!temporary.ok()) return temporary.error(); \
  auto name = std::move(temporary).value()
#define KX_TRY(name, expression) KX_TRY_IMPL(KX_CONCAT(kx_result_, __LINE__), name, expression)
#define KX_CHECK_IMPL(status, expression)                                \
  do {                                                                   \
    if (auto status = (expression); !status.ok()) return status.error(); \
  } while (false)
#define KX_CHECK(expression) KX_CHECK_IMPL(KX_CONCAT(kx_status_, __COUNTER__), expression)
