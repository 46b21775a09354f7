"""Find the articles that may hold a quotation, by its phrases and its words."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from index.records import Article, Chunk, Filters
from qa.quote_words import Sign, Token

# Passages looked at that hold a whole part of the quotation, and others that share the most of its phrases and words.
WHOLE, NEAR = 200, 60
_SHINGLE = 4
_TERM = re.compile(r"[^\W_]+")


class SearchedLibrary(Protocol):
    """What finding a quotation needs of a library."""

    def search_keyword(self, question: str, limit: int, filters: Filters = ..., /) -> list[tuple[int, float]]:
        """Return the chunk ids that hold words of the question, best first."""

    def chunks(self, ids: Iterable[int], /) -> dict[int, Chunk]:
        """Return the chunks with these ids."""

    def articles_by_id(self, ids: Iterable[str], /) -> dict[str, Article]:
        """Return the articles with these ids."""


def likely_articles(library: SearchedLibrary, asked: Sequence[Token], filters: Filters) -> list[Article]:
    """Return the articles that may hold a quotation, those first that hold a whole part of it, word for word.

    Args:
        library: Where to look.
        asked: The quotation.
        filters: Which articles are looked at.
    """
    parts = [
        [term for token in tokens for term in _TERM.findall(token.text)]
        for is_word, tokens in groupby(asked, key=lambda token: token.sign is Sign.WORD)
        if is_word
    ]
    whole = " ".join(_phrase(terms) for terms in parts)
    pieces = [_phrase(terms[at : at + _SHINGLE]) for terms in parts for at in range(0, len(terms), _SHINGLE // 2)]
    near = " ".join([*pieces, *(term for terms in parts for term in terms)])
    hits = [*library.search_keyword(whole, WHOLE, filters), *library.search_keyword(near, NEAR, filters)]
    chunks = library.chunks(chunk_id for chunk_id, _ in hits)
    ids = dict.fromkeys(chunks[chunk_id].article_id for chunk_id, _ in hits if chunk_id in chunks)
    articles = library.articles_by_id(ids)
    return [articles[i] for i in ids if i in articles]


def _phrase(terms: Sequence[str]) -> str:
    """Return the terms as one word, which the keyword index looks for as a phrase, as it does "anti-abortion"."""
    return "-".join(terms)
