"""Prompts become tokens in one way: plainly for a base model, inside its chat template for an instruct model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlx_lm.tuner.datasets import CompletionsDataset
from tokenizers import Tokenizer, processors

from models import INSTRUCT_CHAT, PLAIN_CHAT, make_model
from stylelab.basemodels.encoding import Encoding, describe_kind, load_encoding
from stylelab.basemodels.identity import identify, locate_bundled_base
from stylelab.basemodels.library import Origin, write_origin
from stylelab.basemodels.load import load, load_without_weights
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


GEMMA_LIKE = INSTRUCT_CHAT.replace("{{ eos_token }}", "</turn>")  # its turns end with another token than its texts


def name_model(parent: Path, name: str, chat: str | None, origin: str = "") -> Path:
    """Write a model whose folder has a name, and whose origin has one, too, where it is given."""
    folder = make_model(parent / name, chat=chat)
    if origin:
        write_origin(folder, Origin(source="hub", name=origin))
    return folder


@pytest.mark.parametrize(
    ("name", "origin", "chat", "kind", "reason"),
    [
        ("Qwen2.5-0.5B", "", INSTRUCT_CHAT, "base", "catalogue"),  # its tokenizer carries the instruct model's template
        ("Qwen2.5-0.5B-4bit", "", INSTRUCT_CHAT, "base", "catalogue"),
        ("mine", "mlx-community/Qwen2.5-3B-4bit", INSTRUCT_CHAT, "base", "catalogue"),
        (
            "Llama-3.2-1B-Instruct",
            "someone/Qwen3-9B-Base-8bit",
            INSTRUCT_CHAT,
            "base",
            "Base",
        ),  # where it came from counts
        ("Qwen3-9B-Base", "", INSTRUCT_CHAT, "base", "Base"),
        ("gemma-9-1b-it-4bit", "", GEMMA_LIKE, "instruct", "it"),
        ("SmolLM2-135M-Instruct.Q4_1", "", GEMMA_LIKE, "instruct", "catalogue"),
        ("Phi-9-Chat", "", GEMMA_LIKE, "instruct", "Chat"),
        ("Phi-9-Chat-Base", "", GEMMA_LIKE, "base", "does not end its texts"),  # two words that disagree say nothing
        ("Phi-9-Chat", "", None, "base", "no chat template"),
        ("Phi-9-Chat", "", "{{ raise_exception('no') }}", "base", "does not frame"),
        ("Phi-9-Chat", "", PLAIN_CHAT, "base", "does not frame"),
        ("my-base", "", INSTRUCT_CHAT, "instruct", "ends an answer"),  # a user's own word for a folder
        ("Base-7", "", INSTRUCT_CHAT, "instruct", "ends an answer"),
        ("Qwen3-9B", "", INSTRUCT_CHAT, "instruct", "ends an answer"),
    ],
)
def test_the_kind_is_told_by_origin_then_name_then_template(
    tmp_path: Path, name: str, origin: str, chat: str | None, kind: str, reason: str
) -> None:
    told = describe_kind(name_model(tmp_path, name, chat, origin))
    assert told.kind == kind and reason in told.reason, told
    assert ("may refuse" in told.meaning) is (kind == "instruct")


def test_training_and_writing_take_the_same_model_for_the_same_kind(tmp_path: Path) -> None:
    base = load(name_model(tmp_path, "Qwen2.5-0.5B", INSTRUCT_CHAT))
    assert not base.encoding.is_instruct and base.decode(base.encode_prompt("Hm.")) == "Hm."
    plain = load_without_weights(name_model(tmp_path, "Phi-9-Chat", GEMMA_LIKE))
    assert plain.encoding.is_instruct and plain.encode_prompt("Hm.") == load_encoding(plain.files.folder).encode_prompt(
        "Hm."
    )


def add_special_tokens(folder: Path, tokens: dict[str, int], pattern: list[str] | None = None) -> Path:
    """Add special tokens to a model's tokenizer, and what it puts around a text: ids of tokens, None for the text."""
    own = Tokenizer.from_file(str(folder / "tokenizer.json"))
    own.add_special_tokens(list(tokens))
    own.post_processor = processors.TemplateProcessing(single=" ".join(pattern), special_tokens=[
        (token, own.token_to_id(token)) for token in tokens]) if pattern else own.post_processor  # fmt: skip
    own.save(str(folder / "tokenizer.json"))
    return folder


@pytest.mark.parametrize("chat", [None, "{{ bos_token }}" + INSTRUCT_CHAT], ids=["base", "instruct"])
def test_a_prompt_begins_with_one_begin_of_text_token(tmp_path: Path, chat: str | None) -> None:
    folder = add_special_tokens(make_model(tmp_path / "m", chat=chat), {"<s>": 257}, ["<s>", "$A"])
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps({**settings, "bos_token": "<s>"}))
    own = load_encoding(folder)
    assert own.is_instruct is (chat is not None)
    tokens = own.encode_prompt("The tide.")
    assert tokens[0] == 257 and tokens.count(257) == 1
    assert own.encode_completion("It rose.").count(257) == 0


def test_no_end_token_stands_between_a_prompt_and_its_completion(tmp_path: Path) -> None:
    pattern = ["<s>", "$A", "</s>"]
    own = load_encoding(add_special_tokens(make_model(tmp_path / "m", chat=None), {"<s>": 257, "</s>": 258}, pattern))
    assert own.tokenizer.encode("ab")[-1] == 258
    assert own.encode_prompt("ab") == [257, *own.encode_completion("ab")]


def test_the_token_that_ends_a_turn_ends_an_instruct_models_text(tmp_path: Path) -> None:
    folder = add_special_tokens(name_model(tmp_path, "Phi-9-Chat", GEMMA_LIKE), {"</turn>": 257})
    own = load_encoding(folder)
    assert own.end_tokens == {0, 257} and own.end_token == 257
    assert load_encoding(folder.rename(tmp_path / "Phi-9-Base")).end_tokens == {0}


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
