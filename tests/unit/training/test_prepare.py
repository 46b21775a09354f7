"""Drawing, varying and tokenizing training data."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.config import Augment, Source, read_config
from training.data import load_features
from training.encode import windows
from training.examples import Example, Gold
from training.prepare import draw, misspell, prepare, vary

EXAMPLE = Example("1", "When did it open?", "It opened in 1932.", (Gold("1932", 13),), "Bridge", "bridge")


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - sampling, not secrecy


def test_draw_takes_count_different_questions_and_repeats_itself(tiny_data: Path) -> None:
    source = Source("questions.jsonl.xz", count=10)
    first, again, other = (draw(tiny_data / source.file, source, seeded(seed)) for seed in (1, 1, 2))
    assert len({example.id for example in first}) == 10
    assert first == again != other
    assert {example.title for example in first} == {""}


def test_draw_without_count_takes_all(tiny_data: Path) -> None:
    examples = draw(tiny_data / "questions.jsonl.xz", Source("", titles=True), seeded(1))
    assert [example.id for example in examples] == [f"made-up-{number}" for number in range(36)]
    assert examples[1].title == "News 1"


def test_a_negative_is_the_nearest_paragraph_of_the_article_without_the_answer(tmp_path: Path) -> None:
    asked = "When was the harbor opened?"
    rows = [
        ("0", asked, "The harbor opened on monday", [{"text": "monday", "start": 21}], "g"),
        ("1", "", "The harbor, once opened, closed on MONDAY", [], "g"),
        ("2", "", "The harbor was painted", [], "g"),
        ("3", "", "Nothing here", [], "g"),
        ("4", "", asked, [], "other"),
    ]
    keys = ("id", "question", "context", "answers", "group")
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(dict(zip(keys, row, strict=True))) for row in rows), encoding="utf-8")
    negatives = [e for e in draw(path, Source("", negatives=5), seeded(0)) if e.id.endswith("-negative")]
    assert [(e.id, e.context, e.answers) for e in negatives] == [("0-negative", "The harbor was painted", ())]


def test_a_title_line_moves_the_answer_with_the_context() -> None:
    varied = vary(EXAMPLE, Augment(title_line=1.0), seeded(0))
    assert varied.context == "Bridge\nIt opened in 1932."
    assert varied.answers == (Gold("1932", 20),)
    assert varied.question == EXAMPLE.question


def test_nothing_changes_where_shares_are_zero_or_no_title_is_known() -> None:
    assert vary(EXAMPLE, Augment(), seeded(0)) == EXAMPLE
    untitled = replace(EXAMPLE, title="")
    assert vary(untitled, Augment(title_line=1.0), seeded(0)) == untitled


def test_the_question_mark_goes() -> None:
    assert vary(EXAMPLE, Augment(no_question_mark=1.0), seeded(0)).question == "When did it open"


@given(st.integers(0, 999))
def test_misspelling_changes_one_long_word_and_keeps_its_first_letter(seed: int) -> None:
    words = misspell("Who opened it there?", seeded(seed)).split(" ")
    assert [words[0], words[2]] == ["Who", "it"]
    assert words[1][0] == "o"
    assert words[3][0] == "t"
    assert (words[1] == "opened") or (words[3] == "there?")
    assert misspell("Who is it?", seeded(seed)) == "Who is it?"


def test_windows_share_the_stride_and_find_the_answer_where_it_is_whole(tiny_model: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    context = "the harbor opened on monday . the school opened on friday ."
    cut = list(windows(tokenizer, ["when ?"], [context], max_tokens=13, stride=3))
    assert [len(window.offsets) for window in cut] == [8, 7]
    assert [context[window.offsets[0][0] : window.offsets[-1][1]] for window in cut] == [
        "the harbor opened on monday . the school",
        ". the school opened on friday .",
    ]
    assert cut[0].context_start == 4
    assert cut[0].locate(context.index("on monday"), context.index(" .")) == (7, 8)
    assert [window.locate(context.index("friday"), context.index("friday") + 6) for window in cut] == [
        (0, 0),
        (4 + 5, 9),
    ]
    assert [window.locate(context.index("school"), context.index("friday")) for window in cut] == [(0, 0), (6, 8)]


def test_prepared_labels_read_as_the_answers(
    tiny_model: Path, tiny_data: Path, tiny_config: Path, tmp_path: Path
) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    prepare(read_config(tiny_config), tiny_data, tokenizer, tmp_path / "a")
    prepare(read_config(tiny_config), tiny_data, tokenizer, tmp_path / "b")
    features = load_features(tmp_path / "a" / "features.npz")
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
    answers = []
    for end, length, (_, start, last) in zip(features.ends, features.lengths, features.labels, strict=True):
        tokens = features.tokens[end - length : end]
        answers.append(tokenizer.decode(tokens[start : last + 1]))
    assert len(answers) == 42
    assert answers.count("[CLS]") == 6 + 6
    assert set(answers) <= days | {"[CLS]"}
    again = load_features(tmp_path / "b" / "features.npz")
    assert np.array_equal(features.tokens, again.tokens)
    assert np.array_equal(features.labels, again.labels)
