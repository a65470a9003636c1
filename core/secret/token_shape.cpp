#include "core/secret/token_shape.hpp"

#include "core/secret/value_checks.hpp"

namespace crtune::secret {

std::size_t token_end(const Hits& hits, std::size_t begin, std::size_t end, const TokenShape& shape,
                      std::size_t& looked) {
  const std::string_view text = hits.text();
  looked = end;
  if (!begins_word(text, begin)) return 0;
  const std::size_t stop = run_end(text, end, shape.body, shape.most + 1);
  looked = stop;
  const std::size_t length = stop - end;
  if (length < shape.least || length > shape.most) return 0;
  if (stop < text.size() && is(text[stop], shape.border)) return 0;
  const std::string_view body = text.substr(end, length);
  return entropy(body) >= shape.entropy && !is_placeholder(body) ? stop : 0;
}

std::size_t judge_shape(Hits& hits, std::size_t begin, std::size_t end, const TokenShape& shape) {
  std::size_t looked = end;
  const std::size_t stop = token_end(hits, begin, end, shape, looked);
  if (stop != 0) hits.add({shape.rule, shape.severity, shape.what, begin, stop});
  return looked;
}

}  // namespace crtune::secret
