"""Sentences as statements are looked for in them: with quotations hidden, and only where the prose is English."""

import re
from dataclasses import dataclass, field, replace

from index.attribution import attributions
from index.quotations import Quotation, is_title, trim
from index.records import Article, Paragraph, ParagraphKind, StatementKind
from index.sentences import sentence_spans

# Characters that marks, white space and punctuation take between a quotation's words and its end.
_MARKS = 4
_CREDIT = re.compile(r"[A-Z][\w.’'-]+/(?:Getty|AP|AFP|Reuters|EPA|CNN|NBC|ABC|CBS|USA)\b|[A-Z][\w.’'-]+/[A-Z]\w+\s*$")
_FILM = re.compile(r"JUST WATCHED\b|NOW PLAYING\b")
_LONGEST_CREDIT = 60
_TRAILER = re.compile(r"[-–—]{1,2}\s?[A-Z]")
# A line never ends so but where it is broken: “…,” said Rep.
_CUT = re.compile(
    r"(?:,|\b(?:the|an?|of|in|to|and|for|with|by|from)|[\"”]\s*(?:said|says|wrote|stated|added)|\b(?:Rep|Sen|Sec|Gov|Dr|Mr|Mrs|Ms)\.)$"
)
_WRAPPED = re.compile(
    r"(?<=[^\n]{40})(?<![.:!?”\"])\n(?=[^\n\s])|(?<=\b(?:Rep|Sen|Gov)\.)\n(?=[A-Z])|(?<=\b(?:Dr|Mr|Ms)\.)\n(?=[A-Z])|"
    r"\n(?= ?[a-z])"
)
_LONGEST_QUOTATION = 1000
_BULLETS = tuple("►•■▪●▶♦")
# "--Quill Airlines said it is hiring": one of a list.
_LISTED = re.compile(r"[-–—]{1,2}\s?(?=[A-Z])")
_PROSE = (ParagraphKind.BODY, ParagraphKind.HEADING)
# A text with so many times more English words has no paragraph in another language.
_FEW = 20
# Ends that the rules for prose do not see: a footnote's number glued to the stop ("fronts.2 Mr. Quill"), and no space
# before the next sentence or quotation ("confusion.“New rules", "says.Voters", "reform”Amendment"); an address.
_GLUED = re.compile(
    r"(?<=[a-z][a-z)][.!?])(?:(?:\d{1,2}|\[\d{1,3}\])\s+(?=[A-Z“])|(?=“|[A-Z][a-z]+\s[a-z]))|(?<=”)(?=[A-Z][a-z])|"
    r"(?:(?<=[a-z0-9)][.!?])|(?<=[.!?]”))\s+(?=https?://)"
)
# Of text in lower case, where they are found in under half the time that any case takes.
_ENGLISH = re.compile(r"\b(?:the|of|and|that|to|is|for|with|was|he|she|we|it)\b")
_OTHER = re.compile(
    r"\b(?:el|la|los|las|que|del|una?|por|para|con|der|die|das|und|ist|nicht|mit|le|les|des|est|et|dans|pour)\b"
)


@dataclass(slots=True)
class Sentence:
    """A sentence: its place in the text, its words with quotations hidden, and its quotations."""

    start: int
    end: int
    masked: str
    quotations: list[Quotation] = field(default_factory=list)


def beginning(article: Article, most: int) -> Article:
    """Return the paragraphs of a very long article that end within its first ``most`` characters."""
    kept = tuple(paragraph for paragraph in article.paragraphs if paragraph.end <= most)
    return replace(article, text=article.text[: kept[-1].end if kept else 0], paragraphs=kept)


