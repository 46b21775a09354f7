"""What was found out about a quotation, in plain words."""

from collections.abc import Iterator, Sequence

from index.records import StatementKind
from qa.plain import UNTITLED, day, searched_line
from qa.quote_align import Piece, PieceKind
from qa.quote_records import Place, QuoteCheck, QuoteStatus

# Places named on a terminal.
_SHOWN = 10
_BRACKETS = {
    PieceKind.SAME: ("", ""),
    PieceKind.DROPPED: ("[-", "-]"),
    PieceKind.ADDED: ("{+", "+}"),
    PieceKind.OMITTED: ("(-", "-)"),
    PieceKind.INSERTED: ("", ""),
    PieceKind.ATTRIBUTION: ("<", ">"),
}


def verdict(check: QuoteCheck) -> str:
    """Return what was found out in a few sentences."""
    if check.status is QuoteStatus.NOT_FOUND:
        articles = f"{check.searched.articles:,} article{'' if check.searched.articles == 1 else 's'}"
        nearest = f" The nearest passage has {_percent(check)} of its words." if check.places else ""
        return f"Not found in the {articles} searched.{nearest}"
    return " ".join(part for part in (_whose(check), _wording(check), _weighty(check), _unnamed(check)) if part)


def _whose(check: QuoteCheck) -> str:
    if check.status is not QuoteStatus.OTHER_SPEAKER:
        return ""
    names = dict.fromkeys(place.speaker for place in check.places if place.speaker_fits is False)
    return f"Said by {' and '.join(names)}, not by {check.speaker}."


def _wording(check: QuoteCheck) -> str:
    if check.spliced:
        return "Altered: it joins what different people said."
    if not is_verbatim(check):
        return f"Altered: the article has {_percent(check)} of its words, and other words beside them."
    if any(piece.kind in (PieceKind.OMITTED, PieceKind.INSERTED) for piece in check.pieces):
        return "Word for word, but for what its ellipses and brackets mark."
    return "Word for word." if check.exact else "Word for word; capitals or punctuation differ."


def is_verbatim(check: QuoteCheck) -> bool:
    """Return whether the words are there as they are quoted, whoever said them."""
    changes = (PieceKind.DROPPED, PieceKind.ADDED)
    return check.status is not QuoteStatus.NOT_FOUND and all(piece.kind not in changes for piece in check.pieces)


def _weighty(check: QuoteCheck) -> str:
    words = ", ".join(f"“{word}”" for word in check.weighty)
    return f"A negation or a number differs: {words}." if words else ""


def _unnamed(check: QuoteCheck) -> str:
    if not check.speaker or any(place.speaker_fits is not None for place in check.places):
        return ""
    return f"Nothing here says that {check.speaker} said it."


def said_by(place: Place) -> str:
    """Return whose words they are: "Ruth Okafor, Mayor", "The article's own words, not a statement of anybody"."""
    if place.kind is None:
        return "In quotation marks, by nobody named" if place.quoted else "The article's own words"
    who = ", ".join(part for part in (place.speaker, place.role) if part) or "somebody who is not named"
    if place.kind is StatementKind.INDIRECT or not place.quoted:
        return f"{who}, in the reporter's words" if place.kind is StatementKind.INDIRECT else f"{who}, partly quoted"
    return who


def place_line(place: Place) -> str:
    """Return headline, publication and date in one line."""
    details = ", ".join(part for part in (place.publication, day(place.published)) if part)
    return f"{place.title or UNTITLED} — {details}" if details else place.title or UNTITLED


def plain_check(check: QuoteCheck) -> str:
    """Return all of it for a terminal: [-dropped-], {+added+}, (-left out by the quotation's own signs-)."""
    lines = [verdict(check)]
    nearest = check.status is QuoteStatus.NOT_FOUND
    same = is_verbatim(check) and all(piece.kind is PieceKind.SAME for piece in check.pieces)
    if check.pieces and not same and not nearest:
        lines += ["", _marked(check.pieces)]
    if check.places:
        lines += ["", "Nearest passage:" if nearest else f"In {len(check.places)} article{_s(len(check.places))}:"]
    for place in check.places[:_SHOWN]:
        lines += [*_place_lines(place), *([f"      {_flat(place)}"] if nearest else [])]
    if len(check.places) > _SHOWN:
        lines.append(f"  and {len(check.places) - _SHOWN} more; --json names all")
    if check.theirs:
        lines += ["", f"The nearest words of {check.speaker}:", *_place_lines(check.theirs)]
        lines.append(f"      {_flat(check.theirs)}")
    return "\n".join([*lines, "", searched_line(check.searched)])


def _place_lines(place: Place) -> Iterator[str]:
    yield f"  {place_line(place)} ({place.article_id})" + (" (copy)" if place.copy else "")
    yield f"      {said_by(place)}"


def _marked(pieces: Sequence[Piece]) -> str:
    return " ".join(f"{_BRACKETS[p.kind][0]}{' '.join(p.text.split())}{_BRACKETS[p.kind][1]}" for p in pieces)


def _flat(place: Place) -> str:
    start, end = (at - place.paragraph_start for at in (place.start, place.end))
    return " ".join(place.paragraph[start:end].split())


def _percent(check: QuoteCheck) -> str:
    return f"{check.share_kept:.0%}".replace("%", " %")


def _s(number: int) -> str:
    return "" if number == 1 else "s"
