// How each package manager of Node.js installs, builds and prunes.
#pragma once

#include "core/model/node_project.hpp"

#include <string>
#include <vector>

namespace crtune::generate {

struct NodeInstall {
  std::string setup_comment;  // empty where the image has the manager
  std::string setup;          // an instruction of the Dockerfile
  std::string cache;          // where the manager keeps what it downloaded
  std::string install;
  std::vector<std::string> steps;  // what compiles
  std::string prune;               // empty where nothing is to be taken out
  bool deploys = false;            // prune puts the program with its packages into /deploy
};

NodeInstall node_install(const model::NodeProject& node);

}  // namespace crtune::generate
