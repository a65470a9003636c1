// Comments in a Dockerfile that accept findings: ours, hadolint's and BuildKit's.
#pragma once

#include "core/check/found.hpp"
#include "core/dockerfile/document.hpp"

#include <span>
#include <string>
#include <vector>

namespace crtune::check {

// # cloudrun-tune ignore=ID[,ID] reason          the next instruction, or the one around it
// # cloudrun-tune global ignore=ID[,ID] reason   the whole file
// # hadolint ignore=DL3008,…  and  # hadolint global ignore=…
// # check=skip=NAME,…  (BuildKit's directive; "all" is every rule that BuildKit has too)
// Marks the findings that they accept, by our ids or by the peers' that `rules` name.
void accept_by_comments(const dockerfile::Document& document, std::span<const model::RuleText> rules,
                        std::vector<Found>& findings);

}  // namespace crtune::check
