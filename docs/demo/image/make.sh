#!/bin/sh
# Makes docs/demo/image.tar.zst. Needs Go, Docker, zstd and a static busybox (Debian's busybox-static).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/Dockerfile" /bin/busybox "$work/"
(cd "$here" && CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -trimpath -ldflags="-s -w" -buildvcs=false -o "$work/pinger" .)
chmod 0644 "$work/pinger"
printf '{"greeting": "pong", "debug": true}\n' >"$work/settings.json"
printf '{"greeting": "pong"}\n' >"$work/settings-production.json"
DOCKER_BUILDKIT=0 docker build -q -t pinger "$work" >/dev/null
docker save pinger | zstd -q -19 --long=27 -f -o "$here/../image.tar.zst"
ls -l "$here/../image.tar.zst"
