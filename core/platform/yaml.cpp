#include "core/platform/yaml.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <sstream>

namespace crtune::platform {

using base::ErrorCode;
using base::YamlNode;

namespace {

constexpr std::size_t kMaxBytes = 256U << 10U;
constexpr std::size_t kMaxDepth = 32;

base::Place place_of(const std::string& file, const YAML::Mark& mark) {
  if (mark.is_null()) return {.file = file};
  return {.file = file,
          .line = static_cast<std::uint64_t>(mark.line) + 1,
          .column = static_cast<std::uint64_t>(mark.column) + 1};
}

// yaml-cpp recurses on brackets and on indentation, so both are bounded before it sees the text.
base::Status check_bytes(std::string_view text, const std::string& file) {
  if (text.size() > kMaxBytes)
    return base::fail(ErrorCode::limit,
                      fmt::format("a YAML file of {} bytes, the limit is {}", text.size(), kMaxBytes),
                      {.file = file});
  std::uint64_t line = 1;
  std::size_t brackets = 0;
  std::size_t markers = 0;  // "- " and "? " that open levels within one line
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = base::utf8_sequence_length(rest);
    const char byte = rest.front();
    if (length == 0 || byte == '\0')
      return base::fail(ErrorCode::invalid,
                        length == 0 ? "the text is not UTF-8" : "the text holds a NUL byte",
                        {.file = file, .line = line});
    if (byte == '\n') {
      ++line;
      markers = 0;
    }
    if (byte == '[' || byte == '{') ++brackets;
    if ((byte == ']' || byte == '}') && brackets > 0) --brackets;
    if ((byte == '-' || byte == '?') && rest.size() > 1 && (rest[1] == ' ' || rest[1] == '\t')) ++markers;
    if (brackets > kMaxDepth || markers > kMaxDepth)
      return base::fail(ErrorCode::limit, fmt::format("YAML nested deeper than {} levels", kMaxDepth),
                        {.file = file, .line = line});
    rest.remove_prefix(length);
  }
  return {};
}

// Thrown inside yaml-cpp's event loop, which has no other way to stop, and caught in parse_yaml.
struct Refusal {
  base::Error error;
};

// Builds our tree from yaml-cpp's events.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const std::string& file) : file_(file) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(start(mark, "", anchor, YamlNode::Kind::null));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse("YAML anchors and aliases are not read here", mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node = start(mark, tag, anchor, YamlNode::Kind::scalar);
    node.scalar = value;
    node.quoted = tag == "!";
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(start(mark, tag, anchor, YamlNode::Kind::sequence), mark);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(start(mark, tag, anchor, YamlNode::Kind::mapping), mark);
  }
  void OnMapEnd() override { close(); }

  YamlNode take() { return std::move(root_); }

 private:
  struct Level {
    YamlNode node;
    std::optional<YamlNode> key;  // of a mapping: the key that waits for its value
  };

  [[noreturn]] void refuse(std::string message, const YAML::Mark& mark,
                           ErrorCode code = ErrorCode::invalid) const {
    throw Refusal{{.code = code, .message = std::move(message), .place = place_of(file_, mark)}};
  }

  YamlNode start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                 YamlNode::Kind kind) const {
    if (anchor != 0) refuse("YAML anchors and aliases are not read here", mark);
    if (!tag.empty() && tag != "?" && tag != "!") refuse("YAML tags are not read here", mark);
    const base::Place place = place_of(file_, mark);
    YamlNode node;
    node.kind = kind;
    node.line = place.line;
    node.column = place.column;
    return node;
  }

  void open(YamlNode node, const YAML::Mark& mark) {
    if (levels_.size() >= kMaxDepth)
      refuse(fmt::format("YAML nested deeper than {} levels", kMaxDepth), mark, ErrorCode::limit);
    levels_.push_back({.node = std::move(node), .key = std::nullopt});
  }

  void close() {
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    add(std::move(node));
  }

  void add(YamlNode node) {
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == YamlNode::Kind::sequence) {
      level.node.items.push_back(std::move(node));
    } else if (level.key) {
      level.node.members.push_back({std::move(*level.key), std::move(node)});
      level.key.reset();
    } else {
      check_key(level.node, node);
      level.key = std::move(node);
    }
  }

  void check_key(const YamlNode& mapping, const YamlNode& key) const {
    std::string problem;
    if (key.kind != YamlNode::Kind::scalar)
      problem = "a key must be plain text";
    else if (key.scalar == "<<" && !key.quoted)
      problem = "YAML merge keys are not read here";
    else if (mapping.find(key.scalar) != nullptr)
      problem = fmt::format("the key '{}' stands twice", base::one_line(key.scalar, 60));
    if (!problem.empty())
      throw Refusal{{.code = ErrorCode::invalid,
                     .message = problem,
                     .place = {.file = file_, .line = key.line, .column = key.column}}};
  }

  const std::string& file_;
  std::vector<Level> levels_;
  YamlNode root_;
};

}  // namespace

base::Result<YamlNode> parse_yaml(std::string_view text, const std::string& file) {
  CRT_TRY(check_bytes(text, file));
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    TreeBuilder builder(file);
    parser.HandleNextDocument(builder);
    return builder.take();
  } catch (Refusal& refusal) {
    return base::fail(std::move(refusal.error));
  } catch (const YAML::Exception& problem) {
    return base::fail(ErrorCode::invalid, fmt::format("this is not valid YAML: {}", problem.msg),
                      place_of(file, problem.mark));
  } catch (const std::exception& problem) {
    return base::fail(ErrorCode::invalid, fmt::format("this is not valid YAML: {}", problem.what()),
                      {.file = file});
  }
}

}  // namespace crtune::platform
