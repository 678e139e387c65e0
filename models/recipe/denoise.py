"""Go on training the bundled base so that it uses its input: plain texts of novels in prompts, the novels' text as the answer.

In: a pretrained base, the pairs that plain_pairs.py made, the novels. Out: a Hugging Face model folder with ``training.json``.
Pairs count with their answers only; plain text of the novels is mixed in, so that the model does not forget how to write.
Both the base's held-out author and one more are kept out; the second one's loss and bits per byte choose the best weights.

    python models/recipe/denoise.py --base models/stylelab-base --pairs DIR --novels DIR --to DIR --minutes 35

An interrupted run goes on with --resume; it draws other examples than the uninterrupted one would have.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from batching import LONGEST, UNCOUNTED, Batch, PairBatches, cut_batches, draw_windows, encode_example, find_repeated
from guiding import compute_guided_hidden
from novels import read_books
from plain_pairs import PlainPair, read_pairs
from pretrain import Qwen2, bits_per_byte, build_optimizers, encode, save
from safetensors.torch import load_file
from scramble import Scrambler, build_input_prompt, draw_recipes
from tokenizers import Tokenizer

from stylelab.recipe import Recipe

EVERY = 200  # updates between two checks


@dataclass
class Progress:
    """How far a run has come; what a checkpoint keeps beside weights and optimizers."""

    step: int = 0
    tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0
    best: float = float("inf")
    history: list[dict[str, float]] = field(default_factory=list)


def load_model(folder: Path) -> tuple[Qwen2, dict]:
    """Return a model folder's model with its weights, and its config."""
    config = json.loads((folder / "config.json").read_text())
    model = Qwen2(config)
    model.load_state_dict({k.removeprefix("model."): v for k, v in load_file(folder / "model.safetensors").items()})
    return model, config


# ---------------------------------------------------------------- measuring


def compute_answer_loss(model: Qwen2, batch: Batch) -> torch.Tensor:
    """Return the mean loss of the counted targets in nats, without logits for the others."""
    ids, targets = map(torch.from_numpy, batch)
    counted = targets != UNCOUNTED
    return model.compute_loss(model.compute_hidden(ids)[counted], targets[counted])


