// An image in memory taken through the whole analysis, for tests of rules.
#pragma once

#include "core/model/analysis.hpp"
#include "tests/support/image_in_memory.hpp"

#include <map>
#include <string>
#include <vector>

namespace crtune::test {

struct SurveyedImage {
  std::vector<Items> layers;
  model::ImageConfig config = {};  // platform linux/amd64 where it is empty
  std::size_t base_layers = 0;     // so many of the lowest are the base image's
  bool deep = false;
  std::string today = "2026-11-24";
  std::map<std::string, model::Binary> binaries = {};  // what files, by path without a slash, are said to be

  // All findings of the rule with this id; all findings where it is empty.
  std::vector<model::Finding> findings(const std::string& rule = {}) const;
  model::Analysis analysis() const;
};

}  // namespace crtune::test
