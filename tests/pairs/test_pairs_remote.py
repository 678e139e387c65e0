"""The remote engine against a real server on loopback that fails in every way servers fail."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from stylelab.errors import PairsError
from stylelab.pairs import remote
from stylelab.pairs.remote import RemoteChatModel, build_notice
from stylelab.pairs.roundtrip import ChatAnswer, ChatRequest

Reply = Callable[["Handler", int, Any], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the server's `reply` says; it gets the request's number, counted from 0, and its body."""

    server: Server  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.counting:
            number = len(self.server.bodies)
            self.server.bodies.append(body)
            self.server.keys.append(self.headers["Authorization"])
        self.server.reply(self, number, body)

    def send(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def say(self, text: Any, ended: Any = "stop") -> None:
        choice = {"index": 0, "finish_reason": ended, "message": {"role": "assistant", "content": text}}
        whole = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        self.send(200, json.dumps(whole).encode())

    def log_message(self, format: str, *args: Any) -> None: ...


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = reply
        self.bodies: list[Any] = []
        self.keys: list[str] = []
        self.counting = threading.Lock()
        self.over = threading.Event()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(reply: Reply) -> Iterator[Server]:
    server = Server(reply)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the pauses that the client would have made between tries; none is made."""
    made: list[float] = []
    monkeypatch.setattr("openai._base_client.time.sleep", made.append)
    return made


def asks(count: int = 1) -> list[ChatRequest]:
    return [ChatRequest("Translate.", f"Text {n}.", 100, n) for n in range(count)]


def answers(server: Server, count: int = 1, **settings: Any) -> list[ChatAnswer]:
    return RemoteChatModel(server.endpoint, "m", "secret", **settings)(asks(count), temperature=0.1)


def test_answers_come_in_order_and_the_request_says_all(pauses: list[float]) -> None:
    with serving(lambda h, n, body: h.say(body["messages"][1]["content"].upper())) as server:
        assert [a.text for a in answers(server, 9)] == [f"TEXT {n}." for n in range(9)]
    first = next(b for b in server.bodies if b["seed"] == 0)
    assert first["messages"][0] == {"role": "system", "content": "Translate."}
    assert (first["model"], first["temperature"], first["max_tokens"]) == ("m", 0.1, 100)
    assert set(server.keys) == {"Bearer secret"} and pauses == []


def test_a_busy_server_is_waited_for_as_long_as_it_says(pauses: list[float]) -> None:
    def reply(h: Handler, n: int, body: Any) -> None:
        h.send(429, b"{}", Retry_After="7") if n < 2 else h.say("late")

    with serving(reply) as server:
        assert answers(server) == [ChatAnswer("late")]
    assert pauses == [7.0, 7.0]


def test_a_server_error_is_tried_again(pauses: list[float]) -> None:
    with serving(lambda h, n, body: h.send(500, b"oops") if n == 0 else h.say("well")) as server:
        assert answers(server) == [ChatAnswer("well")]
    assert len(pauses) == 1


@pytest.mark.parametrize(
    ("reply", "problem", "tries"),
    [
        (lambda h, n, b: h.send(500, b"<html>oops</html>"), "unreachable", 4),
        (lambda h, n, b: h.send(429, b'{"error": {"message": "quota"}}'), "unreachable", 4),
        (lambda h, n, b: h.send(503), "unreachable", 4),
        (lambda h, n, b: h.send(400, b'{"error": "content policy"}'), "refused", 1),
        (lambda h, n, b: h.send(413), "refused", 1),
        (lambda h, n, b: h.send(307, Location="http://127.0.0.1:9/elsewhere"), "refused", 1),
        (lambda h, n, b: h.send(200, b"not JSON at all"), "unreadable", 1),
        (lambda h, n, b: h.send(200, b'{"choices": [{"message": {"con'), "unreadable", 1),
        (lambda h, n, b: h.send(200, b"<html>Log in</html>", Content_Type="text/html"), "unreadable", 1),
        (lambda h, n, b: h.send(200, b"[]"), "unreadable", 1),
        (lambda h, n, b: h.send(200, b"null"), "unreadable", 1),
        (lambda h, n, b: h.send(200, b'{"choices": null}'), "unreadable", 1),
        (lambda h, n, b: h.send(200, b'{"choices": []}'), "unreadable", 1),
        (lambda h, n, b: h.send(200, b'{"choices": [17]}'), "unreadable", 1),
        (lambda h, n, b: h.send(200, b'{"choices": [{"message": "x"}]}'), "unreadable", 1),
        (lambda h, n, b: h.send(200, b"\xff\xfe\x00"), "unreadable", 1),
        (lambda h, n, b: h.say(None), "unreadable", 1),
        (lambda h, n, b: h.say(["a", "list"]), "unreadable", 1),
        (lambda h, n, b: h.say("half a sent", "length"), "truncated", 1),
        (lambda h, n, b: h.say("", "content_filter"), "refused", 1),
    ],
)  # fmt: skip
def test_what_fails_for_one_text_is_that_texts_problem(reply: Reply, problem: str, tries: int) -> None:
    with serving(reply) as server:
        assert answers(server) == [ChatAnswer("", problem)]  # pyright: ignore[reportArgumentType]
    assert len(server.bodies) == tries


def broken_off(h: Handler, n: int, body: Any) -> None:
    h.send(200, b'{"choices": [', Content_Length="4000")
    h.connection.shutdown(socket.SHUT_RDWR)


def test_a_body_that_breaks_off_is_one_texts_problem_or_a_server_that_is_none() -> None:
    def second(h: Handler, n: int, body: Any) -> None:
        h.say("well") if n == 0 else broken_off(h, n, body)

    with serving(second) as server:
        engine = RemoteChatModel(server.endpoint, "m", "")
        told = [engine(asks(), temperature=0)[0] for _ in range(2)]
    assert told == [ChatAnswer("well"), ChatAnswer("", "unreachable")]
    with serving(broken_off) as server, pytest.raises(PairsError) as caught:
        answers(server)
    assert caught.value.code == "remote_unreachable"


def test_a_server_that_never_answers_is_given_up() -> None:
    with serving(lambda h, n, body: (h.server.over.wait(), None)[1]) as server:
        assert answers(server, timeout_seconds=0.2, retries=1) == [ChatAnswer("", "unreachable")]
        assert len(server.bodies) == 2
        server.over.set()


@pytest.mark.parametrize(
    ("status", "code"), [(401, "remote_key"), (403, "remote_key"), (404, "remote_model")]
)  # fmt: skip
def test_what_would_fail_for_every_text_stops_the_run(status: int, code: str) -> None:
    with serving(lambda h, n, body: h.send(status, b'{"error": "no"}')) as server, pytest.raises(PairsError) as caught:
        answers(server)
    assert caught.value.code == code and "127.0.0.1" in caught.value.message and "secret" not in str(caught.value)


def test_no_server_at_all_stops_the_run() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(PairsError) as caught:
            RemoteChatModel(f"http://127.0.0.1:{port}/v1", "m", "", retries=1)(asks(), temperature=0)
    assert caught.value.code == "remote_unreachable"


def test_a_server_that_fails_all_the_time_stops_the_run() -> None:
    with serving(lambda h, n, body: h.send(500)) as server, pytest.raises(PairsError) as caught:
        answers(server, 40, retries=0)
    assert caught.value.code == "remote_failing" and len(server.bodies) < 40
    assert f"{remote.IN_A_ROW} times" in caught.value.message


@pytest.mark.parametrize("endpoint", ["", "localhost:11434", "file:///etc/passwd", "http://", "ftp://x"])
def test_an_address_that_is_none_is_refused(endpoint: str) -> None:
    with pytest.raises(PairsError) as caught:
        RemoteChatModel(endpoint, "m", "")
    assert caught.value.code == "remote_address"


def test_the_notice_names_the_machine_and_the_amount() -> None:
    told = build_notice("https://example.org:8000/v1", 1200, 100_000)
    assert "example.org" in told and "1,200 texts" in told and "280,000 tokens" in told and "privacy" in told
