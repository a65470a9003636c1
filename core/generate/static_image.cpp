#include "core/generate/static_image.hpp"

#include <fmt/format.h>

namespace crtune::generate {

namespace {

constexpr const char* kCompressed =
    "  gzip_types text/css text/plain text/javascript application/javascript application/json "
    "application/xml "
    "image/svg+xml;";

}  // namespace

// Source: https://nginx.org/en/docs/. Nothing is written but below /tmp, so that any user may run it.
std::vector<std::string> static_server_lines(std::uint32_t port, bool single_page) {
  const std::vector<std::string> lines = {"worker_processes 1;",
                                          "error_log stderr warn;",
                                          "pid /tmp/nginx.pid;",
                                          "events { worker_connections 2048; }",
                                          "http {",
                                          "  include /etc/nginx/mime.types;",
                                          "  default_type application/octet-stream;",
                                          "  access_log off;",
                                          "  sendfile on;",
                                          "  server_tokens off;",
                                          "  absolute_redirect off;",
                                          "  gzip on;",
                                          "  gzip_vary on;",
                                          kCompressed,
                                          "  client_body_temp_path /tmp/client;",
                                          "  proxy_temp_path /tmp/proxy;",
                                          "  fastcgi_temp_path /tmp/fastcgi;",
                                          "  uwsgi_temp_path /tmp/uwsgi;",
                                          "  scgi_temp_path /tmp/scgi;",
                                          "  server {",
                                          fmt::format("    listen {};", port),
                                          "    root /site;",
                                          fmt::format("    location / {{ try_files $uri $uri/ {}; }}",
                                                      single_page ? "/index.html" : "$uri.html =404"),
                                          "  }",
                                          "}"};
  std::vector<std::string> words;
  words.reserve(lines.size());
  for (const auto& line : lines) words.push_back("'" + line + "'");
  return words;
}

}  // namespace crtune::generate
