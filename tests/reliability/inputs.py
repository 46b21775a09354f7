"""Read one input all the way to what would be stored, and check what must hold whatever it is."""

import re
from collections.abc import Iterator

from index.article import article_from
from index.chunk import chunk_spans
from index.errors import OnRecordError
from index.records import Article, Draft, Failure
from index.sources import Limits, read_bytes, read_pasted
from index.statements import statements

# Small, so that an input of a few hundred kilobytes meets every limit.
LIMITS = Limits(
    file_bytes=2_000_000, unpacked_bytes=10_000_000, archive_files=1000, article_characters=200_000, pdf_pages=100,
    file_seconds=2.0,
)  # fmt: skip
# Pasted text comes without a file name.
PASTED = "pasted"
# What a reader says for want of a better reason; a parser has raised what nobody expected of it.
UNEXPECTED = re.compile(r"It could not be read as \S+; it may be damaged \((?P<what>.*)\)\.$", re.DOTALL)
# Parsers of these formats raise many things on damaged files, which is what damaged means there.
_MAY_BE_DAMAGED = (".pdf", ".docx")
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_PIECE = re.compile(r"\w{1,8}|[^\w\s]")
_CHUNK_TOKENS, _CHUNK_OVERLAP = 200, 40


class BrokenPromiseError(AssertionError):
    """Something that is promised of every input does not hold."""


def read_input(name: str, data: bytes, limits: Limits = LIMITS) -> Iterator[Draft | Failure]:
    """Read a file, or what was pasted where ``name`` is ``PASTED``."""
    if name == PASTED:
        yield read_pasted(data.decode("utf-8", "surrogateescape"))
    else:
        yield from read_bytes(name, data, limits)


def check_input(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[int, int]:
    """Take what was read to article, passages and statements.

    Returns:
        How many drafts and failures there were.

    Raises:
        BrokenPromiseError: What is promised does not hold. Anything else that is raised breaks a promise too.
    """
    drafts = failures = 0
    for item in read_input(name, data, limits):
        _promise(not _FORBIDDEN.search(item.source), f"the report shows {item.source!r} as it is")
        if isinstance(item, Failure):
            failures += 1
            _check_failure(name, item)
        else:
            drafts += 1
            check_draft(item, limits)
    _promise(drafts + failures > 0, "nothing was reported")
    return drafts, failures


def check_draft(draft: Draft, limits: Limits = LIMITS) -> None:
    """Take a draft to article, passages and statements, and check what holds for those."""
    try:
        article = article_from(draft, limits.article_characters)
    except OnRecordError as error:
        _promise(str(error).endswith("."), f"no sentence: {error}")
        return
    _check_article(article)
    pieces = [match.span() for match in _PIECE.finditer(article.text)]
    for start, end in chunk_spans(article, pieces, _CHUNK_TOKENS, _CHUNK_OVERLAP):
        _promise(0 <= start < end <= len(article.text), f"passage {start}:{end}")
    for statement in statements(article):
        for start, end in (*statement.spans, statement.context):
            _promise(0 <= start < end <= len(article.text), f"statement {start}:{end}")
        _promise(not _FORBIDDEN.search(statement.speaker + statement.role + statement.cue), "a speaker's name")


def _check_failure(name: str, failure: Failure) -> None:
    _promise(failure.reason.endswith(".") and len(failure.reason) < 1000, f"no sentence: {failure.reason[:200]}")
    _promise(not _FORBIDDEN.search(failure.reason), f"the reason shows {failure.reason!r} as it is")
    unexpected = UNEXPECTED.search(failure.reason)
    _promise(unexpected is None or name.endswith(_MAY_BE_DAMAGED), f"a parser raised: {failure.reason}")


def _check_article(article: Article) -> None:
    fields = (article.text, article.title, article.deck, article.publication, *article.authors)
    more = (article.agency, article.place, article.section, article.url, article.source)
    for value in (*fields, *more):
        _promise(not _FORBIDDEN.search(value), f"an article would hold {_FORBIDDEN.search(value)}")
        value.encode()
    position = 0
    for paragraph in article.paragraphs:
        _promise(position <= paragraph.start < paragraph.end <= len(article.text), f"{paragraph}")
        _promise(not article.text[position : paragraph.start].strip(), "text outside of paragraphs")
        position = paragraph.end
    _promise(not article.text[position:].strip(), "text after the last paragraph")


def _promise(holds: bool, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(what)
