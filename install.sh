#!/bin/sh
# Builds and installs cloudrun-tune on Debian 12, Ubuntu 24.04 or later. See ./install.sh --help.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build_packages='g++ cmake ninja-build pkg-config libcli11-dev libyaml-cpp-dev libcurl4-openssl-dev libarchive-dev
nlohmann-json3-dev libfmt-dev libexpected-dev libisal-dev libzstd-dev libssl-dev libxxhash-dev libkainjow-mustache-dev
libtomlplusplus-dev'
test_packages='doctest-dev python3'

usage() {
  cat <<'TEXT'
usage: ./install.sh [--demo | --test | --uninstall] [options]

  (nothing)          build and install
  --demo             build, install, then run the main job on a bundled Go service and a bundled image
  --test             build and pass all tests; installs nothing but packages
  --uninstall        remove what was installed under the prefix

  --prefix DIR       where to install: DIR/bin/cloudrun-tune (default /usr/local, or ~/.local without write access)
  --build-dir DIR    where to build (default build/release beside this file)
  --jobs N           compile so many files at once (default: one a core)
  --help             show this

Missing packages are installed with apt where this user may (root); elsewhere the command is printed and the script
stops with status 2. DESTDIR is honoured.
TEXT
}

fail() {
  echo "install.sh: $1" >&2
  exit "${2:-1}"
}

action=install
prefix=
build_dir=$here/build/release
jobs=
while [ $# -gt 0 ]; do
  case $1 in
    --demo) action='demo' ;;
    --test) action='test' ;;
    --uninstall) action='uninstall' ;;
    --prefix | --build-dir | --jobs)
      [ $# -ge 2 ] || fail "$1 wants a value" 2
      case $1 in
        --prefix) prefix=$2 ;;
        --build-dir) build_dir=$2 ;;
        --jobs) jobs=$2 ;;
      esac
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown option '$1' (see ./install.sh --help)" 2 ;;
  esac
  shift
done

if [ -z "$prefix" ]; then
  prefix=/usr/local
  [ -w /usr/local/bin ] || prefix=$HOME/.local
fi
target=${DESTDIR:-}$prefix/bin/cloudrun-tune

missing_packages() {
  # A package counts as there when dpkg has it installed, or when the command it is wanted for is there.
  for package in "$@"; do
    case $package in
      g++ | cmake | pkg-config | python3) command -v "$package" >/dev/null && continue ;;
      ninja-build) command -v ninja >/dev/null && continue ;;
    esac
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || printf '%s ' "$package"
  done
}

install_packages() {
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  missing=${missing% }
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "install.sh: packages are missing. Run this as root, then run install.sh again:" >&2
    echo "  apt-get update && apt-get install -y --no-install-recommends $missing" >&2
    exit 2
  fi
  echo "installing packages: $missing"
  apt-get update -q
  # The list is meant to be split into words.
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
}

build() {
  cmake -S "$here" -B "$build_dir" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" "$@"
  if [ -n "$jobs" ]; then
    cmake --build "$build_dir" --parallel "$jobs"
  else
    cmake --build "$build_dir"
  fi
}

install_program() {
  # shellcheck disable=SC2086
  install_packages $build_packages
  build -DCRT_TESTS=OFF
  mkdir -p "$(dirname "$target")"
  install -m 0755 "$build_dir/cli/cloudrun-tune" "$target"
  echo "installed $target"
  case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) echo "note: $prefix/bin is not in PATH" ;;
  esac
}

demo() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cp -r "$here/docs/demo/service" "$work/greeter"
  echo
  echo '$ cloudrun-tune init greeter'
  (cd "$work" && "$target" init greeter)
  echo
  echo '$ cloudrun-tune analyze image.tar.zst'
  cp "$here/docs/demo/image.tar.zst" "$work/"
  (cd "$work" && "$target" analyze image.tar.zst)
}

case $action in
  install) install_program ;;
  demo)
    install_program
    demo
    ;;
  test)
    # shellcheck disable=SC2086
    install_packages $build_packages $test_packages
    build -DCRT_TESTS=ON
    ctest --test-dir "$build_dir" --output-on-failure
    ;;
  uninstall)
    if [ -e "$target" ]; then
      rm "$target"
      echo "removed $target"
    else
      fail "there is nothing at $target"
    fi
    ;;
esac
