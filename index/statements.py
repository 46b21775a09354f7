"""Who said what in one article: direct, indirect and mixed quotation, found by rules in linear time."""

import re
from dataclasses import dataclass
from functools import reduce

from index import cues
from index.attribution import Attribution, attributions
from index.clauses import Words, is_wholly_quoted, words_said
from index.evidence import needs_quotation
from index.identity import same_speaker
from index.names import NAME, fold
from index.nested import with_nested
from index.quotations import MARK, NICKNAME, Quotation, find_quotations, is_title, mask
from index.records import Article, Paragraph, ParagraphKind, Statement, StatementKind
from index.releases import issued, named_in, signature
from index.speakers import Cast, Mention
from index.speech import English, Sentence, beginning, is_credit, kind_of, rejoined, sentences, trimmed, unwrapped
from index.speeches import meet, with_speeches
from index.subjects import leading_subject
from index.wordlists import TITLES

_CONTINUED_SHORTEST = 4
# Paragraphs: between a statement and a quotation that goes on with it; at the beginning of a release.
_NEAR, _OPENING = 2, 4
# What nobody writes, so that text made to do harm costs no more than the longest real article: of 13,500, that has
# 220,000 characters.
_MOST_CHARACTERS, _LONGEST_SENTENCE, _MOST_STATEMENTS = 300_000, 10_000, 3000
# Paragraphs without a mark within one quotation.
_MOST_HELD = 5
_GROUP = re.compile(rf"({NAME}) and (?:his|her|their) (?:[a-z-]+ ){{0,2}}(?:co-?authors|colleagues|team|coauthors)\b")
_LETTERS = re.compile(r"[a-z]+")


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


def statements(article: Article) -> tuple[Statement, ...]:
    """Find every statement of an article, in text order.

    Captions, boilerplate and prose that is not English are left out, and so are quotations that the article attributes
    to nobody, and what comes after the first 300,000 characters or 3,000 statements.
    """
    finder = _read(article)
    found = tuple(
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
        if draft.mention.name or draft.written
    )
    return with_nested(article, with_speeches(article, found), finder.cast)


def cast_of(article: Article) -> Cast:
    """Return whom an article names, and what was asked of it: what the weights of referents are fitted on."""
    return _read(article).cast


def _read(article: Article) -> "_Finder":
    if len(article.text) > _MOST_CHARACTERS:
        article = beginning(article, _MOST_CHARACTERS)
    finder, english = _Finder(article.text, article.title), English(article.text)
    for paragraph in rejoined(article.text, article.paragraphs):
        if finder.is_full():
            break
        if paragraph.kind is ParagraphKind.BODY and english.holds(paragraph.start, paragraph.end):
            finder.read(paragraph)
        elif paragraph.kind is ParagraphKind.HEADING:
            finder.pass_heading(paragraph)
    return finder


