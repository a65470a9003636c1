#include "core/analysis/node_packages.hpp"

#include <algorithm>

namespace crtune::analysis {

namespace {

constexpr std::size_t kMaxPackages = 10'000;

// Follows strings and brackets; that is all that finding the keys of two levels needs.
class KeyScan {
 public:
  explicit KeyScan(std::string_view text) : text_(text) {}

  NodePackages run() {
    while (at_ < text_.size()) step();
    std::sort(development_.begin(), development_.end());
    std::sort(runtime_.begin(), runtime_.end());
    NodePackages packages;
    std::set_difference(development_.begin(), development_.end(), runtime_.begin(), runtime_.end(),
                        std::back_inserter(packages.development));
    return packages;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '"') {
      read_string();
      return;
    }
    if (c == '{' || c == '[') {
      ++depth_;
      is_key_ = c == '{';
    } else if (c == '}' || c == ']') {
      --depth_;
      is_key_ = false;
      if (depth_ == 1) section_ = {};
    } else if (c == ',') {
      is_key_ = true;
    } else if (c == ':') {
      is_key_ = false;
    }
    ++at_;
  }

  void read_string() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"')
      at_ += text_[at_] == '\\' ? std::size_t{2} : std::size_t{1};
    if (at_ >= text_.size()) return;  // cut off: what it would have been is not known
    const auto word = text_.substr(begin, at_ - begin);
    ++at_;
    if (!is_key_) return;
    if (depth_ == 1) section_ = word;
    if (depth_ != 2) return;
    const bool is_development = section_ == "devDependencies";
    const bool is_runtime =
        section_ == "dependencies" || section_ == "optionalDependencies" || section_ == "peerDependencies";
    auto& list = is_development ? development_ : runtime_;
    if ((is_development || is_runtime) && list.size() < kMaxPackages) list.emplace_back(word);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool is_key_ = false;
  std::string_view section_;
  std::vector<std::string> development_;
  std::vector<std::string> runtime_;
};

}  // namespace

NodePackages read_node_packages(std::string_view text) {
  return KeyScan(text).run();
}

}  // namespace crtune::analysis
