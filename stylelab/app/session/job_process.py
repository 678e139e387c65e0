"""A worker in a QProcess: the protocol's records in, signals out. The whole way between the window and the work.

In: a job and a request. Out: `told` for every message, then `ended` once, with the same Outcome the commands get.
Next: session.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from stylelab.jobs.catalogue.job import Job, JobRequest
from stylelab.jobs.core.client import PATIENCE_SECONDS, WORKER, Outcome, build_outcome
from stylelab.jobs.core.environment import environment
from stylelab.jobs.core.protocol import Cancel, Decoder, Failed, Finished, Request, SaveNow, Up, encode

NICE = 5  # the window gets a processor first when a job wants them all; more would starve a job beside other programs
LOG_BYTES = 16_000  # of what the worker said on standard error; its end is what explains a crash


class JobProcess(QObject):
    """A running job.

    Signals:
        told: One `Down` record.
        ended: The Outcome; nothing follows it.
    """

    told = Signal(object)
    ended = Signal(object)

    def __init__(
        self,
        job: Job[Any],
        request: JobRequest[Any],
        parent: QObject | None = None,
        command: Sequence[str] = WORKER,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        super().__init__(parent)
        self.log = ""
        self._result = job.result
        self._request = Request(job=job.name, arguments=request.dump(), nice=NICE)
        self._decoder = Decoder()
        self._last: Finished | Failed | None = None
        self._over = False
        self._patience = int(patience_seconds * 1000)
        self._timer = QTimer(self, singleShot=True)
        self._process = process = QProcess(self)
        settings = QProcessEnvironment()
        for name, value in environment().items():
            settings.insert(name, value)
        process.setProcessEnvironment(settings)
        if hasattr(process, "setUnixProcessParameters"):  # Ctrl-C in a terminal reaches the window alone
            process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        process.setProgram(command[0])
        process.setArguments(list(command[1:]))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_log)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)

    @property
    def pid(self) -> int:
        """Number of the worker's process; 0 when it does not run."""
        return int(self._process.processId())

    @property
    def running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start the worker and hand it its request."""
        self._process.start()
        self._send(self._request)

    def cancel(self) -> None:
        """Ask the job to save and stop; one that does not listen is ended."""
        self._send(Cancel())
        if not self._timer.isActive():
            self._timer.timeout.connect(self._terminate)
            self._timer.start(self._patience)

    def save_now(self) -> None:
        """Ask for a checkpoint."""
        self._send(SaveNow())

    def kill(self) -> None:
        """End the worker at once."""
        self._process.kill()

    def let_go(self) -> None:
        """Close the worker's input: it saves what it has and leaves, as it does when its parent dies."""
        self._process.closeWriteChannel()
        self._process.waitForFinished(self._patience)

    def _terminate(self) -> None:
        self._process.terminate()
        QTimer.singleShot(self._patience, self._process, self._process.kill)

    def _send(self, message: Up) -> None:
        if self.running:
            self._process.write(encode(message))

    def _read(self) -> None:
        for message in self._decoder.feed(bytes(self._process.readAllStandardOutput().data())):
            if isinstance(message, Finished | Failed):
                self._last = message
            if not isinstance(message, Cancel | SaveNow | Request):
                self.told.emit(message)

    def _read_log(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        self.log = (self.log + text)[-LOG_BYTES:]

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_log()
        # A process that a signal ended reports the signal's number, as Popen does with its sign turned.
        self._end(build_outcome(self._result, self._last, -code if status == QProcess.ExitStatus.CrashExit else code))

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            why = self._process.errorString()
            self._end(Outcome("crashed", code="worker_start", message=f"The worker did not start: {why}."))

    def _end(self, how: Outcome[Any]) -> None:
        if not self._over:
            self._over = True
            self._timer.stop()
            self.ended.emit(how)
