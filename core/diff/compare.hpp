// Two snapshots into what differs between them.
#pragma once

#include "core/base/result.hpp"
#include "core/model/difference.hpp"
#include "core/model/image.hpp"
#include "core/model/policy.hpp"
#include "core/model/snapshot.hpp"

namespace crtune::diff {

// A side. Image and contents are those that the snapshot was made of; neither, where it is a saved report.
struct Side {
  const model::Snapshot& snapshot;
  const model::Image* image = nullptr;
  model::ContentReader* contents = nullptr;
};

// Linear in entries. Contents are read only of files with the same path and size that stand in layers of
// different diff IDs. Errors: those of reading contents; usage where an image meets an executable.
base::Result<model::Difference> compare(const Side& before, const Side& after, const model::Policy& policy);

}  // namespace crtune::diff
