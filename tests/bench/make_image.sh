#!/bin/sh
# Makes the image that the benchmarks read: over 2 GB in over 50,000 entries, with one layer that only changes modes.
# Needs Docker, skopeo and the base images golang:1.26-bookworm, gcc:12-bookworm and node:18-bookworm-slim.
# usage: make_image.sh FOLDER   (writes FOLDER/image.tar, a docker save archive, and FOLDER/layout, the same as an OCI
# layout with gzip layers)
set -eu
folder=${1:?usage: make_image.sh FOLDER}
mkdir -p "$folder/context"
cat >"$folder/context/Dockerfile" <<'DOCKERFILE'
FROM gcc:12-bookworm AS gcc
FROM node:18-bookworm-slim AS node
FROM golang:1.26-bookworm
COPY --from=gcc /usr /opt/gcc
COPY --from=node /usr /opt/node
COPY --from=gcc /usr/lib /opt/lib
RUN chmod -R o-r /opt/gcc/lib
RUN rm -rf /opt/gcc/share/doc && find /opt/lib -name '*.la' -delete
DOCKERFILE
DOCKER_BUILDKIT=0 docker build -q -t crt-bench "$folder/context" >/dev/null
docker save -o "$folder/image.tar" crt-bench
rm -rf "$folder/layout"
skopeo copy -q "docker-archive:$folder/image.tar" "oci:$folder/layout:bench"
ls -l "$folder/image.tar"
