#include "core/generate/generate.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/runtime_settings.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {
namespace {

constexpr std::size_t kMaxName = 49;
constexpr std::string_view kDefaultRegion = "us-central1";

struct ProfileFacts {
  bool throttled = true;
  std::string_view throttling;
  std::string_view warm;
  std::string_view environment;
  std::string_view environment_reason;
  double cpu = 1;
  std::uint32_t memory_mebibytes = 512;
  std::string_view cpu_reason;
};

constexpr std::string_view kOneCpu = "The usual start for a Go service; measure, then change both together.";
constexpr std::string_view kOneCpuElsewhere = "The usual start; measure, then change both together.";
constexpr std::string_view kGen2 = "The second generation has faster CPU and network under steady load.";

ProfileFacts facts_of(Profile profile) {
  switch (profile) {
    case Profile::steady:
      return {false,
              "CPU also between requests: throttled, garbage collection and background work stall.",
              "CPU between requests needs an instance that stays; this one is paid for all the time.",
              "gen2",
              kGen2,
              1,
              512,
              kOneCpu};
    case Profile::strict_latency:
      return {
          false,
          "CPU also between requests: no request waits for garbage collection put off earlier.",
          "An instance that is always ready: no request waits for a cold start; it is paid for all the time.",
          "gen2",
          kGen2,
          2,
          1024,
          "Two, so that garbage collection does not run on the CPU of a request."};
    case Profile::bursty: break;
  }
  return {true,
          "CPU is paid for while requests are served; work in the background stalls in between.",
          "",
          "gen1",
          "The first generation starts faster, which counts where instances come and go.",
          1,
          512,
          kOneCpu};
}

void set_runtime(const RuntimeSettings& settings, TemplateValues& values) {
  values.set("concurrency", std::to_string(settings.concurrency))
      .set("concurrency_reason", settings.concurrency_reason);
  TemplateValues::Items items;
  for (const auto& line : settings.environment)
    items.emplace_back().set("reason", line.reason).set("name", line.name).set("value", line.value);
  values.set_items("runtime", std::move(items));
}

void set_port(const model::Project& project, const Listening& where, TemplateValues& values) {
  const bool http2 = project.protocol != model::Protocol::http;
  values.set("port", std::to_string(where.port))
      .set("port_reason", where.reason + (http2 ? " h2c: HTTP/2 without TLS." : ""));
  values.set("port_name", http2 ? "h2c" : "http1");
  values.set_flag("probe_grpc", project.protocol == model::Protocol::grpc && project.grpc_health);
  TemplateValues::Items items;
  if (where.variable) {
    TemplateValues item;
    item.set("name", where.variable->first).set("value", json_string(where.variable->second));
    items.push_back(std::move(item));
  }
  values.set_items("port_variable", std::move(items));
  std::vector<std::string> arguments;
  for (const auto& argument : where.arguments) arguments.push_back(yaml_scalar(argument));
  values.set_flag("has_arguments", !arguments.empty()).set_texts("arguments", arguments);
  values.set("arguments_reason", project.command.empty()
                                     ? "The program takes its port as a flag, not from PORT."
                                     : "The command that starts the server.");
}

}  // namespace

bool is_service_name(std::string_view name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= kMaxName && letter(name.front()) && name.back() != '-' &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

std::string service_name(std::string_view text) {
  std::string name;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool usable = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (usable)
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  if (!name.empty() && name.front() >= '0' && name.front() <= '9') name.insert(0, "app-");
  name.resize(std::min(name.size(), kMaxName));
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "app" : name;
}

base::Result<GeneratedFile> service_yaml(const model::Project& project, const GenerateOptions& options) {
  const ProfileFacts facts = facts_of(options.profile);
  const Listening where = listening(project, options);
  const std::string region = options.region.empty() ? std::string(kDefaultRegion) : options.region;
  const std::string image =
      options.image.empty()
          ? fmt::format("{}-docker.pkg.dev/my-project/my-repository/{}:v1", region, options.service)
          : options.image;
  TemplateValues values;
  values.set("service", options.service).set_optional("region", options.region);
  values.set("region_flag", options.region.empty() ? "" : " --region " + options.region);
  values.set("image", yaml_scalar(image)).set_flag("image_is_example", options.image.empty());
  TemplateValues::Items warm;
  if (!facts.warm.empty()) warm.emplace_back().set("reason", std::string(facts.warm));
  values.set_items("warm", std::move(warm));
  values.set("throttling", facts.throttled ? "true" : "false")
      .set("throttling_reason", std::string(facts.throttling));
  values.set("execution_environment", std::string(facts.environment));
  values.set("environment_reason", std::string(facts.environment_reason));
  values.set("memory", fmt::format("{}Mi", facts.memory_mebibytes)).set("cpu", fmt::format("{}", facts.cpu));
  const bool elsewhere = project.language != "go" && facts.cpu_reason == kOneCpu;
  values.set("cpu_reason", std::string(elsewhere ? kOneCpuElsewhere : facts.cpu_reason));
  const RuntimeSettings runtime = runtime_settings(project, facts.cpu, facts.memory_mebibytes);
  set_runtime(runtime, values);
  values.set_flag("has_environment", !runtime.environment.empty() || where.variable.has_value());
  set_port(project, where, values);
  CRT_ASSIGN(std::string text, render_embedded("cloudrun/service.yaml", values));
  return GeneratedFile{"service.yaml", std::move(text)};
}

}  // namespace crtune::generate