def compute_guided_loss(model: Qwen2, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the mean loss of the counted targets, and that of the guided heads' attention."""
    ids, targets = map(torch.from_numpy, batch)
    counted = targets != UNCOUNTED
    hidden, looked = compute_guided_hidden(model, ids, torch.from_numpy(find_repeated(batch)))
    return model.compute_loss(hidden[counted], targets[counted]), looked


@torch.no_grad()
def measure_answer_loss(model: Qwen2, batches: Sequence[Batch]) -> float:
    """Return the mean loss of the answers' tokens, in nats."""
    nats = count = 0.0
    for batch in batches:
        own = int((batch[1] != UNCOUNTED).sum())
        nats += compute_answer_loss(model, batch).item() * own
        count += own
    return nats / count


class Checks:
    """Measures a model on an author whom this stage does not train on: answers as they are and renamed, plain text."""

    def __init__(
        self, pairs: Sequence[PlainPair], chapters: list[str], recipes: Sequence[Recipe], tokenizer: Tokenizer
    ):
        rng = random.Random(7)
        own, still = Scrambler(pairs, rng), Scrambler(pairs, random.Random(8))
        named = [p for p in pairs if p.names]
        chosen = rng.sample(named, min(64, len(named)))
        self._sets: dict[str, list[Batch]] = {}
        for name, rate in (("answer_loss_nats", 0.0), ("renamed_loss_nats", 1.0)):
            texts = [(own if rate else still).scramble(p, rate, 0.0) for p in chosen]
            examples = [
                encode_example(tokenizer, build_input_prompt(recipes[n], plain, target, random.Random(n)), target)
                for n, (target, plain) in enumerate(texts)
            ]
            self._sets[name] = cut_batches([e for e in examples if len(e[0]) <= LONGEST], 8192)
        self._chapters = chapters
        self._tokenizer = tokenizer

    def measure(self, model: Qwen2) -> dict[str, float]:
        """Return the losses and the bits per byte by name."""
        out = {name: round(measure_answer_loss(model, batches), 4) for name, batches in self._sets.items()}
        return {**out, "bits_per_byte": round(bits_per_byte(model, self._tokenizer, self._chapters, 512, 60_000), 4)}


# ---------------------------------------------------------------- training


class Denoising:
    """One run: model, optimizers, data and how far it has come.

    Args:
        a: The command's arguments.
    """

    def __init__(self, a: argparse.Namespace) -> None:
        self._a = a
        self._model, self._config = load_model(a.base)
        self._tokenizer = Tokenizer.from_file(str(a.base / "tokenizer.json"))
        self._optimizers = build_optimizers(self._model, a.muon, a.adam)
        self._groups = [group for optimizer in self._optimizers for group in optimizer.param_groups]
        self._peaks = [group["lr"] for group in self._groups]
        self.progress = Progress()
        self._kept = a.to / "checkpoint.pt"
        if a.resume:
            self._resume()
        seed = a.seed + self.progress.step
        rng = random.Random(seed)
        pairs = read_pairs(a.pairs)
        train = [p for p in pairs if p.author not in (a.held_out, a.check)]
        self._pairs = PairBatches(train, self._tokenizer, a.pair_tokens, rng)
        self._rng = np.random.default_rng(seed)
        text, _ = read_books(a.novels, a.held_out, a.check)
        _, check = read_books(a.novels, a.check, a.held_out)
        self._text = encode(self._tokenizer, text)
        checked = [p for p in pairs if p.author == a.check]
        self._checks = Checks(checked, check, draw_recipes(random.Random(9)), self._tokenizer)
        print(
            f"{len(train):,} pairs, {sum(bool(p.names) for p in train):,} with names; {len(self._text):,} tokens",
            flush=True,
        )

    def run(self) -> None:
        """Train until the minutes or the tokens are spent; the best weights are in the folder then."""
        a, p = self._a, self.progress
        if not p.step:
            self._check(time.monotonic())
        begin = time.monotonic() - p.seconds
        batches = iter(self._pairs)
        while (done := self._measure_done()) < 1:
            self._set_rates(done)
            self._pairs.repeat = a.repeat * max(0.0, 1 - done / 0.3)
            answers, plain, looked = self._step(next(batches), a.guide * max(0.0, 1 - done / 0.6))
            p.step += 1
            p.seconds = time.monotonic() - begin
            if p.step % 20 == 0:
                losses = f"answers {answers:.3f}, text {plain:.3f}, heads {looked:.3f} nats"
                print(f"step {p.step} {done:6.1%} {losses}, {p.tokens / p.seconds:,.0f} tokens/s", flush=True)
            if p.step % EVERY == 0 or self._measure_done() >= 1:
                begin = self._check(begin)
        self._write_card()
        self._kept.unlink(missing_ok=True)

    def _measure_done(self) -> float:
        minutes = self.progress.seconds / 60 / self._a.minutes
        return max(minutes, self.progress.tokens / self._a.tokens if self._a.tokens else 0.0)

    def _set_rates(self, done: float) -> None:
        decay = min(1.0, (self.progress.step + 1) / 40) * min(1.0, (1 - done) / 0.65)
        for peak, group in zip(self._peaks, self._groups, strict=True):
            group["lr"] = peak * decay

    def _step(self, pairs: Batch, guide: float) -> tuple[float, float, float]:
        """Make one update; return the losses of answers, of plain text and of the guided heads.

        Args:
            guide: Weight of the guided heads' loss.
        """
        a = self._a
        text = draw_windows(self._text, a.text_tokens, self._rng)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            answers, looked = compute_guided_loss(self._model, pairs)
        ((1 - a.plain) * answers + guide * looked).backward()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
            plain = compute_answer_loss(self._model, text)
        (a.plain * plain).backward()
        self.progress.tokens += pairs[0].size + text[0].size
        self.progress.answer_tokens += int((pairs[1] != UNCOUNTED).sum())
        for optimizer in self._optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return answers.item(), plain.item(), looked.item()

    def _check(self, begin: float) -> float:
        """Measure, keep the weights if they are the best so far, and leave a checkpoint; return `begin` less this time."""
        paused, p = time.monotonic(), self.progress
        found = self._checks.measure(self._model)
        p.history.append({"step": p.step, "tokens": p.tokens, **found})
        print(json.dumps(p.history[-1]), flush=True)
        score = found["renamed_loss_nats"] + found["bits_per_byte"]
        if score < p.best:
            p.best = score
            save(self._a.to, self._model, self._config)
        state = {
            "model": self._model.state_dict(),
            "optimizers": [o.state_dict() for o in self._optimizers],
            "progress": asdict(p),
        }
        aside = self._kept.with_suffix(".new")
        torch.save(state, aside)
        aside.replace(self._kept)
        return begin + time.monotonic() - paused

    def _resume(self) -> None:
        state = torch.load(self._kept, weights_only=True)
        self._model.load_state_dict(state["model"])
        for optimizer, own in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(own)
        self.progress = Progress(**state["progress"])

    def _write_card(self) -> None:
        a = self._a
        p = asdict(self.progress)
        p.pop("best")
        left = ("base", "pairs", "novels", "to", "resume")
        words = {"arguments": {k: v for k, v in vars(a).items() if k not in left}, **p}
        first = json.loads((a.base / "training.json").read_text())
        legs = [*first.get("denoising", []), words]  # a run may go on from what another made
        both = {"pretraining": first.get("pretraining", first), "denoising": legs}
        (a.to / "training.json").write_text(json.dumps(both, indent=1) + "\n")
        self._tokenizer.save(str(a.to / "tokenizer.json"))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--pairs", type=Path, required=True)
    p.add_argument("--novels", type=Path, required=True)
    p.add_argument("--to", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=35.0, help="of training; the learning rate decays to 0 at its end")
    p.add_argument(
        "--tokens", type=int, default=0, help="tokens after which the run ends before that; 0 for no such limit"
    )
    p.add_argument("--held-out", default="stevenson", help="author kept out of both stages")
    p.add_argument(
        "--check", default="gissing", help="author kept out of this stage, by whom the best weights are chosen"
    )
    p.add_argument("--muon", type=float, default=0.008, help="peak learning rate of the matrices")
    p.add_argument("--adam", type=float, default=8e-4, help="peak learning rate of the rest")
    p.add_argument("--plain", type=float, default=0.35, help="weight of the plain text's loss")
    p.add_argument("--guide", type=float, default=0.3, help="weight of the guided heads' loss at the start")
    p.add_argument("--repeat", type=float, default=0.5, help="share of answers that repeat the input, at the start")
    p.add_argument("--pair-tokens", type=int, default=3072, help="tokens of pairs in an update, with padding")
    p.add_argument("--text-tokens", type=int, default=1024, help="tokens of plain text in an update")
    p.add_argument("--bf16", action="store_true", help="bfloat16 matrix products (faster where the CPU has them)")
    p.add_argument("--resume", action="store_true", help="go on from the checkpoint in the folder")
    p.add_argument("--seed", type=int, default=42)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    a.to.mkdir(parents=True, exist_ok=True)
    Denoising(a).run()


if __name__ == "__main__":
    main()
