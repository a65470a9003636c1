"""Small services in C, C++ and Rust in the layouts that init must get right, as trees of text."""

CPP_CMAKE = {
    "CMakeLists.txt": '''cmake_minimum_required(VERSION 3.16...3.25)
project(greeter VERSION 1.0 LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
option(GREETER_BUILD_TESTS "Build the tests" ON)
set(app_name ${PROJECT_NAME}-server)
find_package(Threads REQUIRED)
add_subdirectory(src)
if(GREETER_BUILD_TESTS)
  add_subdirectory(tests)
endif()
add_executable(load_probe tools/load_probe.cpp)
''',
    "src/CMakeLists.txt": '''add_library(greeter_core STATIC listener.cpp)
add_library(greeter::core ALIAS greeter_core)
target_include_directories(greeter_core PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
add_executable(${app_name} main.cpp)
target_link_libraries(${app_name} PRIVATE greeter::core Threads::Threads)
include(GNUInstallDirs)
install(TARGETS ${app_name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
''',
    "src/listener.hpp": '#pragma once\n#include <string>\n\nint serve(int port, const std::string& text);\n',
    "src/listener.cpp": '''#include "listener.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

void answer(int peer, const std::string& text) {
  char request[4096];
  if (read(peer, request, sizeof request) > 0) {
    const std::string reply =
        "HTTP/1.1 200 OK\\r\\nContent-Length: " + std::to_string(text.size()) + "\\r\\nConnection: close\\r\\n\\r\\n" + text;
    if (write(peer, reply.data(), reply.size()) < 0) shutdown(peer, SHUT_RDWR);
  }
  close(peer);
}

}  // namespace

int serve(int port, const std::string& text) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = INADDR_ANY;
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(listener, 64) != 0) return 1;
  for (;;) {
    const int peer = accept(listener, nullptr, nullptr);
    if (peer >= 0) std::thread(answer, peer, text).detach();
  }
}
''',
    "src/main.cpp": '''#include "listener.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

int main() {
  std::signal(SIGTERM, [](int) { std::_Exit(0); });
  const char* given = std::getenv("PORT");
  const int port = given != nullptr ? std::atoi(given) : 8081;
  std::ifstream file("data/greeting.txt");
  return serve(port, std::string(std::istreambuf_iterator<char>(file), {}));
}
''',
    "data/greeting.txt": "hello from C++\n",
    "tests/CMakeLists.txt": "add_executable(greeter_tests main.cpp)\nadd_test(NAME greeter COMMAND greeter_tests)\n",
    "tests/main.cpp": "int main() {}\n",
    "tools/load_probe.cpp": "int main() {}\n",
    "build/CMakeCache.txt": "stale\n",
    ".env": "SECRET=1\n",
}

C_CMAKE = {
    "CMakeLists.txt": '''cmake_minimum_required(VERSION 3.10)
project(tiny C)
file(GLOB sources CONFIGURE_DEPENDS "*.c")
add_executable(tiny ${sources})
set_target_properties(tiny PROPERTIES OUTPUT_NAME tinyd)
''',
    "main.c": '''#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEFAULT_PORT 7070

static void stop(int signal_number) { _exit(signal_number == SIGTERM ? 0 : 1); }

static int port_of(void) {
  const char *text = getenv("PORT");
  return text ? (int)strtol(text, NULL, 10) : DEFAULT_PORT;
}

int main(void) {
  static const char reply[] =
      "HTTP/1.1 200 OK\\r\\nContent-Length: 12\\r\\nConnection: close\\r\\n\\r\\nhello from C";
  signal(SIGTERM, stop);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  address.sin_port = htons((unsigned short)port_of());
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 16)) {
    perror("listen");
    return 1;
  }
  for (;;) {
    char request[2048];
    int peer = accept(listener, NULL, NULL);
    if (peer < 0) continue;
    if (read(peer, request, sizeof request) > 0 && write(peer, reply, strlen(reply)) < 0) perror("write");
    close(peer);
  }
}
''',
}

CPP_MESON = {
    "meson.build": '''project('status', 'cpp', default_options: ['cpp_std=c++17'])
threads = dependency('threads')
subdir('src')
executable('bench_status', 'bench.cpp')
''',
    "src/meson.build": '''sources = files('main.cpp')
executable('status-server', sources,
  dependencies: [threads],
  install: true)
''',
    "src/main.cpp": C_CMAKE["main.c"].replace("hello from C", "hello, Meson").replace("strtol(text, NULL, 10)", "std::stoi(text)")
                             .replace("#include <string.h>", "#include <cstring>\n#include <string>").replace("7070", "9090"),
    "bench.cpp": "int main() {}\n",
}