def rejoined(text: str, paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Put sentences together again that a line break cuts: ``…," said`` and the speaker in the next line."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        before = found[-1] if found else None
        gap = text[before.end : paragraph.start] if before else ""
        if (
            before
            and paragraph.kind in _PROSE
            and before.kind in _PROSE
            and gap.strip(" ") == "\n"
            and (text[paragraph.start].islower() or _is_cut(text, before))
        ):
            found[-1] = Paragraph(before.start, paragraph.end, ParagraphKind.BODY)
        else:
            found.append(paragraph)
    return found


def _is_cut(text: str, line: Paragraph) -> bool:
    """True for a line that ends within a sentence, or within a quotation and not at a sentence's end."""
    if _CUT.search(text, max(line.start, line.end - 20), line.end):
        return True
    since = max(line.start, line.end - _LONGEST_QUOTATION)
    opened = text.rfind("“", since, line.end)
    return text[line.end - 1].isalnum() and opened > text.rfind("”", since, line.end)


def unwrapped(words: str) -> str:
    """Put a space for each line break within running text, as where lines are broken at a width."""
    words = f" {words[1:]}" if words[:1] in _BULLETS else words
    listed = _LISTED.match(words) if len(words) > _LONGEST_CREDIT else None
    words = " " * listed.end() + words[listed.end() :] if listed else words
    return _WRAPPED.sub(" ", words) if "\n" in words else words


def is_credit(text: str, start: int, end: int) -> bool:
    """True for what is left of a picture, "Ann Tarrow/AP", or of a film: whoever it names is not spoken of."""
    return bool(_FILM.match(text, start, end) or _CREDIT.search(text[max(start, end - _LONGEST_CREDIT) : end]))


class English:
    """Tells which paragraphs of a text are English: those with more of its small words than of other languages'."""

    def __init__(self, text: str) -> None:
        self._text = text
        english, other = self._counts(0, len(text))
        self._wholly = other * _FEW <= english
        self._mostly = other <= english

    def holds(self, start: int, end: int) -> bool:
        """Say whether ``text[start:end]`` is English; what holds for the text decides where it does not show."""
        if self._wholly:
            return True
        english, other = self._counts(start, end)
        return self._mostly if english == other else english > other

    def _counts(self, start: int, end: int) -> tuple[int, int]:
        text = self._text[start:end].lower()
        return len(_ENGLISH.findall(text)), len(_OTHER.findall(text))


def sentences(masked: str, offset: int, quotations: list[Quotation]) -> list[Sentence]:
    """Split a masked paragraph that begins at ``offset`` of the text, and give each sentence its quotations."""
    found: list[Sentence] = []
    for start, end in _spans(masked):
        words = masked[start:end]
        if found and _belongs_before(found[-1].masked, words):
            found[-1].end = offset + end
            found[-1].masked = masked[found[-1].start - offset : end]
        else:
            found.append(Sentence(offset + start, offset + end, words))
    position = 0
    for sentence in found:
        while position < len(quotations) and quotations[position].outer_start < sentence.end:
            if quotations[position].outer_start >= sentence.start:
                sentence.quotations.append(quotations[position])
            position += 1
    return found


def _spans(masked: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(masked):
        for glued in _GLUED.finditer(masked, start, end):
            if glued.start() > start and glued.end() < end:
                spans.append((start, glued.start()))
                start = glued.end()
        spans.append((start, end))
    return spans


def _belongs_before(before: str, words: str) -> bool:
    """True for a sentence that is only the attribution of the quotation before it: "…." Blinken said."""
    if not before.endswith("”") or len(words) > 160 or "“" in words:
        return False
    if _TRAILER.match(words):
        return True
    found = attributions(words)
    return bool(found) and found[0].start == 0 and not words[found[0].end :].strip(" .")


def trimmed(text: str, sentence: Sentence, start: int, end: int, direct: bool) -> tuple[int, int]:
    """Return offsets in the text of the words at ``start:end`` of a sentence, without marks and commas around them."""
    start, end = trim(text, sentence.start + start, sentence.start + end, "," if direct else ",.")
    for quotation in sentence.quotations if direct else ():
        if quotation.start - _MARKS <= start <= quotation.start and abs(quotation.end - end) <= _MARKS:
            return trim(text, quotation.start, quotation.end, ",")
    if not direct:
        # A quotation inside the words keeps both its marks.
        for quotation in sentence.quotations:
            inside = start <= quotation.start and quotation.end <= end + 1
            if quotation.closed and inside and not (start == quotation.start and quotation.end >= end):
                start = quotation.outer_start if start == quotation.start else start
                end = quotation.outer_end if quotation.end >= end else end
    return start, end


def kind_of(text: str, sentence: Sentence, spans: list[tuple[int, int]], *, direct: bool) -> StatementKind:
    """Say how words are reported: as they were said, in part, or not; the title of a work is not said."""
    if direct:
        return StatementKind.DIRECT
    quoted = [q for q in sentence.quotations if any(start <= q.start < end for start, end in spans)]
    if any(not is_title(text[q.start : q.end]) or text[q.start].islower() for q in quoted):
        return StatementKind.MIXED
    return StatementKind.INDIRECT
