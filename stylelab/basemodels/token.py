"""The user's token for the model hub: kept by the system's keychain, never in a file of ours.

In: a token, once. Out: the token, for a download. Next: download. Where there is no keychain, HF_TOKEN is read instead.
"""

from __future__ import annotations

import importlib
import logging
import os
from typing import Protocol, cast

from stylelab.errors import ModelError

SERVICE, USER = "StyleLab", "model hub"

logger = logging.getLogger(__name__)


class Keychain(Protocol):
    """What the `keyring` package offers."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """Return what is kept under a name."""
        ...

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep something under a name."""
        ...

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget what is kept under a name."""
        ...


def open_keychain() -> tuple[Keychain | None, type[Exception]]:
    """Return the system's keychain and the error that it raises; None where `keyring` is not installed."""
    try:
        module, errors = importlib.import_module("keyring"), importlib.import_module("keyring.errors")
    except ImportError:
        return None, RuntimeError
    return cast(Keychain, module), cast("type[Exception]", errors.KeyringError)


def load_token() -> str | None:
    """Return the user's token: from the keychain, else from HF_TOKEN, else None."""
    keychain, refused = open_keychain()
    token = None
    if keychain is not None:
        try:
            token = keychain.get_password(SERVICE, USER)
        except refused:
            logger.info("the system's keychain cannot be read")
    return token or os.environ.get("HF_TOKEN") or None


def save_token(token: str) -> None:
    """Keep a token in the system's keychain.

    Raises:
        ModelError: It is empty or has blanks in it, or there is no keychain; then nothing is kept.
    """
    if not token or any(character.isspace() for character in token):
        raise ModelError("A token is one word.", remedy="Copy it from the hub's page again.", code="token")
    keychain, refused = open_keychain()
    try:
        if keychain is not None:
            keychain.set_password(SERVICE, USER, token)
            return
    except refused as error:
        logger.info("the system's keychain refuses: %s", type(error).__name__)
    raise ModelError(
        "This system has no keychain that keeps a token.",
        remedy="Set the environment variable HF_TOKEN instead; StyleLab writes no token to a file.",
        code="token_keychain",
    )


def delete_token() -> None:
    """Forget the token in the keychain, where there is one."""
    keychain, refused = open_keychain()
    if keychain is not None:
        try:
            keychain.delete_password(SERVICE, USER)
        except refused:
            logger.info("there was no token in the keychain")
