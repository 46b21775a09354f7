"""Who said what in one article: direct, indirect and mixed quotation, found by rules in linear time."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from index import cues
from index.attribution import Attribution, attributions
from index.clauses import Words, is_wholly_quoted, words_said
from index.identity import same_speaker
from index.quotations import NICKNAME, Quotation, find_quotations, is_title, mask, trim
from index.records import Article, Paragraph, ParagraphKind
from index.sentences import sentence_spans
from index.speakers import Cast, Mention
from index.subjects import leading_subject, subject_before

_CONTINUED_SHORTEST = 4
# Characters that marks, white space and punctuation take between a quotation's words and its end.
_MARKS = 4
_LETTERS = re.compile(r"[a-z]+")
_ISSUED = re.compile(r"\b(?:issued|released|made|gave|delivered)\s[^.:]{0,60}?\b(?:statement|remarks)\b")
_TRAILER = re.compile(r"[-–—]{1,2}\s?[A-Z]")


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


def same_person(asked: str, statement: Statement) -> bool:
    """Say whether a name or role that was asked for means a statement's speaker; see ``same_speaker`` for the rules."""
    return same_speaker(asked, statement.speaker, statement.role, statement.speaker_text)


@dataclass(slots=True)
class _Draft:
    kind: StatementKind
    spans: list[tuple[int, int]]
    context: list[int]
    mention: Mention
    written: str = ""
    cue: str = ""


@dataclass(slots=True)
class _Sentence:
    """A sentence: its place in the text, its words with quotations hidden, and its quotations."""

    start: int
    end: int
    masked: str
    quotations: list[Quotation] = field(default_factory=list)


def statements(article: Article) -> tuple[Statement, ...]:
    """Find every statement of an article, in text order. Captions and boilerplate are left out."""
    finder = _Finder(article.text)
    for paragraph in article.paragraphs:
        if paragraph.kind is ParagraphKind.BODY:
            finder.read(paragraph)
        elif paragraph.kind is ParagraphKind.HEADING:
            finder.pass_heading(paragraph)
    return tuple(
        Statement(
            article.id,
            draft.kind,
            tuple(draft.spans),
            finder.as_written(draft.written),
            finder.as_written(draft.mention.name),
            finder.as_written(draft.mention.role),
            draft.cue,
            (draft.context[0], draft.context[1]),
        )
        for draft in finder.finished()
    )


