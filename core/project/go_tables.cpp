#include "core/project/go_tables.hpp"

#include <array>

namespace crtune::project {

std::span<const GoFramework> go_frameworks() {
  static constexpr std::array<GoFramework, 22> kTable = {{
      {"github.com/gin-gonic/gin", "gin"},
      {"github.com/labstack/echo", "echo"},
      {"github.com/gofiber/fiber", "fiber"},
      {"github.com/go-chi/chi", "chi"},
      {"github.com/go-kratos/kratos", "kratos"},
      {"github.com/zeromicro/go-zero", "go-zero"},
      {"github.com/kataras/iris", "iris"},
      {"github.com/beego/beego", "beego"},
      {"github.com/cloudwego/hertz", "hertz"},
      {"github.com/gobuffalo/buffalo", "buffalo"},
      {"github.com/danielgtaylor/huma", "huma"},
      {"github.com/pocketbase/pocketbase", "pocketbase"},
      {"github.com/GoogleCloudPlatform/functions-framework-go", "functions-framework"},
      {"connectrpc.com/connect", "connect"},
      {"github.com/twitchtv/twirp", "twirp"},
      {"github.com/emicklei/go-restful", "go-restful"},
      {"github.com/julienschmidt/httprouter", "httprouter"},
      {"github.com/gorilla/mux", "gorilla/mux"},
      {"github.com/valyala/fasthttp", "fasthttp"},
      {"goji.io", "goji"},
      {"google.golang.org/grpc", "grpc"},
      {"net/http", "net/http"},
  }};
  return kTable;
}

std::span<const CgoModule> cgo_modules() {
  static constexpr std::array<CgoModule, 27> kTable = {{
      {"github.com/mattn/go-sqlite3", true},
      {"gorm.io/driver/sqlite", true},
      {"github.com/xeodou/go-sqlcipher", true},
      {"github.com/mutecomm/go-sqlcipher", true},
      {"plugin", true},
      {"runtime/cgo", false},
      {"github.com/marcboeker/go-duckdb", false},
      {"github.com/duckdb/duckdb-go", false},
      {"github.com/confluentinc/confluent-kafka-go", false},
      {"github.com/h2non/bimg", false},
      {"github.com/davidbyttow/govips", false},
      {"github.com/gographics/imagick", false},
      {"gopkg.in/gographics/imagick.v3", false},
      {"gopkg.in/gographics/imagick.v2", false},
      {"github.com/DataDog/zstd", false},
      {"github.com/valyala/gozstd", false},
      {"github.com/linxGnu/grocksdb", false},
      {"github.com/tecbot/gorocksdb", false},
      {"github.com/jmhodges/levigo", false},
      {"github.com/google/gopacket/pcap", false},
      {"github.com/gopacket/gopacket/pcap", false},
      {"github.com/miekg/pkcs11", false},
      {"github.com/go-gl", false},
      {"github.com/veandco/go-sdl2", false},
      {"github.com/chai2010/webp", false},
      {"github.com/sjwhitworth/golearn", false},
      {"github.com/libgit2/git2go", false},
  }};
  return kTable;
}

std::span<const GoListenCall> go_listen_calls() {
  static constexpr std::array<GoListenCall, 25> kTable = {{
      {.import = "net/http", .function = "ListenAndServe", .address = 0},
      {.import = "net/http", .function = "ListenAndServeTLS", .address = 0},
      {.import = "net", .function = "Listen", .address = 1},
      {.import = "net", .function = "ListenTCP", .address = 1},
      {.import = "crypto/tls", .function = "Listen", .address = 1},
      {.import = "net", .function = "Listen", .address = 2, .method = true},
      {.import = "net/http", .function = "ListenAndServe", .address = kNoArgument, .method = true},
      {.import = "net/http", .function = "ListenAndServeTLS", .address = kNoArgument, .method = true},
      {.import = "github.com/valyala/fasthttp", .function = "ListenAndServe", .address = 0},
      {.import = "github.com/valyala/fasthttp", .function = "ListenAndServe", .address = 0, .method = true},
      {.import = "github.com/GoogleCloudPlatform/functions-framework-go",
       .function = "Start",
       .address = 0,
       .bare_port = true},
      {.import = "github.com/GoogleCloudPlatform/functions-framework-go",
       .function = "StartHostPort",
       .address = 1,
       .bare_port = true},
      {.import = "github.com/gin-gonic/gin",
       .function = "Run",
       .address = 0,
       .method = true,
       .default_port = "8080"},
      {.import = "github.com/gin-gonic/gin", .function = "RunTLS", .address = 0, .method = true},
      {.import = "github.com/labstack/echo", .function = "Start", .address = 0, .method = true},
      {.import = "github.com/labstack/echo", .function = "StartH2CServer", .address = 0, .method = true},
      {.import = "github.com/labstack/echo", .function = "StartTLS", .address = 0, .method = true},
      {.import = "github.com/gofiber/fiber", .function = "Listen", .address = 0, .method = true},
      {.import = "github.com/kataras/iris", .function = "Listen", .address = 0, .method = true},
      {.import = "github.com/kataras/iris", .function = "Addr", .address = 0},
      {.import = "github.com/go-kratos/kratos", .function = "Address", .address = 0},
      {.import = "github.com/cloudwego/hertz", .function = "WithHostPorts", .address = 0},
      {.import = "github.com/beego/beego", .function = "Run", .address = 0},
      {.import = "github.com/soheilhy/cmux", .function = "New", .address = kNoArgument},
      {.import = "github.com/prometheus/exporter-toolkit/web",
       .function = "ListenAndServe",
       .address = kNoArgument},
  }};
  return kTable;
}

std::span<const GoOpenCall> go_open_calls() {
  static constexpr std::array<GoOpenCall, 66> kTable = {{
      {.import = "os", .function = "Open", .path = 0},
      {.import = "os", .function = "OpenFile", .path = 0},
      {.import = "os", .function = "ReadFile", .path = 0},
      {.import = "os", .function = "ReadDir", .path = 0},
      {.import = "os", .function = "DirFS", .path = 0},
      {.import = "os", .function = "OpenRoot", .path = 0},
      {.import = "os", .function = "OpenInRoot", .path = 0},
      {.import = "io/ioutil", .function = "ReadFile", .path = 0},
      {.import = "io/ioutil", .function = "ReadDir", .path = 0},
      {.import = "path/filepath", .function = "Walk", .path = 0},
      {.import = "path/filepath", .function = "WalkDir", .path = 0},
      {.import = "path/filepath", .function = "Glob", .path = 0},
      {.import = "net/http", .function = "Dir", .path = 0},
      {.import = "net/http", .function = "ServeFile", .path = 2},
      {.import = "html/template", .function = "ParseFiles", .path = 0, .all_after = true},
      {.import = "html/template", .function = "ParseGlob", .path = 0},
      {.import = "html/template", .function = "ParseFiles", .path = 0, .all_after = true, .method = true},
      {.import = "html/template", .function = "ParseGlob", .path = 0, .method = true},
      {.import = "text/template", .function = "ParseFiles", .path = 0, .all_after = true},
      {.import = "text/template", .function = "ParseGlob", .path = 0},
      {.import = "text/template", .function = "ParseFiles", .path = 0, .all_after = true, .method = true},
      {.import = "text/template", .function = "ParseGlob", .path = 0, .method = true},
      {.import = "github.com/gin-gonic/gin", .function = "LoadHTMLGlob", .path = 0, .method = true},
      {.import = "github.com/gin-gonic/gin",
       .function = "LoadHTMLFiles",
       .path = 0,
       .all_after = true,
       .method = true},
      {.import = "github.com/gin-gonic/gin", .function = "Static", .path = 1, .method = true},
      {.import = "github.com/gin-gonic/gin", .function = "StaticFile", .path = 1, .method = true},
      {.import = "github.com/gin-gonic/gin", .function = "File", .path = 0, .method = true},
      {.import = "github.com/gin-gonic/gin", .function = "Dir", .path = 0},
      {.import = "github.com/gin-contrib/static", .function = "LocalFile", .path = 0},
      {.import = "github.com/labstack/echo", .function = "Static", .path = 1, .method = true},
      {.import = "github.com/labstack/echo", .function = "File", .path = 1, .method = true},
      {.import = "github.com/labstack/echo", .function = "File", .path = 0, .method = true},
      {.import = "github.com/labstack/echo", .function = "Inline", .path = 0, .method = true},
      {.import = "github.com/labstack/echo", .function = "Attachment", .path = 0, .method = true},
      {.import = "github.com/labstack/echo/v4/middleware", .function = "Static", .path = 0},
      {.import = "github.com/gofiber/fiber", .function = "Static", .path = 1, .method = true},
      {.import = "github.com/gofiber/fiber", .function = "SendFile", .path = 0, .method = true},
      {.import = "github.com/gofiber/fiber/v3/middleware/static", .function = "New", .path = 0},
      {.import = "github.com/gofiber/template", .function = "New", .path = 0},
      {.import = "github.com/kataras/iris", .function = "HandleDir", .path = 1, .method = true},
      {.import = "github.com/kataras/iris", .function = "HTML", .path = 0},
      {.import = "github.com/golang-migrate/migrate", .function = "New", .path = 0, .prefix = "file://"},
      {.import = "github.com/golang-migrate/migrate",
       .function = "NewWithDatabaseInstance",
       .path = 0,
       .prefix = "file://"},
      {.import = "github.com/golang-migrate/migrate",
       .function = "NewWithInstance",
       .path = 0,
       .prefix = "file://"},
      {.import = "github.com/pressly/goose", .function = "Up", .path = 1},
      {.import = "github.com/pressly/goose", .function = "UpContext", .path = 2},
      {.import = "github.com/pressly/goose", .function = "Run", .path = 2},
      {.import = "github.com/spf13/viper", .function = "SetConfigFile", .path = 0},
      {.import = "github.com/spf13/viper", .function = "SetConfigFile", .path = 0, .method = true},
      {.import = "github.com/BurntSushi/toml", .function = "DecodeFile", .path = 0},
      {.import = "github.com/ilyakaznacheev/cleanenv", .function = "ReadConfig", .path = 0},
      {.import = "github.com/knadh/koanf", .function = "Provider", .path = 0},
      {.import = "gopkg.in/ini.v1", .function = "Load", .path = 0, .all_after = true},
      {.import = "github.com/jinzhu/configor", .function = "Load", .path = 1, .all_after = true},
      {.import = "github.com/casbin/casbin", .function = "NewEnforcer", .path = 0, .all_after = true},
      {.import = "github.com/nicksnyder/go-i18n", .function = "LoadMessageFile", .path = 0, .method = true},
      {.import = "github.com/nicksnyder/go-i18n",
       .function = "MustLoadMessageFile",
       .path = 0,
       .method = true},
      {.import = "github.com/oschwald/geoip2-golang", .function = "Open", .path = 0},
      {.import = "github.com/oschwald/maxminddb-golang", .function = "Open", .path = 0},
      {.import = "github.com/flosch/pongo2", .function = "FromFile", .path = 0},
      {.import = "github.com/CloudyKit/jet", .function = "NewOSFileSystemLoader", .path = 0},
      {.import = "github.com/getkin/kin-openapi/openapi3",
       .function = "LoadFromFile",
       .path = 0,
       .method = true},
      {.import = "github.com/unrolled/render", .function = "New", .path = kNoArgument},
      {.import = "github.com/golang/freetype", .function = "LoadFont", .path = 0},
      {.import = "github.com/joho/godotenv", .function = "Load", .path = 0, .all_after = true},
      {.import = "crypto/tls", .function = "LoadX509KeyPair", .path = 0, .all_after = true},
  }};
  return kTable;
}

std::span<const std::string_view> time_zone_imports() {
  static constexpr std::array<std::string_view, 3> kTable = {
      "github.com/robfig/cron", "github.com/go-co-op/gocron", "github.com/teambition/rrule-go"};
  return kTable;
}

bool import_matches(std::string_view import, std::string_view start) {
  return import.starts_with(start) && (import.size() == start.size() || import[start.size()] == '/');
}

}  // namespace crtune::project
