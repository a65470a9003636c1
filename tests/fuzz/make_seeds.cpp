// Writes the seeds of elf, go_build_info, go_symbols and secret_scan below a folder.
#include "tests/support/elf_builder.hpp"
#include "tests/unit/secret/planted.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace crtune;
using namespace crtune::testing;
namespace fs = std::filesystem;

namespace {

constexpr ElfShape kShapes[] = {{true, false}, {false, false}, {true, true}, {false, true}};
constexpr std::uint32_t kMagics[] = {0xFFFFFFFB, 0xFFFFFFFA, 0xFFFFFFF0, 0xFFFFFFF1};
constexpr std::string_view kModules =
    "path\texample.com/app/v2/cmd\nmod\texample.com/app/v2\t(devel)\t\ndep\tgopkg.in/yaml.v3\tv3.0.1\n"
    "=>\texample.com/fork\tv3.0.2\th1:x=\nbuild\t-compiler=gc\nbuild\t-ldflags=\"-s -w -X 'main.v=1\\t2'\"\n";
const std::string kBuildMagic = "\xff Go buildinf:";

class Seeds {
 public:
  Seeds(const fs::path& corpus, const std::string& target) : folder_(corpus / target) {
    fs::create_directories(folder_);
  }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

 private:
  fs::path folder_;
};

std::string shape_name(ElfShape shape) {
  return std::string(shape.is_64 ? "64" : "32") + (shape.big_endian ? "-big" : "");
}

std::vector<FunctionSpec> functions() {
  return {{"runtime.main", 64},
          {"example.com/app/v2/api.(*T).Do", 32},
          {"gopkg.in/yaml%2ev3.Load[go.shape.[]uint8,a/b.C]", 16},
          {"main.main", 48},
          {"reflect.Value.MethodByName", 16},
          {"vendor/golang.org/x/net/idna.f", 16}};
}

ElfBuilder go_program(ElfShape shape, std::uint32_t magic) {
  ElfBuilder builder(shape);
  builder.section({.name = ".text", .flags = 6, .content = std::string(256, '\xcc'), .alignment = 16});
  const auto text = ElfBuilder::kBase + builder.offset_of(".text");
  builder.section(
      {.name = ".gopclntab", .content = function_table(shape, magic, text, functions()), .alignment = 32});
  builder.section(
      {.name = ".go.buildinfo", .flags = 3, .content = build_info("go1.99", kModules), .alignment = 16});
  return builder;
}

std::string note(ElfShape shape, std::string_view owner, std::uint64_t kind, std::string_view text) {
  Bytes out(shape);
  out.number(owner.size(), 4).number(text.size(), 4).number(kind, 4).text(owner).align(4).text(text);
  return out.align(4).data();
}

ElfBuilder dynamic_program(ElfShape shape, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& more) {
  const std::string strings("\0libc.so.6\0libstdc++.so.6\0$ORIGIN/lib\0", 39);
  const auto with = [&](const std::string& table) {
    ElfBuilder builder(shape);
    builder.section({.name = ".interp", .content = std::string("/lib/ld.so\0", 11)});
    builder.section({.name = ".dynstr", .type = 3, .content = strings});
    builder.section({.name = ".dynamic", .type = 6, .content = table, .alignment = 8});
    builder.section({.name = ".note.gnu.build-id",
                     .type = 7,
                     .content = note(shape, std::string_view("GNU\0", 4), 3, "0123456789abcdef"),
                     .alignment = 4});
    builder.section(
        {.name = ".comment", .flags = 0, .content = std::string("GCC: (Debian) 12\0rustc 1.80\0", 28)});
    builder.segment(3, ".interp").segment(2, ".dynamic").segment(4, ".note.gnu.build-id");
    return builder;
  };
  const auto strings_at = ElfBuilder::kBase + with({}).offset_of(".dynstr");
  Bytes table(shape);
  for (const auto& [tag, value] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {1, 1}, {1, 11}, {29, 26}, {15, 26}, {14, 1}, {5, strings_at}, {10, strings.size()}})
    table.word(tag).word(value);
  for (const auto& [tag, value] : more) table.word(tag).word(value);
  return with(table.word(0).word(0).data());
}

// Fields of the ELF header of a 64-bit file, by name: where and how wide.
struct Field {
  std::string name;
  std::size_t at;
  unsigned width;
};

