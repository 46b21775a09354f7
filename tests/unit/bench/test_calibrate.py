"""The fit of the calibration, on candidates whose right weights are known."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.calibrate import (
    ARCHIVE_WEIGHT,
    FOLDS,
    STRAY_WEIGHT,
    Asked,
    _Example,
    _held_out_answers,
    first_answers,
    fit,
    write_entries,
)
from bench.scoring import Question
from index.errors import ModelError
from index.library import Library
from index.settings import Settings
from qa.answers import Candidate
from qa.candidates import FEATURES
from qa.confidence import CALIBRATION_FILE, Calibration
from qa.engine import Engine
from qa.records import AnswerKind, Hit, Query
from tests.unit.index.library_fakes import WordEmbedder
from tests.unit.qa.conftest import make_article

RIGHT, WRONG = make_article("seventeen miles", id="right"), make_article("the harbor museum", id="wrong")

QUESTION = Question("q", "How long is the fence?", "fact", None, (), ())


class _Finder(Engine):
    """An engine that finds for each question the candidates it was given."""

    def __init__(self, folder: Path, found: dict[str, list[Candidate]]) -> None:
        settings = Settings(library=folder / "library", embedder="fake")
        super().__init__(Library.open(Path(settings.library), WordEmbedder(), settings, create=True), settings)
        self._found = found

    def find(self, query: Query, timings: dict[str, float] | None = None) -> tuple[list[Hit], list[Candidate], Query]:
        """Return no passages, the candidates of the question, and the query."""
        del timings
        return [], self._found[query.question], query


def _candidate(right: bool, kind: AnswerKind, **features: float) -> Candidate:
    article = RIGHT if right else WRONG
    return Candidate(article, 0, len(article.text), kind, dict.fromkeys(FEATURES[kind], 0.0) | features)


def _world(count: int = 120) -> tuple[list[Question], dict[str, list[Candidate]]]:
    """Make questions with four candidates each; every third has no answer.

    The margin tells right from wrong (means 2 and -2, deviation 1.5), the length does not. Candidates are of both
    kinds.
    """
    random = np.random.default_rng(7)
    questions, found = [], {}
    for number in range(count):
        text = f"How long is fence {number}?"
        answers = () if number % 3 == 0 else (RIGHT.text,)
        questions.append(Question(str(number), text, "fact", None, answers, ()))
        place = int(random.integers(4))
        found[text] = [
            _candidate(
                right := bool(answers) and position == place,
                AnswerKind.STATEMENT if position % 2 else AnswerKind.SPAN,
                margin=float(random.normal(2 if right else -2, 1.5)),
                words=float(random.normal()),
            )
            for position in range(4)
        ]
    return questions, found


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Calibration, str]:
    """A calibration that was fitted, written and loaded, and the report on it."""
    folder = tmp_path_factory.mktemp("reader")
    questions, found = _world()
    report = fit([Asked(_Finder(folder, found), questions)], folder / CALIBRATION_FILE)
    return Calibration.load(folder), report


def test_the_written_file_loads_and_weighs_the_features_the_candidates_have(fitted: tuple[Calibration, str]) -> None:
    calibration, _ = fitted
    for kind, model in calibration.models.items():
        assert tuple(model.weights) == FEATURES[kind]


@pytest.mark.parametrize("kind", AnswerKind)
def test_the_feature_that_tells_right_from_wrong_weighs_most(fitted: tuple[Calibration, str], kind: AnswerKind) -> None:
    weights = fitted[0].models[kind].weights
    assert weights["margin"] > 0.3
    assert abs(weights["words"]) < weights["margin"] / 3
    # A feature that is the same for all candidates tells nothing.
    assert weights["coverage"] == 0.0


@pytest.mark.parametrize("kind", AnswerKind)
def test_no_answer_wins_where_all_candidates_look_wrong(fitted: tuple[Calibration, str], kind: AnswerKind) -> None:
    calibration, _ = fitted
    assert calibration.probability(_candidate(False, kind, margin=-2.0)) < 0.2
    assert calibration.probability(_candidate(True, kind, margin=4.0)) > 0.8


def test_probabilities_of_first_answers_are_honest_on_questions_that_were_not_seen(
    fitted: tuple[Calibration, str],
) -> None:
    _, report = fitted
    error = re.search(r"expected calibration error of first answers: (\d\.\d{3})", report)
    assert error is not None
    assert float(error[1]) < 0.15


def test_the_report_has_fewer_answers_and_more_abstentions_the_higher_the_threshold(
    fitted: tuple[Calibration, str],
) -> None:
    _, report = fitted
    assert report.startswith("120 questions; by cross-validation:\n")
    rows = [
        [float(figure.rstrip("%")) for figure in line.split(": ")[1].split(", ")]
        for line in report.splitlines()
        if re.match(r"0\.\d\d: ", line)
    ]
    answered, right, abstained = zip(*rows, strict=True)
    assert len(rows) == 9
    assert list(answered) == sorted(answered, reverse=True)
    assert list(abstained) == sorted(abstained)
    assert all(r <= a for r, a in zip(right, answered, strict=True))
    assert right[0] > 80.0
    assert abstained[-1] > 80.0


def test_questions_without_candidates_count_as_abstained(tmp_path: Path) -> None:
    questions, found = _world(30)
    engine = _Finder(tmp_path, found)
    before = _shares(fit([Asked(engine, questions)], tmp_path / CALIBRATION_FILE))
    # Nothing is found for one question with an answer and for one without.
    questions += [Question("x", "x", "fact", None, (RIGHT.text,), ()), Question("y", "y", "fact", None, (), ())]
    found |= {"x": [], "y": []}
    report = fit([Asked(engine, questions)], tmp_path / CALIBRATION_FILE)
    assert report.startswith("32 questions")
    answered, _, abstained = _shares(report)
    # Of 20 with an answer and 10 without; the weights, and so the others, stay.
    assert answered == pytest.approx(before[0] * 20 / 21, abs=0.1)
    assert abstained == pytest.approx((before[2] * 10 + 100) / 11, abs=0.1)


def _shares(report: str) -> list[float]:
    """Return the percentages answered, right and abstained where 0.5 is the least probability."""
    (line,) = (line for line in report.splitlines() if line.startswith("0.50: "))
    return [float(share.rstrip("%")) for share in line.removeprefix("0.50: ").split(", ")]


def test_first_answers_are_by_question_and_of_probability_0_where_nothing_was_found(tmp_path: Path) -> None:
    questions, found = _world()
    found[questions[1].question] = []
    answers = first_answers([Asked(_Finder(tmp_path, found), questions)])
    assert [answer.question for answer in answers] == questions
    assert (answers[1].probability, answers[1].right) == (0.0, False)
    assert not any(answer.right for answer in answers if not answer.question.answers)
    likely = [answer.right for answer in answers if answer.probability > 0.8]
    assert len(likely) > 30
    assert np.mean(likely) > 0.8


def test_the_scaling_of_a_question_comes_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[float]] = []

    def platt(first: Sequence[tuple[float, bool]]) -> tuple[float, float]:
        given.append([score for score, _ in first])
        return 1.0, float(len(given))

    monkeypatch.setattr("bench.calibrate._platt", platt)
    examples = [_Example(QUESTION, np.array([[1.0]]), np.array([True]))] * (FOLDS + 1)
    answers = _held_out_answers(examples, [np.array([float(number)]) for number in range(FOLDS + 1)])
    # The first and the eleventh are of one fold.
    assert given[0] == [float(number) for number in range(1, FOLDS)]
    assert given[1] == [0.0, *[float(number) for number in range(2, FOLDS + 1)]]
    assert answers[0].probability == pytest.approx(1 / (1 + math.exp(-1)))
    assert answers[1].probability == pytest.approx(1 / (1 + math.exp(-3)))


def test_the_entry_of_the_reader_alone_survives_a_fit(tmp_path: Path) -> None:
    questions, found = _world(30)
    output = tmp_path / CALIBRATION_FILE
    reader = {"bias": -1.0, "weights": {"margin": 0.5}}
    old = {"bias": 99.0, "weights": {}}
    output.write_text(json.dumps({"span": old, "statement": old, "reader": reader}), "utf-8")
    fit([Asked(_Finder(tmp_path, found), questions)], output)
    written = json.loads(output.read_text("utf-8"))
    assert written["reader"] == reader
    assert written["span"]["bias"] != 99.0 != written["statement"]["bias"]


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_a_damaged_file_is_told_and_kept(text: str, tmp_path: Path) -> None:
    output = tmp_path / CALIBRATION_FILE
    output.write_text(text, "utf-8")
    with pytest.raises(ModelError, match="is damaged"):
        write_entries({"reader": {}}, output)
    assert output.read_text("utf-8") == text


def _fit(folder: Path, per_unit: float = 1.0) -> Calibration:
    """Fit on a world whose margins are measured in another unit."""
    questions, found = _world(60)
    for candidate in (candidate for some in found.values() for candidate in some):
        candidate.features["margin"] *= per_unit
    fit([Asked(_Finder(folder, found), questions)], folder / CALIBRATION_FILE)
    return Calibration.load(folder)


def test_the_unit_of_a_feature_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = _fit(tmp_path), _fit(tmp_path / "other", per_unit=0.1)
    for kind in AnswerKind:
        assert other.models[kind].weights["margin"] == pytest.approx(10 * one.models[kind].weights["margin"], rel=1e-2)
        assert other.models[kind].bias == pytest.approx(one.models[kind].bias, abs=1e-2)


def test_platt_scaling_stretches_all_scores_and_shifts_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scaled").mkdir()
    monkeypatch.setattr("bench.calibrate._platt", lambda _: (1.0, 0.0))
    plain = _fit(tmp_path)
    monkeypatch.setattr("bench.calibrate._platt", lambda _: (3.0, 0.5))
    scaled = _fit(tmp_path / "scaled")
    for kind in AnswerKind:
        for name, weight in plain.models[kind].weights.items():
            assert scaled.models[kind].weights[name] == pytest.approx(3 * weight, abs=1e-3)
        assert scaled.models[kind].bias == pytest.approx(3 * plain.models[kind].bias + 0.5, abs=1e-3)


def test_an_archive_teaches_what_the_news_questions_cannot(tmp_path: Path) -> None:
    for name in ("news", "archive"):
        (tmp_path / name).mkdir()
    questions, found = _world(60)
    for some in found.values():
        for candidate in some:
            candidate.features["coverage"] = 1.0
    here, there = _world(240)  # they count a tenth
    asked = [replace(question, question=f"Elsewhere: {question.question}") for question in here]
    supported = {f"Elsewhere: {question}": some for question, some in there.items()}
    for some in supported.values():  # only there is the right answer found in several articles
        for candidate in some:
            candidate.features["coverage"] = 1.0
            if candidate.kind is AnswerKind.SPAN:
                candidate.features["support"] = 1.0 if candidate.article is RIGHT else 0.2
    # Asked of the news they are strays: what looks like an answer lacks the words of the question.
    strays = {question: [_candidate(False, AnswerKind.SPAN, margin=2.0, coverage=0.1)] for question in supported}
    news = Asked(_Finder(tmp_path / "news", found | strays), questions)
    archive = Asked(_Finder(tmp_path / "archive", supported), asked)
    output = tmp_path / CALIBRATION_FILE
    report = fit([news], output, archive)
    weights = Calibration.load(tmp_path).models[AnswerKind.SPAN].weights
    assert weights["support"] > 0
    assert weights["coverage"] > 0.1
    assert report.startswith("60 questions")
    assert re.search(r"240 questions to the archive: \d+\.\d% right first\n", report)
    strayed = re.search(r"asked of the news, least probability: answered\n0\.30: (\d+\.\d)%", report)
    assert strayed is not None
    assert float(strayed[1]) < 50
    assert [answer.question for answer in first_answers([news], archive)] == questions
    assert 0 < STRAY_WEIGHT <= ARCHIVE_WEIGHT < 1