class _Finder:
    """Reads the paragraphs of one article in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cast = Cast(text)
        self._single = not any(mark in text for mark in ('"', "“", "”", "``"))
        self._nicknames = {f"'{m[1]}'": m[0] for m in NICKNAME.finditer(text)}
        self._drafts: list[_Draft] = []
        self._runs_on: _Draft | None = None
        self._colon = False
        self._last: _Draft | None = None  # the statement that a bare quotation goes on with
        self._last_at = -9
        self._count = 0

    def read(self, paragraph: Paragraph) -> None:
        """Find the statements of one paragraph."""
        self._count += 1
        start, end = paragraph.start, paragraph.end
        quotations = find_quotations(self._text, start, end, single=self._single, runs_on=self._runs_on is not None)
        masked = NICKNAME.sub(r"'\1'", mask(self._text, quotations, start, end))
        sentences = _sentences(masked, start, quotations)
        for index, sentence in enumerate(sentences):
            self._sentence(sentence, first=index == 0)
        self._runs_on = None
        if (
            quotations
            and not quotations[-1].closed
            and self._drafts
            and self._drafts[-1].spans
            and self._drafts[-1].spans[-1][1] >= quotations[-1].end - 2
        ):
            self._runs_on = self._drafts[-1]
        self._colon = masked.rstrip().endswith(":") or self._gives_word(sentences)

    def pass_heading(self, paragraph: Paragraph) -> None:
        """Take note of a heading that gives somebody the word: "Smith's full remarks are below:"."""
        heading = self._text[paragraph.start : paragraph.end]
        subject = leading_subject(heading) if heading.endswith(":") else None
        if subject:
            self._cast.note(subject)
            self._colon = True

    def finished(self) -> list[_Draft]:
        """Return what was found, in text order."""
        return sorted((d for d in self._drafts if d.spans), key=lambda d: d.spans[0])

    def _sentence(self, sentence: _Sentence, *, first: bool) -> None:
        said: list[tuple[Attribution, Words]] = []
        if (
            sentence.quotations
            or not cues.CUES.isdisjoint(_LETTERS.findall(sentence.masked))
            or "ccording" in sentence.masked
        ):
            said = words_said(sentence.masked, attributions(sentence.masked))
        if not said:
            found = attributions(sentence.masked) if sentence.masked.endswith(":") else []
            if found:
                self._cast.introduce(found[-1].subject)
                return
            if sentence.masked.startswith("“"):
                self._bare(sentence, first=first)
            self._note(sentence)
            return
        if said[0][0].start > 0 and not (said[0][0].inverted or said[0][1].trailing):
            self._note(sentence, before=said[0][0].start)
        for attribution, words in said:
            self._attributed(sentence, attribution, words, first=first)

    def _note(self, sentence: _Sentence, before: int | None = None) -> None:
        subject = leading_subject(sentence.masked if before is None else sentence.masked[:before])
        if subject and not subject.endswith(("'s", "’s", "'", "’")):
            self._cast.note(subject)

    def _gives_word(self, sentences: list[_Sentence]) -> bool:
        """True where the paragraph says that somebody issued a statement, which then follows without a colon."""
        for sentence in sentences:
            found = None if sentence.quotations else _ISSUED.search(sentence.masked)
            subject = subject_before(sentence.masked, found.start()) if found else None
            if subject:
                self._cast.introduce(subject[1])
                return True
        return False

    def _attributed(self, sentence: _Sentence, attribution: Attribution, words: Words, *, first: bool) -> None:
        spans = [s for s in (self._trimmed(sentence, a, b, words.direct) for a, b in words.spans) if s[0] < s[1]]
        if not spans:
            return
        kind = self._kind(sentence, words, spans)
        written = attribution.subject.strip()
        pending = self._runs_on if first and self._runs_on and self._runs_on.cue == "" else None
        before = "" if words.trailing else sentence.masked[: attribution.start]
        mention = self._cast.resolve(written, attribution.apposition, before)
        draft = _Draft(kind, spans, [sentence.start, sentence.end], mention, written, attribution.cue)
        if pending and not pending.mention.name and kind is StatementKind.DIRECT:
            draft.spans = [*pending.spans, *spans]
            draft.context[0] = pending.context[0]
            pending.spans = []
        self._drafts.append(draft)
        self._last, self._last_at = draft, self._count

    def as_written(self, name: str) -> str:
        """Put the marks around a nickname back that were changed so as not to be taken for a quotation's."""
        for plain, original in self._nicknames.items():
            name = name.replace(plain, original)
        return name

    def _kind(self, sentence: _Sentence, words: Words, spans: list[tuple[int, int]]) -> StatementKind:
        if words.direct:
            return StatementKind.DIRECT
        quoted = [q for q in sentence.quotations if any(a <= q.start < b for a, b in spans)]
        if any(not is_title(self._text[q.start : q.end]) or self._text[q.start].islower() for q in quoted):
            return StatementKind.MIXED
        return StatementKind.INDIRECT

    def _trimmed(self, sentence: _Sentence, start: int, end: int, direct: bool) -> tuple[int, int]:
        start, end = trim(self._text, sentence.start + start, sentence.start + end, "," if direct else ",.")
        for quotation in sentence.quotations if direct else ():
            if quotation.start - _MARKS <= start <= quotation.start and abs(quotation.end - end) <= _MARKS:
                return trim(self._text, quotation.start, quotation.end, ",")
        if not direct:
            # A quotation inside the words keeps both its marks.
            for quotation in sentence.quotations:
                inside = start <= quotation.start and quotation.end <= end + 1
                if quotation.closed and inside and not (start == quotation.start and quotation.end >= end):
                    start = quotation.outer_start if start == quotation.start else start
                    end = quotation.outer_end if quotation.end >= end else end
        return start, end

    def _bare(self, sentence: _Sentence, *, first: bool) -> None:
        """Handle a sentence that opens with a quotation and has no attribution."""
        spans = [(q.start, q.end) for q in sentence.quotations]
        if not spans or not is_wholly_quoted(sentence.masked):
            return
        goes_on = self._runs_on if first else (self._last if self._last_at == self._count else None)
        if goes_on and goes_on.kind is StatementKind.DIRECT and goes_on.spans and goes_on.context[1] <= sentence.start:
            goes_on.spans.extend(spans)
            goes_on.context[1] = sentence.end
            self._last, self._last_at = goes_on, self._count
            return
        words = self._text[spans[0][0] : spans[-1][1]]
        if is_title(words) or len(words.split()) < _CONTINUED_SHORTEST:
            return
        mention = self._speaker_of_bare(goes_on)
        if not self._colon and not goes_on and len(words.split()) < 2 * _CONTINUED_SHORTEST:
            mention = Mention("")
        draft = _Draft(StatementKind.DIRECT, spans, [sentence.start, sentence.end], mention)
        self._drafts.append(draft)
        self._last, self._last_at = draft, self._count

    def _speaker_of_bare(self, goes_on: _Draft | None) -> Mention:
        if goes_on:
            return goes_on.mention
        if self._colon or (self._last and self._count - self._last_at <= 2):
            latest = self._cast.latest()
            if latest and " " in latest.name:
                return latest
        return Mention("")


def _sentences(masked: str, offset: int, quotations: list[Quotation]) -> list[_Sentence]:
    found: list[_Sentence] = []
    for start, end in sentence_spans(masked):
        words = masked[start:end]
        if found and _belongs_before(found[-1].masked, words):
            found[-1].end = offset + end
            found[-1].masked = masked[found[-1].start - offset : end]
        else:
            found.append(_Sentence(offset + start, offset + end, words))
    position = 0
    for sentence in found:
        while position < len(quotations) and quotations[position].outer_start < sentence.end:
            if quotations[position].outer_start >= sentence.start:
                sentence.quotations.append(quotations[position])
            position += 1
    return found


def _belongs_before(before: str, words: str) -> bool:
    """True for a sentence that is only the attribution of the quotation before it: "…." Blinken said."""
    if not before.endswith("”") or len(words) > 160 or "“" in words:
        return False
    if _TRAILER.match(words):
        return True
    found = attributions(words)
    return bool(found) and found[0].start == 0 and not words[found[0].end :].strip(" .")