RUST = {
    "Cargo.toml": '''[package]
name = "clock"
version = "0.1.0"
edition = "2021"
rust-version = "1.85"
default-run = "clock-server"

[[bin]]
name = "clock-server"
path = "src/main.rs"

[profile.release]
codegen-units = 4
''',
    "Cargo.lock": '''# This file is automatically @generated by Cargo.
# It is not intended for manual editing.
version = 4

[[package]]
name = "clock"
version = "0.1.0"
''',
    "src/main.rs": '''use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

fn port() -> u16 {
    std::env::var("PORT").ok().and_then(|text| text.parse().ok()).unwrap_or(3000)
}

fn main() -> std::io::Result<()> {
    let greeting = std::fs::read_to_string("assets/greeting.txt")?;
    let listener = TcpListener::bind(("0.0.0.0", port()))?;
    for stream in listener.incoming() {
        let mut stream = stream?;
        let text = greeting.clone();
        thread::spawn(move || {
            let mut request = [0u8; 2048];
            let _ = stream.read(&mut request);
            let _ = write!(stream, "HTTP/1.1 200 OK\\r\\nContent-Length: {}\\r\\nConnection: close\\r\\n\\r\\n{}", text.len(), text);
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn listens() {
        assert!(std::net::TcpListener::bind("127.0.0.1:0").is_ok());
    }
}
''',
    "src/bin/migrate.rs": 'fn main() {\n    println!("migrated");\n}\n',
    "assets/greeting.txt": "hello from Rust\n",
    "target/debug/clock-server": "stale\n",
}

# A member of a workspace, with a crate beside it: the build context is the folder above.
RUST_MEMBER = {
    "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n\n[workspace.package]\nrust-version = "1.85"\n',
    "Cargo.lock": '''version = 3

[[package]]
name = "text"
version = "0.1.0"

[[package]]
name = "web"
version = "0.1.0"
dependencies = [
 "text",
]
''',
    "crates/text/Cargo.toml": '[package]\nname = "text"\nversion = "0.1.0"\nedition = "2021"\n',
    "crates/text/src/lib.rs": "pub fn greeting() -> String {\n    String::from(\"hello from a workspace\\n\")\n}\n",
    "crates/web/Cargo.toml": '[package]\nname = "web"\nversion = "0.1.0"\nedition = "2021"\nrust-version.workspace = true\n\n'
                             '[dependencies]\ntext = { path = "../text" }\n',
    "crates/web/src/main.rs": RUST["src/main.rs"].replace('std::fs::read_to_string("assets/greeting.txt")?', "text::greeting()"),
}

# A library that Debian links as a shared one, and a compiler that Debian 12 lacks.
CPP_SHARED = {
    "CMakeLists.txt": 'cmake_minimum_required(VERSION 3.28)\nproject(feed CXX)\nfind_package(CURL REQUIRED)\n'
                      'find_package(Frobnicate REQUIRED)\nadd_executable(feed main.cpp)\n',
    "main.cpp": '#include <httplib.h>\n\nint main() {\n  httplib::Server server;\n  server.listen("127.0.0.1", 8080);\n}\n',
}

# A library that links shared only, in a service that builds on Debian 12.
CPP_FMT = {
    "CMakeLists.txt": "cmake_minimum_required(VERSION 3.16)\nproject(shout CXX)\nfind_package(fmt REQUIRED)\n"
                      "add_executable(shout main.cpp)\ntarget_link_libraries(shout PRIVATE fmt::fmt)\n",
    "main.cpp": CPP_MESON["src/main.cpp"].replace("#include <string>", "#include <string>\n#include <fmt/core.h>")
                                         .replace('signal(SIGTERM, stop);', 'signal(SIGTERM, stop);\n  fmt::print("ready\\n");'),
}

CPP_VCPKG = {
    "CMakeLists.txt": "cmake_minimum_required(VERSION 3.20)\nproject(shop CXX)\nfind_package(Crow REQUIRED)\nadd_executable(shop main.cpp)\n",
    "CMakePresets.json": '{"version": 3, "configurePresets": [{"name": "release", "binaryDir": "build", "cacheVariables": '
                         '{"CMAKE_BUILD_TYPE": "Release"}}]}\n',
    "vcpkg.json": '{"dependencies": ["crow"]}\n',
    "main.cpp": "#include <crow.h>\n\nint main() { crow::SimpleApp app; app.port(18080).multithreaded().run(); }\n",
}

CPP_TWO = {
    "CMakeLists.txt": "project(pair)\nadd_executable(front front.cpp)\nadd_executable(back back.cpp)\n",
    "front.cpp": C_CMAKE["main.c"],
    "back.cpp": C_CMAKE["main.c"],
}

RUST_CRATES = {
    "Cargo.toml": '[package]\nname = "orders"\n\n[dependencies]\naxum = "0.8"\ndiesel = "2"\n',
    "Cargo.lock": 'version = 4\n\n[[package]]\nname = "openssl-sys"\n\n[[package]]\nname = "pq-sys"\n',
    "src/main.rs": """#[derive(clap::Parser)]
struct Options {
    /// Where to listen
    #[arg(long, default_value_t = 4000)]
    port: u16,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", options.port)).await.unwrap();
    axum::serve(listener, app()).await.unwrap();
}
""",
}

RUST_ROCKET = {
    "Cargo.toml": '[package]\nname = "hi"\n\n[dependencies]\nrocket = "0.5"\n',
    "src/main.rs": '#[launch]\nfn rocket() -> _ {\n    rocket::build().mount("/", rocket::fs::FileServer::from("static"))\n}\n',
    "static/index.html": "<p>hi</p>\n",
}

LAYOUTS = {"cpp": CPP_CMAKE, "c": C_CMAKE, "meson": CPP_MESON, "rust": RUST, "rust-member": RUST_MEMBER}
