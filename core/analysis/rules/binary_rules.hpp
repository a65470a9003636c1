// The checks of single executables, one file each. table_binaries.cpp has their words.
#pragma once

#include "core/analysis/rules/rule.hpp"

namespace crtune::analysis::rules {

void check_stripped(const Subject& subject, Findings& findings);
void check_trimpath(const Subject& subject, Findings& findings);
void check_race_detector(const Subject& subject, Findings& findings);
void check_optimizer(const Subject& subject, Findings& findings);
void check_cgo(const Subject& subject, Findings& findings);
void check_binary_platform(const Subject& subject, Findings& findings);
void check_modified_source(const Subject& subject, Findings& findings);
void check_go_support(const Subject& subject, Findings& findings);
void check_processor_limit(const Subject& subject, Findings& findings);
void check_profile(const Subject& subject, Findings& findings);
void check_method_pruning(const Subject& subject, Findings& findings);
void check_embedded_files(const Subject& subject, Findings& findings);
void check_copies(const Subject& subject, Findings& findings);
void check_packed_binaries(const Subject& subject, Findings& findings);
void check_unreadable(const Subject& subject, Findings& findings);

}  // namespace crtune::analysis::rules
