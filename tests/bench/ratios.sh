#!/bin/sh
# Paired timings of analyze against reading the same bytes, as README quotes them. Needs hyperfine, igzip, jq and the
# files of make_image.sh. usage: ratios.sh PROGRAM FOLDER
set -eu
program=${1:?usage: ratios.sh PROGRAM FOLDER}
folder=${2:?usage: ratios.sh PROGRAM FOLDER}
result=$(mktemp)
trap 'rm -f "$result"' EXIT

# Runs the two in turn, so that a drift of the machine meets both, and prints the median of the ratios of pairs.
pair() {
  name=$1
  : >"$result.all"
  for _ in 1 2 3 4 5 6 7 8 9; do
    hyperfine --shell=none --warmup 0 --runs 1 --ignore-failure --export-json "$result" "$2" "$3" >/dev/null 2>&1
    jq '.results[0].mean / .results[1].mean' "$result" >>"$result.all"
  done
  printf '%-34s %s\n' "$name" "$(sort -n "$result.all" | sed -n 5p | cut -c1-5)"
  rm -f "$result.all"
}

cat "$folder/image.tar" "$folder"/layout/blobs/sha256/* >/dev/null
pair 'docker archive / cat' "$program analyze $folder/image.tar" "sh -c 'exec cat $folder/image.tar >/dev/null'"
pair 'the same, JSON / cat' "$program analyze $folder/image.tar --format json" "sh -c 'exec cat $folder/image.tar >/dev/null'"
pair 'OCI layout, gzip / igzip -P2' "$program analyze $folder/layout" \
  "sh -c 'ls $folder/layout/blobs/sha256/* | xargs -P2 -n1 igzip -dc >/dev/null 2>&1'"
pair '--version / curl --version' "$program --version" 'curl --version'
