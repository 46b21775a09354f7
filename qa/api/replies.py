"""What is answered to questions and quotations: the contract that docs/json.md describes."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from index.records import StatementKind
from qa.api.problems import Problem
from qa.quote_align import PieceKind
from qa.quote_records import QuoteStatus
from qa.records import AnswerKind, Status

Span = Annotated[list[int], Field(min_length=2, max_length=2)]


class Cited(BaseModel):
    """Where words stand; characters are Unicode code points of the text that GET /v1/articles/{id} gives."""

    article_id: str
    title: str
    publication: str
    authors: list[str]
    published: date | None
    url: str
    start: int
    end: int
    paragraph: str
    paragraph_start: int


class AlsoIn(Cited):
    """A further article with the same answer."""

    copy_: bool = Field(alias="copy", description="Whether it is a near-duplicate of the one before")


class Answer(Cited):
    """Exact words of an article."""

    text: str
    probability: float = Field(ge=0, le=1)
    kind: AnswerKind
    speaker: str
    role: str
    sources: int
    also_in: list[AlsoIn]


class Passage(BaseModel):
    """A passage that was read."""

    article_id: str
    title: str
    publication: str
    published: date | None
    url: str
    text: str
    start: int
    end: int
    retrieval_score: float


class Said(BaseModel):
    """Something that somebody said."""

    article_id: str
    title: str
    publication: str
    published: date | None
    url: str
    kind: StatementKind
    text: str
    spans: list[Span]
    speaker_text: str
    speaker: str
    role: str
    cue: str
    context: Span


class Period(BaseModel):
    """Days that a question asks for."""

    words: str
    since: date | None
    until: date | None
    counted_from: date | None


class OnlyTold(BaseModel):
    """Which articles could answer."""

    publications: list[str]
    authors: list[str]
    sections: list[str]
    since: date | None
    until: date | None


class Searched(BaseModel):
    """What the filters left of the library."""

    articles: int
    of: int = Field(description="Articles in the whole library")
    passages: int
    publications: list[str]
    first: date | None
    last: date | None


class SpeakerCount(BaseModel):
    """Somebody who spoke on the topic."""

    speaker: str
    role: str
    statements: int
    articles: int


class Instead(BaseModel):
    """What there is where somebody's words were asked for and nothing answers."""

    speaker: str
    topic: str
    articles: int
    statements: list[Said]
    speakers: list[SpeakerCount]


class Disagreement(BaseModel):
    """Answers of independent sources that cannot all be right."""

    answers: list[Answer]


class Reply(BaseModel):
    """All that is said to a question."""

    question: str
    interpreted_as: str
    status: Status
    reason: str
    answers: list[Answer]
    filters: OnlyTold
    prefer_recent: bool
    period: Period | None
    passages: list[Passage]
    searched: Searched
    timings_ms: dict[str, float]
    statements: list[Said]
    instead: Instead | None
    disagreement: Disagreement | None


class BatchReply(Reply):
    """A line of the reply to a batch: what is said to a question."""

    id: str | None = Field(default=None, description="Absent where the question had none")


class BatchFailure(BaseModel):
    """A line of the reply to a batch: why a question was not answered."""

    id: str | None = Field(default=None, description="Absent where the question had none")
    question: str
    problem: Problem


class Piece(BaseModel):
    """Words of the article, the quotation, or both."""

    kind: PieceKind
    text: str


class Place(Cited):
    """Where the words of a quotation are."""

    spans: list[Span]
    speaker: str
    role: str
    kind: StatementKind | None
    quoted: bool
    speaker_fits: bool | None
    copy_: bool = Field(alias="copy")


class QuoteSearched(BaseModel):
    """What the filters left of the library."""

    articles: int
    publications: list[str]
    first: date | None
    last: date | None


class Check(BaseModel):
    """What was found out about a quotation."""

    quotation: str
    asked_speaker: str
    status: QuoteStatus
    exact: bool
    share_kept: float
    similarity: float
    spliced: bool
    pieces: list[Piece]
    weighty: list[str]
    places: list[Place]
    sources: int
    theirs: Place | None
    searched: QuoteSearched
