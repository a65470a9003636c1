#include "core/report/script_data.hpp"

#include "core/report/json_writer.hpp"

namespace crtune::report {

std::string embeddable_json(std::string_view json) {
  constexpr std::string_view kSeparatorStart = "\xE2\x80";
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  std::size_t done = 0;
  const auto replace = [&](std::size_t at, std::size_t bytes, std::string_view escape) {
    out.append(json.substr(done, at - done)).append(escape);
    done = at + bytes;
  };
  for (std::size_t i = 0; i < json.size(); ++i) {
    switch (json[i]) {
      case '<': replace(i, 1, "\\u003c"); break;
      case '>': replace(i, 1, "\\u003e"); break;
      case '&': replace(i, 1, "\\u0026"); break;
      case kSeparatorStart[0]: {
        if (json.substr(i, 2) != kSeparatorStart || i + 2 >= json.size()) break;
        if (json[i + 2] == '\xA8') replace(i, 3, "\\u2028");
        if (json[i + 2] == '\xA9') replace(i, 3, "\\u2029");
        break;
      }
      default: break;
    }
  }
  return out.append(json.substr(done));
}

std::size_t embedded_size(std::string_view text) {
  std::string quoted;
  JsonWriter(quoted, 3).text(text);
  return embeddable_json(quoted).size();
}

}  // namespace crtune::report