void put_broken_headers(const Seeds& seeds) {
  const auto good = dynamic_program({}, {}).build();
  for (const Field& field : {Field{"phoff", 32, 8},
                             {"shoff", 40, 8},
                             {"ehsize", 52, 2},
                             {"phentsize", 54, 2},
                             {"phnum", 56, 2},
                             {"shentsize", 58, 2},
                             {"shnum", 60, 2},
                             {"shstrndx", 62, 2}})
    for (const std::uint64_t value : {0ULL, 1ULL, 0xFFFFULL, ~0ULL, ~0ULL - 63}) {
      if (field.width == 2 && value > 0xFFFF) continue;
      auto file = good;
      for (unsigned i = 0; i < field.width; ++i)
        file[field.at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
      seeds.put("header-" + field.name + "-" + std::to_string(value), file);
    }
}

void put_elf(const fs::path& corpus) {
  const Seeds seeds(corpus, "elf");
  for (const ElfShape shape : kShapes) {
    seeds.put("dynamic-" + shape_name(shape), dynamic_program(shape, {}).build());
    seeds.put("go-" + shape_name(shape), go_program(shape, 0xFFFFFFF1).build());
  }
  for (const std::uint32_t magic : kMagics)
    seeds.put("go-bare-" + std::to_string(magic), go_program({}, magic).without_section_headers().build());
  seeds.put("empty", "");
  seeds.put("magic",
            "\x7f"
            "ELF");
  seeds.put("header-only", ElfBuilder().build().substr(0, 64));
  seeds.put("script", "#!/bin/sh\n" + std::string(500, 'x'));
  seeds.put("pe", "MZ" + std::string(62, '\0'));
  seeds.put("mach-o", "\xcf\xfa\xed\xfe" + std::string(60, '\0'));
  seeds.put("odd-machine", ElfBuilder().machine(999).type(4).build());
  seeds.put("rpath-long", dynamic_program({}, {{15, 0}, {29, ~0ULL}}).build());
  seeds.put("needed-many",
            dynamic_program({}, std::vector<std::pair<std::uint64_t, std::uint64_t>>(100, {1, 1})).build());
  seeds.put("strings-unmapped", dynamic_program({}, {{5, 0x10}, {10, ~0ULL}}).build());
  seeds.put("flags-pie", dynamic_program({}, {{0x6FFFFFFB, 0x08000000}}).type(3).build());
  put_broken_headers(seeds);
  const auto with = [&](const std::string& name, SectionSpec spec, std::uint32_t segment = 0) {
    ElfBuilder builder;
    const auto section = spec.name;
    builder.section(std::move(spec));
    if (segment != 0) builder.segment(segment, section);
    seeds.put(name, builder.build());
  };
  with("interpreter-without-end", {.name = ".interp", .content = std::string(1500, 'i')}, 3);
  with("note-huge", {.name = ".note.x", .type = 7, .content = std::string(12, '\xff') + "GNU"}, 4);
  with("note-zero", {.name = ".note.x", .type = 7, .content = std::string(24, '\0')}, 4);
  with("compressed", {.name = ".debug_info", .type = 1, .flags = 0x800, .content = std::string(24, '\xff')});
  with("zdebug", {.name = ".zdebug_info", .type = 1, .flags = 0, .content = "ZLIB" + std::string(8, '\xff')});
  with("bss", {.name = ".bss", .type = 8, .flags = 3, .content = std::string(3000, 'b')});
  with("symbols-of-nothing",
       {.name = ".symtab", .type = 2, .flags = 0, .content = std::string(49, '\xff'), .link = 77});
  with("section-long-name", {.name = std::string(1000, 'n'), .content = "x"});
  with("upx", {.name = ".data", .content = std::string("\0\0\0\0UPX!\0\0\0\0", 12)});
  std::string many;
  for (int i = 0; i < 100; ++i) many += kBuildMagic + std::string("\x08\x02", 2);
  with("build-info-in-c", {.name = ".rodata", .content = many, .alignment = 16});
}

void put_build_info(const fs::path& corpus) {
  const Seeds seeds(corpus, "go_build_info");
  const std::string plain(1, '\0');
  const std::string bare(1, '\4');
  const std::string zeros(16, '\0');
  const std::string inlined = std::string("\x08\x02", 2) + zeros;
  seeds.put("section", plain + build_info("go1.99", kModules));
  seeds.put("section-without-headers", bare + build_info("go1.99", kModules));
  seeds.put("section-32-big", std::string(1, '\3') + build_info("go1.99", kModules));
  seeds.put("magic", plain + kBuildMagic);
  seeds.put("unaligned", plain + "  " + build_info("go1.99", kModules));
  seeds.put("at-the-end", plain + std::string(48, ' ') + kBuildMagic + std::string("\x08\x02", 2));
  seeds.put("varint-long", plain + kBuildMagic + inlined + std::string(11, '\xff'));
  seeds.put("varint-beyond", plain + kBuildMagic + inlined + "\x7fgo1");
  seeds.put("varint-huge", plain + kBuildMagic + inlined + "\xff\xff\xff\x7f");
  for (const char width : {'\0', '\3', '\4', '\x8', '\xff'})
    seeds.put("pointer-size-" + std::to_string(static_cast<unsigned char>(width)),
              plain + kBuildMagic + width + '\0' + zeros);
  // Pointers to the file's start, to this very header and to its end.
  for (const std::uint64_t address : {0x400000ULL, 0x400100ULL, 0x400110ULL, ~0ULL, 0x4001FFULL}) {
    Bytes pointers(ElfShape{});
    pointers.word(address).word(address).word(address).word(4);
    seeds.put("pointer-" + std::to_string(address),
              plain + kBuildMagic + std::string("\x08\0", 2) + pointers.data());
  }
  seeds.put("lines", plain + std::string(kModules));
  int number = 0;
  for (const std::string_view odd :
       {"=>\tx\ty\n", "build\t\"", "build\t\"\\", "dep\n", "dep\t\t\t\n", "\t\t\n", "build\t`x`=`y`",
        "build\t\"\\x4\"=1", "build\t\"\\u12\\U1\"=\"\\n\"", "build\t=\n", "mod\ta\n", "path\t\x1b[31m\n",
        "dep\ta\tv1\n=>\tb\tv2\n=>\tc\tv3\n", "build\t-ldflags=\"-X main.password=made-up-1\"\n",
        "path\t\xff\xfe\n", "build\tvcs.time=2026-01-01T00:00:00Z\r\n"})
    seeds.put("odd-" + std::to_string(number++), plain + std::string(odd));
}

std::string tables(unsigned flags, const std::string& functions_of, const std::string& symbols,
                   const std::string& strings) {
  Bytes out(ElfShape{});
  out.number(flags, 1).number(functions_of.size(), 2).number(symbols.size(), 2);
  return out.text(functions_of).text(symbols).text(strings).data();
}

struct Symbol {
  std::uint64_t name, address, size, section;
};

std::string symbol_table(ElfShape shape, const std::vector<Symbol>& symbols) {
  Bytes out(shape);
  for (const auto& one : symbols) {
    out.number(one.name, 4);
    if (shape.is_64)
      out.number(1, 1).number(0, 1).number(one.section, 2).number(one.address, 8).number(one.size, 8);
    else
      out.number(one.address, 4).number(one.size, 4).number(1, 1).number(0, 1).number(one.section, 2);
  }
  return out.data();
}

void put_symbols(const fs::path& corpus) {
  const Seeds seeds(corpus, "go_symbols");
  const std::string names(
      "\0main.data\0runtime.text\0go:itab.*net/http.body,io.Reader\0type:.eq.net/url.URL\0a.com/b.init\0",
      90);
  for (unsigned number = 0; number < 4; ++number) {
    const ElfShape shape = kShapes[number];
    const unsigned flags = (shape.is_64 ? 0U : 1U) | (shape.big_endian ? 2U : 0U);
    ElfBuilder frame(shape);
    frame.section({.name = ".text", .flags = 6, .content = std::string(512, '\xcc'), .alignment = 16});
    const auto text = ElfBuilder::kBase + frame.offset_of(".text");
    const auto symbols = symbol_table(shape, {{0, 0, 0, 0},
                                              {1, text + 0x700, 16, 6},
                                              {11, text, 0, 1},
                                              {24, text + 0x710, 8, 6},
                                              {57, text + 0x712, 900, 6},
                                              {77, ~0ULL, ~0ULL, 0xFFFF}});
    for (const std::uint32_t magic : kMagics) {
      const auto table = function_table(shape, magic, text, functions());
      const auto name = shape_name(shape) + "-" + std::to_string(magic & 0xFF);
      seeds.put("both-" + name, tables(flags, table, symbols, names));
      if (number == 0) {
        seeds.put("bare-" + name, tables(flags | 4U, table, "", ""));
        seeds.put("no-functions-" + name,
                  tables(flags, function_table(shape, magic, text, {}), symbols, names));
        seeds.put("text-elsewhere-" + name,
                  tables(flags, function_table(shape, magic, ~0ULL - 99, functions()), "", ""));
        seeds.put("long-function-" + name,
                  tables(flags, function_table(shape, magic, text, {{"main.main", ~0U}}), "", ""));
        seeds.put("cut-" + name, tables(flags, table.substr(0, table.size() / 2), symbols, names));
        auto count = table;
        for (std::size_t i = 8; i < 16; ++i) count[i] = '\x7f';
        seeds.put("count-huge-" + name, tables(flags, count, symbols, names));
      }
    }
    seeds.put("symbols-" + shape_name(shape), tables(flags, "", symbols, names));
    seeds.put("strings-without-end-" + shape_name(shape), tables(flags, "", symbols, std::string(60, 'n')));
  }
}

// Puts a byte that the target takes out again into every word, so that no seed looks like a live key.
std::string broken_up(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (i % 3 == 1) out += '\x7f';
  }
  return out;
}

