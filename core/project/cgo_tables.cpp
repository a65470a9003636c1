#include "core/project/cgo_tables.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

constexpr std::string_view kNoExtensions = "sqlite_omit_load_extension";
constexpr std::string_view kLoads = "it loads shared libraries while it runs";
constexpr std::string_view kVersion = "Debian does not have the C library in the version that it needs";

constexpr auto kLibraries = std::to_array<CLibrary>({
    {"sqlite3", "sqlite3", "libsqlite3-dev", "libsqlite3-0"},
    {"zlib", "z", "zlib1g-dev", "zlib1g"},
    {"openssl", "ssl", "libssl-dev", "libssl3"},
    {"libssl", "ssl", "libssl-dev", "libssl3"},
    {"libcrypto", "crypto", "libssl-dev", "libssl3"},
    {"vips", "vips", "libvips-dev", "libvips42"},
    {"MagickWand", "MagickWand-6.Q16", "libmagickwand-dev", "libmagickwand-6.q16-6"},
    {"rdkafka", "rdkafka", "librdkafka-dev", "librdkafka1"},
    {"leveldb", "leveldb", "libleveldb-dev", "libleveldb1d"},
    {"libpcap", "pcap", "libpcap-dev", "libpcap0.8"},
    {"libwebp", "webp", "libwebp-dev", "libwebp7"},
    {"libzstd", "zstd", "libzstd-dev", "libzstd1"},
    {"liblz4", "lz4", "liblz4-dev", "liblz4-1"},
    {"snappy", "snappy", "libsnappy-dev", "libsnappy1v5"},
    {"bzip2", "bz2", "libbz2-dev", "libbz2-1.0"},
    {"libpq", "pq", "libpq-dev", "libpq5"},
    {"libxml-2.0", "xml2", "libxml2-dev", "libxml2"},
    {"opus", "opus", "libopus-dev", "libopus0"},
    {"libsodium", "sodium", "libsodium-dev", "libsodium23"},
    {"libzmq", "zmq", "libzmq3-dev", "libzmq5"},
    {"libcurl", "curl", "libcurl4-openssl-dev", "libcurl4"},
    {"gmp", "gmp", "libgmp-dev", "libgmp10"},
    {"libffi", "ffi", "libffi-dev", "libffi8"},
    {"tesseract", "tesseract", "libtesseract-dev", "libtesseract5"},
});

constexpr auto kModules = std::to_array<CgoModule>({
    {.import = "github.com/mattn/go-sqlite3", .fails_at_run_time = true, .tag = kNoExtensions},
    {.import = "gorm.io/driver/sqlite", .fails_at_run_time = true, .tag = kNoExtensions},
    {.import = "github.com/mutecomm/go-sqlcipher", .fails_at_run_time = true, .tag = kNoExtensions},
    {.import = "github.com/xeodou/go-sqlcipher",
     .fails_at_run_time = true,
     .linking = CgoLinking::shared,
     .library = "libcrypto",
     .reason = "it is linked with OpenSSL"},
    {.import = "plugin", .fails_at_run_time = true, .linking = CgoLinking::shared, .reason = kLoads},
    {.import = "runtime/cgo", .fails_at_run_time = false},
    {.import = "github.com/DataDog/zstd", .fails_at_run_time = false},
    {.import = "github.com/valyala/gozstd", .fails_at_run_time = false},
    {.import = "github.com/chai2010/webp", .fails_at_run_time = false},
    {.import = "github.com/marcboeker/go-duckdb",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .cxx = true,
     .reason = kLoads},
    {.import = "github.com/duckdb/duckdb-go",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .cxx = true,
     .reason = kLoads},
    {.import = "github.com/confluentinc/confluent-kafka-go",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .reason = "its prebuilt librdkafka looks up hosts with glibc"},
    {.import = "github.com/h2non/bimg",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "vips",
     .reason = "libvips loads its parts while it runs"},
    {.import = "github.com/davidbyttow/govips",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "vips",
     .reason = "libvips loads its parts while it runs"},
    {.import = "github.com/gographics/imagick",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "MagickWand",
     .reason = "ImageMagick loads its coders while it runs"},
    {.import = "gopkg.in/gographics/imagick.v2",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "MagickWand",
     .reason = "ImageMagick loads its coders while it runs"},
    {.import = "gopkg.in/gographics/imagick.v3",
     .fails_at_run_time = false,
     .linking = CgoLinking::by_hand,
     .reason = kVersion},
    {.import = "github.com/jmhodges/levigo",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "leveldb",
     .reason = "it is linked with LevelDB"},
    {.import = "github.com/google/gopacket/pcap",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "libpcap",
     .reason = "it is linked with libpcap"},
    {.import = "github.com/gopacket/gopacket/pcap",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .library = "libpcap",
     .reason = "it is linked with libpcap"},
    {.import = "github.com/miekg/pkcs11",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .reason = kLoads},
    {.import = "github.com/sjwhitworth/golearn",
     .fails_at_run_time = false,
     .linking = CgoLinking::shared,
     .cxx = true,
     .reason = "its C++ code is linked with the shared C++ library"},
    {.import = "github.com/linxGnu/grocksdb",
     .fails_at_run_time = false,
     .linking = CgoLinking::by_hand,
     .reason = kVersion},
    {.import = "github.com/tecbot/gorocksdb",
     .fails_at_run_time = false,
     .linking = CgoLinking::by_hand,
     .reason = kVersion},
    {.import = "github.com/libgit2/git2go",
     .fails_at_run_time = false,
     .linking = CgoLinking::by_hand,
     .reason = kVersion},
    {.import = "github.com/go-gl",
     .fails_at_run_time = false,
     .linking = CgoLinking::by_hand,
     .reason = "it draws on a screen, which no container has"},
    {.import = "github.com/veandco/go-sdl2",
     .fails_at_run_time = false,
     .linking = CgoLinking::by_hand,
     .reason = "it draws on a screen, which no container has"},
});

}  // namespace

std::span<const CgoModule> cgo_modules() {
  return kModules;
}

const CLibrary* find_c_library(std::string_view name) {
  const auto found = std::find_if(kLibraries.begin(), kLibraries.end(), [name](const CLibrary& library) {
    return library.name == name || library.other_name == name;
  });
  return found == kLibraries.end() ? nullptr : &*found;
}

}  // namespace crtune::project
