"""An image with as many files as a large application has: folders of uneven depth and size, waste of every kind."""

import random

import image_builder as build
import tar_bytes as tar

WORDS = ("index", "parser", "core", "locale", "server", "client", "schema", "stream", "codec", "render", "static", "vendor", "types",
         "driver", "module", "worker", "table", "buffer", "router", "plugin")
ENDINGS = (".js", ".d.ts", ".json", ".map", ".py", ".so", ".md", ".css")


def paths(count, seed):
    chance = random.Random(seed)
    folders = ["srv/app/node_modules", "usr/lib/python3/dist-packages", "usr/share", "opt/tool"]
    for i in range(count // 12):
        parent = folders[chance.randrange(len(folders))]
        if parent.count("/") < 9:
            folders.append(f"{parent}/{chance.choice(WORDS)}-{i}")
    for i in range(count):
        yield f"{chance.choice(folders)}/{chance.choice(WORDS)}{i % 977}-{i}{chance.choice(ENDINGS)}"


def large_image(files):
    """A docker archive with `files` files in five layers; the same for the same number."""
    chance = random.Random(files)
    names = list(paths(files * 94 // 100, 1))
    bulk = bytes(chance.randrange(32, 127) for _ in range(1 << 16)) * 4
    size = lambda: min(int(chance.paretovariate(0.9) * 60), len(bulk))
    contents = {name: bulk[:size()] for name in names}
    again = chance.sample(names, files * 6 // 100)
    changed, touched, removed = again[::3], again[1::3], again[2::3]
    cut = len(names) // 3
    layers = [
        tar.archive(*(tar.file(name, contents[name]) for name in names[:cut])),
        tar.archive(*(tar.file(name, contents[name]) for name in names[cut:])),
        tar.archive(*(tar.file(name, contents[name] + b"!") for name in changed)),
        tar.archive(*(tar.file(name, contents[name], mode=0o755) for name in touched), tar.file("etc/twice", b"a" * 900), tar.file("etc/twice", b"b" * 90)),
        tar.archive(*(tar.whiteout(name) for name in removed)),
    ]
    history = [{"created_by": "COPY rootfs / # buildkit"}, {"created_by": 'CMD ["sh"]', "empty_layer": True},
               {"created_by": "RUN /bin/sh -c npm ci && pip install -r requirements.txt # buildkit"},
               {"created_by": "COPY patches/ / # buildkit"}, {"created_by": "RUN /bin/sh -c chmod -R 0755 /srv/app # buildkit"},
               {"created_by": "RUN /bin/sh -c rm -rf /usr/share/doc # buildkit"}]
    return build.docker_archive(build.Image(layers, history=history, tags=["large:latest"]))
