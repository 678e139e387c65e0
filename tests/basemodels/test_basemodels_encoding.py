"""Prompts become tokens in one way: plainly for a base model, inside its chat template for an instruct model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlx_lm.tuner.datasets import CompletionsDataset

from models import INSTRUCT_CHAT, PLAIN_CHAT, make_model
from stylelab.basemodels.encoding import Encoding, load_encoding
from stylelab.basemodels.identity import identify, locate_bundled_base
from stylelab.errors import ModelError

BASE = load_encoding(locate_bundled_base())
QWEN = Path(__file__).resolve().parents[3] / "shared" / "models" / "tiny-random-qwen2"


@pytest.fixture(scope="module", params=[None, PLAIN_CHAT, INSTRUCT_CHAT], ids=["none", "plain", "instruct"])
def encoding(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Encoding:
    return load_encoding(make_model(tmp_path_factory.mktemp("chat") / "m", chat=request.param))


def test_only_a_template_that_frames_prompts_makes_an_instruct_model(tmp_path: Path) -> None:
    kinds = {None: False, PLAIN_CHAT: False, INSTRUCT_CHAT: True}
    other_end = INSTRUCT_CHAT.replace("{{ eos_token }}", "</turn>")  # a base model that carries its sibling's template
    for n, (chat, chats) in enumerate([*kinds.items(), (other_end, False), ("{{ raise_exception('no') }}", False)]):
        assert load_encoding(make_model(tmp_path / str(n), chat=chat)).is_instruct is chats
    assert not BASE.is_instruct


def test_an_instruct_model_reads_the_prompt_in_its_chat(tmp_path: Path) -> None:
    own = load_encoding(make_model(tmp_path / "m", chat=INSTRUCT_CHAT))
    assert own.render("Write.\n###\n") == "<user>Write.\n###\n\n<assistant>"
    assert own.decode(own.encode_prompt("Hm.")) == "<user>Hm.\n<assistant>"


def test_the_real_instruct_tokenizer_is_recognised() -> None:
    if not QWEN.is_dir():
        pytest.skip("the shared models are not here")
    assert load_encoding(QWEN).is_instruct and load_encoding(QWEN).render("x").endswith("<|im_start|>assistant\n")


def test_the_chat_template_is_part_of_a_models_identity(tmp_path: Path) -> None:
    plain, chat, none = (make_model(tmp_path / str(n), chat=c) for n, c in enumerate((PLAIN_CHAT, INSTRUCT_CHAT, None)))
    hashes = [identify(folder).chat_sha256 for folder in (plain, chat, none)]
    assert hashes[0] != hashes[1] and hashes[2] == "" and all(hashes[:2])
    (chat / "chat_template.jinja").write_text(INSTRUCT_CHAT + "!")
    assert identify(chat).chat_sha256 not in hashes


@given(prompt=st.text(max_size=60), completion=st.text(min_size=1, max_size=60).filter(lambda t: t == t.strip()))
def test_stock_mlx_lm_reads_a_dataset_row_as_we_do(prompt: str, completion: str) -> None:
    prompt = f"It is late.\n\n{prompt}\n###\n"
    stock = CompletionsDataset([], BASE.tokenizer, "prompt", "completion", mask_prompt=True)  # type: ignore[arg-type]
    tokens, offset = stock.process({"prompt": prompt, "completion": completion})
    head = BASE.encode_prompt(prompt)
    assert (tokens, offset) == ([*head, *BASE.encode_completion(completion), *BASE.end_tokens], len(head))


def test_length_counts_prompt_completion_and_end(encoding: Encoding) -> None:
    prompt, completion = encoding.render("ab"), "cde"
    assert encoding.count_tokens("ab", completion) == len(prompt) + len(completion) + 1  # one token per byte


@given(st.text(max_size=80))
def test_a_byte_tokenizer_gives_every_text_back(text: str) -> None:
    assert BASE.restores(text)


def test_a_special_token_in_a_text_does_not_survive() -> None:
    assert not BASE.restores("He wrote <|endoftext|> and left.")


def test_a_damaged_tokenizer_is_named(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "m")
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="tokenizer"):
        load_encoding(folder)
