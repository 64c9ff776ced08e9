"""A hub on this machine, as much of it as a pull needs: repositories, files, and ways to fail."""

import hashlib
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SMALL = 100_000
"""Bytes from which on a file is kept in LFS, with a SHA-256 instead of git's SHA-1."""


@dataclass
class Repository:
    """Files of a repository and how the server misbehaves with them.

    Attributes:
        files: name -> content.
        card: what its page states.
        status: HTTP status of every answer, with ``headers``.
        refuses: name -> HTTP status of that file alone.
        cut: name -> bytes after which the connection breaks, once.
        served: name -> other content than was announced.
        sizes: name -> announced size, if it is not the true one.
        pause: seconds before each block of ``block`` bytes.
        elsewhere: whether files are served from another host ("localhost"), after a redirection.
        tokens: (host, Authorization) of all that was asked; ``agents``: User-Agent.
        requests: (method, path, Range) of all that was asked.
    """

    files: dict
    card: dict = field(default_factory=dict)
    status: int = 200
    headers: dict = field(default_factory=dict)
    refuses: dict = field(default_factory=dict)
    cut: dict = field(default_factory=dict)
    served: dict = field(default_factory=dict)
    sizes: dict = field(default_factory=dict)
    pause: float = 0.0
    block: int = 1 << 16
    elsewhere: bool = False
    tokens: list = field(default_factory=list)
    agents: list = field(default_factory=list)
    requests: list = field(default_factory=list)

    def asked(self, name):
        """The Range headers of the requests for a file."""
        return [range for method, path, range in self.requests if method == "GET" and path.endswith(f"/{name}")]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = unquote(urlsplit(self.path).path)
        parts = path.strip("/").split("/")
        name = "/".join(parts[2:4] if parts[0] == "api" else parts[:2])
        repository = self.server.repositories.get(name)
        if repository is None:
            self._answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})
            return
        host = self.headers["Host"].split(":")[0]
        repository.requests.append((self.command, path, self.headers.get("Range")))
        repository.tokens.append((host, self.headers.get("Authorization")))
        repository.agents.append(self.headers.get("User-Agent", ""))
        if repository.status != 200:
            self._answer(repository.status, b'{"error": "no"}', repository.headers)
        elif repository.elsewhere and parts[0] != "api" and host != "localhost":
            self._answer(302, b"", {"Location": f"http://localhost:{self.server.server_port}{self.path}"})
        elif parts[0] == "api":
            self._answer(200, json.dumps(_description(name, repository)).encode(), {"Content-Type": "application/json"})
        else:
            self._file(repository, "/".join(parts[4:]))

    def _file(self, repository, name):
        if name not in repository.files:
            self._answer(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        if name in repository.refuses:
            self._answer(repository.refuses[name], b"", {})
            return
        content = repository.served.get(name, repository.files[name])
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").split("-")[0])
        rest = content[start:]
        self.send_response(206 if "Range" in self.headers else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("ETag", f'"{checksum(repository.files[name])}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        most = repository.cut.pop(name, len(rest))
        try:
            for at in range(0, most, repository.block):
                if repository.pause:
                    time.sleep(repository.pause)
                self.wfile.write(rest[at : min(at + repository.block, most)])
                self.wfile.flush()
        except OSError:
            pass
        self.close_connection = most < len(rest)

    def _answer(self, status, body, headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def checksum(content):
    """SHA-256 of a large file, git's SHA-1 of a small one: what the hub announces."""
    if len(content) >= SMALL:
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _description(name, repository):
    siblings = []
    for file, content in repository.files.items():
        size = repository.sizes.get(file, len(content))
        sibling = {"rfilename": file, "size": size, "blobId": checksum(content)}
        if len(content) >= SMALL:
            sibling["blobId"] = "f" * 40
            sibling["lfs"] = {"sha256": checksum(content), "size": size, "pointerSize": 130}
        siblings.append(sibling)
    return {
        "id": name, "modelId": name, "sha": COMMIT, "siblings": siblings, "tags": [], "cardData": repository.card,
        "private": False, "downloads": 0, "likes": 0,
    }  # fmt: skip


@contextmanager
def serve(**repositories):
    """Run a hub; yields its address and its table of repositories, by name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.repositories = repositories
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", repositories
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
