"""An OpenAI-compatible server as an engine for `roundtrip`. Off unless the user says so in every run.

In: requests. Out: answers, each with its problem; a fault that every request would meet stops the run at once.
Next: roundtrip. This is the only code of StyleLab that sends text anywhere.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast
from urllib.parse import urlsplit

import openai
from openai.types.chat import ChatCompletion

from stylelab.errors import PairsError
from stylelab.notes import Note
from stylelab.pairs.roundtrip import ChatAnswer, ChatRequest

RETRIES = 3  # of one request, by the client, with growing pauses or the server's own
AT_ONCE = 4  # requests
TIMEOUT_SECONDS = 120.0
IN_A_ROW = 8  # requests that fail one after another before the run is stopped
TOKENS_PER_WORD = 1.4  # English prose; only for the notice
PASSES = 2  # there and back
TICK_SECONDS = 0.2  # between two looks at whether to stop

logger = logging.getLogger(__name__)


class RemoteChatModel:
    """A server's model, asked `AT_ONCE` requests at a time."""

    def __init__(
        self,
        endpoint: str,
        model: str,
        key: str,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        retries: int = RETRIES,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            tick: Called every `TICK_SECONDS` while answers are waited for; may raise to stop.

        Raises:
            PairsError: The address is no http address.
        """
        if urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).hostname:
            raise PairsError(
                f"'{endpoint}' is no address of a server.",
                remedy="Write it like 'http://localhost:11434/v1' in pairs.yaml.",
                code="remote_address",
            )
        self._host = urlsplit(endpoint).hostname
        self._model = model
        # A redirection would carry the text to a machine that the user did not name.
        self._client = openai.OpenAI(
            base_url=endpoint,
            api_key=key or "none",
            timeout=timeout_seconds,
            max_retries=retries,
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )
        self._retries = retries
        self._tick = tick
        self._failed = 0  # in a row
        self._heard = False  # whether it ever answered

    def __call__(self, asks: Sequence[ChatRequest], *, temperature: float) -> list[ChatAnswer]:
        """Return an answer per request, in order.

        Raises:
            PairsError: The server cannot be reached, refuses the key, does not know the model, or fails all the time.
        """
        todo = iter(enumerate(asks))
        taking, over = threading.Lock(), threading.Event()
        given: queue.SimpleQueue[tuple[int, ChatAnswer | PairsError]] = queue.SimpleQueue()

        def take() -> tuple[int, ChatRequest] | None:
            with taking:
                return None if over.is_set() else next(todo, None)

        def work() -> None:
            while (own := take()) is not None:
                try:
                    given.put((own[0], self._one(own[1], temperature=temperature)))
                except PairsError as error:
                    given.put((own[0], error))
                    return

        # Threads that nothing waits for: one that is stopped does not hold the process until its server answers.
        threads = [threading.Thread(target=work, daemon=True) for _ in asks[:AT_ONCE]]
        for thread in threads:
            thread.start()
        try:
            answers = dict(self._collect(given, threads, len(asks)))
        finally:
            over.set()
        return [answers[at] for at in range(len(asks))]

    def _collect(
        self,
        given: queue.SimpleQueue[tuple[int, ChatAnswer | PairsError]],
        threads: Sequence[threading.Thread],
        count: int,
    ) -> Iterator[tuple[int, ChatAnswer]]:
        """Yield the threads' answers as they come, each with its request's number."""
        while count:
            self._tick()
            alive = any(thread.is_alive() for thread in threads)
            try:
                at, answer = given.get(timeout=TICK_SECONDS)
            except queue.Empty:
                if not alive:
                    raise RuntimeError("a thread that waited for the server broke") from None
                continue
            if isinstance(answer, PairsError):
                raise answer
            yield at, answer
            count -= 1

    def _one(self, ask: ChatRequest, *, temperature: float) -> ChatAnswer:
        try:
            answer = self._answer(ask, temperature)
        except openai.APITimeoutError as error:
            logger.warning("no answer in time from %s: %s", self._host, error)
            answer = ChatAnswer("", "unreachable")
        except openai.APIConnectionError as error:
            if not self._heard:
                raise PairsError(
                    f"{self._host} cannot be reached: {error.__cause__ or error}.",
                    remedy="Is the server running, and 'endpoint' in pairs.yaml right? What was done is kept.",
                    code="remote_unreachable",
                ) from error
            logger.warning("the line to %s broke: %s", self._host, error.__cause__ or error)
            answer = ChatAnswer("", "unreachable")
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise PairsError(
                f"{self._host} refused the key ({error.status_code}).",
                remedy="Set the environment variable STYLELAB_REMOTE_KEY to a key for it.",
                code="remote_key",
            ) from error
        except openai.NotFoundError as error:
            raise PairsError(
                f"{self._host} knows no model '{self._model}', or has no chat there ({error.status_code}).",
                remedy="Correct 'model' or 'endpoint' in pairs.yaml.",
                code="remote_model",
            ) from error
        except openai.APIStatusError as error:  # 429 and 5xx after all retries, 400 of this text
            logger.warning("%s answered %s", self._host, error.status_code)
            answer = ChatAnswer(
                "", "refused" if error.status_code < 500 and error.status_code != 429 else "unreachable"
            )
        except (openai.APIError, ValueError) as error:  # JSON that breaks off, or is none
            logger.warning("%s answered what cannot be read: %s", self._host, error)
            answer = ChatAnswer("", "unreadable")
        self._heard = self._heard or answer.problem != "unreachable"
        self._failed = 0 if answer.problem != "unreachable" else self._failed + 1
        if self._failed >= IN_A_ROW:
            raise PairsError(
                f"{self._host} failed {IN_A_ROW} times in a row, each after {self._retries} more tries.",
                remedy="Try again later; what was done is kept and not sent again.",
                code="remote_failing",
            )
        return answer

    def _answer(self, ask: ChatRequest, temperature: float) -> ChatAnswer:
        reply: Any = self._client.chat.completions.create(
            model=self._model,
            messages=cast("list[Any]", ask.list_turns()),
            temperature=temperature,
            max_tokens=ask.max_tokens,
            seed=ask.seed,
        )
        # The client does not check what it parsed: a server may send anything of this shape, or a page of text.
        choices: Any = reply.choices if isinstance(reply, ChatCompletion) else None
        if not isinstance(choices, list) or not choices:
            return ChatAnswer("", "unreadable")
        choice = cast("list[Any]", choices)[0]
        ended: Any = getattr(choice, "finish_reason", None)
        if ended in ("content_filter", "length"):
            return ChatAnswer("", "refused" if ended == "content_filter" else "truncated")
        text: Any = getattr(getattr(choice, "message", None), "content", None)
        return ChatAnswer(text) if isinstance(text, str) else ChatAnswer("", "unreadable")


def build_notice(endpoint: str, passages: int, words: int) -> str:
    """Return what the user should know before text leaves the machine."""
    tokens = int(round(words * TOKENS_PER_WORD * PASSES, -3))
    return Note(
        "{texts} texts ({words} words) are sent to {host}, a machine that may not be yours. That is about {tokens} tokens "
        "there and as many back; its owner's prices and privacy rules apply.",
        texts=passages,
        words=words,
        host=str(urlsplit(endpoint).hostname),
        tokens=tokens,
    )
