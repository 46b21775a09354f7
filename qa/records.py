"""What flows through a question: frozen records, one for each stage."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from index.records import Article, Chunk, Filters, LibraryStats
from index.statement_store import SpeakerName, StatementRow


class Status(StrEnum):
    """Whether the library holds an answer."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"


class AnswerKind(StrEnum):
    """Where an answer comes from: the reader, or a statement somebody made."""

    SPAN = "span"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of publication that the words of a question ask for.

    Attributes:
        words: The words: "last week", "since the election was called on 3 May".
        since: First day, or None.
        until: Last day, or None.
        counted_from: The day from which they were counted, or None where the words name the year themselves.
    """

    words: str
    since: date | None
    until: date | None
    counted_from: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    Attributes:
        question: What the user typed.
        interpreted_as: The question made to stand alone; equal to ``question`` where nothing was missing.
        filters: Restrictions, from the user and from ``period``.
        speaker: Whose words are asked for ("Garland"), or "".
        topic: What the words are to be about ("fentanyl"), or "".
        prefer_recent: Rank newer articles higher; restricts nothing.
        period: The restriction that was read from the question; None where there is none or it is not wanted.
        earlier: Of a follow-up, the question before, made to stand alone; else "".
    """

    question: str
    interpreted_as: str
    filters: Filters = Filters()
    speaker: str = ""
    topic: str = ""
    prefer_recent: bool = False
    period: Period | None = None
    earlier: str = ""


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
        speaker: Who said the words, by the fullest name in the article, or the words that stand for it; "" for a span.
        citation: The first publication of the words among its near-duplicates.
        also_in: The near-duplicates of ``citation`` that have the words, then each further source, followed by its
            near-duplicates. In a disagreement also what says the same in other words ("seventeen miles").
        role: The role of the speaker as the article gives it ("Attorney General"), or "".
        direct: The words are a statement in the speaker's own words.
    """

    text: str
    probability: float
    kind: AnswerKind
    speaker: str
    citation: Citation
    also_in: tuple[Citation, ...] = ()
    role: str = ""
    direct: bool = False

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
class Instead:
    """What is offered where the one who was asked for said nothing on the topic, or nothing that answers.

    Attributes:
        sentence: What was found out, for the user.
        speaker: The one who was asked for, by name where the articles give it, else as the question does.
        topic: What the words were to be about, or "".
        articles: In how many of the articles that were searched the speaker is quoted.
        statements: A few statements of the speaker, newest first; those on the topic where there are any.
        speakers: Others who spoke about the topic, most statements first; the counts are of statements on the topic.
    """

    sentence: str
    speaker: str
    topic: str
    articles: int = 0
    statements: tuple[StatementRow, ...] = ()
    speakers: tuple[SpeakerName, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Answers of independent sources that cannot all be right.

    Attributes:
        answers: At least two, best first, each with all its sources. No source stands behind two of them. The
            probabilities are shares of one: together at most 1.
    """

    answers: tuple[Answer, ...]


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
        statements: All statements, whole, that the one who was asked for made on the topic, oldest first; empty
            unless the best answer is a statement.
        instead: What there is instead of an answer in somebody's words, or None.
        disagreement: Where independent sources give different answers, these; they are the first of ``answers``.
    """

    query: Query
    status: Status
    reason: str
    answers: tuple[Answer, ...]
    passages: tuple[Passage, ...]
    searched: LibraryStats
    timings_ms: dict[str, float] = field(default_factory=dict)
    held: int = 0
    statements: tuple[StatementRow, ...] = ()
    instead: Instead | None = None
    disagreement: Disagreement | None = None
