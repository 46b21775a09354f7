"""The flow from a question to a reply, on one screen."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from index.open import open_library
from index.records import Filters
from index.settings import BUNDLED, Settings
from index.store import Store
from qa.answers import Candidate, assemble, temper
from qa.asked_words import asked_words
from qa.candidates import candidates
from qa.confidence import Calibration
from qa.dates import may_be_another_year
from qa.disagreement import settle
from qa.examples import example_questions
from qa.given import without_given
from qa.instead import instead
from qa.language import seems_english
from qa.pointing import parted
from qa.query import read_as, understand
from qa.reader import Reader, ReaderProtocol, reader_folder
from qa.records import Answer, AnswerKind, Disagreement, Hit, Instead, Passage, Query, Reply, Status
from qa.retrieve import Recency, order_by_reader, retrieve
from qa.said import all_said

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

# The limit of SQuAD readers; longer answers are whole sentences that somebody said, which come from statements.
MAX_ANSWER_TOKENS = 30
SPANS_PER_HIT = 3
# Of answers after the first that are this likely, one in ten is right: worth a look, no less.
FURTHER_LEAST = 0.1
# Enough to find a few questions in, few enough to read at once.
EXAMPLE_ARTICLES = 40


class Engine:
    """One library and one reader, shared by all who ask. Models are loaded at the first question."""

    def __init__(self, library: Store, settings: Settings, reader: ReaderProtocol | None = None) -> None:
        """Put an engine together; most callers use ``Engine.open``."""
        self.library = library
        self.settings = settings
        self._reader = reader
        self._loading = threading.Lock()

    @classmethod
    def open(cls, settings: Settings, create: bool = False) -> Self:
        """Open the library of the settings, making an empty one if ``create``.

        Raises:
            LibraryError: There is no library, or it is not usable with these settings.
        """
        return cls(open_library(settings.library, settings=settings, create=create), settings)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        top: int = 3,
        prefer_recent: bool | None = None,
        read_dates: bool = True,
    ) -> Reply:
        """Answer a question with exact words of articles, or say that none has the answer.

        Args:
            question: What the user asks.
            history: Earlier questions of the conversation, oldest first; a follow-up is completed from them.
            filters: Which articles may answer.
            top: How many different answers at most.
            prefer_recent: Whether newer articles rank higher; None for what the settings say.
            read_dates: Whether a time in the question ("last week") restricts the days of publication.

        Raises:
            QuestionError: There is no question, or a far too long one.
            ModelError: A model cannot be loaded.
        """
        timings: dict[str, float] = {}
        started = time.perf_counter()
        with _timed(timings, "query"):
            recent = self.settings.prefer_recent if prefer_recent is None else prefer_recent
            searched = self.library.stats(filters)
            query = understand(question, history, filters, recent, searched if read_dates else None)
            if query.period:
                searched = self.library.stats(query.filters)
                if not searched.articles and may_be_another_year(query.period):
                    query = understand(question, history, filters, recent)
                    searched = self.library.stats(filters)
            held = self.library.stats().articles if query.filters else searched.articles
            readable = self.settings.reader != BUNDLED or seems_english(query.interpreted_as)
        hits, found, query = self.find(query, timings)
        with _timed(timings, "answer"):
            answers, disagreement = self._answers(query, found, top) if readable else ((), None)
        with _timed(timings, "statements"):
            # A further answer that would not be given by itself does not make its statement one on the topic.
            given = [answer for answer in answers if answer.probability >= self.settings.min_probability]
            said = all_said(self.library, query, given)
            others = None if answers or not readable or not searched.articles else self._instead(query, found)
        timings["total"] = (time.perf_counter() - started) * 1000
        logger.debug("asked %r: %d hits, %d candidates", query.interpreted_as, len(hits), len(found))
        return Reply(
            query=query,
            status=Status.ANSWERED if answers else Status.NO_ANSWER,
            reason="" if answers else _reason(query, readable, searched.articles, others),
            answers=answers,
            passages=tuple(_passage(hit) for hit in hits),
            searched=searched,
            timings_ms=timings,
            held=held,
            statements=said,
            instead=others,
            disagreement=disagreement,
        )

    def _answers(
        self, query: Query, found: Sequence[Candidate], top: int
    ) -> tuple[tuple[Answer, ...], Disagreement | None]:
        """Return the answers, none where the best is not likely enough, and how sources disagree on them."""
        scored = [(self.calibration.probability(candidate), candidate) for candidate in found]
        copies = self.library.copies({candidate.article.id for candidate in found}, query.filters)
        answers = temper(assemble(scored, top, least=0.0, copies=copies), FURTHER_LEAST)
        if not answers or answers[0].probability < self.settings.min_probability:
            return (), None
        return settle(query.interpreted_as, scored, answers, copies)

    def _instead(self, query: Query, found: Sequence[Candidate]) -> Instead | None:
        """Return what to offer where nothing answers: what the speaker said otherwise, and who spoke on the topic."""
        if not query.speaker:
            return None
        described = {(one.speaker, one.article.id) for one in found if one.kind is AnswerKind.STATEMENT}
        return instead(self.library, query, self.library.people.groups(), described)

    def find(self, query: Query, timings: dict[str, float] | None = None) -> tuple[list[Hit], list[Candidate], Query]:
        """Return the passages for a query, best first, and all candidate answers in them, in no particular order.

        The query comes back with whose words it asks for, where that takes to know who is quoted: "Holt on trams".
        """
        timings = {} if timings is None else timings
        with _timed(timings, "retrieve"):
            recency = self._recency(query) if query.prefer_recent else None
            hits = retrieve(self.library, query, self.settings.candidates, self.settings.passages_read, recency)
        with _timed(timings, "words"):
            stated = self.library.statements_of({hit.article.id for hit in hits})
            words = asked_words(query, hits, lambda article: stated.get(article.id, ()))
            places = [(hits.index(piece.hit), piece.start, piece.end) for piece in words.said]
        with _timed(timings, "read"):
            question = words.with_name(read_as(query.interpreted_as))
            spans = self.reader.read(question, hits, MAX_ANSWER_TOKENS, SPANS_PER_HIT, places)
            given = self.reader.read(read_as(query.earlier), hits, MAX_ANSWER_TOKENS, 1) if query.earlier else []
        with _timed(timings, "weigh"):
            found = candidates(hits, spans, words, self._similarity(query.interpreted_as))
            found = without_given(found, given, both=bool(parted(question)[1]))
            return order_by_reader(hits, spans), found, words.query

    def _recency(self, query: Query) -> Recency | None:
        """Return how newer articles are preferred; None where none of those that the filters leave has a date."""
        newest = self.library.stats(query.filters).last
        return Recency(newest, self.settings.half_life_days) if newest else None

    def _similarity(self, question: str) -> Callable[[Sequence[str]], list[float]]:
        """Return the function that gives the cosine of texts with the question."""

        def cosines(texts: Sequence[str]) -> list[float]:
            vectors = self.library.embedder.embed([question, *texts])
            return [float(cosine) for cosine in vectors[1:] @ vectors[0]]

        return cosines

    @property
    def reader(self) -> ReaderProtocol:
        """The reader, loaded at first need, once for all threads."""
        with self._loading:
            if self._reader is None:
                self._reader = Reader.load(self.settings.reader, self.settings.threads)
            return self._reader

    def examples(self, count: int = 4) -> list[str]:
        """Return questions that the newest articles of the library answer, fewer than ``count`` if it has no more."""
        newest = self.library.articles(limit=EXAMPLE_ARTICLES)
        articles = self.library.articles_by_id([summary.id for summary in newest])
        return example_questions((articles[summary.id] for summary in newest if summary.id in articles), count)

    def warm_up(self) -> None:
        """Load models and indexes now, side by side, so that the first question waits for none of them.

        Raises:
            ModelError: A model cannot be loaded.
            LibraryError: The catalog cannot be read.
        """
        with ThreadPoolExecutor(3, thread_name_prefix="warm-up") as pool:
            loads: list[Future[object]] = [
                pool.submit(lambda: self.library.embedder),
                pool.submit(lambda: self.reader),
                pool.submit(self.library.load_indexes),
            ]
        for load in loads:
            load.result()

    @cached_property
    def calibration(self) -> Calibration:
        """What turns a candidate's features into a probability; it belongs to the reader."""
        return Calibration.load(reader_folder(self.settings.reader))


def _passage(hit: Hit) -> Passage:
    article, chunk = hit.article, hit.chunk
    return Passage(
        article_id=article.id,
        title=article.title,
        publication=article.publication,
        published=article.published,
        url=article.url,
        text=hit.text,
        start=chunk.start,
        end=chunk.end,
        retrieval_score=hit.retrieval_score,
    )


def _reason(query: Query, readable: bool, articles: int, others: Instead | None) -> str:
    if not readable:
        return "The question does not seem to be in English, the only language that the bundled reader knows."
    if articles and others:
        return others.sentence
    if articles and query.period:
        return "No article from the days asked for answers that. Without the time all days are searched."
    if articles:
        return "No article here answers that."
    if query.period:
        return "No article is from the days asked for. Without the time all days are searched."
    if query.filters:
        return "No article passes the filters. Remove a filter, or add articles."
    return "The library is empty. Add articles first."


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> "Iterator[None]":
    started = time.perf_counter()
    try:
        yield
    finally:
        timings[stage] = (time.perf_counter() - started) * 1000
