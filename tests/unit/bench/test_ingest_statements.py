"""The cost of statements, with an embedder that costs next to nothing."""

from pathlib import Path

from bench.ingest_statements import measure
from index.records import Draft, Failure
from tests.unit.index.library_fakes import WordEmbedder, draft, settings


def test_every_step_is_told_and_repeats_are_left_out(tmp_path: Path) -> None:
    items: list[Draft | Failure] = [draft(1), draft(2), Failure("bad.txt", "cannot be read"), draft(1)]
    told = measure(items, WordEmbedder(), settings(), tmp_path).splitlines()
    assert told[0] == "2 articles, 6 passages, 4 statements."
    rows = [row.strip("| ").split(" | ") for row in told[4:]]
    assert [row[0] for row in rows] == [
        "passages and vectors", "finding statements", "storing statements", "both for statements",
    ]  # fmt: skip
    assert rows[0][2] == "100%"
    times = [float(row[1]) for row in rows]
    assert abs(times[1] + times[2] - times[3]) <= 0.11
