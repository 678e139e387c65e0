"""The hub's token is in the system's keychain, or in the environment, and in no file of ours."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from stylelab.basemodels.token import delete_token, load_token, save_token
from stylelab.errors import ModelError

TOKEN = "hf_abcdefgh"


class KeyringError(Exception):
    """Stands for keyring.errors.KeyringError."""


class Keychain(ModuleType):
    """Stands for the `keyring` package."""

    def __init__(self, locked: bool = False) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service_name: str, username: str) -> str | None:
        self.open()
        return self.kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self.open()
        self.kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        self.open()
        if self.kept.pop((service_name, username), None) is None:
            raise KeyringError

    def open(self) -> None:
        if self.locked:
            raise KeyringError


def install(monkeypatch: pytest.MonkeyPatch, keychain: Keychain | None) -> None:
    """Put a keychain where `keyring` is imported from; None stands for a system without it."""
    errors = ModuleType("keyring.errors")
    errors.KeyringError = KeyringError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keychain)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors if keychain else None)
    monkeypatch.delenv("HF_TOKEN", raising=False)


def test_a_token_is_kept_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    keychain = Keychain()
    install(monkeypatch, keychain)
    assert load_token() is None
    save_token(TOKEN)
    monkeypatch.setenv("HF_TOKEN", "another")
    assert load_token() == TOKEN and list(keychain.kept.values()) == [TOKEN]
    delete_token()
    assert load_token() == "another"
    delete_token()  # nothing there any more


@pytest.mark.parametrize("keychain", [None, Keychain(locked=True)])
def test_without_a_keychain_the_environment_is_read_and_nothing_is_kept(
    keychain: Keychain | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, keychain)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    assert load_token() == TOKEN
    with pytest.raises(ModelError) as caught:
        save_token(TOKEN)
    assert (
        caught.value.code == "token_keychain" and "HF_TOKEN" in caught.value.remedy and TOKEN not in str(caught.value)
    )
    delete_token()


@pytest.mark.parametrize("token", ["", "two words", "line\n"])
def test_what_is_no_token_is_refused(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, Keychain())
    with pytest.raises(ModelError) as caught:
        save_token(token)
    assert caught.value.code == "token"
