# Writes INPUT as a C++ string literal, in pieces that every compiler accepts.
file(READ "${INPUT}" hex HEX)
string(LENGTH "${hex}" length)
set(body "")
set(position 0)
while(position LESS length)
  string(SUBSTRING "${hex}" ${position} 64 piece)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" piece "${piece}")
  string(APPEND body "    \"${piece}\"\n")
  math(EXPR position "${position} + 64")
endwhile()
math(EXPR bytes "${length} / 2")
file(WRITE "${OUTPUT}"
"#include <string_view>
#pragma GCC diagnostic ignored \"-Woverlength-strings\"
namespace crtune::base {
extern const std::string_view ${SYMBOL};
const std::string_view ${SYMBOL}{
    \"\"
${body}    , ${bytes}};
}  // namespace crtune::base
")
