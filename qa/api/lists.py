"""What is answered to GET: articles, statements, speakers, the library, and whether all is well."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from index.records import ParagraphKind
from qa.api.replies import Said

NEXT = Field(description="`cursor` of the next page; null where this is the last")


class ArticleSummary(BaseModel):
    """An article without its text."""

    id: str
    title: str
    publication: str
    authors: list[str]
    published: date | None
    url: str
    source: str
    words: int


class Articles(BaseModel):
    """A page of the list of articles, newest first, those without a date last."""

    articles: list[ArticleSummary]
    next_cursor: str | None = NEXT


class Paragraph(BaseModel):
    """One paragraph: characters ``start`` to ``end`` of the text."""

    start: int
    end: int
    kind: ParagraphKind


class Version(BaseModel):
    """One of the texts that an article had at one address."""

    id: str
    title: str
    published: date | None
    source: str
    words: int
    added_at: datetime
    replaced_by: str = Field(description="Id of the text that came after it; empty for the one that is answered from")
    replaced_at: datetime | None


class Article(BaseModel):
    """A whole article."""

    id: str
    text: str
    paragraphs: list[Paragraph]
    title: str
    deck: str
    publication: str
    authors: list[str]
    agency: str
    place: str
    section: str
    published: date | None
    url: str
    source: str
    versions: list[Version] = Field(description="All texts that it had, newest first, this one among them")


class Statements(BaseModel):
    """A page of the list of statements, oldest first, those without a date last."""

    statements: list[Said]
    next_cursor: str | None = NEXT


class Speaker(BaseModel):
    """Somebody who is quoted, under whatever names."""

    id: str = Field(description="The name, with the role where two people have the same")
    name: str
    role: str
    other_names: list[str]
    statements: int
    first: date | None
    last: date | None


class Speakers(BaseModel):
    """A page of the list of who is quoted, most statements first."""

    speakers: list[Speaker]
    next_cursor: str | None = NEXT


class LibraryStats(BaseModel):
    """What the library holds."""

    generation: int = Field(description="Another number after each write; in a folder it grows")
    articles: int
    passages: int
    publications: dict[str, int] = Field(description="Articles by publication")
    sections: dict[str, int] = Field(description="Articles by section")
    first: date | None
    last: date | None


class Alive(BaseModel):
    """The server answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """Models are loaded and the library can be read."""

    status: Literal["ready"] = "ready"
    generation: int
    articles: int
