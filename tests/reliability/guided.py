"""Let atheris change inputs of one kind, guided by the paths that they take through the code.

It is a program of its own, as what it watches must not have been imported before:
``python -m tests.reliability.guided KIND SEED MINUTES``, or ``python -m tests.reliability fuzz --guided KIND``.
"""

import random
import sys

import atheris

with atheris.instrument_imports(include=["index"]):
    from tests.reliability.inputs import PASTED, check_input
    from tests.reliability.mutating import MAKERS, mutated

# How often an input is made up anew, or changed by what knows its format, and not by atheris.
_NEW, _CHANGED = 0.1, 0.5


def main() -> None:
    """Run until the minutes are over, or something breaks, which ends the process with the input in a file."""
    kind, seed, minutes = sys.argv[1:]
    name = kind if kind == PASTED else f"a.{kind}"

    def one(data: bytes) -> None:
        if data:
            check_input(name, data)

    def change(data: bytes, most: int, number: int) -> bytes:
        rng = random.Random(number)  # noqa: S311 - nothing secret
        how = rng.random()
        if how < _NEW or len(data) < 2:
            return MAKERS[kind](rng)[:most]
        return mutated(rng, data)[:most] if how < _CHANGED else bytes(atheris.Mutate(data, most))

    bounds = [f"-max_total_time={int(float(minutes) * 60)}", "-timeout=60", "-rss_limit_mb=1000", "-max_len=50000"]
    atheris.Setup([sys.argv[0], f"-seed={seed}", *bounds], one, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
