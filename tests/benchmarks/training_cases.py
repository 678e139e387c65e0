"""What the training benchmark trains on: models, real persona prompts, and both sides' one update.

Next: training.
"""

from __future__ import annotations

import contextlib
import io
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
import numpy as np
from mlx.utils import tree_flatten, tree_map
from mlx_lm.tuner import trainer
from mlx_lm.tuner.utils import linear_to_lora_layers

from stylelab.adapters import lora
from stylelab.adapters.parameters import LoraParameters
from stylelab.basemodels.load import Base, evaluate_scalar, load
from stylelab.batches.tokenise import Example, tokenise
from stylelab.files import read_jsonl
from stylelab.jobs.catalogue.corpus import CorpusRequest
from stylelab.jobs.catalogue.pairs import PairsRequest
from stylelab.jobs.core.context import Context
from stylelab.jobs.run import corpus, pairs
from stylelab.paths import locate_bundled
from stylelab.project.project import create
from stylelab.training.gradient_accumulation import GradientEngine, GradientSums
from stylelab.training.memory_plan import MemoryPlan
from stylelab.training.optimizer import apply_gradients, compute_learning_rate, compute_norm
from stylelab.training.plan import KEYS, Plan
from stylelab.training.validation import validate

SHORTEST, LONGEST = 150, 900  # tokens of a pair (the method's workload)
PROMPT = (0.35, 0.50)  # share of a pair that is prompt
TAIL = 8  # tokens of a prompt's end that stay: the separator
LORA = {"rank": 64, "scale": 2.0, "dropout": 0.1, "keys": list(KEYS)}
QWEN_VOCABULARY = 151_936
# Qwen2.5-0.5B's config.json; its weights are drawn at random, which costs the same time and memory.
QWEN_HALF_B = {
    "vocab_size": QWEN_VOCABULARY, "hidden_size": 896, "intermediate_size": 4864, "num_attention_heads": 14,
    "num_key_value_heads": 2, "num_hidden_layers": 24, "tie_word_embeddings": True, "rope_theta": 1_000_000.0,
}  # fmt: skip
SMALL_QWEN = {
    "vocab_size": QWEN_VOCABULARY, "hidden_size": 128, "intermediate_size": 384, "num_attention_heads": 2,
    "num_key_value_heads": 1, "num_hidden_layers": 4,
}  # fmt: skip


def workload(folder: Path) -> list[tuple[str, str, str]]:
    """Return (id, prompt, completion) of real pairs: the bundled samples through this project's own stages."""
    rows: list[tuple[str, str, str]] = []
    for name in ("tidewright", "plain_workshop"):
        project = folder / name
        if not (project / "dataset").is_dir():
            persona = (locate_bundled("personas") / f"{name}.yaml").read_text()
            create(project, "Nobody", persona, Plan.parse({"max_seq_length": LONGEST}, "the benchmark").dump_yaml())
            corpus.run(
                Context(lambda message: None),
                CorpusRequest(project=project, paths=(locate_bundled("resources") / "samples" / name,)),
            )
            pairs.run(Context(lambda message: None), PairsRequest(project=project))
        for split in ("train", "valid", "test"):
            rows += [
                (f"{name}-{r['id']}", r["prompt"], r["completion"])
                for r in read_jsonl(project / "dataset" / f"{split}.jsonl")
            ]
    return rows


