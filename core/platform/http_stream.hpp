// One HTTP GET over a local socket whose body is read as it arrives.
#pragma once

#include "core/platform/byte_source.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace crtune::platform {

class HttpStream final : public ByteSource {
 public:
  // `path` is the request's path, already escaped.
  HttpStream(std::string socket, std::string path);
  ~HttpStream() override;

  // `text` with everything but unreserved characters percent-encoded (RFC 3986 2.3).
  static std::string escape(std::string_view text);

  // Sends the request and returns the response's status once its headers are there. Errors: network.
  base::Result<long> open();
  // The body of a refusal, at most 64 KiB. Errors: network.
  base::Result<std::string> error_body();
  // The next piece of the body. Errors: network when the connection breaks.
  base::Result<std::span<const std::byte>> next(std::size_t wanted) override;

 private:
  struct Transfer;
  std::unique_ptr<Transfer> transfer_;
};

}  // namespace crtune::platform
