// The rules' checks, one file each. The tables put them together with their words.
#pragma once

#include "core/analysis/rules/rule.hpp"

namespace crtune::analysis::rules {

// The table's families, each in a file of its own; all_rules() joins them.
std::span<const Rule> contents_rules();
std::span<const Rule> start_rules();
std::span<const Rule> binary_rules();
std::span<const Rule> security_rules();

// Waste, by its cause.
void check_deleted_later(const Subject& subject, Findings& findings);
void check_overwritten(const Subject& subject, Findings& findings);
void check_metadata_only(const Subject& subject, Findings& findings);
void check_repeated(const Subject& subject, Findings& findings);

void check_root_user(const Subject& subject, Findings& findings);

// All of the secret room's rules.
void check_secrets(const Subject& subject, Findings& findings);

}  // namespace crtune::analysis::rules
