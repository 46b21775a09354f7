"""The page where a quotation is checked against the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from index.errors import OnRecordError
from index.records import Filters
from qa import quote_plain
from qa.check_quote import QuotedLibrary, check_quote
from qa.quote_align import Piece, PieceKind
from qa.quote_records import Place, QuoteCheck, QuoteStatus
from ui import escape, filtering, links, look, phrases, render
from ui.engine import get_engine, show_error

# Places shown at once; the others open with a click.
SHOWN = 10
_KEY = "quotation-checked"
_TAGS = {
    PieceKind.SAME: ("", ""),
    PieceKind.DROPPED: ("<del>", "</del>"),
    PieceKind.ADDED: ("<ins>", "</ins>"),
    PieceKind.OMITTED: ("<small>[left out: ", "]</small>"),
    PieceKind.INSERTED: ("", ""),
    PieceKind.ATTRIBUTION: ("<small>[… ", "]</small>"),
}
_ICONS = {
    QuoteStatus.VERBATIM: ":material/check_circle:",
    QuoteStatus.ALTERED: ":material/difference:",
    QuoteStatus.OTHER_SPEAKER: ":material/person_off:",
    QuoteStatus.NOT_FOUND: ":material/search_off:",
}


@dataclass(frozen=True)
class Checked:
    """What was asked for, in which state of the library, and what was found."""

    quotation: str
    speaker: str
    filters: Filters
    generation: int
    check: QuoteCheck


def show() -> None:
    """Show the form, and below it what was found out about the quotation that was checked last."""
    look.apply()
    st.title("Check a quotation", anchor=False)
    st.html(render.sentence("Are these words in the articles, exactly so, and whose are they?"))
    library = get_engine().library
    try:
        stats = library.stats(Filters())
        if not stats.articles:
            st.html(render.sentence("The library is empty. Add articles on the Library page."))
            return
        with st.popover("Filters", icon=":material/filter_list:"):
            filters = filtering.choose(library, stats, "quotation")
        filtering.show_chosen(filters, "quotation")
        with st.form("check-quotation", border=False):
            quotation = st.text_area("Quotation", key="quotation-words", height=140, persist_state="session")
            speaker = st.text_input("Said by (may be left empty)", key="quotation-speaker", persist_state="session")
            pressed = st.form_submit_button("Check", type="primary")
        last: Checked | None = st.session_state.get(_KEY)
        if pressed:
            st.session_state.pop(_KEY, None)
            last = _checked(quotation, speaker, filters)
        elif last and last.generation != library.generation:
            last = _checked(last.quotation, last.speaker, last.filters)
        if last:
            st.session_state[_KEY] = last
            _show(last.check)
    except OnRecordError as error:
        show_error(error)


def _checked(quotation: str, speaker: str, filters: Filters) -> Checked:
    library = get_engine().library
    generation = library.generation
    check = check_quote(cast(QuotedLibrary, library), quotation, speaker, filters)
    return Checked(quotation, speaker, filters, generation, check)


def _show(check: QuoteCheck) -> None:
    show = {QuoteStatus.VERBATIM: st.success, QuoteStatus.NOT_FOUND: st.info}.get(check.status, st.warning)
    show(escape.label(quote_plain.verdict(check), 1000), icon=_ICONS[check.status])
    # Beside words that are not here, those of the nearest passage would read as if they had been changed.
    found = check.status is not QuoteStatus.NOT_FOUND
    if found and any(piece.kind is not PieceKind.SAME for piece in check.pieces):
        st.html(difference(check.pieces))
        if not quote_plain.is_verbatim(check):
            st.html(render.note("Struck through: only in the article. Underlined: only in the quotation."))
    for words, places in headed(check):
        st.subheader(words, anchor=False)
        for place in places[:SHOWN]:
            _place(place)
        if len(places) > SHOWN:
            with st.expander(f"{len(places) - SHOWN:,} more"):
                for place in places[SHOWN:]:
                    _place(place)
    st.html(render.note(f"Searched {phrases.holdings(check.searched)}."))


def headed(check: QuoteCheck) -> list[tuple[str, Sequence[Place]]]:
    """Return the places under the headings they are shown under."""
    found: list[tuple[str, Sequence[Place]]] = []
    if check.status is QuoteStatus.NOT_FOUND:
        found.append(("Nearest passage", check.places))
    else:
        found += [("First here", check.places[:1]), ("Also here", check.places[1:])]
    if check.theirs:
        found.append((f"The nearest words of {escape.label(check.speaker)}", [check.theirs]))
    return [(words, places) for words, places in found if places]


def _place(place: Place) -> None:
    links.open_article(quote_plain.place_line(place), place.article_id, place.start, place.end)
    st.html(render.note(quote_plain.said_by(place) + (" · copy of the one before it" if place.copy else "")))
    st.html(f'<p class="or-source">{marked(place)}</p>')


def marked(place: Place) -> str:
    """Return the paragraphs around the words as HTML, the words marked."""
    text, at, parts = place.paragraph, 0, []
    for start, end in place.spans:
        first, last = start - place.paragraph_start, end - place.paragraph_start
        parts += [escape.html(text[at:first]), f"<mark>{escape.html(text[first:last])}</mark>"]
        at = last
    return "".join([*parts, escape.html(text[at:])])


def difference(pieces: Sequence[Piece]) -> str:
    """Return article and quotation in one as HTML; what the article alone has in ``<del>``, the other in ``<ins>``."""
    parts = [f"{_TAGS[piece.kind][0]}{escape.html(piece.text)}{_TAGS[piece.kind][1]}" for piece in pieces]
    return f'<p class="or-changes">{" ".join(parts)}</p>'
