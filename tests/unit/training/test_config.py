"""Configuration files."""

from pathlib import Path

import pytest

import training
from training.config import Augment, Config, Recipe, Source, read_config


def test_what_a_file_leaves_out_keeps_its_default(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text('seed = 5\n[train]\nepochs = 3\n[[source]]\nfile = "a.json"\ncount = 7\n', encoding="utf-8")
    assert read_config(path) == Config(5, (Source("a.json", 7),), train=Recipe(epochs=3))


def test_every_key_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text(
        """
seed = 5
held_out = 0.25
[augment]
crop = 0.5
[train]
decay = 0.3
average = 0.99
[[source]]
file = "a.json"
repeat = 2
negatives = 3
changed = 4
""",
        encoding="utf-8",
    )
    assert read_config(path) == Config(
        5,
        (Source("a.json", repeat=2, negatives=3, changed=4),),
        held_out=0.25,
        augment=Augment(crop=0.5),
        train=Recipe(decay=0.3, average=0.99),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('seed = 5\n[[source]]\nfile = "a"\ncuont = 7\n', r"\[\[source\]\]: unknown keys \['cuont'\]"),
        ("seed = 5\n[[source]]\ncount = 7\n", r"\[\[source\]\]: .*'file'"),
        ("seed = 5\n", "needs 'seed' and"),
        ('sed = 5\n[[source]]\nfile = "a"\n', r"unknown keys \['sed'\]"),
        ("seed 5", "c.toml"),
        ("seed = 1\n[train]\ndecay = 0\n[[source]]\nfile = 'a'", "decay is 0"),
        ("seed = 1\n[train]\naverage = 1.0\n[[source]]\nfile = 'a'", "below 1"),
        ("seed = 1\nheld_out = 1\n[[source]]\nfile = 'a'", "below 1"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "c.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_config(path)


def test_no_released_reader_is_trained_on_a_test_set() -> None:
    configs = sorted(Path(training.__file__).parent.glob("*.toml"))
    assert configs
    for path in configs:
        for source in read_config(path).sources:
            assert not any(word in source.file for word in ("dev", "heldout", "oracle", "contrast")), source.file
