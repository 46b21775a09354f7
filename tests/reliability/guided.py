"""Let atheris change inputs of one kind, guided by the paths that they take through the code."""

import random
import sys

from tests.reliability.inputs import check_input
from tests.reliability.mutating import MAKERS, PASTED


def run(kind: str, seed: int, minutes: float) -> int:
    """Run until the minutes are over, or something breaks, which ends the process with the input in a file.

    Args:
        kind: What the inputs are.
        seed: Of the random numbers.
        minutes: How long.
    """
    import atheris

    name = kind if kind == PASTED else f"a.{kind}"

    def one(data: bytes) -> None:
        if data:
            check_input(name, data)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        rng = random.Random(number)  # noqa: S311 - nothing secret
        return MAKERS[kind](rng)[:most] if rng.random() < 0.1 else bytes(atheris.Mutate(data, most))

    with atheris.instrument_imports(include=["index"]):
        pass
    atheris.Setup(
        [sys.argv[0], f"-seed={seed}", f"-max_total_time={int(minutes * 60)}", "-timeout=10", "-rss_limit_mb=1000"],
        one,
        custom_mutator=mutate,
    )
    atheris.Fuzz()
    return 0
