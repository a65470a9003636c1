#include "core/analysis/fix.hpp"
#include "core/analysis/gates.hpp"
#include "core/analysis/history.hpp"
#include "core/analysis/policy_reader.hpp"
#include "core/platform/yaml.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace crtune;

TEST_CASE("a policy file has the keys of the flags") {
  model::Policy policy;
  policy.max_layers = 3;
  const auto tree =
      platform::parse_yaml("max-size: 20MB\nmax-layers: 9\nignore:\n- {path: /a, reason: b}\n", "p").value();
  REQUIRE(analysis::read_policy(tree, "p", policy));
  CHECK(policy.max_size == 20'000'000);
  CHECK(policy.max_layers == 3);
  CHECK(policy.ignores.size() == 1);
  const auto wrong =
      analysis::read_policy(platform::parse_yaml("max-szie: 1\n", "p").value(), "p", policy).error();
  CHECK(wrong.hint == "did you mean 'max-size'?");
  CHECK(wrong.place.line == 1);
  CHECK_FALSE(
      analysis::read_policy(platform::parse_yaml("ignore:\n- {path: /a}\n", "p").value(), "p", policy));
}

TEST_CASE(".dive-ci keeps dive's defaults and disabled values") {
  model::Policy policy;
  REQUIRE(analysis::read_dive_rules(
      platform::parse_yaml("rules:\n  highestWastedBytes: 20MB\n  lowestEfficiency: disabled\n", "d").value(),
      "d", policy));
  CHECK_FALSE(policy.dive_lowest_efficiency.has_value());
  CHECK(policy.dive_highest_wasted_bytes == 20'000'000);
  CHECK(policy.dive_highest_user_wasted_percent == 0.1);
}

TEST_CASE("gates fail as they are documented") {
  model::Analysis analysis;
  analysis.uncompressed = 100;
  analysis.bytes_by_fate[static_cast<std::size_t>(model::Fate::deleted)] = 30;
  analysis.dive.user_wasted_percent = std::numeric_limits<double>::quiet_NaN();
  model::Policy policy;
  policy.max_size = 100;
  policy.max_reclaimable_percent = 20;
  policy.dive_highest_user_wasted_percent = 0.1;
  auto gates = analysis::check_gates(analysis, policy);
  REQUIRE(gates.size() == 3);
  CHECK(gates[0].passed);
  CHECK_FALSE(gates[1].passed);
  CHECK(gates[2].passed);
  policy.reclaimable_floor = 30;
  CHECK(analysis::check_gates(analysis, policy)[1].passed);
  policy.reclaimable_floor = 29;
  CHECK_FALSE(analysis::check_gates(analysis, policy)[1].passed);
  analysis.dive.user_wasted_percent = std::numeric_limits<double>::infinity();
  CHECK_FALSE(analysis::check_gates(analysis, policy)[2].passed);
}

TEST_CASE("history rows read like a Dockerfile, without the values of build arguments") {
  using analysis::dockerfile_line;
  CHECK(dockerfile_line("/bin/sh -c #(nop)  CMD [\"sh\"]") == "CMD [\"sh\"]");
  CHECK(dockerfile_line("/bin/sh -c #(nop) COPY file:1234 in /app ") == "COPY <source> /app");
  CHECK(dockerfile_line("RUN /bin/sh -c make # buildkit") == "RUN make");
  CHECK(dockerfile_line("|1 TOKEN=hunter2 /bin/sh -c make") == "RUN make");
  CHECK(dockerfile_line("COPY a /b # buildkit") == "COPY a /b");
}

TEST_CASE("history is matched to layers whatever its length") {
  using Rows = std::vector<model::HistoryRow>;
  const Rows rows = {{.created_by = "ADD rootfs /"},
                     {.created_by = "CMD [\"sh\"]", .empty_layer = true},
                     {.created_by = "COPY a /"},
                     {.created_by = "ENV A=1"}};
  const auto origins = analysis::match_history(rows, 2);
  CHECK(origins[0].created_by == "ADD rootfs /");
  CHECK(origins[0].base);
  CHECK(origins[1].created_by == "COPY a /");
  CHECK_FALSE(origins[1].base);
  const auto longer = analysis::match_history({{.created_by = "COPY a /"}}, 3);
  CHECK_FALSE(longer[0].created_by.has_value());
  CHECK(longer[2].created_by == "COPY a /");
  CHECK(analysis::match_history({}, 2).size() == 2);
}

TEST_CASE("a fix is a line to write") {
  model::LayerSummary made;
  made.instruction = "COPY server /app/server";
  model::LayerSummary culprit;
  culprit.instruction = "RUN chmod 0755 /app/server";
  model::WasteGroup group;
  group.cause = model::Fate::metadata_only;
  group.changes = model::change_mode;
  group.new_mode = 0755;
  CHECK(analysis::fix_line(group, "/app/server", made, culprit) ==
        "COPY --chmod=0755 server /app/server  and drop the later change");
  made.instruction = "RUN apt-get update";
  culprit.instruction = "RUN rm -rf /var/lib/apt/lists/*";
  group.cause = model::Fate::deleted;
  CHECK(analysis::fix_line(group, "/x", made, culprit) ==
        "RUN apt-get update && rm -rf /var/lib/apt/lists/*");
}
