"""Shows that the cost of analyze grows linearly with entries and whiteouts: python3 linear.py PROGRAM [LARGEST]"""
import os
import subprocess
import sys
import tempfile
import time

import hashlib
import io
import json
import tarfile


def add(archive, name, data=b"", kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.type = kind
    archive.addfile(info, io.BytesIO(data))


def write_layers(folder, entries):
    """Two layers: `entries` small files in folders of 100, then a whiteout for every tenth."""
    paths = []
    for number, name in enumerate(("base.tar", "removals.tar")):
        path = os.path.join(folder, name)
        with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as layer:
            for i in range(entries):
                parent = f"data/{i // 10000:03d}/{i // 100 % 100:02d}"
                if number == 0:
                    add(layer, f"{parent}/file{i % 100:02d}", b"x" * (i % 7))
                elif i % 10 == 0:
                    add(layer, f"{parent}/.wh.file{i % 100:02d}")
        paths.append(path)
    return paths


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()


def write_image(folder, entries):
    layers = write_layers(folder, entries)
    image = os.path.join(folder, "image.tar")
    diff_ids = ["sha256:" + digest(path) for path in layers]
    config = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": diff_ids}}).encode()
    with tarfile.open(image, "w", format=tarfile.USTAR_FORMAT) as archive:
        add(archive, "config.json", config)
        for number, path in enumerate(layers):
            archive.add(path, f"{number}/layer.tar")
        names = [f"{number}/layer.tar" for number in range(len(layers))]
        add(archive, "manifest.json", json.dumps([{"Config": "config.json", "RepoTags": None, "Layers": names}]).encode())
    return image


def main():
    program = sys.argv[1]
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    print("   entries  whiteouts  seconds  us/entry  bytes/entry over 64 MiB")
    for entries in (largest // 8, largest // 4, largest // 2, largest):
        with tempfile.TemporaryDirectory() as folder:
            image = write_image(folder, entries)
            start = time.monotonic()
            child = subprocess.Popen([program, "analyze", image], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.monotonic() - start
            assert status == 0
            total = entries + entries // 10
            extra = max(0, usage.ru_maxrss * 1024 - (64 << 20)) / total
            print(f"{entries:10} {entries // 10:10} {seconds:8.2f} {1e6 * seconds / total:9.2f} {extra:12.0f}")


main()
