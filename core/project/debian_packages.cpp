#include "core/project/debian_packages.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crtune::project {
namespace {

constexpr auto kPackages = std::to_array<DebianPackage>({
    {"threads", "", LinkForm::nothing, ""},
    {"pkgconfig", "pkg-config", LinkForm::nothing, ""},
    {"git", "git", LinkForm::nothing, ""},
    {"python", "python3", LinkForm::nothing, ""},
    {"python3", "python3", LinkForm::nothing, ""},
    {"perl", "perl", LinkForm::nothing, ""},
    {"gtest", "libgtest-dev", LinkForm::nothing, ""},
    {"catch2", "catch2", LinkForm::nothing, ""},
    {"benchmark", "libbenchmark-dev", LinkForm::nothing, ""},
    {"doctest", "doctest-dev", LinkForm::nothing, ""},
    {"nlohmann_json", "nlohmann-json3-dev", LinkForm::nothing, ""},
    {"rapidjson", "rapidjson-dev", LinkForm::nothing, ""},
    {"cli11", "libcli11-dev", LinkForm::nothing, ""},
    {"cxxopts", "libcxxopts-dev", LinkForm::nothing, ""},
    {"asio", "libasio-dev", LinkForm::nothing, ""},
    {"eigen3", "libeigen3-dev", LinkForm::nothing, ""},
    {"expected", "libexpected-dev", LinkForm::nothing, ""},
    {"tl-expected", "libexpected-dev", LinkForm::nothing, ""},
    {"openssl", "libssl-dev", LinkForm::archive, "OPENSSL_USE_STATIC_LIBS=TRUE"},
    {"libssl", "libssl-dev", LinkForm::shared, ""},
    {"libcrypto", "libssl-dev", LinkForm::shared, ""},
    {"zlib", "zlib1g-dev", LinkForm::archive, "ZLIB_USE_STATIC_LIBS=ON"},
    {"boost", "libboost-dev", LinkForm::archive, "Boost_USE_STATIC_LIBS=ON"},
    {"protobuf", "protobuf-compiler libprotobuf-dev", LinkForm::archive, "Protobuf_USE_STATIC_LIBS=ON"},
    {"grpc", "libgrpc++-dev protobuf-compiler-grpc protobuf-compiler libprotobuf-dev", LinkForm::shared, ""},
    {"grpc++", "libgrpc++-dev protobuf-compiler-grpc protobuf-compiler libprotobuf-dev", LinkForm::shared,
     ""},
    {"absl", "libabsl-dev", LinkForm::shared, ""},
    {"brotli", "libbrotli-dev", LinkForm::shared, ""},
    {"bzip2", "libbz2-dev", LinkForm::shared, ""},
    {"cjson", "libcjson-dev", LinkForm::shared, ""},
    {"libcjson", "libcjson-dev", LinkForm::shared, ""},
    {"civetweb", "libcivetweb-dev", LinkForm::shared, ""},
    {"cpprestsdk", "libcpprest-dev", LinkForm::shared, ""},
    {"cppzmq", "cppzmq-dev", LinkForm::shared, ""},
    {"curl", "libcurl4-openssl-dev", LinkForm::shared, ""},
    {"libcurl", "libcurl4-openssl-dev", LinkForm::shared, ""},
    {"date", "libhowardhinnant-date-dev", LinkForm::shared, ""},
    {"fmt", "libfmt-dev", LinkForm::shared, ""},
    {"gflags", "libgflags-dev", LinkForm::shared, ""},
    {"glib-2.0", "libglib2.0-dev", LinkForm::shared, ""},
    {"glog", "libgoogle-glog-dev", LinkForm::shared, ""},
    {"gnutls", "libgnutls28-dev", LinkForm::shared, ""},
    {"hiredis", "libhiredis-dev", LinkForm::shared, ""},
    {"httplib", "libcpp-httplib-dev", LinkForm::shared, ""},
    {"jansson", "libjansson-dev", LinkForm::shared, ""},
    {"jemalloc", "libjemalloc-dev", LinkForm::shared, ""},
    {"jpeg", "libjpeg-dev", LinkForm::shared, ""},
    {"json-c", "libjson-c-dev", LinkForm::shared, ""},
    {"jsoncpp", "libjsoncpp-dev", LinkForm::shared, ""},
    {"libarchive", "libarchive-dev", LinkForm::shared, ""},
    {"libcap", "libcap-dev", LinkForm::shared, ""},
    {"libev", "libev-dev", LinkForm::shared, ""},
    {"libevent", "libevent-dev", LinkForm::shared, ""},
    {"libidn2", "libidn2-dev", LinkForm::shared, ""},
    {"liblzma", "liblzma-dev", LinkForm::shared, ""},
    {"libmicrohttpd", "libmicrohttpd-dev", LinkForm::shared, ""},
    {"libnghttp2", "libnghttp2-dev", LinkForm::shared, ""},
    {"libpq", "libpq-dev", LinkForm::shared, ""},
    {"libsodium", "libsodium-dev", LinkForm::shared, ""},
    {"libsystemd", "libsystemd-dev", LinkForm::shared, ""},
    {"liburing", "liburing-dev", LinkForm::shared, ""},
    {"libuv", "libuv1-dev", LinkForm::shared, ""},
    {"libwebsockets", "libwebsockets-dev", LinkForm::shared, ""},
    {"libxml2", "libxml2-dev", LinkForm::shared, ""},
    {"libxml-2.0", "libxml2-dev", LinkForm::shared, ""},
    {"libzmq", "libzmq3-dev", LinkForm::shared, ""},
    {"lz4", "liblz4-dev", LinkForm::shared, ""},
    {"mysql", "default-libmysqlclient-dev", LinkForm::shared, ""},
    {"pcre2", "libpcre2-dev", LinkForm::shared, ""},
    {"libpcre2-8", "libpcre2-dev", LinkForm::shared, ""},
    {"pistache", "libpistache-dev", LinkForm::shared, ""},
    {"libpistache", "libpistache-dev", LinkForm::shared, ""},
    {"png", "libpng-dev", LinkForm::shared, ""},
    {"poco", "libpoco-dev", LinkForm::shared, ""},
    {"postgresql", "libpq-dev", LinkForm::shared, ""},
    {"pugixml", "libpugixml-dev", LinkForm::shared, ""},
    {"qt5", "qtbase5-dev", LinkForm::shared, ""},
    {"qt6", "qt6-base-dev", LinkForm::shared, ""},
    {"rdkafka", "librdkafka-dev", LinkForm::shared, ""},
    {"re2", "libre2-dev", LinkForm::shared, ""},
    {"restinio", "librestinio-dev", LinkForm::shared, ""},
    {"simdjson", "libsimdjson-dev", LinkForm::shared, ""},
    {"snappy", "libsnappy-dev", LinkForm::shared, ""},
    {"spdlog", "libspdlog-dev", LinkForm::shared, ""},
    {"sqlite3", "libsqlite3-dev", LinkForm::shared, ""},
    {"tbb", "libtbb-dev", LinkForm::shared, ""},
    {"tinyxml2", "libtinyxml2-dev", LinkForm::shared, ""},
    {"uuid", "uuid-dev", LinkForm::shared, ""},
    {"yaml-cpp", "libyaml-cpp-dev", LinkForm::shared, ""},
    {"zstd", "libzstd-dev", LinkForm::shared, ""},
    {"libzstd", "libzstd-dev", LinkForm::shared, ""},
});

constexpr std::array<std::string_view, 12> kDevelopersTools = {
    "doxygen",      "sphinx",     "lcov",     "gcov",   "valgrind", "clangformat",
    "clang-format", "clang-tidy", "cppcheck", "ccache", "graphviz", "include-what-you-use"};

struct BoostPackage {
  std::string_view component;
  std::string_view package;
};
constexpr auto kBoost = std::to_array<BoostPackage>({
    {"atomic", "libboost-atomic-dev"},
    {"chrono", "libboost-chrono-dev"},
    {"context", "libboost-context-dev"},
    {"coroutine", "libboost-coroutine-dev"},
    {"date_time", "libboost-date-time-dev"},
    {"filesystem", "libboost-filesystem-dev"},
    {"iostreams", "libboost-iostreams-dev"},
    {"json", "libboost-json-dev"},
    {"locale", "libboost-locale-dev"},
    {"log", "libboost-log-dev"},
    {"program_options", "libboost-program-options-dev"},
    {"random", "libboost-random-dev"},
    {"regex", "libboost-regex-dev"},
    {"serialization", "libboost-serialization-dev"},
    {"system", "libboost-system-dev"},
    {"thread", "libboost-thread-dev"},
    {"url", "libboost-url-dev"},
});

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

}  // namespace

const DebianPackage* debian_package(std::string_view name) {
  const std::string wanted = lower(name);
  for (const auto& row : kPackages)
    if (row.name == wanted) return &row;
  return nullptr;
}

bool is_developers_tool(std::string_view name) {
  const std::string wanted = lower(name);
  return std::find(kDevelopersTools.begin(), kDevelopersTools.end(), wanted) != kDevelopersTools.end();
}

std::string_view boost_package(std::string_view component) {
  for (const auto& row : kBoost)
    if (row.component == component) return row.package;
  return {};
}

}  // namespace crtune::project
