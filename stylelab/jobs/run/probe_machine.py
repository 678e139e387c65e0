"""The probe_machine job: how fast this machine multiplies, so that times can be told before anything ran.

In: nothing. Out: multiplications per second, which are remembered.
"""

from __future__ import annotations

from stylelab.basemodels.measurements import save_machine_measurement
from stylelab.jobs.catalogue.basemodels import ProbeMachineRequest, ProbeMachineResult
from stylelab.jobs.core.context import Context
from stylelab.kernels.speed import measure_multiplications


def run(context: Context, request: ProbeMachineRequest) -> ProbeMachineResult:
    """Measure for half a second, and remember it."""
    measured = measure_multiplications()
    save_machine_measurement(measured)
    return ProbeMachineResult(multiplications_per_second=measured)
