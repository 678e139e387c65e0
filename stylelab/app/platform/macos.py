"""What only macOS has: no App Nap and no idle sleep while a job runs. Elsewhere the same calls do nothing.

In: a reason. Out: a system that stays awake until `end`. Next: session, and dock for the badge on the Dock's icon. One seam with
two sides; the Mac's side speaks to an `ActivityRuntime`, so that what it says can be tested anywhere.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Protocol

# **Source:** Foundation, NSActivityOptions: UserInitiated (0x00FFFFFF) holds idle sleep (1 << 20) and App Nap off.
USER_INITIATED = 0x00FFFFFF


class ActivityRuntime(Protocol):
    """The part of the Objective-C runtime that is needed."""

    def begin_activity(self, options: int, reason: str) -> Any: ...

    def end_activity(self, token: Any) -> None: ...


class Awake:
    """Keeps nothing awake: the side of every other system."""

    def begin(self, reason: str) -> None:
        """Keep the system and this application awake from here on."""

    def end(self) -> None:
        """Let them sleep again."""


class Activity(Awake):
    """Keeps a Mac and this application awake with an activity of NSProcessInfo; at most one at a time."""

    def __init__(self, runtime: ActivityRuntime) -> None:
        self._runtime = runtime
        self._token: Any = None

    def begin(self, reason: str) -> None:
        if self._token is None:
            self._token = self._runtime.begin_activity(USER_INITIATED, reason)

    def end(self) -> None:
        if self._token is not None:
            self._runtime.end_activity(self._token)
            self._token = None


class ObjectiveC:
    """NSProcessInfo and the Dock's tile through the C interface of the runtime; three calls need no bridge library."""

    def __init__(self) -> None:
        self._objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
        self._objc.objc_getClass.restype = ctypes.c_void_p
        self._objc.sel_registerName.restype = ctypes.c_void_p
        self._info = self._send(self._objc.objc_getClass(b"NSProcessInfo"), b"processInfo")

    def _send(self, receiver: Any, selector: bytes, *arguments: Any) -> Any:
        kinds = [ctypes.c_void_p, ctypes.c_void_p]
        kinds += [ctypes.c_uint64 if isinstance(a, ctypes.c_uint64) else ctypes.c_void_p for a in arguments]
        call = ctypes.CFUNCTYPE(ctypes.c_void_p, *kinds)(("objc_msgSend", self._objc))
        return call(receiver, self._objc.sel_registerName(selector), *arguments)

    def begin_activity(self, options: int, reason: str) -> Any:
        """Return the token of a new activity, retained."""
        selector = b"beginActivityWithOptions:reason:"
        token = self._send(self._info, selector, ctypes.c_uint64(options), self._string(reason))
        return self._send(token, b"retain")

    def end_activity(self, token: Any) -> None:
        """End an activity and let its token go."""
        self._send(self._info, b"endActivity:", token)
        self._send(token, b"release")

    def set_badge(self, text: str | None) -> None:
        """Put a short text on the Dock's icon; None takes it away. AppKit is there: Qt's window stands on it."""
        application = self._send(self._objc.objc_getClass(b"NSApplication"), b"sharedApplication")
        tile = self._send(application, b"dockTile")
        self._send(tile, b"setBadgeLabel:", None if text is None else self._string(text))

    def _string(self, text: str) -> Any:
        kept = ctypes.create_string_buffer(text.encode("utf-8"))
        return self._send(
            self._objc.objc_getClass(b"NSString"), b"stringWithUTF8String:", ctypes.cast(kept, ctypes.c_void_p)
        )


def choose_awake(platform: str = sys.platform) -> Awake:
    """Return this system's side."""
    return Activity(ObjectiveC()) if platform == "darwin" else Awake()
