"""A reply as plain text for the terminal."""

from collections.abc import Sequence
from datetime import date

from index.quotations import find_quotations
from index.records import Filters, LibraryStats, StatementKind
from index.statement_store import SpeakerName, StatementRow
from qa.records import Answer, Citation, Instead, Reply, Status

UNTITLED = "Untitled"
DISAGREE = "Sources here give different answers:"
# Enough for a terminal; `python -m qa statements` has them all.
_LISTED = 20
_LONGEST_ROLE = 60


def plain_text(reply: Reply) -> str:
    """Return the reply in lines: answers with numbered sources, or what was searched and the closest passages."""
    lines = []
    if reply.query.interpreted_as != reply.query.question:
        lines += [f"Understood as: {reply.query.interpreted_as}", ""]
    if setting := said_of(reply.query.filters, reply.query.prefer_recent):
        lines += [f"{setting}.", ""]
    if reply.status is Status.ANSWERED:
        number = 0
        lines += [DISAGREE, ""] if reply.disagreement else []
        for answer in reply.answers:
            citations = [answer.citation, *answer.also_in]
            lines += [_headline(answer)]
            for citation in citations:
                number += 1
                lines.append(f"  [{number}] {source_line(citation)}" + (" (copy)" if citation.copy else ""))
            lines += [f"      {_shortened(answer.citation.paragraph)}", ""]
        lines += _all_statements(reply.statements)
        if reply.query.filters:
            lines.append(searched_line(reply.searched, reply.held))
    else:
        lines += [reply.reason, searched_line(reply.searched, reply.held), ""]
        lines += _offered(reply.instead) if reply.instead else []
        if reply.passages:
            lines.append("Closest passages:")
        for passage in reply.passages[:3]:
            publication = f" ({passage.publication})" if passage.publication else ""
            lines += [f"  {passage.title or UNTITLED}{publication}", f"      {_shortened(passage.text)}"]
    return "\n".join(lines).rstrip()


def _headline(answer: Answer) -> str:
    said_by = f"{with_role(answer.speaker, answer.role)}: " if answer.speaker else ""
    words = f"“{answer.text}”" if answer.direct or _is_quoted(answer.citation) else answer.text
    return f"{said_by}{words}  ({answer.probability:.0%} likely)"


def _is_quoted(cited: Citation) -> bool:
    """Say whether the words stand within quotation marks in their paragraph: only such are shown in marks."""
    start, end = cited.start - cited.paragraph_start, cited.end - cited.paragraph_start
    quotations = find_quotations(cited.paragraph, 0, len(cited.paragraph))
    return any(quotation.outer_start < start and end <= quotation.outer_end for quotation in quotations)


def _all_statements(rows: Sequence[StatementRow]) -> list[str]:
    """Return the list of statements; nothing where there is but one, which the answer shows."""
    if len(rows) < 2:
        return []
    left = len(rows) - _LISTED
    more = [f"  … and {left:,} more; python -m qa statements lists them."] if left > 0 else []
    return [f"All {len(rows):,} statements, oldest first:", *_statements(rows[:_LISTED]), *more, ""]


def _offered(instead: Instead) -> list[str]:
    lines = []
    if instead.statements:
        lines += [f"{said_instead(instead)}:", *_statements(instead.statements), ""]
    if instead.speakers:
        lines += [f"Who spoke about {instead.topic}:", *(f"  {counted(found)}" for found in instead.speakers), ""]
    return lines


def said_instead(instead: Instead) -> str:
    """Return the heading of what the speaker did say."""
    return f"What {instead.speaker} said"


def counted(found: SpeakerName) -> str:
    """Return "Anne Milgram, Administrator: 3 statements in 2 articles"."""
    statements = f"{found.statements:,} statement{'' if found.statements == 1 else 's'}"
    articles = f"{found.articles:,} article{'' if found.articles == 1 else 's'}"
    return f"{with_role(found.speaker, found.role)}: {statements} in {articles}"


def _statements(rows: Sequence[StatementRow]) -> list[str]:
    lines = []
    for row in rows:
        title = f"{row.title or UNTITLED} ({row.article_id})"
        source = ", ".join(part for part in (day(row.published), row.publication, title) if part)
        lines += [f"  {said_by(row)}: {said(row)}", f"      {source}"]
    return lines


def said_by(row: StatementRow) -> str:
    """Return the speaker of a statement with the role: "Merrick Garland, Attorney General"."""
    return with_role(row.speaker or row.speaker_text or "Somebody", row.role)


def with_role(name: str, role: str) -> str:
    """Return "Merrick Garland, Attorney General"; the name alone where there is no role or the name is the role.

    A long role ("a former Arizona Democratic party spokesman and vice president of ...") is cut at a word.
    """
    if not role or role.casefold() in name.casefold():
        return name
    return f"{name}, {_shortened(role, _LONGEST_ROLE)}"


def said(row: StatementRow) -> str:
    """Return the whole words of a statement in one line, in quotation marks where somebody is quoted directly."""
    words = " ".join(row.text.split())
    return f"“{words}”" if row.kind is StatementKind.DIRECT else words


def source_line(citation: Citation) -> str:
    """Return headline, publication, authors and date in one line; what is unknown is left out.

    The article id comes last, for ``python -m index show``.
    """
    parts = [citation.publication, ", ".join(citation.authors), day(citation.published)]
    details = ", ".join(part for part in parts if part)
    title = citation.title or UNTITLED
    return f"{title} — {details} ({citation.article_id})" if details else f"{title} ({citation.article_id})"


def day(published: date | None) -> str:
    """Return a date as "5 October 2023"; "" where it is unknown."""
    return f"{published.day} {published:%B %Y}" if published else ""


def said_of(filters: Filters, prefer_recent: bool) -> str:
    """Return what a question is restricted to and whether newer articles are preferred; "" for neither."""
    preferred = "newer articles preferred" if prefer_recent else ""
    parts = [part for part in (restricted_to(filters), preferred) if part]
    line = "; ".join(parts)
    return line[:1].upper() + line[1:]


def restricted_to(filters: Filters) -> str:
    """Return what ``filters`` leave, "Only in Daily Bee, from 2 October 2023"; "" where nothing is restricted."""
    parts = []
    for leading, names, unnamed in (
        ("in ", filters.publications, "articles without a publication"),
        ("by ", filters.authors, ""),
        ("section ", filters.sections, "none"),
    ):
        if names:
            parts.append(leading + either([name or unnamed for name in names]))
    if filters.since:
        parts.append(f"from {day(filters.since)}")
    if filters.until:
        parts.append(f"until {day(filters.until)}")
    return "Only " + ", ".join(parts) if parts else ""


def either(names: Sequence[str]) -> str:
    """Return "A", "A or B", "A, B or C"."""
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def searched_line(searched: LibraryStats, held: int = 0) -> str:
    """Return what was searched in one sentence; ``held`` is how many articles the library has, if that is of use."""
    publications = len(searched.publications)
    of = f" of {held:,}" if held > searched.articles else ""
    line = f"Searched {searched.articles:,}{of} article{'' if (held or searched.articles) == 1 else 's'}"
    if publications:
        line += f" from {publications:,} publication{'' if publications == 1 else 's'}"
    if searched.first and searched.last:
        line += f", {day(searched.first)} to {day(searched.last)}"
    return line + "."


def _shortened(text: str, limit: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + " …"
