"""Tar archives byte by byte, so that hostile ones can be made as easily as good ones.

Names and link targets are str (encoded as UTF-8) or bytes. Every function returns bytes.
"""

BLOCK = 512
END = bytes(2 * BLOCK)
MTIME = 1_600_000_000


def as_bytes(text):
    return text.encode() if isinstance(text, str) else text


def octal(value, width):
    return b"%0*o\0" % (width - 1, value)


def base256(value, width):
    """The GNU form of numbers that octal digits cannot hold, negative ones included."""
    raw = bytearray((value % (1 << (8 * width))).to_bytes(width, "big"))
    raw[0] |= 0x80
    return bytes(raw)


def number(value, width):
    if isinstance(value, bytes):
        return value.ljust(width, b"\0")[:width]
    return octal(value, width) if 0 <= value < 8 ** (width - 1) else base256(value, width)


MAGIC = {"ustar": b"ustar\x0000", "gnu": b"ustar  \0", "v7": bytes(8)}


def header(name, kind="0", size=0, mode=0o644, uid=0, gid=0, mtime=MTIME, link=b"", form="ustar", prefix=b"",
           uname=b"", gname=b"", major=0, minor=0, checksum=None):
    """One header block. Numbers may be given as the bytes of their field."""
    devices = kind in "34"
    fields = [(0, as_bytes(name)[:100]), (100, number(mode, 8)), (108, number(uid, 8)), (116, number(gid, 8)),
              (124, number(size, 12)), (136, number(mtime, 12)), (156, kind.encode("latin-1")),
              (157, as_bytes(link)[:100]), (257, MAGIC[form]), (265, as_bytes(uname)[:32]), (297, as_bytes(gname)[:32])]
    if form != "v7" and (devices or isinstance(major, bytes) or major or minor):
        fields += [(329, number(major, 8)), (337, number(minor, 8))]
    if prefix:
        fields.append((345, as_bytes(prefix)[:155]))
    block = bytearray(BLOCK)
    for offset, value in fields:
        block[offset:offset + len(value)] = value
    block[148:156] = b" " * 8
    total = sum(block) if checksum is None else checksum
    block[148:156] = total if isinstance(total, bytes) else b"%06o\0 " % total
    return bytes(block)


def padded(data):
    return data + bytes(-len(data) % BLOCK)


def pax_record(key, value):
    body = b" " + as_bytes(key) + b"=" + as_bytes(value) + b"\n"
    length = len(body)
    while length != len(b"%d" % length) + len(body):
        length = len(b"%d" % length) + len(body)
    return b"%d" % length + body


def special(kind, body, size=None, name="special"):
    """An extended header: x, g (pax), L, K (GNU long names)."""
    return header(name, kind, len(body) if size is None else size) + padded(body)


def pax(records, kind="x"):
    """A pax header; `records` is a dict or raw bytes."""
    if isinstance(records, dict):
        records = b"".join(pax_record(key, value) for key, value in records.items())
    return special(kind, records)


def entry(name, data=b"", kind="0", records=None, **fields):
    """One entry with its content; names that do not fit go into a pax header."""
    records = dict(records or {})
    if len(as_bytes(name)) > 100:
        records.setdefault("path", name)
    if len(as_bytes(fields.get("link", b""))) > 100:
        records.setdefault("linkpath", fields["link"])
    fields.setdefault("size", len(data))
    return (pax(records) if records else b"") + header(name, kind, **fields) + padded(data)


def file(name, data=b"", **fields):
    return entry(name, as_bytes(data), **fields)


def folder(name, **fields):
    fields.setdefault("mode", 0o755)
    return entry(name if as_bytes(name).endswith(b"/") else as_bytes(name) + b"/", kind="5", **fields)


def symlink(name, target, **fields):
    return entry(name, kind="2", link=target, mode=fields.pop("mode", 0o777), **fields)


def hardlink(name, target, **fields):
    return entry(name, kind="1", link=target, **fields)


def fifo(name, **fields):
    return entry(name, kind="6", **fields)


def char_device(name, major, minor, **fields):
    return entry(name, kind="3", major=major, minor=minor, **fields)


def block_device(name, major, minor, **fields):
    return entry(name, kind="4", major=major, minor=minor, **fields)


def whiteout(path, **fields):
    """Removes `path` from the layers below."""
    parent, _, base = as_bytes(path).rpartition(b"/")
    return file((parent + b"/" if parent else b"") + b".wh." + base, **fields)


def opaque(path, **fields):
    """Removes everything below the folder `path` from the layers below; "" is the root."""
    return file((as_bytes(path) + b"/" if path else b"") + b".wh..wh..opq", **fields)


def gnu_long(kind, text):
    return special(kind, as_bytes(text) + b"\0", name="././@LongLink")


def archive(*entries):
    return b"".join(entries) + END
