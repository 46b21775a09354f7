"""What checking a quotation finds: frozen records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.records import LibraryStats, StatementKind
from qa.quote_align import Piece


class QuoteStatus(StrEnum):
    """What was found out about a quotation."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    OTHER_SPEAKER = "other_speaker"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Place:
    """A passage with the words of the quotation, or the nearest to them.

    Attributes:
        start: Where it begins in the article's text.
        end: Where it ends.
        spans: Half-open offsets, within it, of the words that are the quotation's.
        paragraph: The paragraphs around it.
        paragraph_start: Where these begin.
        speaker: Whose words they are by the article, as fully as it names them; "" where it does not say.
        role: The speaker's role, or "".
        kind: How the article gives the words; None where they are its own and nobody's statement.
        quoted: All of them stand between quotation marks, or in an answer of an interview.
        speaker_fits: Whether the speaker is the one who was asked for; None where nobody was, or nobody is named.
        copy: The article is a near-duplicate of the one before it that is no copy.
    """

    article_id: str
    title: str
    publication: str
    authors: tuple[str, ...]
    published: date | None
    url: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    paragraph: str
    paragraph_start: int
    speaker: str = ""
    role: str = ""
    kind: StatementKind | None = None
    quoted: bool = False
    speaker_fits: bool | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What was found out about one quotation.

    Attributes:
        quotation: As it was pasted.
        speaker: Who is said to have said it, or "".
        status: See ``QuoteStatus``. ``OTHER_SPEAKER``: the words are there, verbatim or altered, and are given to
            others than ``speaker`` wherever an article names who said them.
        exact: The words are the same and so are capitals and punctuation, marks and the first letter aside.
        share_kept: 0 to 1: share of the quotation's words that the passage has in the same order. 1 for verbatim.
        similarity: 0 to 1: twice the kept words among the words of both; words that the quotation itself marks as
            left out or put in do not count.
        pieces: Article and quotation in one, in order, by the first of the places.
        weighty: Negations and numbers among the words that were dropped, added or left out; none where it is spliced.
        places: Where the words are, by date, each story followed by its copies; for ``NOT_FOUND`` the nearest
            passage, or nothing.
        sources: How many of the places are no copies.
        spliced: The words are parts of what different people said.
        theirs: For ``OTHER_SPEAKER`` the nearest words of the one who was asked for, if there are any like it.
        searched: What the filters left to search.
    """

    quotation: str
    speaker: str
    status: QuoteStatus
    exact: bool
    share_kept: float
    similarity: float
    pieces: tuple[Piece, ...]
    weighty: tuple[str, ...]
    places: tuple[Place, ...]
    sources: int
    spliced: bool
    theirs: Place | None
    searched: LibraryStats