void put_secrets(const fs::path& corpus) {
  const Seeds seeds(corpus, "secret_scan");
  secret::test::Maker make(11);
  int number = 0;
  const auto put = [&](const std::string& text, int path = 0, int flags = 0) {
    if (text.size() > 2700) return;
    seeds.put(std::to_string(100 + number++),
              std::string{static_cast<char>(flags), static_cast<char>(path)} + broken_up(text));
  };
  for (const auto& planted : make.all()) {
    put(planted.text);
    for (const auto& around : secret::test::surroundings())
      if (number % 7 == static_cast<int>(around.name.size() % 7)) put(around.plant(planted.text));
  }
  const std::string password = make.alnum(14) + "9x";
  const std::string encoded = make.base64_of("shop:" + password);
  put("DB_PASSWORD=" + password + "\nAPI_KEY='" + make.alnum(32) + "'\nDEBUG=changeme\n", 1);
  put("//registry.npmjs.org/:_authToken=" + make.alnum(36) + "\n_auth=" + encoded + "\n", 2);
  put("machine db.internal login shop password " + password + "\n", 3);
  put("{\"auths\":{\"r.io\":{\"auth\":\"" + encoded + "\"},\"s.io\":{\"identitytoken\":\"" + make.alnum(40) +
          "\"}}}",
      4);
  put("[pypi]\nusername = shop\npassword = " + password + "\n", 5);
  put("users:\n- name: a\n  user:\n    token: " + make.alnum(60) + "\n    client-key-data: " + encoded + "\n",
      6);
  put(make.rsa_key("RSA "), 7);
  put(make.rsa_key("RSA ").substr(0, 400), 7);
  put("https://shop:" + password + "@git.internal/a.git\n", 10);
  put("[default]\naws_access_key_id = AK"
      "IA" +
          make.some(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") + "\naws_secret_access_key = " + make.alnum(39) +
          "/\n",
      11);
  put("|1 TOKEN=" + make.alnum(30) + " /bin/sh -c curl -H 'Authorization: Bearer " + make.alnum(30) +
      "' https://a.b/");
  put("--password " + password + " --password=" + password + " -X main.key=" + password);
  put("mysql -p" + password + " && export PGPASSWORD=\"" + password +
      "\"; echo ${SECRET} $(cat x) <token> xxxxxxxx %s");
  put(std::string(300, 'A') + std::string(300, '=') + std::string(300, '-') + "BEGIN", 0);
  put(std::string(1200, '"') + std::string(1200, '\\'), 4);
  put(std::string(20, '\0') + make.rsa_key(""), 0, 1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: fuzz_seeds CORPUS\n", stderr);
    return 2;
  }
  put_elf(argv[1]);
  put_build_info(argv[1]);
  put_symbols(argv[1]);
  put_secrets(argv[1]);
  return 0;
}
