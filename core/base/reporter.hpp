// How core tells a person of progress and of things that did not stop it. The program decides what is shown.
#pragma once

#include <cstdint>
#include <string_view>

namespace crtune::base {

class Reporter {
 public:
  Reporter() = default;
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;
  virtual ~Reporter() = default;

  // `done` of `total` bytes of the input were read; `total` is 0 where it is unknown. Any thread may call it.
  virtual void progress(std::uint64_t done, std::uint64_t total) = 0;
  // The work is over: progress that was drawn goes away.
  virtual void finish() = 0;
  // Something a person should know, in one sentence; the work goes on.
  virtual void note(std::string_view message) = 0;
};

}  // namespace crtune::base
