"""A reply as plain text for the terminal."""

from datetime import date

from index.records import LibraryStats
from qa.records import Answer, Citation, Reply, Status

UNTITLED = "Untitled"


def plain_text(reply: Reply) -> str:
    """Return the reply in lines: answers with numbered sources, or what was searched and the closest passages."""
    lines = []
    if reply.query.interpreted_as != reply.query.question:
        lines += [f"Understood as: {reply.query.interpreted_as}", ""]
    if reply.status is Status.ANSWERED:
        number = 0
        for answer in reply.answers:
            citations = [answer.citation, *answer.also_in]
            lines += [_headline(answer)]
            for citation in citations:
                number += 1
                lines.append(f"  [{number}] {source_line(citation)}")
            lines += [f"      {_shortened(answer.citation.paragraph)}", ""]
    else:
        lines += [reply.reason, searched_line(reply.searched), ""]
        if reply.passages:
            lines.append("Closest passages:")
        for passage in reply.passages[:3]:
            publication = f" ({passage.publication})" if passage.publication else ""
            lines += [f"  {passage.title or UNTITLED}{publication}", f"      {_shortened(passage.text)}"]
    return "\n".join(lines).rstrip()


def _headline(answer: Answer) -> str:
    said_by = f"{answer.speaker}: " if answer.speaker else ""
    return f"{said_by}“{answer.text}”  ({answer.probability:.0%} likely)"


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


def searched_line(searched: LibraryStats) -> str:
    """Return what was searched in one sentence."""
    publications = len(searched.publications)
    line = f"Searched {searched.articles:,} article{'' if searched.articles == 1 else 's'}"
    if publications:
        line += f" from {publications:,} publication{'' if publications == 1 else 's'}"
    if searched.first and searched.last:
        line += f", {day(searched.first)} to {day(searched.last)}"
    return line + "."


def _shortened(text: str, limit: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + " …"
