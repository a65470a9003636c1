"""Images of a daemon: which socket is asked, and what becomes of its answers. The daemon is a few lines of HTTP."""

import os
import socketserver
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program
import tar_bytes as tar
from image_builder import Image, docker_archive

ARCHIVE = docker_archive(Image([tar.archive(tar.file("x", "1" * 10))], tags=["app:1"]))


class Daemon(BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path == "/images/app:1/get"
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(ARCHIVE if known else b'{"message":"no such image"}')

    def address_string(self):
        return "socket"

    def log_message(self, *_):
        pass


class Sockets(program.Scenario):
    def serve(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        server = socketserver.ThreadingUnixStreamServer(path, Daemon)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return path

    def size(self, **environment):
        return self.report("docker-daemon:app:1", environment=environment)["size"]["uncompressed"]

    def test_the_one_that_docker_host_names(self):
        path = self.serve("any.sock")
        self.assertEqual(self.size(DOCKER_HOST="unix://" + path), 10)
        outcome = self.analyze("docker-daemon:other", environment={"DOCKER_HOST": "unix://" + path}, status=3)
        self.assertIn("no such image", outcome.err)

    def test_none_answers(self):
        self.analyze("docker-daemon:app:1", environment={"DOCKER_HOST": f"unix://{self.folder}/none"}, status=4)

    def test_the_usual_ones(self):
        alone = ("unshare", "-rm", "sh", "-c")
        if subprocess.run([*alone, "mount -t tmpfs none /run"], stderr=subprocess.DEVNULL, check=False).returncode:
            self.skipTest("no namespaces of this user's own")
        runtime = os.path.join(self.folder, "runtime")
        system, docker, podman = self.serve("system"), f"{runtime}/docker.sock", f"{runtime}/podman/podman.sock"
        left_over = 'import socket; socket.socket(socket.AF_UNIX).bind("/run/docker.sock")'
        cases = [(docker, "true", 0), (podman, "true", 0), (None, "true", 4), (None, f"ln -s {system} /run/docker.sock", 0),
                 (None, f"mkdir /run/podman && ln -s {system} /run/podman/podman.sock", 0),
                 (podman, f"python3 -c '{left_over}'", 0), (None, f"python3 -c '{left_over}'", 4)]
        for socket, before, status in cases:
            if socket:
                self.serve(os.path.relpath(socket, self.folder))
            wrapper = (*alone, f'mount -t tmpfs none /run && {before} && exec "$0" "$@"')
            with self.subTest(f"{socket} {before}"):
                self.analyze("docker-daemon:app:1", environment={"XDG_RUNTIME_DIR": runtime}, wrapper=wrapper, status=status)
            if socket:
                os.unlink(socket)


if __name__ == "__main__":
    program.main()
