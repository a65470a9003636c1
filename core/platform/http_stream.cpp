#include "core/platform/http_stream.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <type_traits>
#include <utility>

namespace crtune::platform {

using base::ErrorCode;
using base::Result;
using Bytes = std::span<const std::byte>;

namespace {

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

// libcurl takes its options as C varargs, where a wrong width is undefined behaviour.
template <typename Value>
void set_option(CURL* handle, CURLoption option, Value value) {
  static_assert(std::is_same_v<Value, long> || std::is_pointer_v<Value>);
  curl_easy_setopt(handle, option, value);
}

}  // namespace

// Driven by hand with the multi interface, so that whoever reads sets the pace.
struct HttpStream::Transfer {
  Transfer(std::string socket_path, std::string request_path)
      : socket(std::move(socket_path)), path(std::move(request_path)) {
    multi.reset(curl_multi_init());
    easy.reset(curl_easy_init());
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() { curl_multi_remove_handle(multi.get(), easy.get()); }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& buffer = static_cast<Transfer*>(self)->arrived;
    const auto* bytes = reinterpret_cast<const std::byte*>(data);  // NOLINT: a body is bytes
    buffer.insert(buffer.end(), bytes, bytes + size * count);
    return size * count;
  }

  tl::unexpected<base::Error> broken(std::string_view reason) const {
    return base::fail(ErrorCode::network, fmt::format("the daemon at {} cannot be read: {}", socket, reason),
                      {}, "is it running, and may this user open its socket?");
  }

  // Goes on until a piece of the body arrived or the transfer is over.
  base::Status advance() {
    while (!over && arrived.empty()) {
      int running = 0;
      if (const auto code = curl_multi_perform(multi.get(), &running); code != CURLM_OK)
        return broken(curl_multi_strerror(code));
      if (running == 0) CRT_TRY(finish());
      if (over || !arrived.empty()) break;
      constexpr int kPatienceMilliseconds = 1000;
      curl_multi_poll(multi.get(), nullptr, 0, kPatienceMilliseconds, nullptr);
    }
    return {};
  }

  base::Status finish() {
    over = true;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left))
      if (message->msg == CURLMSG_DONE && message->data.result != CURLE_OK)
        return broken(problem[0] != '\0' ? problem.data() : curl_easy_strerror(message->data.result));
    return {};
  }

  std::string socket;
  std::string path;
  std::unique_ptr<CURLM, FreeMulti> multi;
  std::unique_ptr<CURL, FreeEasy> easy;
  std::array<char, CURL_ERROR_SIZE> problem = {};
  std::vector<std::byte> arrived;  // since the last piece was handed out
  std::vector<std::byte> handed_out;
  bool over = false;
};

HttpStream::HttpStream(std::string socket, std::string path)
    : transfer_(std::make_unique<Transfer>(std::move(socket), std::move(path))) {}
HttpStream::~HttpStream() = default;

std::string HttpStream::escape(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    const bool unreserved = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                            (byte >= '0' && byte <= '9') ||
                            std::string_view("-._~/:@").find(byte) != std::string_view::npos;
    if (unreserved) {
      out += byte;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return out;
}

Result<long> HttpStream::open() {
  CURL* easy = transfer_->easy.get();
  const std::string url = "http://localhost" + transfer_->path;
  set_option(easy, CURLOPT_URL, url.c_str());
  set_option(easy, CURLOPT_UNIX_SOCKET_PATH, transfer_->socket.c_str());
  set_option(easy, CURLOPT_PROTOCOLS_STR, "http");
  set_option(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(easy, CURLOPT_PROXY, "");
  set_option(easy, CURLOPT_NOSIGNAL, 1L);
  set_option(easy, CURLOPT_BUFFERSIZE, static_cast<long>(kLargeRead));
  set_option(easy, CURLOPT_CONNECTTIMEOUT, 10L);
  set_option(easy, CURLOPT_ERRORBUFFER, transfer_->problem.data());
  set_option(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set_option(easy, CURLOPT_WRITEDATA, static_cast<void*>(transfer_.get()));
  curl_multi_add_handle(transfer_->multi.get(), easy);
  CRT_TRY(transfer_->advance());
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

Result<std::string> HttpStream::error_body() {
  constexpr std::size_t kMaxBody = 64U << 10U;
  std::string body;
  while (body.size() < kMaxBody) {
    CRT_ASSIGN(const Bytes piece, next(kLargeRead));
    if (piece.empty()) break;
    body.append(reinterpret_cast<const char*>(piece.data()),
                std::min(piece.size(), kMaxBody - body.size()));  // NOLINT: text
  }
  return body;
}

Result<Bytes> HttpStream::next(std::size_t) {
  transfer_->handed_out.clear();
  CRT_TRY(transfer_->advance());
  std::swap(transfer_->handed_out, transfer_->arrived);
  return Bytes(transfer_->handed_out);
}

}  // namespace crtune::platform
