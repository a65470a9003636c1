"""gzip and zstd streams without any program: gzip by zlib, zstd in stored and run-length blocks (RFC 8878)."""

import gzip
import struct

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_BLOCK = 128 << 10


def gzip_bytes(data, members=1):
    """`data` as one gzip stream of several members."""
    step = max(1, -(-len(data) // members))
    return b"".join(gzip.compress(data[at:at + step], mtime=0) for at in range(0, max(1, len(data)), step))


def zstd_frame(blocks, window=0x50):
    """A frame without a content size; 0x50 is a window of 1 MiB. `blocks` are (kind, size, bytes)."""
    out = [ZSTD_MAGIC, bytes([0x00, window])]
    for index, (kind, size, body) in enumerate(blocks):
        last = index + 1 == len(blocks)
        out.append(struct.pack("<I", int(last) | kind << 1 | size << 3)[:3] + body)
    return b"".join(out)


def zstd_bytes(data):
    pieces = [data[at:at + ZSTD_BLOCK] for at in range(0, len(data), ZSTD_BLOCK)] or [b""]
    return zstd_frame([(0, len(piece), piece) for piece in pieces])


def zstd_of_zeros(head, count, tail=b""):
    """`head`, `count` zeros (a multiple of 128 KiB) and `tail`, at four bytes for each 128 KiB of zeros."""
    assert count % ZSTD_BLOCK == 0
    run = struct.pack("<I", 1 << 1 | ZSTD_BLOCK << 3)[:3] + b"\0"
    last = struct.pack("<I", 1 | len(tail) << 3)[:3] + tail
    first = struct.pack("<I", len(head) << 3)[:3] + head
    return ZSTD_MAGIC + b"\x00\x50" + first + run * (count // ZSTD_BLOCK) + last


def zstd_skippable(body):
    return b"\x50\x2a\x4d\x18" + struct.pack("<I", len(body)) + body


CODECS = {"raw": lambda data: data, "gzip": gzip_bytes, "zstd": zstd_bytes,
          "members": lambda data: gzip_bytes(data, 5)}
