// A rule: what it is called, why it matters, and the code that looks for it. One rule, one file, one row in
// the table.
#pragma once

#include "core/analysis/content_facts.hpp"
#include "core/analysis/final_tree.hpp"
#include "core/analysis/path_census.hpp"
#include "core/analysis/start.hpp"
#include "core/model/analysis.hpp"

#include <functional>
#include <span>
#include <string>

namespace crtune::analysis::rules {

// All that a rule may look at. Nothing here is changed by rules.
struct Subject {
  const model::Image& image;
  const model::Analysis& analysis;  // layers, waste groups, binaries, start files; no findings yet
  const FinalTree& files;
  const ContentFacts& facts;
  const Start& start;
  const PathCensus& census;
  bool deep = false;  // base layers count as the user's
  std::uint64_t fingerprint_key = 0;
  std::string today;  // YYYY-MM-DD, for dates in tables such as support ends

  // Whether a layer is to be looked at: what the base image holds is not this image's author's doing.
  bool is_users(std::uint32_t layer) const { return deep || !analysis.layers[layer].base; }
  std::string path_text(EntryId entry) const { return image.paths.text(files.path_of(entry)); }
};

// Takes what a rule found. The place is filled in from the entry or the layer.
class Findings {
 public:
  explicit Findings(const Subject& subject, std::vector<model::Finding>& out)
      : subject_(subject), out_(out) {}

  void begin(const model::RuleText& rule) { rule_ = &rule; }
  const model::RuleText& rule() const { return *rule_; }
  // About the image as a whole, a layer (with its instruction), or a file.
  model::Finding& add(std::string message, std::string fix);
  model::Finding& add_layer(std::uint32_t layer, std::string message, std::string fix);
  model::Finding& add_file(EntryId entry, std::string message, std::string fix);

 private:
  const Subject& subject_;
  std::vector<model::Finding>& out_;
  const model::RuleText* rule_ = nullptr;
};

struct Rule {
  model::RuleText text;
  void (*check)(const Subject& subject, Findings& findings);
};

// Every rule of images, in the order of their ids. Other rooms' rules (secrets) are listed with them.
std::span<const Rule> all_rules();
// What is known of each rule, for documents and --explain.
std::vector<model::RuleText> rule_texts();

// Runs all rules; the gravest and largest findings come first.
std::vector<model::Finding> run_rules(const Subject& subject);

}  // namespace crtune::analysis::rules
