"""The engine with a reader that finds what it is told to, in a library without a model."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from index.errors import LibraryError, ModelError, QuestionError
from index.library import Library
from index.records import AddStatus, Draft, Filters
from index.settings import Settings
from qa.confidence import CALIBRATION_FILE
from qa.engine import MAX_ANSWER_TOKENS, SPANS_PER_HIT, Engine
from qa.reader import Reader
from qa.records import Hit, Span, Status
from tests.unit.index.library_fakes import WordEmbedder

BRIDGE = Draft(
    "The old bridge over the river was shut on Monday after engineers found cracks in two of its beams. Repairs will "
    "cost $5 million, the county reckons, and traffic goes over the northern bridge until they are done.",
    "bridge.txt",
    title="Old bridge shut",
    publication="Harbour Times",
    published=date(2023, 10, 5),
)
FERRY = Draft(
    "The ferry runs twice an hour while the old bridge is shut. A crossing is free for people on foot, and a car pays "
    "$5 million less than nothing, as the joke goes at the landing, where the queue was long on Monday.",
    "ferry.txt",
    title="Ferry takes over",
    publication="Coast Courier",
    published=date(2023, 10, 9),
)


@dataclass
class _FakeReader:
    """Finds each of ``words`` wherever it stands, with its margin."""

    words: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, list[str], int, int]] = field(default_factory=list)
    name: str = "fake"

    def read(self, question: str, hits: Sequence[Hit], max_answer_tokens: int, spans_per_hit: int) -> list[Span]:
        self.asked.append((question, [hit.article.title for hit in hits], max_answer_tokens, spans_per_hit))
        spans = []
        for hit in hits:
            for words, margin in self.words.items():
                place = hit.text.find(words)
                if place >= 0:
                    start = hit.chunk.start + place
                    spans.append(Span(hit, start, start + len(words), margin, 0.0))
        return spans


def _settings(tmp_path: Path, least: float = 0.5) -> Settings:
    """A reader folder without calibration, so a margin of 0 is a probability of one half."""
    return Settings(
        library=tmp_path / "library", embedder="fake", reader=str(tmp_path / "reader"), chunk_tokens=64,
        chunk_overlap=8, min_probability=least,
    )  # fmt: skip


def _engine(tmp_path: Path, reader: _FakeReader | None, *drafts: Draft, least: float = 0.5) -> Engine:
    settings = _settings(tmp_path, least)
    library = Library.open(settings.library, WordEmbedder(dimension=64), settings, create=True)
    results = list(library.add(drafts))
    assert all(result.status is AddStatus.ADDED for result in results)
    return Engine(library, settings, reader)


def test_an_answer_is_a_slice_of_its_article(tmp_path: Path) -> None:
    reader = _FakeReader({"$5 million,": 0.3, "two of its beams.": 0.2})
    engine = _engine(tmp_path, reader, BRIDGE)
    reply = engine.ask("What will the repairs of the bridge cost?")
    assert (reply.status, reply.reason) == (Status.ANSWERED, "")
    assert [answer.text for answer in reply.answers] == ["$5 million", "two of its beams"]
    for answer in reply.answers:
        cited = answer.citation
        article = engine.library.article(cited.article_id)
        assert article.text[cited.start : cited.end] == answer.text
        assert article.text[cited.paragraph_start :].startswith(cited.paragraph)
    assert reply.answers[0].probability == pytest.approx(0.5744, abs=1e-4)  # 1 / (1 + e^-2)


def test_the_same_words_in_two_articles_are_one_answer_with_two_sources(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader({"$5 million": 2.0}), BRIDGE, FERRY)
    (answer,) = engine.ask("What will the repairs of the bridge cost?").answers
    assert {answer.citation.title, *(other.title for other in answer.also_in)} == {
        "Old bridge shut",
        "Ferry takes over",
    }
    assert len(answer.also_in) == 1


def test_what_the_reader_is_asked(tmp_path: Path) -> None:
    reader = _FakeReader()
    _engine(tmp_path, reader, BRIDGE).ask("And the ferry?", ["When was the bridge shut?", "  "])
    ((question, titles, tokens, count),) = reader.asked
    assert question == "When was the ferry shut?"
    assert titles == ["Old bridge shut"] * len(titles) != []
    assert (tokens, count) == (MAX_ANSWER_TOKENS, SPANS_PER_HIT)


def test_an_answer_on_the_threshold_is_given_and_one_below_is_not(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader({"on Monday": 0.0}), BRIDGE)
    assert engine.ask("When was the bridge shut?").status is Status.ANSWERED
    engine = _engine(tmp_path / "other", _FakeReader({"on Monday": -0.01}), BRIDGE)
    reply = engine.ask("When was the bridge shut?")
    assert (reply.status, reply.answers) == (Status.NO_ANSWER, ())
    assert reply.reason == "No article here answers that."


def test_further_answers_must_be_one_in_ten_likely(tmp_path: Path) -> None:
    # The first leaves 0.27 over, of which the others get 0.43 and 0.35: 0.11 is enough, 0.095 is not.
    words = {"on Monday": 1.0, "$5 million": -0.3, "two of its beams": -0.6}
    reply = _engine(tmp_path, _FakeReader(words), BRIDGE).ask("When was the bridge shut?")
    assert [answer.text for answer in reply.answers] == ["on Monday", "$5 million"]


def test_with_the_highest_threshold_nothing_is_answered_with_the_lowest_everything(tmp_path: Path) -> None:
    reader = _FakeReader({"on Monday": -9.0})
    assert _engine(tmp_path, reader, BRIDGE, least=0.0).ask("When was it shut?").status is Status.ANSWERED
    reader = _FakeReader({"on Monday": 9.0})
    assert _engine(tmp_path / "b", reader, BRIDGE, least=1.0).ask("When was it shut?").status is Status.NO_ANSWER


def test_top_limits_the_answers(tmp_path: Path) -> None:
    words = {"on Monday": 0.3, "$5 million": 0.2, "two of its beams": 0.1}
    engine = _engine(tmp_path, _FakeReader(words), BRIDGE)
    assert [a.text for a in engine.ask("When was the bridge shut?", top=1).answers] == ["on Monday"]
    assert len(engine.ask("When was the bridge shut?").answers) == 3


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    reply = _engine(tmp_path, _FakeReader()).ask("When was the bridge shut?")
    assert (reply.status, reply.answers, reply.passages) == (Status.NO_ANSWER, (), ())
    assert reply.reason == "The library is empty. Add articles first."
    assert (reply.searched.articles, reply.searched.first) == (0, None)


def test_filters_that_leave_nothing_say_so(tmp_path: Path) -> None:
    reader = _FakeReader({"on Monday": 9.0})
    engine = _engine(tmp_path, reader, BRIDGE)
    reply = engine.ask("When was the bridge shut?", filters=Filters(since=date(2024, 1, 1)))
    assert (reply.status, reply.passages) == (Status.NO_ANSWER, ())
    assert reply.reason == "No article passes the filters. Remove a filter, or add articles."
    assert reply.searched.articles == 0


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(publications=("Coast Courier",)), {"Ferry takes over"}),
        (Filters(until=date(2023, 10, 5)), {"Old bridge shut"}),
        (Filters(since=date(2023, 10, 5), until=date(2023, 10, 9)), {"Old bridge shut", "Ferry takes over"}),
    ],
)
def test_filters_say_which_articles_are_read(tmp_path: Path, filters: Filters, titles: set[str]) -> None:
    reader = _FakeReader({"on Monday": 9.0})
    reply = _engine(tmp_path, reader, BRIDGE, FERRY).ask("When was the bridge shut?", filters=filters)
    assert {passage.title for passage in reply.passages} == titles == set(reader.asked[0][1])
    assert reply.searched.articles == len(titles)
    assert reply.query.filters == filters


def test_a_reply_knows_how_many_articles_there_are_in_all(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader(), BRIDGE, FERRY)
    assert engine.ask("When was it shut?").held == 2
    filtered = engine.ask("When was it shut?", filters=Filters(until=date(2023, 10, 5)))
    assert (filtered.searched.articles, filtered.held) == (1, 2)


def test_newer_articles_rank_higher_where_that_is_wanted(tmp_path: Path) -> None:
    why = ["for painting", "after a storm", "while divers searched", "so that barges pass", "because of ice"]
    archive = [
        replace(
            BRIDGE, title=f"Town {n} bridge", text=f"The old bridge was shut {reason}.", published=date(2000 + n, 1, 1)
        )
        for n, reason in enumerate(why)
    ]
    undated = replace(BRIDGE, title="Town bridge", text="The old bridge was shut at noon.", published=None)
    engine = _engine(tmp_path, _FakeReader(), *archive, undated)
    plain, recent = (engine.ask("When was the old bridge shut?", prefer_recent=on) for on in (False, True))
    assert {passage.title for passage in plain.passages} == {passage.title for passage in recent.passages}
    assert (plain.query.prefer_recent, recent.query.prefer_recent) == (False, True)
    before = {passage.title: passage.retrieval_score for passage in plain.passages}
    factors = {passage.title: passage.retrieval_score / before[passage.title] for passage in recent.passages}
    assert factors["Town 4 bridge"] == pytest.approx(1.0)
    assert factors["Town 0 bridge"] == pytest.approx(0.8, abs=0.01)
    until = Filters(until=date(2001, 6, 1))
    assert engine.ask("When was the bridge shut?", filters=until, prefer_recent=True).passages[0].title == (
        "Town 1 bridge"
    )


def test_the_setting_counts_where_the_question_says_nothing(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader(), replace(BRIDGE, published=None))
    engine.settings = engine.settings.model_copy(update={"prefer_recent": True})
    assert engine.ask("When was it shut?").query.prefer_recent is True
    assert engine.ask("When was it shut?", prefer_recent=False).query.prefer_recent is False
    assert len(engine.ask("When was the bridge shut?").passages) > 0


def test_a_removed_article_is_not_answered_from(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader({"on Monday": 9.0}), BRIDGE)
    (summary,) = engine.library.articles()
    assert engine.ask("When was the bridge shut?").status is Status.ANSWERED
    engine.library.remove(summary.id)
    reply = engine.ask("When was the bridge shut?")
    assert (reply.status, reply.passages) == (Status.NO_ANSWER, ())


def test_passages_are_shown_with_or_without_an_answer(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader(), BRIDGE, FERRY)
    reply = engine.ask("When was the bridge shut?")
    assert {passage.title for passage in reply.passages} == {"Old bridge shut", "Ferry takes over"}
    for passage in reply.passages:
        assert engine.library.article(passage.article_id).text[passage.start : passage.end] == passage.text
    scores = [passage.retrieval_score for passage in reply.passages]
    assert scores == sorted(scores, reverse=True)


def test_the_words_of_the_one_who_was_asked_for_come_whole(tmp_path: Path) -> None:
    said = Draft(
        "Mayor Ruth Castellane said that the bridge would open again in the spring. Engineer Amos Liddell said that "
        "nobody could know, and that the beams were in a worse state than anyone had thought before Monday.",
        "said.txt",
        title="When will the bridge open?",
    )
    engine = _engine(tmp_path, _FakeReader({"in the spring": 3.0, "nobody could know": 2.0}), said)
    answer = engine.ask("What did Castellane say about the bridge?").answers[0]
    assert "the bridge would open again in the spring" in answer.text
    assert "nobody" not in answer.text
    assert answer.speaker == "Ruth Castellane"


def test_a_question_without_words_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    reader = _FakeReader()
    with pytest.raises(QuestionError):
        _engine(tmp_path, reader, BRIDGE).ask("?!")
    assert reader.asked == []


@pytest.mark.parametrize(
    "question", ['"', "AND OR NOT", "NEAR(bridge", "title:bridge*", "'; DROP TABLE articles; --", "bridge \ud83d", "桥"]
)
def test_odd_questions_are_only_words(tmp_path: Path, question: str) -> None:
    engine = _engine(tmp_path, _FakeReader(), BRIDGE)
    if question == '"':
        with pytest.raises(QuestionError):
            engine.ask(question)
    else:
        assert engine.ask(question).status is Status.NO_ANSWER
    assert engine.library.stats().articles == 1


def test_all_stages_are_timed(tmp_path: Path) -> None:
    timings = _engine(tmp_path, _FakeReader(), BRIDGE).ask("When was the bridge shut?").timings_ms
    assert {"query", "retrieve", "read", "answer", "total"} <= timings.keys()
    assert all(value >= 0 for value in timings.values())
    assert timings["total"] >= max(value for stage, value in timings.items() if stage != "total")


def test_the_calibration_belongs_to_the_reader(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader({"on Monday": 9.0}), BRIDGE)
    (tmp_path / "reader").mkdir()
    never = '{"bias": -50, "weights": {}}'
    (tmp_path / "reader" / CALIBRATION_FILE).write_text(f'{{"span": {never}, "statement": {never}}}', "utf-8")
    assert engine.ask("When was the bridge shut?").status is Status.NO_ANSWER


def test_a_damaged_calibration_is_told(tmp_path: Path) -> None:
    engine = _engine(tmp_path, _FakeReader({"on Monday": 9.0}), BRIDGE)
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / CALIBRATION_FILE).write_text("{", "utf-8")
    with pytest.raises(ModelError, match="damaged"):
        engine.ask("When was the bridge shut?")


def test_the_reader_is_loaded_once_for_two_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(name: str, _threads: int) -> _FakeReader:
        loaded.append(name)
        time.sleep(0.2)  # long enough for the other thread to come
        return _FakeReader({"on Monday": 9.0})

    monkeypatch.setattr(Reader, "load", load)
    engine = _engine(tmp_path, None, BRIDGE)
    assert loaded == []
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(engine.ask, ["When was the bridge shut?"] * 2))
    assert loaded == [str(tmp_path / "reader")]
    assert [reply.answers[0].text for reply in replies] == ["on Monday"] * 2


def test_a_reader_that_could_not_be_loaded_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[str] = []

    def load(name: str, _threads: int) -> _FakeReader:
        attempts.append(name)
        if len(attempts) == 1:
            raise ModelError("not there")
        return _FakeReader({"on Monday": 9.0})

    monkeypatch.setattr(Reader, "load", load)
    engine = _engine(tmp_path, None, BRIDGE)
    with pytest.raises(ModelError):
        engine.ask("When was the bridge shut?")
    assert engine.ask("When was the bridge shut?").status is Status.ANSWERED


def test_threads_at_once_get_what_one_gets(tmp_path: Path) -> None:
    words = {"on Monday": 3.0, "$5 million": 2.0, "twice an hour": 1.0}
    engine = _engine(tmp_path, _FakeReader(words), BRIDGE, FERRY)
    questions = ["When was the bridge shut?", "What do repairs cost?", "How often does the ferry run?"] * 6
    expected = [engine.ask(question).answers for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert [reply.answers for reply in pool.map(engine.ask, questions)] == expected


def test_open_refuses_a_missing_library_and_makes_one_if_told(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    with pytest.raises(LibraryError, match="There is no library"):
        Engine.open(settings)
    assert Engine.open(settings, create=True).library.stats().articles == 0
