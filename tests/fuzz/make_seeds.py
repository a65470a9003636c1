"""Writes the seeds of image_open, layer_apply, json and detection below tests/fuzz/corpus, from the builders of the scenarios.

Usage: make_seeds.py CORPUS. Files that are there already (inputs that once failed) stay as they are.
"""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("support", "scenario"):
    sys.path.insert(0, os.path.join(HERE, "..", folder))

import compression
import hostile_inputs
import hostile_layers
import go_layouts
import image_builder as build
import native_layouts
import tar_bytes as tar
from image_builder import Image

LIMIT = 4 << 10
REPAIR, ADD_END, VERIFY, SMALL_PIECES = 1, 2, 4, 4
OUT = sys.argv[1]


def put(target, name, data):
    """Keeps a seed where it is small: what large inputs do is told by scenarios."""
    if len(data) > (2 * LIMIT if target == "image_open" else LIMIT):  # an OCI layout takes five blocks and their headers
        return
    folder = os.path.join(OUT, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")), "wb") as out:
        out.write(data)


# --- layers ------------------------------------------------------------------------------------------------------

def layers(name, first, second, flags=REPAIR | ADD_END):
    """A compressed layer keeps its bytes only where no flag changes them."""
    raw = not (second[:2] == b"\x1f\x8b" or second[:4] == compression.ZSTD_MAGIC)
    first += bytes(-len(first) % 512)
    put("layer_apply", name, bytes([flags if raw else 0]) + (len(first) // 512).to_bytes(2, "little") + first + second)


LOWER = tar.folder("d") + tar.file("d/a", "old") + tar.symlink("s", "d") + tar.hardlink("h", "d/a")
UPPER = {
    "rewritten": tar.file("d/a", "new"),
    "same content": tar.file("d/a", "old", mode=0o755),
    "removed": tar.whiteout("d/a"),
    "folder removed": tar.whiteout("d"),
    "opaque": tar.opaque("d") + tar.file("d/b", "b"),
    "opaque last": tar.file("d/b", "b") + tar.opaque("d"),
    "opaque root": tar.opaque(""),
    "data in a whiteout": tar.file(".wh.h", "data"),
    "folder that is a whiteout": tar.folder(".wh.d") + tar.file(".wh.d/x", "x"),
    "whiteout of a folder made here": tar.folder("n") + tar.file("n/x", "x") + tar.whiteout("n"),
    "bookkeeping of aufs": tar.file(".wh..wh.plnk/1.2", "x") + tar.file(".wh..wh.aufs"),
    "names that climb": tar.file("../x", "x") + tar.file("/y", "y") + tar.file("a/../../z", "z") + tar.file("..\\w", "w"),
    "name of dots": tar.folder(".") + tar.folder("./") + tar.symlink("..", "x"),
    "through a link": tar.file("s/b", "b"),
    "link to the root": tar.symlink("etc", "/") + tar.file("etc/passwd", "root:x:0:0::/:/bin/sh\n"),
    "link upwards": tar.symlink("out", "/../..") + tar.file("out/y", "y"),
    "circle of links": tar.symlink("p", "q") + tar.symlink("q", "p") + tar.file("p/x", "x"),
    "hard link to a link": tar.hardlink("l", "s"),
    "hard link to a later entry": tar.hardlink("l", "later") + tar.file("later", "x"),
    "hard link to a lower layer": tar.hardlink("l", "d/a") + tar.whiteout("h"),
    "hard link to nothing": tar.hardlink("l", "../nowhere"),
    "hard links in a circle": tar.hardlink("k", "l") + tar.hardlink("l", "k"),
    "written twice": tar.file("d/x", "1") + tar.file("./d/x", "22") + tar.file("d//x", "333"),
    "file then folder": tar.file("t", "t") + tar.file("t/u", "u") + tar.file("t", "again"),
    "devices": tar.char_device("c", 1, 3) + tar.block_device("b", 8, 0) + tar.fifo("f") + tar.char_device("wh", 0, 0),
    "modes": tar.file("m", mode=0o7777) + tar.file("n", mode=0o170000) + tar.file("o", uname="u\x1b[0m", gname="g"),
    "pax size": tar.pax({"size": "1024"}) + tar.header("outer", size=0) + tar.file("hidden", "h") + tar.file("after", "a"),
    "pax size before a long name": tar.pax({"size": "3"}) + tar.gnu_long("L", "n" * 120) + tar.header("short", size=0) + tar.padded(b"abc"),
    "pax times": tar.entry("t", b"x", records={"mtime": "9223372036854775807.999999999", "atime": "-1.5"}),
    "pax ids": tar.entry("t", b"x", records={"uid": "4294967294", "gid": "2097152", "uname": "\u00e9"}),
    "extended attributes": tar.entry("t", b"x", records={"SCHILY.xattr.security.capability": b"\1\0\0\2\0\4\0\0",
                                                           "LIBARCHIVE.xattr.user.a": "YQ==", "SCHILY.xattr.user.a": b"a"}),
    "overlay attribute": tar.entry("d/", kind="5", records={"SCHILY.xattr.trusted.overlay.opaque": "y"}),
    "global comment": tar.pax({"comment": "by git"}, "g") + tar.file("x"),
    "odd names": tar.file(b"\xff\xfe\xc0\x80", "x") + tar.file("a\x1b[31m\u202eb\nc", "y") + tar.file("t\tab", "z"),
    "long GNU names": tar.gnu_long("L", "/".join(["d" * 60] * 4)) + tar.gnu_long("K", "t" * 300) + tar.symlink("x", "y"),
    "prefix": tar.file("name", "x", prefix=b"a/b/c"),
    "old header": tar.file("v7", "x", form="v7") + tar.folder("v7d", form="v7"),
    "GNU header": tar.file("gnu", "x", form="gnu", mtime=-1, uid=1 << 30),
    "a secret": tar.file(".env", "DB_PASSWORD=" + "Tr0ub" + "4dor&x9\n") + tar.file("etc/passwd", "root:x:0:0::/:/bin/sh\n"),
    "a script": tar.file("run.sh", "#!/bin/sh\nexec /app\n", mode=0o755) + tar.file("m.pyc", b"\xa7\x0d\x0d\x0a" + bytes(12)),
    "start of an executable": tar.file("app", b"\x7fELF\2\1\1" + bytes(9) + b"\2\0\x3e\0\1\0\0\0" + bytes(40), mode=0o755),
}
GOOD_GZIP = compression.gzip_bytes(tar.archive(tar.file("d/a", "new")))
GOOD_ZSTD = compression.zstd_bytes(tar.archive(tar.file("d/a", "new")))
STORED = {
    "gzip": GOOD_GZIP,
    "gzip members": compression.gzip_bytes(tar.archive(tar.file("d/a", "new")), 5),
    "gzip cut": GOOD_GZIP[:-20],
    "gzip wrong checksum": GOOD_GZIP[:-8] + bytes(4) + GOOD_GZIP[-4:],
    "gzip wrong length": GOOD_GZIP[:-4] + bytes(4),
    "gzip garbage behind": GOOD_GZIP + b"garbage",
    "gzip header flags": b"\x1f\x8b\x08\x1e" + bytes(6) + b"\4\0abcdname\0comment\0" + GOOD_GZIP[10:],
    "gzip of nothing": compression.gzip_bytes(b"") * 50,
    "gzip of gzip": compression.gzip_bytes(GOOD_GZIP),
    "zstd": GOOD_ZSTD,
    "zstd cut": GOOD_ZSTD[:-20],
    "zstd wide window": compression.zstd_frame([(0, 3, b"abc")], window=(28 - 10) << 3),
    "zstd widest window": compression.zstd_frame([(0, 3, b"abc")], window=0xFF),
    "zstd dictionary": compression.ZSTD_MAGIC + b"\x01\x50\x07" + GOOD_ZSTD[6:],
    "zstd reserved block": compression.zstd_frame([(3, 3, b"abc")]),
    "zstd skippable": compression.zstd_skippable(b"xyz") + GOOD_ZSTD + compression.zstd_skippable(b""),
    "zstd skippable cut": GOOD_ZSTD + b"\x50\x2a\x4d\x18\xff\0\0\0x",
    "zstd of zeros": compression.zstd_of_zeros(tar.header("zeros", size=1 << 20), 1 << 20, tar.END),
    "zstd of far more zeros": compression.zstd_of_zeros(tar.header("zeros", size=512 << 20), 512 << 20, tar.END),
    "zeros after the end": compression.zstd_of_zeros(tar.archive(tar.file("x")), 2 << 20),
}

for name, upper in UPPER.items():
    layers(name, LOWER if len(upper) <= 1536 else tar.file("d/a", "old"), upper)
layers("by small pieces", LOWER, tar.file("d/a", "new") + tar.whiteout("h"), REPAIR | ADD_END | SMALL_PIECES)
for name, stored in STORED.items():
    layers(name, LOWER, stored)
# The checksums of these are part of what is wrong.
AS_IT_STANDS = ("checksum", "text", "lone", "cut")
for name, (body, _, _) in hostile_layers.REFUSED.items():
    flags = 0 if name.startswith(AS_IT_STANDS) else REPAIR | ADD_END
    layers("refused " + name, tar.file("base", "b"), body, flags)


# --- images ------------------------------------------------------------------------------------------------------

def flat(members):
    """An archive without folders and end, which ADD_END adds: the smallest there is."""
    return b"".join(tar.symlink(name, content.target) if isinstance(content, build.Link) else tar.file(name, content)
                    for name, content in members)


def image(name, members, flags=REPAIR | ADD_END):
    put("image_open", name, bytes([flags]) + (members if isinstance(members, bytes) else flat(members)))


ONE = Image([tar.file("x", "x")])
TWO = Image([tar.file("x", "x"), tar.file("x", "y") + tar.whiteout("z")], history=["COPY x", {"created_by": "CMD", "empty_layer": True}, "RUN y"],
            run={"Env": ["PATH=/bin"], "User": "1000:0", "Entrypoint": ["/x"], "Cmd": ["-v"], "ExposedPorts": {"80/tcp": {}},
                 "Volumes": {"/v": {}}, "Labels": {"a": "b"}, "Healthcheck": {"Test": ["CMD", "x"]}, "WorkingDir": "/"})
image("docker", build.docker_members(ONE))
image("docker two layers", build.docker_members(TWO))
image("docker two images", build.docker_members(ONE, TWO))
image("docker verified", build.docker_members(ONE), REPAIR | ADD_END | VERIFY)
image("docker gzip layer", build.docker_members(Image([tar.archive(tar.file("x", "x"))], codecs=["gzip"])))
image("docker zstd layer", build.docker_members(Image([tar.archive(tar.file("x", "x"))], codecs=["zstd"])))
image("kaniko", build.kaniko_members(Image(ONE.layers, codecs=["gzip"])))
image("podman", build.podman_members(ONE))
image("linked", build.linked_members(Image([tar.file("x", "x")] * 2)))
image("legacy", build.legacy_members(Image([tar.file("x", "x")] * 2), ids=["a", "b"]))
image("docker 25", build.docker25_members(ONE))
image("docker 29", build.docker29_members(ONE))
image("oci", build.oci_members(ONE))
image("oci nested", build.oci_members(ONE, nested=2))
image("oci with platform", build.oci_members(ONE, with_platform=True))
image("oci of arm", build.oci_members(Image(ONE.layers, platform="linux/arm64/v8"), with_platform=True))
image("oci two images", build.oci_members(Image([]), Image([], tags=["b"])))
image("oci verified", build.oci_members(Image(ONE.layers, codecs=["gzip"])), REPAIR | ADD_END | VERIFY)
image("no layers", build.docker_members(Image([])))
image("gzip file", compression.gzip_bytes(build.docker_archive(ONE)), 0)
image("zstd file", compression.zstd_bytes(flat(build.docker_members(ONE)) + tar.END), 0)
image("zeros", bytes(1024))
image("history too long", build.docker_members(Image(ONE.layers, history=["a"] * 9)))
image("history of nothing", build.docker_members(Image(ONE.layers, history=[{"empty_layer": True}] * 3)))
image("history that is odd", build.docker_members(Image(ONE.layers, history=["|1 A=b /bin/sh -c x", "\x1b[2J\n\u202e"])))
for name, (content, _) in hostile_inputs.FILES.items():
    image("refused " + name, content, 0)
for name, change in (("layer size", hostile_inputs.set_layer(size=1)), ("layer size of 2^63", hostile_inputs.set_layer(size=1 << 63)),
                     ("layer digest", hostile_inputs.set_layer(digest="sha256:" + "0" * 64)),
                     ("layer digest sha512", hostile_inputs.set_layer(digest="sha512:" + "0" * 128)),
                     ("layer with urls", hostile_inputs.set_layer(urls=["http://169.254.169.254/"])),
                     ("config digest", hostile_inputs.set_config(digest="sha256:../../x")),
                     ("index of itself", hostile_inputs.set_index({"manifests": [{"digest": "sha256:" + "0" * 64}] * 3}))):
    image("oci " + name, hostile_inputs.oci(change))


# --- JSON --------------------------------------------------------------------------------------------------------

JSON = [
    b"", b" ", b"null", b"true", b"[]", b"{}", b"0", b"-0", b"1.5e-3", b'"x"', b"[[[[]]]]", b'{"a":{"b":[1,2,{"c":null}]}}',
    b"9223372036854775807", b"9223372036854775808", b"18446744073709551615", b"18446744073709551616", b"-9223372036854775808",
    b"-9223372036854775809", b"1e308", b"1e309", b"-1e999", b"1e-999", b"0.1", b"123456789012345678901234567890", b"01", b"1.", b".5",
    b"+1", b"0x10", b"NaN", b"Infinity", b"[NaN]", b"[1,]", b"{,}", b'{"a":1,}', b'{"a"}', b'{"a":}', b"{a:1}", b"[1 2]",
    b'{"a":1,"a":2}', b'{"config":1,"Config":2}', '{"k":1,"\u212a":2}'.encode(), '{"s":1,"\u017f":2}'.encode(), b'{"":1,"":2}',
    b'"\\u0000"', b'"\\ud83d\\ude80"', b'"\\ud800"', b'"\\udc00"', b'"\\ud800\\ud800"', b'"\\ud800x"', b'"\\u12"', b'"\\x41"', b'"\\',
    b'"\\"\\\\\\/\\b\\f\\n\\r\\t"', b'"\x01"', b'"\x7f"', b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"',
    b"\xef\xbb\xbf[]", b"\xff\xfe[\0]\0", b"[] []", b"[]x", b"[]\0", b"// c\n1", b"/* */1", b"# c\n1", b"'x'", b"\0", b"[\v1]", b"[\xc2\xa01]",
    b"[" * 63 + b"]" * 63, b"[" * 64 + b"]" * 64, b"[" * 65 + b"]" * 65, b"[" * 4000, b'{"a":' * 700, b'{"a":' * 64 + b"1" + b"}" * 64,
    b"[" + b"0," * 1500 + b"0]", b'["' + b"x" * 3000 + b'"]', b"{" + b",".join(b'"k%d":%d' % (i, i) for i in range(250)) + b"}",
    build.dump(build.index_of([build.descriptor(b"x", platform={"os": "linux", "architecture": "amd64"})])), TWO.config(),
    build.dump(build.manifest_of(TWO)), b'[{"Config":"c.json","RepoTags":["a:b"],"Layers":["a/layer.tar"]}]',
]
for number, text in enumerate(JSON):
    put("json", f"{number:03}", text)


# --- Dockerfiles -------------------------------------------------------------------------------------------------

DOCKERFILES = [
    b"", b"\n", b"\\", b"\\\n\\\n", b"#", b"# escape=`\nFROM a `\n\n AS b\n", b"\xef\xbb\xbf# syntax=x\n# check=skip=all\n# escape=\\\n# escape=`\n",
    b"FROM golang:1.21 as Build\nWORKDIR src\nCOPY . .\nRUN go build -ldflags \"-X a=b\" main.go\nFROM scratch\nCOPY --from=Build /a /a\nCMD /a\n",
    b"FROM debian\nRUN apt-get update && apt-get install a \\\n\n  # why\n b\nRUN pip install x; apk add y\nRUN chmod +x /a\n",
    b"FROM a:1\r\nRUN a \\\r\n\r\n  && b\r\nADD x /x\r\nENV A b c\r\nMAINTAINER A <b>\r\nEXPOSE 1:2 3/TCP\r\n",
    b"FROM a:1\nRUN <<E <<-'F'\napt-get update\nE\n\tx\n\tF\nCOPY <<\"G\" /g\n$x\nG\n", b"RUN <<E\nnever ends\n", b"FROM a:1\nRUN << E cat\nE\n",
    b"ARG A=${A:-${B:+${C?x}}}\nFROM ${A}${\nENV A=$A B=${A#x} C=${A%%y} D=${A/x/y}\nWORKDIR $A/${D\n",
    b"FROM a AS b\nFROM b AS a\nCOPY --from=c x y\nCOPY --from=1 x y\nFROM c AS c\nCOPY --from=c x y z\n",
    b"FROM a:1\nARG API_TOKEN\nENV T=$API_TOKEN\nRUN curl -H \"x: $API_TOKEN\" y | sh\nUSER root\nHEALTHCHECK CMD x\nVOLUME /x\nCMD a\nCMD [\"b\"]\n",
    b"ONBUILD ONBUILD RUN x\nONBUILD COPY <<E /x\ny\nE\nONBUILD\n", b"CMD [\"a\", 1]\nSHELL sh\nCMD [\"\\u0041\\ud800\\\"\"]\nENTRYPOINT [\n",
    b"RUN --mount=type=cache,target=/x --network=host --security=insecure --frob=\"a b\" -- x\nCOPY --link --parents --exclude=* a b/\n",
    b"run `a` $(b $(c)) \"${d}\" 'e' 2>&1 >f <g; if x; then y; fi & (z) || { w; }\nfrom x\n", b"LABEL a=b \"c d\"='e' f= =g\nLABEL h\n",
    b"FROM a:1\n# hadolint ignore=DL3008,DL3009 x\n# cloudrun-tune global ignore=DF105\nRUN apt-get update\n# hadolint ignore\n", b"FROM a\0b\nRUN x\n", b"FROM \xff\nNOPE\n",
    b"FROM alpine:3\nRUN a | b\nRUN c && d\nRUN sudo e\nRUN wget f\nRUN useradd -u 999999 g\nSTOPSIGNAL 9\nCMD [\"npm\", \"start\"]\n",
]
for number, text in enumerate(DOCKERFILES):
    put("dockerfile", f"{number:03}", text)


# --- source trees ------------------------------------------------------------------------------------------------

def source_tree(name, tree):
    put("detection", name, "".join(f"=== {path}\n{text}" for path, text in tree.items()).encode())


for layout, tree in {**native_layouts.LAYOUTS, "go": go_layouts.ROOT_MAIN, "shared": native_layouts.CPP_SHARED,
                     "vcpkg": native_layouts.CPP_VCPKG, "two": native_layouts.CPP_TWO, "crates": native_layouts.RUST_CRATES,
                     "rocket": native_layouts.RUST_ROCKET}.items():
    source_tree(layout, tree)
source_tree("cmake-language", {
    "CMakeLists.txt": '''project(x)
function(f a)
  foreach(i IN LISTS ${a} ITEMS b;c)
    if("${i}" MATCHES "^(b|c)$" AND NOT (WIN32 OR i STREQUAL ""))
      add_executable(x_${i} ${i}.cpp [=[raw]=])
    elseif(TARGET x_b)
      set(v "${${i}};\\;" PARENT_SCOPE)
    endif()
  endforeach()
endfunction()
list(APPEND l d)
f(l)
string(TOUPPER ${v} u)
file(GLOB_RECURSE s *.cpp)
add_executable(y ${s})
find_package(Boost REQUIRED COMPONENTS json)
install(TARGETS y)
''',
    "b.cpp": "int main() { listen(s, 5); bind(s, a, n); a.sin_port = htons(p); int p = getenv(\"PORT\") ? 1 : 8080; }\n"})
