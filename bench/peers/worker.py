"""A system in a process of its own, asked by JSON lines."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.peers.environment import variables
from bench.peers.serve import Best
from index.errors import OnRecordError
from index.settings import load_settings

Pairs = Sequence[tuple[str, Sequence[str]]]  # questions, each with the passages that it is asked of
_ROOT = Path(__file__).resolve().parent.parent.parent  # where modules are found
_LINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class System:
    """What is measured, and how it is started.

    Attributes:
        name: For the tables.
        module: That serves it.
        python: The interpreter of its environment.
        options: What the module is told: role, weights, embedder and so on.
    """

    name: str
    module: str
    python: Path
    options: dict[str, Any] = field(default_factory=dict)


class Worker:
    """A running system. What its libraries print goes to a file."""

    def __init__(self, system: System, logs: Path) -> None:
        """Start it and wait until it is loaded."""
        self.system = system
        self.peak_mb = 0.0
        logs.mkdir(parents=True, exist_ok=True)
        self._log = (logs / f"{system.name.replace(' ', '-')}-{system.options.get('role', '')}.log").open("w+")
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            [str(system.python), "-m", system.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=_ROOT,
            env=variables(load_settings().threads),
            text=True,
        )
        try:
            self._do(system.options)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, pairs: Pairs) -> tuple[float, list[Best]]:
        """Answer questions; return the seconds it took, and the best answer to each."""
        answer = self._do({"pairs": [[question, list(passages)] for question, passages in pairs]})
        return answer["seconds"], [Best(*one) for one in answer["result"]]

    def index(self, articles: Sequence[dict[str, Any]]) -> tuple[float, int]:
        """Add articles; return the seconds it took, and how many passages there are now."""
        answer = self._do({"articles": list(articles)})
        return answer["seconds"], answer["result"]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._log.close()

    def _do(self, command: dict[str, Any]) -> dict[str, Any]:
        """Send one command and wait for what comes back.

        Raises:
            OnRecordError: The process ended instead.
        """
        streams = self._process.stdin, self._process.stdout
        assert streams[0] and streams[1]  # noqa: S101 - for the type checker; both are pipes
        try:
            streams[0].write(json.dumps(command) + "\n")
            streams[0].flush()
            line = streams[1].readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self._log.seek(0)
            said = " ".join(self._log.read().split("\n")[-_LINES_SHOWN:]).strip()
            raise OnRecordError(f"{self.system.name} ended before it answered; {self._log.name} says: {said}")
        answer: dict[str, Any] = json.loads(line)
        self.peak_mb = answer["peak_mb"]
        return answer
