"""What flows through the index: frozen records, one for each stage.

Offsets are half-open character positions in ``Article.text``, which never changes once an
article is in the library.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ParagraphKind(StrEnum):
    """What a paragraph is good for. Only ``BODY`` and ``HEADING`` are ever searched or answered from."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class AddStatus(StrEnum):
    """What became of one article that was offered to the library."""

    ADDED = "added"
    ALREADY_THERE = "already there"
    REPLACED = "replaced"
    FAILED = "failed"


# The key of a row that a library has exported. It is true there, and such a row is taken as it stands: to look for
# markup and bylines in it once more would make another article of it.
AS_WRITTEN = "as_written"


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a source reader found it: not yet normalised, without an id.

    Attributes:
        text: The running text, paragraphs separated by blank lines; head matter that became data is left out.
        source: Where it came from, for the report: a file name, ``archive.zip/name``, ``file.jsonl:12`` or a URL.
        agency: News agency or outlet the text was taken over from ("NEW YORK TIMES", "AP"), or "".
        place: Place of the dateline ("MEXICO CITY"), or "".
        published: Publication date, or None where neither data, page nor text tell it.
    """

    text: str
    source: str
    title: str = ""
    deck: str = ""
    publication: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    place: str = ""
    section: str = ""
    published: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something offered to the library that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article: ``article.text[start:end]``."""

    start: int
    end: int
    kind: ParagraphKind


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the library holds it. ``id`` is derived from publication, title and text."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str
    deck: str
    publication: str
    authors: tuple[str, ...]
    agency: str
    place: str
    section: str
    published: date | None
    url: str
    source: str

    def paragraph_at(self, position: int) -> Paragraph:
        """Return the paragraph that holds the character at ``position`` (the last one that starts before it)."""
        before = [p for p in self.paragraphs if p.start <= position]
        return before[-1] if before else self.paragraphs[0]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage: ``article.text[start:end]``, what is embedded, searched and read."""

    id: int
    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a question may be answered from. Empty fields do not restrict.

    An article passes where each field that is not empty lets it through. Names are compared without case and accents.

    Attributes:
        publications: Names; "" stands for articles without a publication.
        since: First day. An article without a date passes only where no date is asked for.
        until: Last day.
        authors: Whole names or last names; one of an article's authors is enough.
        sections: Names, such as "World"; "" stands for articles without a section.
    """

    publications: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True where anything is restricted."""
        return bool(self.publications or self.since or self.until or self.authors or self.sections)


@dataclass(frozen=True, slots=True)
class AddResult:
    """One line of the report on adding: what became of ``source``."""

    source: str
    status: AddStatus
    article_id: str = ""
    title: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text, for lists."""

    id: str
    title: str
    publication: str
    authors: tuple[str, ...]
    published: date | None
    url: str
    source: str
    words: int


@dataclass(frozen=True, slots=True)
class Version:
    """One of the texts that an article had at one address, without the text.

    Attributes:
        added_at: When it came into the library.
        replaced_by: Id of the text that came after it, or "" for the one that is answered from.
        replaced_at: When that happened, or None.
    """

    id: str
    title: str
    published: date | None
    source: str
    words: int
    added_at: datetime
    replaced_by: str = ""
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LibraryStats:
    """What a library (or the part of it that filters leave) holds."""

    articles: int
    chunks: int
    publications: tuple[str, ...]
    first: date | None
    last: date | None


class StatementKind(StrEnum):
    """How somebody's words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said, as an article gives it.

    Attributes:
        article_id: The article.
        kind: Direct quotation, indirect speech, or indirect speech with quoted words.
        spans: Half-open offsets in the article's text of the words said, without quotation marks. A quotation split
            by its attribution, or running over several paragraphs, is one statement with several spans.
        speaker_text: The speaker as written beside the words: "he", "Garland", "the spokesman".
        speaker: The speaker by the fullest name in the article, or "" where nobody is named.
        role: "Attorney General", "a spokeswoman for Youngkin", or "".
        cue: The reporting words: "said", "according to", "told reporters"; "" where a quotation goes on without.
        context: Offsets of the sentences that hold statement and attribution.
    """

    article_id: str
    kind: StatementKind
    spans: tuple[tuple[int, int], ...]
    speaker_text: str
    speaker: str
    role: str
    cue: str
    context: tuple[int, int]
