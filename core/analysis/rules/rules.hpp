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

// What layers hold that no service needs, counted by the census.
void check_caches(const Subject& subject, Findings& findings);
void check_compilers(const Subject& subject, Findings& findings);
void check_sources(const Subject& subject, Findings& findings);
void check_module_caches(const Subject& subject, Findings& findings);
void check_version_control(const Subject& subject, Findings& findings);
void check_tests(const Subject& subject, Findings& findings);
void check_documents(const Subject& subject, Findings& findings);
void check_locales(const Subject& subject, Findings& findings);
void check_development_packages(const Subject& subject, Findings& findings);
void check_toolchain_base(const Subject& subject, Findings& findings);
void check_development_files(const Subject& subject, Findings& findings);
void check_same_content(const Subject& subject, Findings& findings);
void check_left_behind(const Subject& subject, Findings& findings);

// Who may do what.
void check_root_user(const Subject& subject, Findings& findings);
void check_set_id_programs(const Subject& subject, Findings& findings);
void check_world_writable(const Subject& subject, Findings& findings);
void check_login_files(const Subject& subject, Findings& findings);

// All of the secret room's rules.
void check_secrets(const Subject& subject, Findings& findings);

}  // namespace crtune::analysis::rules
