// Secrets made up from parts, so that none stands in a source, and places to plant them in.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::secret::test {

// Joins parts that would look like a secret in one piece.
std::string glued(std::initializer_list<std::string_view> parts);

struct Planted {
  std::string rule;
  std::string text;   // as it would be copied into a file
  std::string value;  // the part of it that nobody may see
};

// The same for the same seed.
class Maker {
 public:
  explicit Maker(unsigned seed) : state_(seed * 2654435761U + 1) {}

  std::string some(std::size_t count, std::string_view alphabet);
  std::string alnum(std::size_t count);
  std::string base64_of(std::string_view bytes);
  std::string private_key(std::string_view label, std::string_view head);  // a PEM block
  std::string rsa_key(std::string_view label) {
    return private_key(label, std::string_view("\x02\x01\x00", 3));
  }
  std::string with_checksum(std::string_view prefix, std::size_t count);
  std::string service_account(bool minified);
  std::string user_credentials();

  // One secret of every kind that can stand in any text.
  std::vector<Planted> all();

 private:
  unsigned next();
  unsigned state_;
};

struct Surrounding {
  std::string_view name;
  std::string_view path;
  std::string (*plant)(const std::string& secret);
};
const std::vector<Surrounding>& surroundings();

std::string escaped(const std::string& text);  // as a JSON string holds it

}  // namespace crtune::secret::test
