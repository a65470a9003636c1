"""Whole images of every shape that builders write, in memory.

An Image is plain data; the functions below turn it into the members of an archive (a list of (name, bytes) or
(name, Link)), and pack() turns members into a tar archive.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field

import tar_bytes as tar
from compression import CODECS

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def dump(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@dataclass
class Link:
    target: str


@dataclass
class Image:
    layers: list                      # the tar archive of each
    codecs: list = field(default_factory=list)  # raw, gzip, zstd, members; default raw
    tags: list = field(default_factory=lambda: ["app:latest"])
    history: list = None              # texts, or dicts of the configuration's history; None: one row a layer
    platform: str = "linux/amd64"
    run: dict = field(default_factory=dict)     # the configuration's "config"
    extra: dict = field(default_factory=dict)   # what overrides the configuration's keys

    def __post_init__(self):
        self.codecs = self.codecs or ["raw"] * len(self.layers)
        self.stored = [CODECS[codec](layer) for codec, layer in zip(self.codecs, self.layers)]
        self.diff_ids = ["sha256:" + sha256(layer) for layer in self.layers]

    def config(self):
        rows = [f"RUN step {i}" for i in range(len(self.layers))] if self.history is None else self.history
        system, architecture = self.platform.split("/")[:2]
        value = {"architecture": architecture, "os": system, "config": self.run,
                 "rootfs": {"type": "layers", "diff_ids": self.diff_ids},
                 "history": [{"created_by": row} if isinstance(row, str) else row for row in rows]}
        return dump({**value, **self.extra})


def pack(members, first=b"", last=tar.END):
    """A tar archive of members, folders included as docker save writes them."""
    out, seen = [first], set()
    for name, content in members:
        parts = name.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in seen and folder not in (".", ""):
                seen.add(folder)
                out.append(tar.folder(folder))
        out.append(tar.symlink(name, content.target) if isinstance(content, Link) else tar.file(name, content))
    return b"".join(out) + last


def write_folder(members, path):
    """The same members as a folder."""
    for name, content in members:
        target = os.path.join(path, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as out:
            out.write(content)
    return path


# --- docker archives -------------------------------------------------------------------------------------------

def docker_members(*images, name_layer=None, name_config=None, manifest_last=True, rows=None):
    """docker save before 25, and whoever writes manifest.json with names of their own."""
    name_layer = name_layer or (lambda i, image, index: f"{sha256(image.stored[index] + b'%d' % index)}/layer.tar")
    name_config = name_config or (lambda config: sha256(config) + ".json")
    members, manifest = [], []
    for i, image in enumerate(images):
        config = image.config()
        names = [name_layer(i, image, index) for index in range(len(image.layers))]
        members += list(zip(names, image.stored)) + [(name_config(config), config)]
        manifest.append({"Config": name_config(config), "RepoTags": image.tags, "Layers": names})
    members = list(dict(members).items())
    note = [("manifest.json", dump(rows if rows is not None else manifest))]
    return members + note if manifest_last else note + members


def docker_archive(*images, **options):
    return pack(docker_members(*images, **options))


def kaniko_members(image):
    """crane, ko and kaniko: the configuration is called by its digest, layers by that of their gzip."""
    return docker_members(image, name_layer=lambda _i, image, index: sha256(image.stored[index]) + ".tar.gz",
                          name_config=lambda config: "sha256:" + sha256(config), manifest_last=False)


def podman_members(image):
    return docker_members(image, name_layer=lambda _i, image, index: image.diff_ids[index][7:] + ".tar")


def linked_members(image):
    """Docker 1.10 to 24: a layer that stands twice is a symbolic link to the first."""
    members, first = [], {}
    for name, content in docker_members(image):
        if name.endswith("/layer.tar") and content in first:
            content = Link("../" + first[content])
        elif name.endswith("/layer.tar"):
            first[content] = name
        members.append((name, content))
    return members


def legacy_members(image, ids=None):
    """Before Docker 1.10: `repositories` alone, each layer with its own json and its parent."""
    ids = ids or [sha256(b"id %d" % i) for i in range(len(image.layers))]
    members = []
    for index, layer in enumerate(image.layers):
        system, architecture = image.platform.split("/")[:2]
        record = {"id": ids[index], "os": system, "architecture": architecture, "config": image.run,
                  "container_config": {"Cmd": ["/bin/sh", "-c", f"step {index}"]}}
        if index > 0:
            record["parent"] = ids[index - 1]
        members += [(f"{ids[index]}/VERSION", b"1.0"), (f"{ids[index]}/json", dump(record)),
                    (f"{ids[index]}/layer.tar", layer)]
    tags = {}
    for tag in image.tags:
        name, _, version = tag.partition(":")
        tags.setdefault(name, {})[version or "latest"] = ids[-1]
    return members + [("repositories", dump(tags))]


# --- OCI layouts -------------------------------------------------------------------------------------------------

def descriptor(data, media_type=MANIFEST, **more):
    return {"mediaType": media_type, "digest": "sha256:" + sha256(data), "size": len(data), **more}


def blob(data):
    return ("blobs/sha256/" + sha256(data), data)


def media_type_of(codec):
    return LAYER + {"raw": "", "gzip": "+gzip", "members": "+gzip", "zstd": "+zstd"}[codec]


def manifest_of(image, media_types=None):
    types = media_types or [media_type_of(codec) for codec in image.codecs]
    return {"schemaVersion": 2, "mediaType": MANIFEST, "config": descriptor(image.config(), CONFIG),
            "layers": [descriptor(stored, kind) for stored, kind in zip(image.stored, types)]}


def platform_of(image):
    system, architecture, *variant = image.platform.split("/")
    return {"os": system, "architecture": architecture, **({"variant": variant[0]} if variant else {})}


def image_blobs(image, manifest=None):
    return [blob(stored) for stored in image.stored] + [blob(image.config()), blob(dump(manifest or manifest_of(image)))]


def index_of(descriptors):
    return {"schemaVersion": 2, "mediaType": INDEX, "manifests": descriptors}


def oci_members(*images, nested=0, with_platform=False, named=True, more=(), blobs=()):
    """An OCI layout. `nested` puts the list of images into so many indexes; `more` are further descriptors."""
    members, rows = list(blobs), list(more)
    for image in images:
        members += image_blobs(image)
        row = descriptor(dump(manifest_of(image)))
        if with_platform:
            row["platform"] = platform_of(image)
        if named and image.tags:
            row["annotations"] = {"org.opencontainers.image.ref.name": image.tags[0]}
        rows.append(row)
    for _ in range(nested):
        inner = dump(index_of(rows))
        members.append(blob(inner))
        rows = [descriptor(inner, INDEX)]
    layout = [("oci-layout", b'{"imageLayoutVersion": "1.0.0"}'), ("index.json", dump(index_of(rows)))]
    return layout + list(dict(members).items())


def docker25_members(image, rows=None, layer_sources=True):
    """Docker 25 to 28: blobs, index.json and manifest.json together."""
    config = image.config()
    names = [blob(stored)[0] for stored in image.stored]
    entry = {"Config": blob(config)[0], "RepoTags": image.tags, "Layers": names}
    if layer_sources:
        entry["LayerSources"] = {diff: descriptor(stored, LAYER) for diff, stored in zip(image.diff_ids, image.stored)}
    return oci_members(image) + [("manifest.json", dump(rows or [entry]))]


def docker29_members(image, absent=("linux/arm64",)):
    """Docker 29: the index also lists platforms and attestations whose blobs are not there."""
    rows = []
    for name in absent:
        other = dump(manifest_of(Image([tar.archive(tar.file("x", name))], platform=name)))
        rows.append(descriptor(other, platform=platform_of(Image([], platform=name))))
    proof = b'{"not": "here"}'
    rows.append(descriptor(proof, platform={"os": "unknown", "architecture": "unknown"},
                           annotations={"vnd.docker.reference.type": "attestation-manifest"}))
    config = image.config()
    entry = {"Config": blob(config)[0], "RepoTags": image.tags, "Layers": [blob(stored)[0] for stored in image.stored]}
    layout = oci_members(image, with_platform=True, nested=1, more=rows)
    return layout + [("manifest.json", dump([entry]))]


def without(members, *names):
    return [(name, content) for name, content in members if name not in names]


def replaced(members, name, content):
    return [(each, content if each == name else data) for each, data in members]
