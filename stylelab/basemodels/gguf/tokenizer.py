"""tokenizer.json of a model that came as GGUF: tokens, merges and the way in which text is cut before merging.

In: a GgufFile. Out: a `tokenizers.Tokenizer` and tokenizer_config.json's value. Next: imported, which tries both on 2,000 lines.
**Source:** the regular expressions of llama.cpp's llama-vocab.cpp and of the models' own tokenizer.json.
"""

from __future__ import annotations

from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from stylelab.basemodels.gguf.container import REMEDY, GgufFile
from stylelab.errors import ModelError

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6  # ggml's token types
SPACE = "▁"
QWEN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA3 = QWEN.replace(r"\p{N}|", r"\p{N}{1,3}|", 1)
TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SPLITS = {
    "qwen2": QWEN,
    "llama-bpe": LLAMA3,
    "llama3": LLAMA3,
    "llama-v3": LLAMA3,
    "tekken": TEKKEN,
    "smaug-bpe": LLAMA3,
}
DIGITS = {"smollm"}  # every digit apart, then GPT-2's cut
WHOLE_WORDS = {"llama-bpe", "llama3", "llama-v3", "tekken"}  # a word that is a token is never merged from its parts
PLAIN = {"gpt-2", "default", "mpt", "olmo"}  # GPT-2's cut alone


def build_tokenizer(file: GgufFile) -> tuple[Tokenizer, dict[str, Any]]:
    """Return the tokenizer and its settings.

    Raises:
        ModelError: Its lists are missing or do not fit together, or its kind is not known.
    """
    tokens = read_list(file, "tokens")
    types = file.facts.get("tokenizer.ggml.token_type") or [NORMAL] * len(tokens)
    if len(types) != len(tokens):
        raise ModelError(
            f"{file.path} has {len(tokens)} tokens and {len(types)} types.", remedy=REMEDY, code="model_gguf"
        )
    kind = str(file.facts.get("tokenizer.ggml.model"))
    if kind == "gpt2":
        tokenizer = build_byte_level(file, tokens)
    elif kind == "llama":
        tokenizer = build_sentencepiece(file, tokens, types)
    else:
        raise ModelError(
            f"{file.path} has a tokenizer of the kind '{kind[:40]}', which cannot be rebuilt.",
            remedy="Choose the model's MLX or Hugging Face folder instead.",
            code="model_gguf_kind",
        )
    special = [t for t, own in zip(tokens, types, strict=True) if own == CONTROL]
    added = [t for t, own in zip(tokens, types, strict=True) if own == USER_DEFINED]
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in special])
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in added])
    settings = build_settings(file, tokens)
    if settings.pop("add_bos_token"):
        bos = settings["bos_token"]
        tokenizer.post_processor = processors.Sequence(
            [
                *([tokenizer.post_processor] if tokenizer.post_processor is not None else []),
                processors.TemplateProcessing(
                    single=f"{bos} $A", pair=f"{bos} $A {bos} $B", special_tokens=[(bos, tokens.index(bos))]
                ),
            ]
        )
    return tokenizer, settings


def build_byte_level(file: GgufFile, tokens: list[str]) -> Tokenizer:
    """Return a byte-level tokenizer with merges (GPT-2's kind: Llama 3, Qwen, SmolLM, Mistral's Tekken)."""
    merges = [(first, second) for first, _, second in (m.partition(" ") for m in read_list(file, "merges"))]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    cut = str(file.facts.get("tokenizer.ggml.pre", "default"))
    try:
        tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, ignore_merges=cut in WHOLE_WORDS))
    except Exception as error:  # the library raises nothing narrower
        raise ModelError(
            f"{file.path}: its merges do not fit its tokens: {error}.", remedy=REMEDY, code="model_gguf"
        ) from error
    if cut in SPLITS:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(SPLITS[cut]), behavior="isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
    elif cut in DIGITS:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
    elif cut in PLAIN:
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    else:
        raise ModelError(
            f"{file.path} cuts text in the way '{cut[:40]}', which is not known here.",
            remedy="Choose the model's MLX or Hugging Face folder instead.",
            code="model_gguf_kind",
        )
    if cut == "qwen2":
        tokenizer.normalizer = normalizers.NFC()
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def build_sentencepiece(file: GgufFile, tokens: list[str], types: list[int]) -> Tokenizer:
    """Return a SentencePiece tokenizer (Llama 2, Mistral): merges follow from the scores of the tokens they make.

    **Source:** sentencepiece merges the pair whose token has the best score; a token can come of every cut in two known tokens.
    """
    scores = file.facts.get("tokenizer.ggml.scores")
    if not isinstance(scores, list) or len(scores) != len(tokens):
        raise ModelError(f"{file.path} has no score for every token.", remedy=REMEDY, code="model_gguf")
    vocabulary = {token: number for number, token in enumerate(tokens)}
    ranked: list[tuple[float, int, str, str]] = []
    for number, (token, kind) in enumerate(zip(tokens, types, strict=True)):
        if kind != NORMAL:
            continue
        cuts = [(token[:at], token[at:]) for at in range(1, len(token))]
        known = [(a, b) for a, b in cuts if a in vocabulary and b in vocabulary]
        ranked += [(-float(scores[number]), vocabulary[a] * len(tokens) + vocabulary[b], a, b) for a, b in known]
    merges = [(a, b) for _, _, a, b in sorted(ranked)]
    unknown = next((t for t, kind in zip(tokens, types, strict=True) if kind == UNKNOWN), None)
    tokenizer = Tokenizer(
        models.BPE(vocab=vocabulary, merges=merges, unk_token=unknown, fuse_unk=True, byte_fallback=BYTE in types)
    )
    prefix = bool(file.facts.get("tokenizer.ggml.add_space_prefix", True))
    steps: list[Any] = [normalizers.Prepend(SPACE)] if prefix else []
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Replace(" ", SPACE)])
    parts: list[Any] = [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    tokenizer.decoder = decoders.Sequence([*parts, *([decoders.Strip(" ", 1, 0)] if prefix else [])])
    return tokenizer


def build_settings(file: GgufFile, tokens: list[str]) -> dict[str, Any]:
    """Return tokenizer_config.json's value; `add_bos_token` says whether texts begin with the begin-of-text token."""
    settings: dict[str, Any] = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,
        "model_max_length": int(file.fact("context_length", 2048)),
    }
    for name, key in (("bos_token", "bos"), ("eos_token", "eos"), ("unk_token", "unknown"), ("pad_token", "padding")):
        number = file.facts.get(f"tokenizer.ggml.{key}_token_id")
        if number is not None and 0 <= int(number) < len(tokens):
            settings[name] = tokens[int(number)]
    begins = file.facts.get("tokenizer.ggml.add_bos_token", file.facts.get("tokenizer.ggml.model") == "llama")
    settings["add_bos_token"] = bool(begins) and "bos_token" in settings
    if template := file.facts.get("tokenizer.chat_template"):
        settings["chat_template"] = str(template)
    return settings


def read_list(file: GgufFile, key: str) -> list[str]:
    """Return a list of texts of the tokenizer.

    Raises:
        ModelError: There is none, or something else stands there.
    """
    value = file.facts.get(f"tokenizer.ggml.{key}")
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise ModelError(f"{file.path} has no list of {key}.", remedy=REMEDY, code="model_gguf")
    return value
