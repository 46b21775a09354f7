"""Check a quotation: is it in the library word for word, altered, somebody else's, or not there at all?

The flow: pasted text → ways to read it → passages with its words → alignments → who said them → one result.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from index.records import Article, Filters, LibraryStats, Statement, StatementKind
from index.statements import same_person
from qa.quote_align import LONGEST_REPLACED, Alignment, Piece, PieceKind, align, highest_similarity
from qa.quote_records import Place, QuoteCheck, QuoteStatus
from qa.quote_search import SearchedLibrary, likely_articles
from qa.quote_words import Token, readings, wording

# Any two texts have some words in common, and short ones the most. Of quotations and pieces of quotations with 7 words
# or more in which a 10th or a 5th of the words were dropped, replaced or added 97 to 100 % reach this. Of 393 that were
# looked for in 10,143 articles without them 16 do, and none of the 71 with 16 words or more.
ALTERED_SIMILARITY, OF_SHORT = 0.5, 2.0  # plus the second divided by the number of words
FEWEST_TELLING = 2
# Copies of one story that are looked at.
_COPIES = 50
_WEIGHTY = re.compile(r"\d|^(?:not|no|never|none|nor|neither|without|cannot)$|n['’]t$", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"^\W+|\W+$")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "“": None, "”": None, '"': None})


class QuotedLibrary(SearchedLibrary, Protocol):
    """What checking a quotation needs of a library."""

    def copies(self, ids: Iterable[str], filters: Filters = ..., limit: int = ...) -> dict[str, tuple[Article, ...]]:
        """Return the near-duplicates of those articles that have any, first publication first."""

    def statements_of(self, article_ids: Iterable[str], /) -> Mapping[str, Sequence[Statement]]:
        """Return the statements of these articles."""

    def stats(self, filters: Filters = ..., /) -> LibraryStats:
        """Count what the filters leave."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage like the quotation, and the statements its words are in, the one with the most of them first."""

    article: Article
    alignment: Alignment
    statements: tuple[Statement, ...] = ()
    spliced: bool = False

    @property
    def verbatim(self) -> bool:
        """True where the words are the same, and one person's."""
        return self.alignment.verbatim and not self.spliced

    def fits(self, speaker: str) -> bool | None:
        """Whether ``speaker`` said the words; None where that cannot be told."""
        if not speaker or not self.statements:
            return None
        if any(same_person(speaker, statement) for statement in self.statements):
            return True
        return False if self.statements[0].speaker else None


def check_quote(library: QuotedLibrary, pasted: str, speaker: str = "", filters: Filters = Filters()) -> QuoteCheck:
    """Find out whether somebody's words are in a library as they are quoted.

    Args:
        library: Where to look.
        pasted: The quotation, with or without marks around it. Ellipses and square brackets in it may stand for words
            of the original; where there are words outside of its marks, what is within them is the quotation.
        speaker: Who is said to have said it, by name or role, or "".
        filters: Which articles are looked at.

    Raises:
        QuestionError: There are no words to check, or too many.
    """
    asked, found = _likeliest(library, pasted, filters)
    alike = [one for one in found if _is_alike(one.alignment)]
    speaker = " ".join(speaker.split())
    status, best = _judged(alike, speaker) if alike else (QuoteStatus.NOT_FOUND, found[:1])
    families = _families(library, best, filters)
    first = families[0][0] if families else None
    theirs = [one for one in alike if one.fits(speaker)] if status is QuoteStatus.OTHER_SPEAKER else []
    return QuoteCheck(
        quotation=pasted.strip(),
        speaker=speaker,
        status=status,
        exact=any(one.verbatim and _is_exact(asked, one.alignment) for one in best),
        share_kept=first.alignment.share_kept if first else 0.0,
        similarity=first.alignment.similarity if first else 0.0,
        pieces=first.alignment.pieces if first else (),
        weighty=_weighty(first.alignment.pieces) if alike and first and not first.spliced else (),
        places=tuple(replace(_place(one, speaker), copy=at > 0) for of in families for at, one in enumerate(of)),
        sources=len(families),
        spliced=bool(alike and first and first.spliced),
        theirs=_place(theirs[0], speaker) if theirs else None,
        searched=library.stats(filters),
    )


