"""What flows through a question: frozen records, one for each stage."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from index.records import Article, Chunk, Filters, LibraryStats


class Status(StrEnum):
    """Whether the library holds an answer."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"


class AnswerKind(StrEnum):
    """Where an answer comes from: the reader, or a statement somebody made."""

    SPAN = "span"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    Attributes:
        question: What the user typed.
        interpreted_as: The question made to stand alone; equal to ``question`` where nothing was missing.
        filters: Restrictions, from the user.
        speaker: Whose words are asked for ("Garland"), or "".
        topic: What the words are to be about ("fentanyl"), or "".
        prefer_recent: Rank newer articles higher; restricts nothing.
    """

    question: str
    interpreted_as: str
    filters: Filters = Filters()
    speaker: str = ""
    topic: str = ""
    prefer_recent: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. ``retrieval_score`` only orders hits of one question."""

    chunk: Chunk
    article: Article
    retrieval_score: float

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.text[self.chunk.start : self.chunk.end]


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate answer in one hit: ``hit.article.text[start:end]``.

    Attributes:
        span_logit: Sum of the reader's start and end logit.
        null_logit: The reader's no-answer logit for the same passage, so ``span_logit - null_logit`` compares
            across passages.
    """

    hit: Hit
    start: int
    end: int
    span_logit: float
    null_logit: float

    @property
    def text(self) -> str:
        """The words of the span."""
        return self.hit.article.text[self.start : self.end]

    @property
    def margin(self) -> float:
        """How much the reader prefers this span to "no answer here"."""
        return self.span_logit - self.null_logit


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words stand: ``article.text[start:end]`` inside ``paragraph``, which begins at ``paragraph_start``.

    Attributes:
        copy: The article is a near-duplicate of the one cited before it, so it is no further source.
    """

    article_id: str
    title: str
    publication: str
    authors: tuple[str, ...]
    published: date | None
    url: str
    start: int
    end: int
    paragraph: str
    paragraph_start: int
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: exact words, where they stand, and who else has the same.

    Attributes:
        citation: The first publication of the words among its near-duplicates.
        also_in: The near-duplicates of ``citation`` that have the words, then each further source, followed by its
            near-duplicates.
    """

    text: str
    probability: float
    kind: AnswerKind
    speaker: str
    citation: Citation
    also_in: tuple[Citation, ...] = ()

    @property
    def sources(self) -> int:
        """The number of articles that say the same, of near-duplicates only one."""
        return 1 + sum(not cited.copy for cited in self.also_in)


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved passage as it is shown beside or instead of answers."""

    article_id: str
    title: str
    publication: str
    published: date | None
    url: str
    text: str
    start: int
    end: int
    retrieval_score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """All that is said to one question.

    Attributes:
        reason: Why there is no answer, in words for the user; "" where there is one.
        answers: Best first; empty where ``status`` is NO_ANSWER.
        passages: The passages that were read, best first.
        searched: What the filters left of the library.
        held: Articles in the whole library.
        timings_ms: Milliseconds by stage ("query", "retrieve", "read", "answer", "total").
    """

    query: Query
    status: Status
    reason: str
    answers: tuple[Answer, ...]
    passages: tuple[Passage, ...]
    searched: LibraryStats
    timings_ms: dict[str, float] = field(default_factory=dict)
    held: int = 0
