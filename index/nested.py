"""What somebody who is quoted quotes of somebody else, as in “Senator Quill told us ‘the pier is safe.’”."""

import re
from collections.abc import Iterator, Sequence

from index.attribution import Attribution, attributions
from index.clauses import is_wholly_quoted, words_said
from index.quotations import find_quotations, mask, trim
from index.records import Article, Statement, StatementKind
from index.speakers import Cast
from index.speech import Sentence, sentences
from index.wordlists import PRONOUNS

# A few words between single marks are a term, not what somebody said.
_SHORTEST = 4
# Real sentences are shorter; a bound keeps degenerate text linear.
_LONGEST = 3000
_CLOSES = re.compile(r"[.,!?…][’'](?!\w)")
_OPENED_AGAIN = re.compile(r"\s[‘'](?=\w)")

Spans = list[tuple[int, int]]


def with_nested(article: Article, found: Sequence[Statement], cast: Cast) -> tuple[Statement, ...]:
    """Add what those who are quoted quote of others whom the article names.

    What a release repeats of a paper, “‘The pier is safe,’ Quill said.”, takes the place of the whole, which the
    release attributes to nobody.
    """
    kept: list[Statement] = []
    for outer in found:
        nested = list(_nested(article, outer, cast)) if outer.kind is StatementKind.DIRECT else []
        kept += nested if nested and _is_printed(article.text, outer) else [outer, *nested]
    return tuple(sorted(kept, key=lambda statement: statement.spans[0]))


def _nested(article: Article, outer: Statement, cast: Cast) -> Iterator[Statement]:
    printed = _is_printed(article.text, outer)
    for span in outer.spans:
        for sentence, attribution, spans in _quoted(article.text, *_with_marks(article.text, *span)):
            written, at = attribution.subject.strip(), sentence.start + attribution.start
            who = cast.named(written, attribution.apposition, at, spans)
            context = (sentence.start, max(sentence.end, spans[-1][1]))
            if who.name or printed:
                said = (tuple(spans), written, who.name, who.role, attribution.cue, context)
                yield Statement(article.id, StatementKind.DIRECT, *said)


def _is_printed(text: str, outer: Statement) -> bool:
    """True for “‘The pier is safe,’ Quill said.”: all of it stands between marks, those of a paper among them."""
    return not outer.cue and len(outer.spans) == 1 and text[_with_marks(text, *outer.spans[0])[0]] in "‘'"


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place with the single marks around it, if there are any."""
    return start - (text[start - 1 : start] in ("‘", "'")), end + (text[end : end + 1] in ("’", "'"))


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[Sentence, Attribution, Spans]]:
    """Yield what is attributed between single marks; not to "he", who can be anybody."""
    if not _CLOSES.search(text, start, end):
        return
    inner = find_quotations(text, start, end, single=True)
    latest: tuple[Sentence, Attribution, Spans] | None = None
    for sentence in sentences(mask(text, inner, start, end), start, inner):
        spans = [trim(text, q.start, q.end, ",") for q in sentence.quotations]
        if latest and spans and is_wholly_quoted(sentence.masked):
            latest[2].extend(spans)
            continue
        if latest:
            yield latest
        latest = None
        is_read = spans and len(sentence.masked) < _LONGEST
        said = words_said(sentence.masked, attributions(sentence.masked)) if is_read else []
        quoted = len(said) == 1 and sentence.masked[said[0][1].spans[0][0]] == "“"
        if quoted and said[0][0].subject not in PRONOUNS:
            words = " ".join(text[a:b] for a, b in spans)
            if len(words.split()) >= _SHORTEST and not _OPENED_AGAIN.search(words):
                latest = (sentence, said[0][0], spans)
    if latest:
        yield latest