def _likeliest(library: QuotedLibrary, pasted: str, filters: Filters) -> tuple[tuple[Token, ...], list[_Found]]:
    """Return the way to read a pasted text that is nearest to what the library holds, and what is found for it."""
    asked: tuple[Token, ...] = ()
    found: list[_Found] = []
    for way in readings(pasted):
        here = _nearest(library, way, filters)
        if here and (not found or _rank(here[0]) > _rank(found[0])):
            asked, found = way, here
        if found and found[0].verbatim:
            break
    return asked, found


def _rank(found: _Found) -> tuple[bool, float]:
    return found.verbatim, found.alignment.similarity


def _is_alike(alignment: Alignment) -> bool:
    """True where a passage is the source of a quotation rather than one with some of the same words."""
    if alignment.verbatim:
        return True
    least = ALTERED_SIMILARITY + OF_SHORT / (alignment.kept + alignment.added)
    return alignment.similarity >= least and alignment.telling >= FEWEST_TELLING


def _nearest(library: QuotedLibrary, asked: Sequence[Token], filters: Filters) -> list[_Found]:
    """Return the passages that are like a quotation, the likest first; where there are none, the nearest one."""
    articles = {article.id: article for article in likely_articles(library, asked, filters)}
    found = _aligned(asked, articles.values())
    likely = [one.article.id for one in found if _is_alike(one.alignment)]
    copies = library.copies(likely, filters, limit=_COPIES) if likely else {}
    others = {copy.id: copy for family in copies.values() for copy in family if copy.id not in articles}
    found = [*found, *(one for one in _aligned(asked, others.values()) if _is_alike(one.alignment))]
    kept = [one for one in found if _is_alike(one.alignment)] or found[:1]
    said = library.statements_of(one.article.id for one in kept)
    return sorted((_attributed(one, said.get(one.article.id, ())) for one in kept), key=_rank, reverse=True)


def _aligned(asked: Sequence[Token], articles: Iterable[Article]) -> list[_Found]:
    """Return the nearest passage of each article that may be like the quotation, or is nearer than those before it."""
    found: list[_Found] = []
    least = 0.0
    for article in articles:
        worded = wording(article)
        if highest_similarity(asked, worded) < least:
            continue
        alignment = align(asked, worded)
        if alignment:
            found.append(_Found(article, alignment))
            least = max(least, min(alignment.similarity, ALTERED_SIMILARITY))
    return sorted(found, key=_rank, reverse=True)


def _attributed(found: _Found, statements: Sequence[Statement]) -> _Found:
    """Say in whose statements the words are. Parts of what different people said are no quotation of either."""
    spans = found.alignment.spans
    said = [[s for s in statements if s.kind is not StatementKind.INDIRECT and _overlap(s.spans, [p])] for p in spans]
    names = [{s.speaker for s in of_span} for of_span in said if of_span and all(s.speaker for s in of_span)]
    spliced = found.alignment.quoted and len(names) > 1 and not frozenset.intersection(*map(frozenset, names))
    least = 0 if spliced else sum(end - start for start, end in spans) / 2
    shared = [(_overlap(s.spans, spans), s.kind is not StatementKind.INDIRECT, s) for s in statements]
    within = sorted((one for one in shared if one[0] > least), key=lambda one: one[:2], reverse=True)
    alignment = replace(found.alignment, pieces=_joined(found.alignment.pieces)) if spliced else found.alignment
    return _Found(found.article, alignment, tuple(s for *_, s in within), spliced)


