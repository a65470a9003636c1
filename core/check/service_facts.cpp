#include "core/check/service_facts.hpp"

#include <charconv>

namespace crtune::check {
namespace {

using base::YamlNode;

std::string scalar(const YamlNode& node, std::string_view key) {
  const YamlNode* found = node.find(key);
  return found == nullptr ? std::string() : found->scalar;
}

// The container with ports, else the first: sidecars of Cloud Run have none.
const YamlNode* ingress_container(const YamlNode& containers) {
  for (const auto& one : containers.items)
    if (one.find("ports") != nullptr) return &one;
  return containers.items.empty() ? nullptr : &containers.items.front();
}

void read_port(const YamlNode& container, ServiceFacts& facts) {
  facts.port_line = container.line;
  facts.port_column = container.column;
  const YamlNode* ports = container.find("ports");
  if (ports == nullptr || ports->items.empty()) return;
  const YamlNode& port = ports->items.front();
  facts.port_name = scalar(port, "name");
  const YamlNode* number = port.find("containerPort");
  if (number == nullptr) return;
  facts.port_line = number->line;
  facts.port_column = number->column;
  std::uint32_t value = 0;
  const char* end = number->scalar.data() + number->scalar.size();
  const auto read = std::from_chars(number->scalar.data(), end, value);
  if (read.ec == std::errc() && read.ptr == end) facts.container_port = value;
}

}  // namespace

std::optional<ServiceFacts> read_service_facts(const YamlNode& document, const std::string& path) {
  if (scalar(document, "kind") != "Service" ||
      !scalar(document, "apiVersion").starts_with("serving.knative.dev"))
    return std::nullopt;
  const YamlNode* node = &document;
  for (const auto* key : {"spec", "template", "spec", "containers"}) {
    node = node->find(key);
    if (node == nullptr) return std::nullopt;
  }
  const YamlNode* container = ingress_container(*node);
  if (container == nullptr) return std::nullopt;
  ServiceFacts facts;
  facts.path = path;
  read_port(*container, facts);
  facts.sets_command = container->find("command") != nullptr || container->find("args") != nullptr;
  if (const YamlNode* environment = container->find("env"))
    for (const auto& one : environment->items)
      if (const YamlNode* value = one.find("value"))
        facts.environment.emplace_back(scalar(one, "name"), value->scalar);
  return facts;
}

}  // namespace crtune::check
