"""What was measured of base models on this machine, kept by the hash of their weights; and how fast the machine multiplies.

In: measurements. Out: the same, later. Next: the check job, the list of models, the window. Light. Kept in the user's cache
folder, since speeds are this machine's; a damaged or missing file means that nothing is known.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationError

from stylelab.basemodels.identity import ModelFiles, find_known_weights_hash
from stylelab.errors import FileError
from stylelab.files import atomic_write
from stylelab.paths import locate_cache

NAME = "base-measurements.json"
MOST = 200  # bases remembered; the oldest are forgotten

logger = logging.getLogger(__name__)


class TextMeasurement(BaseModel):
    """How well a base knows a language, by the bundled text that it has never seen."""

    model_config = ConfigDict(frozen=True)

    bits_per_byte: float
    tokens_per_word: float


class SpeedMeasurement(BaseModel):
    """How fast a base works on this machine.

    Args:
        writing_tokens_per_second: Of text, one token after the other, the prompt left out.
        training_tokens_per_second: Of an update's own tokens.
        training_tokens: That the update had. training_seconds: That it took.
        peak_bytes: Of the update, as MLX measured it. estimated_bytes: As `memory_estimate` foresaw it.
    """

    model_config = ConfigDict(frozen=True)

    writing_tokens_per_second: float
    training_tokens_per_second: float
    training_tokens: int
    training_seconds: float
    peak_bytes: int
    estimated_bytes: int


class BaseMeasurement(BaseModel):
    """All that was measured of a base.

    Args:
        parameters: Its weights in matrices.
        texts: By a language's code.
        speed: None where it was not measured.
    """

    model_config = ConfigDict(frozen=True)

    parameters: int
    texts: Mapping[str, TextMeasurement] = {}
    speed: SpeedMeasurement | None = None


class MachineMeasurements(BaseModel):
    """The whole file.

    Args:
        multiplications_per_second: Of float matrices, by a short probe; 0 where it was not measured.
        bases: By the SHA-256 of their weights, the oldest first.
    """

    model_config = ConfigDict(frozen=True)

    multiplications_per_second: float = 0.0
    bases: Mapping[str, BaseMeasurement] = {}


def load_measurements() -> MachineMeasurements:
    """Return what was measured on this machine; nothing where the file is missing or damaged."""
    try:
        return MachineMeasurements.model_validate_json((locate_cache() / NAME).read_bytes())
    except (OSError, ValidationError):
        return MachineMeasurements()


def save_base_measurement(weights_sha256: str, measured: BaseMeasurement) -> None:
    """Keep what was measured of a base; what is known of it in other languages stays."""
    known = load_measurements()
    before = known.bases.get(weights_sha256)
    texts = {**(before.texts if before else {}), **measured.texts}
    bases = {sha: one for sha, one in known.bases.items() if sha != weights_sha256}
    bases[weights_sha256] = measured.model_copy(update={"texts": texts})
    write_measurements(known.model_copy(update={"bases": dict(list(bases.items())[-MOST:])}))


def save_machine_measurement(multiplications_per_second: float) -> None:
    """Keep how fast this machine multiplies."""
    write_measurements(
        load_measurements().model_copy(update={"multiplications_per_second": multiplications_per_second})
    )


def write_measurements(measurements: MachineMeasurements) -> None:
    """Write the file. If the folder cannot be written, the next start knows nothing."""
    try:
        atomic_write(locate_cache() / NAME, measurements.model_dump_json())
    except FileError as error:
        logger.warning("measurements of base models are not remembered: %s", error.message)


def find_measurement(files: ModelFiles, known: MachineMeasurements) -> BaseMeasurement | None:
    """Return what is known of a base without reading its weights; None where it was not checked, or has changed since."""
    sha = find_known_weights_hash(files)
    return known.bases.get(sha) if sha else None
