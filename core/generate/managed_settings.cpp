#include "core/generate/managed_settings.hpp"

#include <fmt/format.h>

namespace crtune::generate {

// Source of the three quarters: https://nodejs.org/api/cli.html, --max-old-space-size.
RuntimeSettings node_settings(const model::Project&, double, std::uint32_t memory_mebibytes) {
  RuntimeSettings out;
  out.concurrency_reason =
      "One event loop serves many requests while they wait for others; lower it where handlers compute.";
  out.environment.push_back({"The heap grows to three quarters of the limit; buffers and code need the rest.",
                             "NODE_OPTIONS",
                             fmt::format("\"--max-old-space-size={}\"", memory_mebibytes * 3 / 4)});
  return out;
}

// Source of one worker and eight threads: Google's samples for Cloud Run, which leave more instances to the
// platform.
RuntimeSettings python_settings(const model::Project& project, double, std::uint32_t) {
  RuntimeSettings out;
  switch (project.python->server) {
    case model::PythonServer::gunicorn:
      out.concurrency = 8;
      out.concurrency_reason =
          "One worker of eight threads serves eight requests; a ninth would wait, so it goes elsewhere.";
      break;
    case model::PythonServer::uvicorn:
      out.concurrency = 80;
      out.concurrency_reason =
          "One event loop serves many requests while they wait; lower it where handlers compute or block.";
      break;
    case model::PythonServer::script: {
      const bool loop = project.framework == "aiohttp" || project.framework == "asyncio" ||
                        project.framework == "tornado" || project.framework == "fastapi" ||
                        project.framework == "starlette";
      out.concurrency = loop ? 80 : 8;
      out.concurrency_reason =
          loop ? "One event loop serves many requests while they wait; lower it where handlers compute."
               : "Python runs one thread at a time: a few requests fill an instance.";
      break;
    }
  }
  return out;
}

// Source of the flag and of the default of a quarter: the manual page of java.
RuntimeSettings java_settings(const model::Project&, double, std::uint32_t) {
  RuntimeSettings out;
  out.concurrency_reason =
      "A pool of threads serves many requests at a time; lower it where each needs much memory or CPU.";
  out.environment.push_back(
      {"By default the heap takes a quarter of the limit; classes, code and threads need the other 40 %.",
       "JAVA_TOOL_OPTIONS", "\"-XX:MaxRAMPercentage=60\""});
  return out;
}

// The runtime sees the limits of the container, and keeps its heap to three quarters, by itself.
RuntimeSettings dotnet_settings(const model::Project&, double, std::uint32_t) {
  RuntimeSettings out;
  out.concurrency_reason =
      "Asynchronous handlers serve many requests at a time; lower it where they compute or block.";
  return out;
}

RuntimeSettings static_site_settings() {
  RuntimeSettings out;
  out.concurrency = 500;
  out.concurrency_reason = "nginx sends files for hundreds of connections at a time with next to no CPU.";
  return out;
}

}  // namespace crtune::generate
