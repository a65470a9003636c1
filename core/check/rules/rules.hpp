// The checks of Dockerfiles, one file each. The tables put them together with their words.
#pragma once

#include "core/check/rules/rule.hpp"

namespace crtune::check::rules {

// The families of the table, each in a file of its own; all_rules() joins them.
std::span<const Rule> size_rules();
std::span<const Rule> start_rules();
std::span<const Rule> security_rules();
std::span<const Rule> language_rules();
std::span<const Rule> instructions_rules();
std::span<const Rule> project_rules();
std::span<const Rule> reproducible_rules();
std::span<const Rule> metadata_rules();

// What makes the image larger than it need be.
void check_toolchain_image(const Subject& subject, Findings& findings);
void check_whole_source(const Subject& subject, Findings& findings);
void check_go_flags(const Subject& subject, Findings& findings);
void check_later_change(const Subject& subject, Findings& findings);
void check_apt_lists(const Subject& subject, Findings& findings);
void check_apt_recommends(const Subject& subject, Findings& findings);
void check_apk_cache(const Subject& subject, Findings& findings);
void check_rpm_cache(const Subject& subject, Findings& findings);
void check_pip_cache(const Subject& subject, Findings& findings);
void check_yarn_cache(const Subject& subject, Findings& findings);
void check_useradd_log(const Subject& subject, Findings& findings);
void check_consecutive_runs(const Subject& subject, Findings& findings);
void check_wget_and_curl(const Subject& subject, Findings& findings);
void check_whole_file_system(const Subject& subject, Findings& findings);
void check_development_packages(const Subject& subject, Findings& findings);
void check_context_waste(const Subject& subject, Findings& findings);

// How the container starts, listens and stops.
void check_shell_form(const Subject& subject, Findings& findings);
void check_wrapper(const Subject& subject, Findings& findings);
void check_health_check(const Subject& subject, Findings& findings);
void check_work_at_start(const Subject& subject, Findings& findings);
void check_no_bytecode(const Subject& subject, Findings& findings);
void check_fat_jar(const Subject& subject, Findings& findings);
void check_exposed_port(const Subject& subject, Findings& findings);
void check_fixed_port(const Subject& subject, Findings& findings);
void check_loopback(const Subject& subject, Findings& findings);
void check_http2_port(const Subject& subject, Findings& findings);
void check_stop_signal(const Subject& subject, Findings& findings);
void check_file_count(const Subject& subject, Findings& findings);

// Who the program runs as, and what others can read.
void check_root_user(const Subject& subject, Findings& findings);
void check_no_user(const Subject& subject, Findings& findings);
void check_user_name(const Subject& subject, Findings& findings);
void check_sudo(const Subject& subject, Findings& findings);
void check_add_for_copy(const Subject& subject, Findings& findings);
void check_secret_variable(const Subject& subject, Findings& findings);
void check_secret_in_context(const Subject& subject, Findings& findings);
void check_piped_script(const Subject& subject, Findings& findings);
void check_unchecked_download(const Subject& subject, Findings& findings);
void check_secret_text(const Subject& subject, Findings& findings);
void check_trusted_registry(const Subject& subject, Findings& findings);
void check_file_mode(const Subject& subject, Findings& findings);
void check_build_rights(const Subject& subject, Findings& findings);

// What a builder refuses or reads otherwise than meant.
void check_syntax(const Subject& subject, Findings& findings);
void check_unknown_instruction(const Subject& subject, Findings& findings);
void check_first_instruction(const Subject& subject, Findings& findings);
void check_unknown_flag(const Subject& subject, Findings& findings);
void check_stage_name(const Subject& subject, Findings& findings);
void check_reserved_name(const Subject& subject, Findings& findings);
void check_unknown_stage(const Subject& subject, Findings& findings);
void check_own_stage(const Subject& subject, Findings& findings);
void check_only_last_counts(const Subject& subject, Findings& findings);

// Instructions that do something else than they seem to.
void check_workdir_path(const Subject& subject, Findings& findings);
void check_relative_target(const Subject& subject, Findings& findings);
void check_target_folder(const Subject& subject, Findings& findings);
void check_port_number(const Subject& subject, Findings& findings);
void check_port_mapping(const Subject& subject, Findings& findings);
void check_empty_continuation(const Subject& subject, Findings& findings);
void check_from_argument(const Subject& subject, Findings& findings);
void check_from_default(const Subject& subject, Findings& findings);
void check_undefined_variable(const Subject& subject, Findings& findings);
void check_env_same_line(const Subject& subject, Findings& findings);
void check_onbuild(const Subject& subject, Findings& findings);
void check_constant_platform(const Subject& subject, Findings& findings);
void check_assume_yes(const Subject& subject, Findings& findings);
void check_apt_program(const Subject& subject, Findings& findings);
void check_pipe_failure(const Subject& subject, Findings& findings);
void check_interactive_command(const Subject& subject, Findings& findings);

// Where Dockerfile, source, context and Cloud Run do not fit together.
void check_ignored_source(const Subject& subject, Findings& findings);
void check_missing_source(const Subject& subject, Findings& findings);
void check_cgo_disabled(const Subject& subject, Findings& findings);
void check_dynamic_program(const Subject& subject, Findings& findings);
void check_certificates(const Subject& subject, Findings& findings);
void check_time_zones(const Subject& subject, Findings& findings);
void check_processor(const Subject& subject, Findings& findings);
void check_go_version(const Subject& subject, Findings& findings);
void check_local_modules(const Subject& subject, Findings& findings);
void check_single_file(const Subject& subject, Findings& findings);
void check_embedded_file(const Subject& subject, Findings& findings);
void check_runtime_file(const Subject& subject, Findings& findings);
void check_temporary_folder(const Subject& subject, Findings& findings);
void check_volume(const Subject& subject, Findings& findings);

// What makes the same file give another image tomorrow.
void check_untagged_base(const Subject& subject, Findings& findings);
void check_latest_base(const Subject& subject, Findings& findings);
void check_unpinned_base(const Subject& subject, Findings& findings);
void check_system_packages(const Subject& subject, Findings& findings);
void check_language_packages(const Subject& subject, Findings& findings);
void check_go_tools(const Subject& subject, Findings& findings);
void check_system_upgrade(const Subject& subject, Findings& findings);
void check_lock_file(const Subject& subject, Findings& findings);

// Names, labels and style.
void check_stage_casing(const Subject& subject, Findings& findings);
void check_as_casing(const Subject& subject, Findings& findings);
void check_keyword_casing(const Subject& subject, Findings& findings);
void check_maintainer(const Subject& subject, Findings& findings);
void check_legacy_assignment(const Subject& subject, Findings& findings);
void check_default_platform(const Subject& subject, Findings& findings);
void check_protocol_casing(const Subject& subject, Findings& findings);
void check_change_folder(const Subject& subject, Findings& findings);
void check_wget_progress(const Subject& subject, Findings& findings);
void check_label_key(const Subject& subject, Findings& findings);
void check_label_value(const Subject& subject, Findings& findings);
void check_shell_link(const Subject& subject, Findings& findings);
void check_archive_copy(const Subject& subject, Findings& findings);
void check_description(const Subject& subject, Findings& findings);

}  // namespace crtune::check::rules