def _overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Show what stands between the parts as dropped."""
    between = (PieceKind.ATTRIBUTION, PieceKind.OMITTED)
    return tuple(replace(piece, kind=PieceKind.DROPPED) if piece.kind in between else piece for piece in pieces)


def _judged(alike: Sequence[_Found], speaker: str) -> tuple[QuoteStatus, list[_Found]]:
    """Return what the passages that are like a quotation say about it, and those of them that say it."""
    verbatim = [one for one in alike if one.verbatim]
    if verbatim:
        best, status = verbatim, QuoteStatus.VERBATIM
    else:
        # An altered quotation is first of all the altered words of the one who is said to have said it.
        theirs = [one for one in alike if one.fits(speaker)] or list(alike)
        best, status = [one for one in theirs if _rank(one) == _rank(theirs[0])], QuoteStatus.ALTERED
    fits = {one.fits(speaker) for one in best}
    return (QuoteStatus.OTHER_SPEAKER if False in fits and True not in fits else status), best


def _families(library: QuotedLibrary, found: Sequence[_Found], filters: Filters) -> list[list[_Found]]:
    """Group what was found by story, stories by their first date and each in the order it was published."""
    copies = library.copies((one.article.id for one in found), filters, limit=_COPIES)
    order = {article.id: at for family in copies.values() for at, article in enumerate(family)}

    def age(one: _Found) -> tuple[date, int]:
        return one.article.published or date.max, order.get(one.article.id, 0)

    families: dict[str, list[_Found]] = {}
    for one in sorted(found, key=age):
        family = copies.get(one.article.id)
        families.setdefault(family[0].id if family else one.article.id, []).append(one)
    return list(families.values())


def _place(found: _Found, speaker: str) -> Place:
    article, alignment = found.article, found.alignment
    statement = found.statements[0] if found.statements else None
    first, last = article.paragraph_at(alignment.start), article.paragraph_at(alignment.end - 1)
    return Place(
        article_id=article.id,
        title=article.title,
        publication=article.publication,
        authors=article.authors,
        published=article.published,
        url=article.url,
        start=alignment.start,
        end=alignment.end,
        spans=alignment.spans,
        paragraph=article.text[first.start : last.end],
        paragraph_start=first.start,
        speaker=(statement.speaker or statement.speaker_text) if statement else "",
        role=statement.role if statement else "",
        kind=statement.kind if statement else None,
        quoted=alignment.quoted or _within(statement, alignment),
        speaker_fits=found.fits(speaker),
    )


def _within(statement: Statement | None, alignment: Alignment) -> bool:
    """Return whether all words are somebody's direct speech: the answer of an interview stands without marks."""
    length = sum(end - start for start, end in alignment.spans)
    return (
        statement is not None
        and statement.kind is StatementKind.DIRECT
        and _overlap(statement.spans, alignment.spans) == length
    )


def _is_exact(asked: Sequence[Token], alignment: Alignment) -> bool:
    """True where punctuation and capitals are the same, but at the ends and where an attribution splits the words."""
    if any(piece.kind not in (PieceKind.SAME, PieceKind.ATTRIBUTION) for piece in alignment.pieces):
        return False
    parts = [_plain(piece.text) for piece in alignment.pieces if piece.kind is PieceKind.SAME]
    pattern = r"[,.;]? ".join(re.escape(part) for part in parts)
    written = _plain("".join(token.text for token in asked))
    return re.fullmatch(pattern[:1].lower() + pattern[1:], written[:1].lower() + written[1:]) is not None


def _plain(text: str) -> str:
    text = text.translate(_TYPOGRAPHY).replace("...", "…")
    return " ".join(text.split()).rstrip(" .,;!?")


def _weighty(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the negations and numbers in which article and quotation differ."""
    found: list[str] = []
    for piece in pieces:
        words = [_NOT_A_WORD.sub("", word) for word in piece.text.split()]
        changed = piece.kind in (PieceKind.DROPPED, PieceKind.ADDED)
        if changed or (piece.kind is PieceKind.OMITTED and len(words) <= LONGEST_REPLACED):
            found += [word for word in words if _WEIGHTY.search(word)]
    return tuple(dict.fromkeys(found))
