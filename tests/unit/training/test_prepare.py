"""Drawing, varying and tokenizing training data."""

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.squad.examples import Example, Gold, read_examples
from tests.unit.training.conftest import PLACES
from training.config import Augment, Config, Recipe, Source, read_config
from training.data import load_features
from training.encode import windows
from training.prepare import crop, draw, is_held_out, misspell, prepare, vary

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


def test_questions_are_repeated_but_not_those_made_of_them(tiny_data: Path) -> None:
    source = Source("", count=10, repeat=3, negatives=2, changed=4)
    ids = Counter(example.id for example in draw(tiny_data / "questions.jsonl.xz", source, seeded(1)))
    assert sorted(ids.values()) == [1] * 6 + [3] * 10
    assert {"-".join(name.split("-")[3:]) for name, count in ids.items() if count == 1} == {"negative", "changed"}
    assert sum(name.endswith("-changed") for name in ids) == 4


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


@given(st.text("aB1 .!?\"')(\n", min_size=1, max_size=150), st.data(), st.integers(0, 999))
def test_a_cropped_context_holds_an_answer_and_all_stand_where_they_say(
    context: str, data: st.DataObject, seed: int
) -> None:
    golds = []
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(context) - 1))
        end = data.draw(st.integers(start + 1, len(context)))
        golds.append(Gold(context[start:end], start))
    asked = Example("1", "B?", context, tuple(golds))
    cropped = crop(asked, seeded(seed))
    assert cropped.context in context
    assert cropped.answers
    assert {gold.text for gold in cropped.answers} <= {gold.text for gold in golds}
    for gold in cropped.answers:
        assert cropped.context[gold.start : gold.start + len(gold.text)] == gold.text


def sentences(count: int) -> list[str]:
    return [f"Number {number} stood here." for number in range(count)]


@given(st.integers(1, 12), st.data(), st.integers(0, 999))
def test_a_crop_is_of_five_whole_sentences_at_most_or_those_of_the_answer(
    count: int, data: st.DataObject, seed: int
) -> None:
    all_sentences = sentences(count)
    context = " ".join(all_sentences)
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    answer = " ".join(all_sentences[first : last + 1])
    cropped = crop(Example("1", "What?", context, (Gold(answer, context.index(answer)),)), seeded(seed))
    kept = cropped.context.count(".")
    assert kept <= max(5, last - first + 1)
    assert cropped.context.strip() in {
        " ".join(all_sentences[begin : begin + kept]) for begin in range(count - kept + 1)
    }


@given(st.integers(1, 12), st.data(), st.integers(0, 999))
def test_a_crop_without_answer_keeps_the_sentence_nearest_to_the_question(
    count: int, data: st.DataObject, seed: int
) -> None:
    nearest = data.draw(st.integers(0, count - 1))
    context = " ".join(sentences(count))
    cropped = crop(Example("1", f"Did number {nearest} fall?", context, ()), seeded(seed))
    assert f"Number {nearest} stood here." in cropped.context
    assert cropped.context.count(".") <= 5
    assert cropped.answers == ()


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


def texts_of(folder: Path, tiny_model: Path) -> list[str]:
    """The prepared windows in words."""
    from transformers import AutoTokenizer

    features = load_features(folder / "features.npz")
    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    windows_of = zip(features.ends, features.lengths, strict=True)
    return [tokenizer.decode(features.tokens[end - length : end]) for end, length in windows_of]


def test_repeated_questions_vary_anew(tiny_model: Path, tiny_data: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    source = Source("questions.jsonl.xz", repeat=4)
    config = Config(3, (source,), augment=Augment(no_question_mark=0.5), train=Recipe(max_tokens=40, stride=4))
    prepare(config, tiny_data, AutoTokenizer.from_pretrained(tiny_model), tmp_path)
    texts = Counter(texts_of(tmp_path, tiny_model))
    questions: Counter[str] = Counter()
    for text, count in texts.items():
        questions["".join(text.replace("?", "").split())] += count
    assert sorted(questions.values()) == [4] * 36
    # All four alike happens to one question in eight.
    assert len(texts) > 36 + 20


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with ``set.jsonl``: six articles of two questions; of them "bridge" is in the first half by its hash."""
    folder = tmp_path / "articles"
    folder.mkdir()
    rows = [
        {
            "id": f"{place}-{day}",
            "title": place,
            "question": f"When did the {place} open?",
            "context": f"The {place} opened on {day}.",
            "answers": [{"text": day, "start": len(f"The {place} opened on ")}] if day == "monday" else [],
        }
        for place in PLACES
        for day in ("monday", "friday")
    ]
    (folder / "set.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder


def test_held_out_articles_are_written_apart_and_never_prepared(
    articles: Path, tiny_model: Path, tmp_path: Path
) -> None:
    from transformers import AutoTokenizer

    source = Source("set.jsonl", repeat=2, negatives=12, changed=12, titles=True)
    train = Recipe(max_tokens=40, stride=4)
    config = Config(3, (source,), held_out=0.5, augment=Augment(title_line=1.0, crop=1.0), train=train)
    tokenizer = AutoTokenizer.from_pretrained(tiny_model)
    prepare(config, articles, tokenizer, tmp_path / "half")
    texts = texts_of(tmp_path / "half", tiny_model)
    assert [sum(place in text for text in texts) > 0 for place in PLACES] == [place != "bridge" for place in PLACES]
    expected = [example for example in read_examples(articles / "set.jsonl") if example.group == "bridge"]
    assert len(expected) == 2
    assert list(read_examples(tmp_path / "half" / "held-out" / "set.jsonl")) == expected
    assert json.loads((tmp_path / "half" / "prepared.json").read_text())["held_out"] == 2

    prepare(replace(config, held_out=0.0), articles, tokenizer, tmp_path / "all")
    assert any("bridge" in text for text in texts_of(tmp_path / "all", tiny_model))
    assert not (tmp_path / "all" / "held-out").exists()
    assert json.loads((tmp_path / "all" / "prepared.json").read_text())["held_out"] == 0


def test_an_article_is_held_out_by_its_hash() -> None:
    # The sha256 of nothing begins with e3 b0: 0.889 of all hashes are lower.
    assert [is_held_out("", share) for share in (0.0, 0.88, 0.89, 1.0)] == [False, False, True, True]


@given(st.text(), st.floats(0, 1), st.floats(0, 1))
def test_a_greater_share_holds_out_the_same_articles_and_more(group: str, one: float, other: float) -> None:
    less, more = sorted([one, other])
    assert is_held_out(group, less) <= is_held_out(group, more)
    assert is_held_out(group, 1.0)
    assert not is_held_out(group, 0.0)


def test_a_question_with_an_answer_of_no_words_is_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": "0", "question": "When?", "context": "Rain.", "answers": [{"text": "", "start": -1}]},
        {"id": "1", "question": "What?", "context": "Rain.", "answers": [{"text": "Rain", "start": 0}]},
        {"id": "2", "question": "Who?", "context": "Rain.", "answers": []},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [example.id for example in draw(path, Source(""), seeded(0))] == ["1", "2"]