class _Finder:
    """Reads the paragraphs of one article in order."""

    def __init__(self, text: str, title: str = "") -> None:
        self._text = text
        self._announced = named_in(title)
        self.cast = Cast(text, title)
        self._single = not any(mark in text for mark in ('"', "“", "”", "``"))
        self._nicknames = {f"'{m[1]}'": m[0] for m in NICKNAME.finditer(text)}
        self._drafts: list[_Draft] = []
        self._runs_on: _Draft | None = None
        self._held: list[tuple[int, int]] = []  # paragraphs without marks since the quotation was opened
        self._colon = False
        self._giver: tuple[str, str] | None = None  # subject and cue of a paragraph that gives somebody the word
        self._next_giver: tuple[str, str] | None = None
        self._last: _Draft | None = None  # the statement that a bare quotation goes on with
        self._last_at = -9
        self._count = 0

    def read(self, paragraph: Paragraph) -> None:
        """Find the statements of one paragraph."""
        start, end = paragraph.start, paragraph.end
        if is_credit(self._text, start, end):
            return
        self._count += 1
        if self._sign(start, end):
            return
        quotations = find_quotations(self._text, start, end, single=self._single, runs_on=self._runs_on is not None)
        still_open = self._hold(start, end, quotations)
        masked = unwrapped(NICKNAME.sub(r"'\1'", mask(self._text, quotations, start, end)))
        found = sentences(masked, start, quotations)
        self._next_giver = None
        for index, sentence in enumerate(found):
            if len(sentence.masked) <= _LONGEST_SENTENCE:
                self._sentence(sentence, first=index == 0)
                self.cast.note_document(sentence.masked, sentence.start)
        self._runs_on = still_open
        last = self._drafts[-1] if self._drafts and self._drafts[-1].spans else None
        if last and quotations and not quotations[-1].closed and last.spans[-1][1] >= quotations[-1].end - 2:
            self._runs_on = last
        gives = self._next_giver is None and self._gives_word(found)
        self._colon = gives or masked.rstrip().endswith(":")
        self._giver = self._next_giver

    def _hold(self, start: int, end: int, quotations: list[Quotation]) -> "_Draft | None":
        """Remember a paragraph without any mark after one whose quotation is open; a closing mark shows it was in it.

        Returns:
            Whose quotation is open still after this paragraph, or None.
        """
        whose = self._runs_on
        if whose and not MARK.search(self._text, start, end) and len(self._held) < _MOST_HELD:
            self._held.append((start, end))
            return whose
        if whose and self._held and quotations and quotations[0].start == start and quotations[0].closed:
            inside = (self._held[0][0], self._held[-1][1])
            self._drafts = [d for d in self._drafts if d is whose or not (d.spans and meet(d.spans[0], inside))]
            whose.spans += self._held
            whose.context[1] = inside[1]
        elif self._held:
            self._runs_on = None
        self._held = []
        return None

    def _sign(self, start: int, end: int) -> bool:
        """Give the quotation of the paragraph before to whom this one names."""
        signed, last = signature(self._text, start, end), self._last
        if not signed or not last or last.cue or self._count - self._last_at != 1:
            return False
        if last.written and last.mention.name:
            return False
        last.written, last.mention = signed[0], self.cast.resolve(*signed, start, last.spans)
        return True

    def pass_heading(self, paragraph: Paragraph) -> None:
        """Take note of a heading that gives somebody the word: "Smith's full remarks are below:"."""
        heading = self._text[paragraph.start : paragraph.end]
        if not heading.endswith(":"):
            return
        found = attributions(heading)
        subject = found[-1].subject.strip() if found else leading_subject(heading)
        if found and subject:
            self.cast.introduce(subject, paragraph.start)
            self._colon, self._giver = True, (subject, found[-1].cue)
        elif subject:
            self.cast.note(subject)
            self._colon, self._giver = True, None

    def is_full(self) -> bool:
        """Say whether more was found than any article has."""
        return len(self._drafts) >= _MOST_STATEMENTS

    def finished(self) -> list[_Draft]:
        """Return what was found, in text order."""
        return sorted((d for d in self._drafts if d.spans), key=lambda d: d.spans[0])

    def _sentence(self, sentence: Sentence, *, first: bool) -> None:
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
                self._next_giver = (found[-1].subject.strip(), found[-1].cue)
                self.cast.introduce(found[-1].subject.strip(), sentence.start)
                return
            if sentence.masked.startswith("“"):
                self._bare(sentence, first=first)
            self._note(sentence)
            return
        if said[0][0].start > 0 and not (said[0][0].inverted or said[0][1].trailing):
            self._note(sentence, before=said[0][0].start)
        for attribution, words in said:
            self._attributed(sentence, attribution, words, first=first)

    def _note(self, sentence: Sentence, before: int | None = None) -> None:
        group = _GROUP.match(sentence.masked)
        if group:
            self.cast.note_group(group[1])
            return
        subject = leading_subject(sentence.masked if before is None else sentence.masked[:before])
        credit = subject and f"{subject}/" in sentence.masked
        if subject and not credit and not subject.endswith(("'s", "’s", "'", "’")):
            self.cast.note(subject)

    def _gives_word(self, paragraph: list[Sentence]) -> bool:
        """True where the paragraph says that somebody issued a statement."""
        giver = next((found for sentence in paragraph if (found := issued(sentence))), None)
        if giver:
            self._next_giver = giver
            self.cast.introduce(giver[0], paragraph[0].start)
        return giver is not None

    def _attributed(self, sentence: Sentence, attribution: Attribution, words: Words, *, first: bool) -> None:
        spans = [s for s in (trimmed(self._text, sentence, a, b, words.direct) for a, b in words.spans) if s[0] < s[1]]
        if not spans:
            return
        kind = kind_of(self._text, sentence, spans, direct=words.direct)
        if kind is StatementKind.INDIRECT and needs_quotation(sentence.masked, attribution, words.spans[0]):
            return  # "wrote a life of Penn, “The Tide”": a title is nothing that is said
        written = attribution.subject.strip()
        pending = self._runs_on if first and self._runs_on and self._runs_on.cue == "" else None
        mention = self.cast.resolve(written, attribution.apposition, sentence.start + attribution.start, spans)
        draft = _Draft(kind, spans, [sentence.start, sentence.end], mention, written, attribution.cue)
        # "“….” – Senator Quill" after several paragraphs is the attribution of all of them.
        open_still = pending or (self._runs_on if first and words.trailing and not attribution.cue else None)
        if open_still and open_still.mention.name in ("", mention.name) and kind is StatementKind.DIRECT:
            pending = open_still
            draft.spans = [*pending.spans, *spans]
            draft.context[0] = pending.context[0]
            pending.spans = []
        self._drafts.append(draft)
        self._last, self._last_at = draft, self._count

    def as_written(self, name: str) -> str:
        """Put the marks around a nickname back that were changed so as not to be taken for a quotation's."""
        return reduce(lambda kept, pair: kept.replace(*pair), self._nicknames.items(), name)

    def _bare(self, sentence: Sentence, *, first: bool) -> None:
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
        if self._announced and not self._drafts and not self._giver:
            # A release that is all statement names its speaker in its title only.
            self._giver, self._colon = (self._announced, "Statement"), True
            self.cast.introduce(self._giver[0], sentence.start)
        mention = self._speaker_of_bare(goes_on)
        if not self._colon and not goes_on and len(words.split()) < 2 * _CONTINUED_SHORTEST:
            mention = Mention("")
        draft = _Draft(StatementKind.DIRECT, spans, [sentence.start, sentence.end], mention)
        if self._colon and self._giver and not goes_on:
            draft.written, draft.cue = self._giver
        elif not mention.name and self._last and self._count - self._last_at <= _NEAR and mention == self._last.mention:
            draft.written = self._last.written
        self._drafts.append(draft)
        self._last, self._last_at = draft, self._count

    def _speaker_of_bare(self, goes_on: _Draft | None) -> Mention:
        if goes_on:
            return goes_on.mention
        latest = self.cast.latest()
        if self._colon or (self._last and self._count - self._last_at <= _NEAR):
            if self._last and not self._colon and not self._last.mention.name and self._last.written:
                return self._last.mention  # "the senators wrote" in the paragraph before
            if latest and (" " in latest.name or (self._colon and self._giver)):
                return latest
        holds_office = latest and latest.name and not TITLES.isdisjoint(fold(latest.role).split())
        if not self._drafts and latest and holds_office and self._count <= _OPENING:
            return latest  # the one whom a release is about
        return Mention("")
