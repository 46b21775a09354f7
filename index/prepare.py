"""What happens to an article before it is stored: cleaning, passages, vectors, statements."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.article import article_from
from index.catalog import Manifest
from index.chunk import chunk_spans
from index.embed import Embedder, EmbedderProtocol, passage_text
from index.errors import LibraryMismatchError, OnRecordError
from index.records import AddResult, AddStatus, Article, Draft, Failure, Statement
from index.settings import Settings
from index.statement_writes import find_statements

logger = logging.getLogger(__name__)

EmbedderSource = EmbedderProtocol | Callable[[], EmbedderProtocol]


@dataclass(slots=True)
class Prepared:
    """One offered item on its way into the library.

    Attributes:
        reason: Why it cannot go in, or "".
        vectors: One float16 row for each span; None until it was embedded.
    """

    source: str
    title: str = ""
    article: Article | None = None
    reason: str = ""
    spans: Sequence[tuple[int, int]] = ()
    vectors: NDArray[np.float16] | None = None
    statements: Sequence[Statement] = ()

    def failed(self) -> AddResult:
        """Return the report on an item that could not go in."""
        return AddResult(self.source, AddStatus.FAILED, title=self.title, reason=self.reason)


class Preparer:
    """Makes articles, passages and vectors; loads the embedder when the first vector is needed."""

    def __init__(self, source: EmbedderSource | None, settings: Settings) -> None:
        """Prepare with an embedder, or with what loads it when it is first needed; None for the one of the settings."""
        self._source = source or (lambda: Embedder.load(settings.embedder, settings.threads))
        self._settings = settings
        self._loaded: EmbedderProtocol | None = None if callable(source) else source
        self._lock = threading.Lock()

    @property
    def embedder(self) -> EmbedderProtocol:
        """The embedder, loaded once."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._source() if callable(self._source) else self._source
            return self._loaded

    def manifest(self) -> Manifest:
        """Return what vectors are made with here."""
        e, s = self.embedder, self._settings
        return Manifest(e.name, e.digest, e.dimension, s.chunk_tokens, s.chunk_overlap)

    def may_match(self, manifest: Manifest) -> bool:
        """Say whether the vectors of a library fit the settings; the embedder is loaded only where names differ."""
        if not manifest:
            return True
        s = self._settings
        if (manifest.chunk_tokens, manifest.chunk_overlap) != (s.chunk_tokens, s.chunk_overlap):
            return False
        if self._loaded is None and manifest.embedder == s.embedder:
            return True
        return manifest.digest == self.embedder.digest

    def check(self, manifest: Manifest, library: str) -> None:
        """Refuse a library whose vectors do not fit the settings.

        Args:
            manifest: What they were made with.
            library: Where it is, as it may be told.

        Raises:
            LibraryMismatchError: They do not fit.
        """
        if self.may_match(manifest):
            return
        s = self._settings
        made = _described(manifest.embedder, manifest.chunk_tokens, manifest.chunk_overlap)
        now = _described(self._loaded.name if self._loaded else s.embedder, s.chunk_tokens, s.chunk_overlap)
        raise LibraryMismatchError(
            f"The library {library} was made with {made}; now {now} is set. Set that again, or make the passages anew: "
            f"python -m index rebuild --library {library}"
        )

    def read(self, item: Draft | Failure) -> Prepared:
        """Make an article of what a source found."""
        if isinstance(item, Failure):
            return Prepared(item.source, reason=item.reason)
        try:
            article = article_from(item, self._settings.max_article_characters)
        except OnRecordError as error:
            return Prepared(item.source, item.title, reason=str(error))
        except Exception as error:  # one bad article must never stop a batch, whatever is wrong with it
            logger.exception("Article of %s", item.source)
            return Prepared(item.source, item.title, reason=_unexpected(error))
        return Prepared(item.source, article.title, article)

    def embed(self, items: Sequence[Prepared]) -> None:
        """Give each item its spans and vectors, all in one go; where that fails, one by one to find the culprit."""
        wanted = [item for item in items if item.article and not item.reason]
        if not wanted:
            return
        embedder = self.embedder  # an embedder that cannot be loaded is no fault of an article
        try:
            self._embed_together(embedder, wanted)
        except Exception as error:
            if len(wanted) == 1:
                logger.exception("Passages of %s", wanted[0].source)
                wanted[0].reason = _unexpected(error)
                return
            for item in wanted:
                self.embed([item])

    def _embed_together(self, embedder: EmbedderProtocol, items: Sequence[Prepared]) -> None:
        texts: list[str] = []
        for item in items:
            article = item.article
            assert article is not None  # noqa: S101 - for the type checker; embed() has left the others out
            offsets = embedder.token_offsets(article.text)
            item.spans = chunk_spans(article, offsets, self._settings.chunk_tokens, self._settings.chunk_overlap)
            texts += [passage_text(article.title, article.text[start:end]) for start, end in item.spans]
        vectors = embedder.embed(texts)
        if vectors.shape != (len(texts), embedder.dimension) or not np.isfinite(vectors).all():
            raise ValueError(f"the embedder returned shape {vectors.shape} or numbers that are not finite")
        first = 0
        for item in items:
            item.vectors = vectors[first : first + len(item.spans)].astype(np.float16)
            first += len(item.spans)


def find_in_all(items: Iterable[Prepared]) -> None:
    """Give each item the statements of its article."""
    for item in items:
        if item.article:
            item.statements = find_statements(item.article)


def _described(embedder: str, chunk_tokens: int, chunk_overlap: int) -> str:
    """Return embedder and chunking in words."""
    return f"embedder '{embedder}', chunk_tokens {chunk_tokens}, chunk_overlap {chunk_overlap}"


def _unexpected(error: Exception) -> str:
    return f"could not be processed ({type(error).__name__}: {error})"
