// All that rules of Dockerfiles may look at: the file, its stages and commands, and what stands around it.
#pragma once

#include "core/check/build_context.hpp"
#include "core/check/call.hpp"
#include "core/check/service_facts.hpp"
#include "core/dockerfile/image_name.hpp"
#include "core/dockerfile/stages.hpp"
#include "core/model/project.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::check {

// What is known besides the Dockerfile's own text. Null and empty: not known.
struct Surroundings {
  const BuildContext* context = nullptr;
  const model::Project* project = nullptr;
  std::string project_folder;  // from the context; "." is the context itself
  const ServiceFacts* service = nullptr;
  std::vector<std::string> trusted_registries;  // empty: all
};

struct Subject {
  Subject(const dockerfile::Document& file, const Surroundings& surroundings);
  Subject(const Subject&) = delete;  // calls point into scripts
  Subject& operator=(const Subject&) = delete;

  const dockerfile::Document& document;
  const Surroundings& around;
  dockerfile::Stages stages;
  std::vector<std::vector<dockerfile::Script>> scripts;  // of each instruction
  std::vector<Call> calls;                               // of all RUN instructions, in order
  std::vector<std::size_t> final_instructions;  // those whose layers the image has, in the order they run
  std::vector<std::string> workdirs;            // before each instruction; empty where it is not known

  const dockerfile::Instruction& at(std::size_t index) const { return document.instructions[index]; }
  const dockerfile::InstructionFacts& facts(std::size_t index) const { return stages.facts[index]; }
  bool is_final(std::size_t index) const { return final_[index]; }
  // Whether a stage is the last one, or one that it is built of in some way.
  bool is_needed(std::size_t stage) const { return needed_[stage]; }
  // The last instruction of this kind in the image; nothing where there is none.
  std::optional<std::size_t> last_final(std::string_view keyword) const;
  // The image that the last stage stands upon; nothing where it is not known.
  const std::optional<dockerfile::ImageName>& final_base() const { return final_base_; }
  std::optional<dockerfile::ImageName> base_of(std::size_t stage) const;
  bool final_is_scratch() const { return final_base_ && final_base_->repository == "scratch"; }
  // The value of a variable that ENV sets in the image; nothing where it is not set or not known.
  std::optional<std::string> final_environment(std::string_view name) const;
  // The commands of one RUN instruction.
  std::span<const Call> calls_of(std::size_t index) const;
  // Whether ENV of the stage, or of one it is built upon, sets the variable (to anything but 0 and false).
  bool stage_sets(std::size_t stage, std::string_view name) const;
  // Whether a COPY takes from the build context.
  bool copies_context(std::size_t index) const;

 private:
  void find_final();
  void find_workdirs();

  std::vector<bool> final_;
  std::vector<bool> needed_;
  std::optional<dockerfile::ImageName> final_base_;
};

}  // namespace crtune::check
