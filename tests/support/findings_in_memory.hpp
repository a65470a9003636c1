// Findings and an analysis for tests of reports: plain ones, and ones whose every text is hostile.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/report/findings.hpp"

#include <string>
#include <vector>

namespace crtune::test {

inline const std::vector<model::RuleText> kRules = {
    {.id = "T1",
     .title = "A key is in the image",
     .severity = model::Severity::error,
     .why = "Whoever pulls the image has the key.",
     .fix = "Mount it with Secret Manager."},
    {.id = "T2",
     .title = "The program is not stripped",
     .severity = model::Severity::warning,
     .why = "Its symbols are pulled at every cold start.",
     .fix = "Build with -ldflags='-s -w'."},
    {.id = "T3",
     .title = "Root runs it",
     .severity = model::Severity::info,
     .why = "Why.",
     .fix = "USER 65532"},
};

// One of each severity, one accepted, in no order.
inline std::vector<model::Finding> plain_findings() {
  return {
      {.rule = "T2",
       .severity = model::Severity::warning,
       .message = "the program carries symbols",
       .fix = "go build -ldflags='-s -w'",
       .layer = 1,
       .instruction = "COPY server /app/",
       .path = "/app/server",
       .bytes = 1'500'000},
      {.rule = "T3", .severity = model::Severity::info, .message = "no user is set", .fix = "USER 65532"},
      {.rule = "T1",
       .severity = model::Severity::error,
       .message = "a key in a file",
       .fix = "remove it",
       .layer = 2,
       .path = "/app/config 1.json",
       .line = 3,
       .column = 14},
      {.rule = "T1",
       .severity = model::Severity::error,
       .message = "a key in a test",
       .fix = "",
       .path = "/app/test.json",
       .line = 9,
       .ignored = "a made-up key"},
  };
}

inline const std::string kHostile =
    "a|b`c``d\n<script>alert(1)</script></details>@everyone #12 GH-7 www.evil.example http://evil.example "
    "[x](javascript:y) ]]> %0A::error::x {0} ${PORT} \x1b[31m\x01\xff\xEF\xBF\xBE \\| &amp; *b* \"q\" 'p'";

inline model::Finding hostile_finding(const std::string& rule, model::Severity severity) {
  return {.rule = rule,
          .severity = severity,
          .message = kHostile,
          .fix = kHostile,
          .layer = 7,
          .instruction = kHostile,
          .path = "/" + kHostile,
          .line = 1,
          .column = 2,
          .bytes = 5};
}

// An image of two layers with one cause of waste.
struct SmallReport {
  model::Image image;
  model::Analysis analysis;

  explicit SmallReport(const std::string& name = "shop:1.2", const std::string& file = "app/server") {
    image.names = {name};
    image.config.platform = "linux/amd64";
    image.layers.resize(2);
    image.layers[0].content_bytes = 3'000'000;
    image.layers[1].content_bytes = 1'000'000;
    analysis.layers.resize(2);
    analysis.layers[0] = {.created_by = {},
                          .instruction = "ADD rootfs /",
                          .base = true,
                          .live = 2'000'000,
                          .reclaimable = 1'000'000};
    analysis.layers[1] = {.created_by = {}, .instruction = "RUN rm " + file, .live = 1'000'000};
    analysis.groups.push_back(
        {.cause = model::Fate::deleted,
         .layer = 0,
         .culprit_layer = 1,
         .bytes = 1'000'000,
         .files = 2,
         .largest = image.paths.child(model::kRootPath, file.substr(file.rfind('/') + 1)),
         .largest_bytes = 900'000,
         .fix = "do not copy " + file});
    analysis.bytes_by_fate = {3'000'000, 0, 0, 1'000'000, 0};
    analysis.uncompressed = 4'000'000;
    analysis.entries = 12;
  }
};

}  // namespace crtune::test
