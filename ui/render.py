"""From records to HTML. Pure functions; every text is escaped here, once."""

from collections.abc import Sequence
from datetime import date, datetime

from index.records import AddResult, Article, Paragraph, ParagraphKind
from index.statement_store import StatementRow
from qa import plain
from qa.records import Answer, Citation, Passage
from ui import escape, phrases, weekdays


def marked(text: str, start: int, end: int) -> str:
    """Escape ``text`` and put ``text[start:end]`` in a ``<mark>``; offsets outside are cut to the text."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    if start == end:
        return escape.html(text)
    before, words, after = text[:start], text[start:end], text[end:]
    return f"{escape.html(before)}<mark>{escape.html(words)}</mark>{escape.html(after)}"


def question(text: str, newest: bool) -> str:
    """Return what the user asked; the newest question has the id ``newest``."""
    anchor = ' id="newest"' if newest else ""
    return f'<p class="or-question"{anchor}>{escape.html(text)}</p>'


def note(text: str) -> str:
    """Return a small grey line."""
    return f'<p class="or-note">{escape.html(text)}</p>'


def sentence(text: str) -> str:
    """Return a plain paragraph."""
    return f'<p class="or-plain">{escape.html(text)}</p>'


def answer(found: Answer, numbers: Sequence[int], place: int, among: int) -> str:
    """Return the exact words as a quotation, then who said them, how likely they answer, and the citation numbers.

    Last come the dates of the weekdays that their sentences name.

    Args:
        found: The answer.
        numbers: Numbers of its citations within the reply.
        place: 1 for the best answer.
        among: How many answers the reply has.
    """
    rank = f'<span class="or-rank">Answer {place}</span>' if among > 1 else ""
    who = plain.with_role(found.speaker, found.role)
    said = f'<span class="or-speaker">{escape.html(who)}</span>' if found.speaker else ""
    explained = escape.html(phrases.likelihood_explained(found.probability))
    likely = f'<span class="or-likely" title="{explained}">{escape.html(phrases.likelihood(found.probability))}</span>'
    cited = f'<span class="or-numbers">{" ".join(f"[{number}]" for number in numbers)}</span>'
    days = dated(weekdays.of_answer(found.citation), found.citation.published)
    meta = " ".join(part for part in (rank, said, likely, cited, days) if part)
    return f'<blockquote class="or-quote">{escape.html(found.text)}</blockquote><p class="or-meta">{meta}</p>'


def dated(days: str, published: date | None) -> str:
    """Return a line of weekdays with their dates, which says from when it counts; "" for none."""
    return f'<span title="{escape.html(weekdays.explained(published))}">{escape.html(days)}</span>' if days else ""


def citation(cited: Citation) -> str:
    """Return the source paragraph with the cited words marked, and a link to the original page."""
    words = marked(cited.paragraph, cited.start - cited.paragraph_start, cited.end - cited.paragraph_start)
    return f'<p class="or-source">{words}</p>{original(cited.url)}'


def passage(read: Passage) -> str:
    """Return a passage that was read, and a link to the original page."""
    return f'<p class="or-source">{escape.html(read.text)}</p>{original(read.url)}'


def statement(row: StatementRow) -> str:
    """Return the whole words of a statement, then who said them, when and where."""
    where = phrases.source_line(row.title, row.publication, (), None)
    details = " · ".join(part for part in (phrases.day(row.published), where) if part)
    said = f'<span class="or-speaker">{escape.html(plain.said_by(row))}</span>'
    words = escape.html(plain.said(row))
    return f'<p class="or-source">{words}</p><p class="or-meta">{said} <span>{escape.html(details)}</span></p>'


def original(url: str) -> str:
    """Return a line that links to the original page, or "" where ``url`` is no web address."""
    if not escape.web_address(url):
        return ""
    return f'<p class="or-note">{escape.link(url, "Original page")}</p>'


def article_head(article: Article) -> str:
    """Return headline, deck, byline, publication and date."""
    when = phrases.day(article.published)
    lines = [f'<h1 class="or-headline">{escape.html(article.title or "Untitled")}</h1>']
    if article.deck:
        lines.append(f'<p class="or-deck">{escape.html(article.deck)}</p>')
    by = phrases.listed(article.authors)
    people = " · ".join(part for part in (f"By {by}" if by else "", article.agency) if part)
    where = " · ".join(part for part in (article.publication, article.section, article.place, when) if part)
    lines += [f'<p class="or-byline">{escape.html(line)}</p>' for line in (people, where) if line]
    return "".join(lines) + original(article.url)


def report(results: Sequence[AddResult], most: int) -> str:
    """Return what became of each article or file as a list; of more than ``most`` how many are left out."""
    items = "".join(f"<li>{_became(result)}</li>" for result in results[:most])
    left = len(results) - most
    return f'<ul class="or-report">{items}</ul>' + (note(f"And {left:,} more.") if left > 0 else "")


def _became(result: AddResult) -> str:
    """Return "failed notes.pdf: It holds no text." or "added Harbour bridge to close (bridge.html)"."""
    of = f"{result.title} ({result.source})" if result.title else result.source
    about = f": {result.reason}" if result.reason else ""
    return f'<span class="or-rank">{escape.html(result.status.value)}</span> {escape.html(of + about)}'


def replaced(when: datetime) -> str:
    """Return the line above a version that is no longer answered from."""
    words = f"This version was replaced on {phrases.day(phrases.local_day(when))}. It is no longer answered from."
    return f'<p class="or-replaced" role="note">{escape.html(words)}</p>'


def subhead(text: str) -> str:
    """Return a heading below the headline."""
    return f'<h2 class="or-subhead">{escape.html(text)}</h2>'


def article_body(article: Article, start: int, end: int) -> str:
    """Return all paragraphs with ``text[start:end]`` marked, wherever it begins and ends.

    The paragraph in which the marked words begin has the id ``cited``.
    """
    shown = [p for p in article.paragraphs if p.start < end and start < p.end]
    first = shown[0] if shown and start < end else None
    return "".join(_paragraph(article, p, start, end, p is first) for p in article.paragraphs)


def _paragraph(article: Article, paragraph: Paragraph, start: int, end: int, cited: bool) -> str:
    tag, style = _LOOKS[paragraph.kind]
    text = article.text[paragraph.start : paragraph.end]
    words = marked(text, start - paragraph.start, end - paragraph.start)
    anchor = ' id="cited"' if cited else ""
    return f'<{tag} class="{style}"{anchor}>{words}</{tag}>'


_LOOKS = {
    ParagraphKind.BODY: ("p", "or-body"),
    ParagraphKind.HEADING: ("h2", "or-subhead"),
    ParagraphKind.CAPTION: ("p", "or-aside"),
    ParagraphKind.BOILERPLATE: ("p", "or-aside"),
}