def examples(base: Base, rows: Sequence[tuple[str, str, str]], vocabulary: int, seed: int = 0) -> list[Example]:
    """Return the real pairs at the method's lengths: 150-900 tokens, of which 35-50% are prompt.

    A prompt keeps its frame, its lines and its separator; its input is cut short or goes on with the next pair's, as the
    length drawn asks, and so does the response. Ids are spread over a larger vocabulary.
    """
    spread = max(1, vocabulary // int(base.files.config["vocab_size"]))
    real = tokenise(rows, base, 10**6).examples
    rng = np.random.default_rng(seed)
    out: list[Example] = []
    for index, e in enumerate(real):
        length, share = int(rng.integers(SHORTEST, LONGEST + 1)), rng.uniform(*PROMPT)
        others = [real[(index + step) % len(real)] for step in range(4)]
        prompt, response = round(length * share), length - round(length * share)
        head = np.concatenate([e.tokens[: e.prompt_length - TAIL], *(o.tokens[40 : o.prompt_length] for o in others)])
        text = np.concatenate([o.tokens[o.prompt_length : -1] for o in others])
        pieces = (head[: prompt - TAIL], e.tokens[e.prompt_length - TAIL : e.prompt_length], text[: response - 1], [0])
        out.append(Example(e.id, (np.concatenate(pieces) * spread).astype(np.int32), prompt))
    return out


def make_base(folder: Path, vocabulary: int | None, bits: int | None) -> Base:
    """Return the bundled base, or one of random weights with a vocabulary of the given size; in 4 bits if asked."""
    where = locate_bundled("models") / "stylelab-base"
    if vocabulary is not None:
        where = random_model(folder / f"vocabulary-{vocabulary}", where, {**SMALL_QWEN, "vocab_size": vocabulary})
    base = load(where)
    if bits is not None:
        nn.quantize(base.model, group_size=64, bits=bits)
        base.model.freeze()
        config = {**base.files.config, "quantization": {"bits": bits, "group_size": 64}}
        base = Base(base.model, base.encoding, replace(base.files, config=config), config)
    mx.eval(base.model.parameters())
    return base


def make_half_b(folder: Path) -> Base:
    """Return a base of Qwen2.5-0.5B's exact shape in bfloat16, with random weights and the bundled base's tokenizer."""
    where = random_model(folder / "qwen2.5-0.5b", locate_bundled("models") / "stylelab-base", QWEN_HALF_B)
    base = load(where, as_stored=True)
    base.model.set_dtype(mx.bfloat16)
    mx.eval(base.model.parameters())
    return replace(base, config={**base.config, "torch_dtype": "bfloat16"})


def random_model(folder: Path, like: Path, changes: dict[str, Any]) -> Path:
    """Write a Qwen2 of random weights: another model's config and tokenizer, but for what changes."""
    if (folder / "model.safetensors").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    config = {**json.loads((like / "config.json").read_text()), **changes}
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((like / name).read_bytes())
    (folder / "config.json").write_text(json.dumps(config))
    from mlx_lm.models import qwen2

    model = qwen2.Model(qwen2.ModelArgs.from_dict(config))
    mx.random.seed(0)
    flat: list[tuple[str, mx.array]] = arrays(model.parameters())
    scaled = {k: v if v.ndim == 1 else mx.random.normal(v.shape) * 0.05 for k, v in flat}
    mx.save_safetensors(str(folder / "model.safetensors"), scaled, metadata={"format": "mlx"})
    return folder


def take_step(
    engine: GradientEngine, optimizer: optim.Optimizer, plan: Plan, chosen: Sequence[Example], update: int
) -> tuple[GradientSums, float]:
    """Train on some examples as the loop does; return what they add up to, and the gradient's length."""
    sums = engine.accumulate(chosen, update)
    mean: Any = tree_map(lambda g: g / sums.targets, sums.gradients)
    norm = compute_norm(mean)
    apply_gradients(engine.base.model, optimizer, mean, compute_learning_rate(plan, update), norm, plan.max_grad_norm)
    return sums, norm


def measure_mean_loss(engine: GradientEngine, held: Sequence[Example]) -> float:
    """Return the validation loss, nats a token, to four digits."""
    return round(validate(engine, held).loss_nats, 4)


def arrays(tree: Any) -> list[tuple[str, mx.array]]:
    """Return the named arrays of a tree."""
    return [(str(k), v) for k, v in tree_flatten(tree) if isinstance(v, mx.array)]


@dataclass
class Turn:
    """What one side measured: seconds on the clock and of the processor, and bytes beyond the weights at the peak."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


class Side:
    """A side of the comparison: its own model, adapter and optimizer."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.weight_bytes = sum(v.nbytes for _, v in arrays(base.model.parameters()))
        self.optimizer = optim.Adam(learning_rate=1e-5)

    @property
    def state_bytes(self) -> int:
        """Adapter and optimizer state."""
        trees = [self.base.model.trainable_parameters(), self.optimizer.state]
        return sum(v.nbytes for t in trees for _, v in arrays(t))

    def measure_turn(self, work: Callable[[], Any]) -> Turn:
        before = mx.get_active_memory()
        mx.reset_peak_memory()
        began, computed = time.perf_counter(), time.process_time()
        work()
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - computed
        return Turn(seconds, cpu_seconds, mx.get_peak_memory() - before + self.state_bytes)

    def update(self, chosen: Sequence[Example]) -> Turn:
        raise NotImplementedError

    def validate(self, chosen: Sequence[Example]) -> tuple[Turn, float]:
        raise NotImplementedError


def compute_exact_loss(model: nn.Module, batch: mx.array, lengths: mx.array) -> tuple[mx.array, mx.array]:
    """Return what stock's loss does, with the cross-entropy in float64."""
    steps = mx.arange(1, batch.shape[1])
    mask = (steps >= lengths[:, 0:1]) & (steps <= lengths[:, 1:])
    with mx.stream(mx.cpu):
        logits, targets = model(batch[:, :-1]).astype(mx.float64), batch[:, 1:]
        own = mx.take_along_axis(logits, targets[..., None], axis=-1)[..., 0]
        losses = mx.where(mask, mx.logsumexp(logits, axis=-1) - own, 0)
        return losses.sum() / mask.sum(), mask.sum()


class Stock(Side):
    """mlx_lm.lora: its layers, its loss, its batches of one, its checkpointing, its step."""

    def __init__(self, base: Base, dropout: float = 0.1, *, checkpoint: bool = True) -> None:
        super().__init__(base)
        self.checkpoint = checkpoint
        base.model.freeze()
        linear_to_lora_layers(base.model, len(base.blocks), {**LORA, "dropout": dropout})
        mx.eval(base.model.parameters())
        self.padded = self.real = 0

    def _feed(self, chosen: Sequence[Example]) -> Callable[..., Any]:
        """Return stock's own iterator over these examples, in this order, and count what it pads."""

        def batches(dataset: Any, batch_size: int, max_seq_length: int, **options: Any) -> Any:
            for e in chosen:
                own = [(e.tokens.tolist(), e.prompt_length)]
                batch, lengths = next(iter(trainer.iterate_batches(own, batch_size, max_seq_length)))
                self.padded += batch.shape[1] - 1
                self.real += len(e.tokens) - 1
                yield batch, lengths - mx.array([[0, 1]])  # stock learns one padding token: the same mask on both sides

        return batches

    def update(self, chosen: Sequence[Example]) -> Turn:
        kind: Any = type(self.base.blocks[0])
        plain = kind.__call__
        arguments = trainer.TrainingArgs(
            batch_size=1, iters=len(chosen), steps_per_report=10**6, steps_per_save=10**6, max_seq_length=4096,
            grad_checkpoint=self.checkpoint, grad_accumulation_steps=len(chosen), adapter_file="/dev/null",
        )  # fmt: skip
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                return self.measure_turn(lambda: self._train(arguments, chosen))
        finally:
            kind.__call__ = plain  # stock wraps the class anew in every run

    def _train(self, arguments: Any, chosen: Sequence[Example]) -> None:
        trainer.train(self.base.model, self.optimizer, [0], None, arguments, iterate_batches=self._feed(chosen))

    def gradients(self, chosen: Sequence[Example], *, exact: bool) -> tuple[float, Any]:
        """Return loss and gradients summed over target tokens: by stock's own loss, or by the same one in float64.

        MLX's sum of exponentials over a large vocabulary loses the tail in float32 on a CPU.
        """
        total, summed = 0.0, None
        self.base.model.train()
        for batch, lengths in self._feed(chosen)(None, 1, 4096):
            (loss, count), own = nn.value_and_grad(
                self.base.model, compute_exact_loss if exact else trainer.default_loss
            )(self.base.model, batch, lengths)
            own = tree_map(lambda g, count=count: g * count, own)
            summed = own if summed is None else tree_map(mx.add, summed, own)
            mx.eval(loss, summed)
            total += evaluate_scalar(loss) * evaluate_scalar(count)
        return total, summed

    def validate(self, chosen: Sequence[Example]) -> tuple[Turn, float]:
        found: list[float] = []

        def work() -> None:
            loss = trainer.evaluate(
                self.base.model, [0], 1, len(chosen), max_seq_length=4096, iterate_batches=self._feed(chosen)
            )
            found.append(float(loss))  # pyright: ignore[reportArgumentType]

        return self.measure_turn(work), found[0]


class Ours(Side):
    """StyleLab's engine."""

    def __init__(self, base: Base, fit: MemoryPlan, dropout: float = 0.1) -> None:
        super().__init__(base)
        lora.attach(base.model, LoraParameters(64, 2.0, dropout, KEYS, -1), 1)
        self.engine = GradientEngine(base, fit, 42)
        self.optimizer.init(base.model.trainable_parameters())
        mx.eval(base.model.parameters(), self.optimizer.state)
        self.computed = self.real = self.count = 0

    def update(self, chosen: Sequence[Example]) -> Turn:
        return self.measure_turn(lambda: self._train(chosen))

    def _train(self, chosen: Sequence[Example]) -> None:
        sums = self.engine.accumulate(chosen, self.count)
        mean: Any = tree_map(lambda g: g / sums.targets, sums.gradients)
        self.optimizer.update(self.base.model, mean)
        mx.eval(self.base.model.trainable_parameters(), self.optimizer.state)
        self.count += 1
        self.computed += sums.tokens
        self.real += sums.real_tokens

    def validate(self, chosen: Sequence[Example]) -> tuple[Turn, float]:
        found: list[float] = []
        turn = self.measure_turn(lambda: found.append(float(np.sum(self.engine.measure_losses(chosen)))))
        return turn, found[0] / sum(e.targets for e in chosen)
