"""A local server that speaks what huggingface_hub asks of the model hub, and fails in every way on demand."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = (".safetensors", ".gguf")  # kept in LFS, and sent from another host


@dataclass
class Hub:
    """A hub with one repository, and how it fails.

    Args:
        files: What the repository holds, by name.
        refuse: Status by request: "info", "file" or "xet"; with `refuse_code` as the hub's own name of the error.
        busy: How many requests get 429 before the hub answers, and how long it asks to wait.
        cut_at: Share of a large file after which the line breaks, `cuts` times.
        stall_at: Share of a large file after which nothing comes any more.
        wrong: Whether large files come with one byte changed.
        xet: Whether the hub says that it keeps large files by Xet, and then never answers.
        slow_seconds: Between two pieces of a large file.
        whole: Whether the hub sends everything where it is asked for a part.
    """

    files: dict[str, bytes]
    repo: str = "someone/tiny"
    refuse: dict[str, int] = field(default_factory=dict[str, int])
    refuse_code: str = ""
    busy: int = 0
    wait_seconds: int = 1
    cut_at: float = 0.0
    cuts: int = 0
    stall_at: float = 0.0
    wrong: bool = False
    xet: bool = False
    slow_seconds: float = 0.0
    whole: bool = False
    config: dict[str, object] = field(default_factory=dict[str, object])
    found: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    endpoint: str = ""
    store: str = ""
    asked: Counter[str] = field(default_factory=Counter[str])
    ranges: list[str] = field(default_factory=list[str])
    tokens: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    closing: threading.Event = field(default_factory=threading.Event)

    def describe(self) -> dict[str, object]:
        """Return the hub's description of the repository, with the hash of every file."""
        siblings: list[dict[str, object]] = []
        for name, data in self.files.items():
            blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
            one: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": blob}
            if name.endswith(LARGE):
                one["lfs"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "pointerSize": 130}
            siblings.append(one)
        about = {"id": self.repo, "sha": COMMIT, "tags": [], "downloads": 1, "config": self.config}
        return {**about, "siblings": siblings, "cardData": {"license": "mit"}}


class Answers(BaseHTTPRequestHandler):
    """Answers one request of a Hub."""

    protocol_version = "HTTP/1.1"
    server: HubServer  # pyright: ignore[reportIncompatibleVariableOverride]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer what is asked, or fail as the hub is told to."""
        hub, url = self.server.hub, urlsplit(self.path)
        path = unquote(url.path)
        kind = "store" if self.server.stores else "info" if path.startswith("/api/") else "file"
        kind = "xet" if "xet-read-token" in path else kind
        hub.asked[kind] += 1
        hub.tokens.append((kind, self.headers.get("Authorization", "")))
        if hub.busy > 0:
            hub.busy -= 1
            self.reply(429, {"Retry-After": str(hub.wait_seconds)})
        elif kind in hub.refuse:
            self.reply(hub.refuse[kind], {"X-Error-Code": hub.refuse_code} if hub.refuse_code else {})
        elif kind == "xet":
            hub.closing.wait(60)
        elif path == "/api/models":
            wanted = parse_qs(url.query)
            weights = wanted["filter"][0]
            found = [one for one in hub.found if weights in one["tags"]]  # type: ignore[operator]
            self.reply(200, {"Content-Type": "application/json"}, json.dumps(found).encode())
        elif kind == "info":
            there = path.startswith(f"/api/models/{hub.repo}")
            about = json.dumps(hub.describe()).encode()
            self.reply(200, {"Content-Type": "application/json"}, about) if there else self.reply(
                404, {"X-Error-Code": "RepoNotFound"}
            )
        else:
            self.send_file(hub, path.rsplit("/", 1)[-1])

    def send_file(self, hub: Hub, name: str) -> None:
        """Send a file: a large one by way of the store, which is another host and gets no token."""
        data = hub.files.get(name)
        if data is None:
            self.reply(404, {"X-Error-Code": "EntryNotFound"})
            return
        digest = hashlib.sha256(data).hexdigest()
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{digest}"'}
        if not name.endswith(LARGE):
            self.reply(200, headers, data)
        elif self.server.stores:
            self.send_large(hub, data)
        else:
            if hub.xet:
                headers |= {"X-Xet-Hash": digest}
                headers["Link"] = f'<{hub.endpoint}/api/models/{hub.repo}/xet-read-token/{COMMIT}>; rel="xet-auth"'
            linked = {"X-Linked-Etag": f'"{digest}"', "X-Linked-Size": str(len(data))}
            self.reply(302, {**headers, **linked, "Location": f"{hub.store}/{name}"})

    def send_large(self, hub: Hub, data: bytes) -> None:
        """Send a large file or the rest of it, and fail on the way as the hub is told to."""
        asked = self.headers.get("Range", "")
        hub.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and not hub.whole else 0
        end = len(data)
        if hub.wrong:
            data = data[:-1] + bytes([data[-1] ^ 1])
        if hub.cuts > 0 and start < hub.cut_at * end:
            hub.cuts -= 1
            end = int(hub.cut_at * end)
        if hub.stall_at:
            end = max(start, int(hub.stall_at * end))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        piece = max(1, (end - start) // 8)
        for at in range(start, end, piece):
            self.wfile.write(data[at : min(end, at + piece)])
            self.wfile.flush()
            time.sleep(hub.slow_seconds)
        if hub.stall_at:
            hub.closing.wait(60)
        self.close_connection = end < len(data) or self.close_connection

    def reply(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        """Send a whole answer."""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class HubServer(ThreadingHTTPServer):
    """One of the hub's two hosts: the hub itself, or the store of its large files."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, hub: Hub, stores: bool) -> None:
        self.hub, self.stores = hub, stores
        super().__init__(("127.0.0.1", 0), Answers)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away: they were told to."""


@contextmanager
def serve(hub: Hub) -> Generator[Hub]:
    """Serve a hub on two ports of this machine for the block."""
    servers = [HubServer(hub, stores) for stores in (False, True)]
    hub.endpoint, hub.store = (f"http://127.0.0.1:{server.server_port}" for server in servers)
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield hub
    finally:
        hub.closing.set()
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


def read_files(folder: Path) -> dict[str, bytes]:
    """Return a folder's files as a repository holds them."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
