#include "core/project/xml_document.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::ErrorCode;

namespace {

constexpr std::size_t kMaxElements = 100'000;
constexpr std::size_t kMaxDepth = 64;

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
}

std::string unescaped(std::string_view text) {
  static constexpr auto kEntities = std::to_array<std::pair<std::string_view, char>>(
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}});
  std::string out;
  while (!text.empty()) {
    const auto* entity = std::find_if(kEntities.begin(), kEntities.end(),
                                      [text](const auto& row) { return text.starts_with(row.first); });
    const bool known = entity != kEntities.end();
    out += known ? entity->second : text.front();
    text.remove_prefix(known ? entity->first.size() : 1);
  }
  return out;
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  base::Result<XmlElement> run() {
    std::vector<XmlElement> open;
    XmlElement root;
    bool done = false;
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      const std::size_t tag = text_.find('<', at_);
      if (!open.empty()) open.back().text += unescaped(text_.substr(at_, tag - at_));
      advance(std::min(tag, text_.size()));
      if (tag == std::string_view::npos) break;
      if (skip_markup(open)) continue;
      if (text_.substr(at_).starts_with("</")) {
        CRT_TRY(close(open, root, done));
        continue;
      }
      if (done) return error("there is more than one root element");
      CRT_TRY(start(open, root, done));
    }
    if (!done) return error("the document ends inside an element");
    return root;
  }

 private:
  tl::unexpected<base::Error> error(std::string message) const {
    return base::fail(ErrorCode::invalid, "this is not valid XML: " + std::move(message),
                      {.file = file_, .line = line_});
  }

  void advance(std::size_t to) {
    line_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    at_ = to;
  }

  // Comments, declarations and CDATA sections.
  bool skip_markup(std::vector<XmlElement>& open) {
    static constexpr auto kMarkup = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}});
    for (const auto& [begin, end] : kMarkup) {
      if (!text_.substr(at_).starts_with(begin)) continue;
      const std::size_t found = text_.find(end, at_ + begin.size());
      const std::size_t from = at_ + begin.size();
      if (begin == "<![CDATA[" && !open.empty())
        open.back().text += std::string(text_.substr(from, found - from));
      advance(found == std::string_view::npos ? text_.size() : found + end.size());
      return true;
    }
    return false;
  }

  base::Status start(std::vector<XmlElement>& open, XmlElement& root, bool& done) {
    if (++elements_ > kMaxElements || open.size() >= kMaxDepth)
      return base::fail(ErrorCode::limit, "an XML document with too many elements or levels",
                        {.file = file_, .line = line_});
    const std::size_t end = tag_end();
    if (end == std::string_view::npos) return error("a tag has no end");
    std::string_view inner = text_.substr(at_ + 1, end - at_ - 1);
    const bool empty = inner.ends_with("/");
    if (empty) inner.remove_suffix(1);
    XmlElement element;
    element.line = line_;
    const std::size_t name_end = std::min(inner.find_first_of(" \t\r\n"), inner.size());
    std::string_view name = inner.substr(0, name_end);
    name.remove_prefix(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    if (name.empty()) return error("a tag has no name");
    element.name = name;
    read_attributes(inner.substr(name_end), element);
    advance(end + 1);
    if (!empty) {
      open.push_back(std::move(element));
    } else if (open.empty()) {
      root = std::move(element);
      done = true;
    } else {
      open.back().children.push_back(std::move(element));
    }
    return {};
  }

  // The ">" that no quotes enclose.
  std::size_t tag_end() const {
    char quote = '\0';
    for (std::size_t i = at_; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i;
      }
    }
    return std::string_view::npos;
  }

  static void read_attributes(std::string_view text, XmlElement& element) {
    constexpr std::size_t kMost = 200;
    while (element.attributes.size() < kMost) {
      const std::size_t equals = text.find('=');
      if (equals == std::string_view::npos) return;
      const auto key = trimmed(text.substr(0, equals));
      text.remove_prefix(equals + 1);
      const std::size_t open = text.find_first_of("\"'");
      if (open == std::string_view::npos) return;
      const std::size_t close = text.find(text[open], open + 1);
      if (close == std::string_view::npos) return;
      element.attributes.emplace_back(std::string(key), unescaped(text.substr(open + 1, close - open - 1)));
      text.remove_prefix(close + 1);
    }
  }

  base::Status close(std::vector<XmlElement>& open, XmlElement& root, bool& done) {
    const std::size_t end = text_.find('>', at_);
    std::string_view name = trimmed(text_.substr(at_ + 2, end - at_ - 2));
    name.remove_prefix(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    if (end == std::string_view::npos || open.empty() || open.back().name != name)
      return error("</" + std::string(name.substr(0, 60)) + "> closes no open element");
    advance(end + 1);
    XmlElement element = std::move(open.back());
    open.pop_back();
    element.text = trimmed(element.text);
    if (open.empty()) {
      root = std::move(element);
      done = true;
    } else {
      open.back().children.push_back(std::move(element));
    }
    return {};
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::size_t elements_ = 0;
};

}  // namespace

const XmlElement* XmlElement::find(std::string_view child) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [child](const XmlElement& one) { return one.name == child; });
  return found == children.end() ? nullptr : &*found;
}

const XmlElement* XmlElement::at(std::string_view path) const {
  const XmlElement* element = this;
  while (element != nullptr && !path.empty()) {
    element = element->find(path.substr(0, path.find('/')));
    path.remove_prefix(std::min(path.find('/'), path.size() - 1) + 1);
  }
  return element;
}

std::string XmlElement::text_of(std::string_view path) const {
  const XmlElement* element = at(path);
  return element == nullptr ? std::string() : element->text;
}

std::string XmlElement::attribute(std::string_view key) const {
  for (const auto& [word, value] : attributes)
    if (word == key) return value;
  return {};
}

base::Result<XmlElement> parse_xml(std::string_view text, const std::string& file) {
  return Parser(text, file).run();
}

}  // namespace crtune::project
