// The checks of what a start runs, reads and needs, one file each. table_start.cpp has their words.
#pragma once

#include "core/analysis/rules/rule.hpp"

namespace crtune::analysis::rules {

// How it starts.
void check_shell_form(const Subject& subject, Findings& findings);
void check_wrapper(const Subject& subject, Findings& findings);
void check_packed_program(const Subject& subject, Findings& findings);
void check_stale_bytecode(const Subject& subject, Findings& findings);
void check_missing_bytecode(const Subject& subject, Findings& findings);
void check_class_archive(const Subject& subject, Findings& findings);
void check_start_reads(const Subject& subject, Findings& findings);

// Whether it starts.
void check_program_exists(const Subject& subject, Findings& findings);
void check_program_is_executable(const Subject& subject, Findings& findings);
void check_interpreter(const Subject& subject, Findings& findings);
void check_libraries(const Subject& subject, Findings& findings);
void check_certificates(const Subject& subject, Findings& findings);
void check_time_zones(const Subject& subject, Findings& findings);
void check_user_exists(const Subject& subject, Findings& findings);
void check_temporary_folder(const Subject& subject, Findings& findings);
void check_platform(const Subject& subject, Findings& findings);

}  // namespace crtune::analysis::rules
