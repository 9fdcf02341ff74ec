#pragma once

#include "app/gps/averager.h"

namespace kuangxun::receiver {

// A mean that is gathered while somebody stands still. It ends by hand or by its rule; what comes after the rule is
// fulfilled is left out, so that whoever walks on early spoils nothing. Owner's thread.
class Averaging {
 public:
  void begin(const gps::StopRule& rule);
  void stop() { is_on_ = false; }
  // A fix that is evidence.
  void take(const gps::Fix& fix);

  bool is_on() const { return is_on_; }
  bool is_enough() const { return is_enough_; }
  std::size_t count() const { return averager_.count(); }
  // bad_input with fewer than 2 fixes.
  Result<gps::Average> mean() const { return averager_.mean(); }

 private:
  bool is_on_ = false;
  bool is_enough_ = false;
  gps::StopRule rule_;
  gps::Averager averager_;
};

}  // namespace kuangxun::receiver
