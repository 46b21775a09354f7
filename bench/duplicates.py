"""How well near-duplicates are grouped: made copies among thousands of real press releases.

Run alone: ``python -m bench.duplicates FOLDER --articles 4000 --seed 1``.
"""

import json
import lzma
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.copies import KINDS, body_sentences, make_copy
from index.article import article_from
from index.catalog import Catalog
from index.catalog_writes import insert_article
from index.duplicate_groups import add_to_group
from index.duplicates import wording_of
from index.errors import SourceError
from index.records import Article, Draft

# Half of a shorter article is a sentence or two, in which nobody could see a copy.
_FEWEST_SENTENCES = 6
# Two real articles are copies if they share this part of the shorter one's sentences letter for letter, and are not
# if they share less than the second number; between the two nobody can say, and the pair counts neither way.
_COPY, _NO_COPY = 0.5, 0.1
_SENTENCE_WORDS = 6
_SHARE_COPIED = 3  # of every three articles one is copied

Pair = tuple[int, int]


@dataclass(slots=True)
class _World:
    """Real articles, then copies; ``original`` gives what each was made of, a real one itself."""

    articles: list[Article] = field(default_factory=list)
    original: list[int] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)


def measure(folder: Path, articles: int, seed: int) -> str:
    """Make copies of a third of the real articles, group all in random order, and compare with what is known.

    Args:
        folder: Files ``*.jsonl`` or ``*.jsonl.xz``, one for each month, of press releases.
        articles: Number of real articles; whole months are taken as far as it goes.
        seed: Decides months, copies and order.

    Returns:
        Markdown: precision and recall of pairs by kind of copy, of real copies, and time.
    """
    rng = random.Random(seed)  # noqa: S311
    world = _make_world(_read(folder, articles, rng), rng)
    with tempfile.TemporaryDirectory() as place:
        families, seconds = _grouped(world.articles, Path(place), rng)
    found = _pairs(families)
    return "\n".join([_made_table(world, found), "", _real_table(world, found), "", _times(seconds)])


def _read(folder: Path, count: int, rng: random.Random) -> list[Article]:
    files = sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.xz")])
    rng.shuffle(files)
    found: dict[str, Article] = {}
    for file in files:
        data = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
        for line in filter(None, data.decode().split("\n")):
            if len(found) == count:
                return list(found.values())
            if (article := _article(json.loads(line))) is not None:
                found[article.id] = article
    return list(found.values())


def _article(row: Mapping[str, str]) -> Article | None:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    draft = Draft(row["text"], row["url"], row["title"], publication=row["publication"], published=published)
    try:
        return article_from(draft)
    except SourceError:
        return None


def _make_world(real: Sequence[Article], rng: random.Random) -> _World:
    world = _World(list(real), list(range(len(real))))
    long = [i for i, article in enumerate(real) if len(body_sentences(article)) >= _FEWEST_SENTENCES]
    for turn, i in enumerate(rng.sample(long, min(len(long), len(real) // _SHARE_COPIED))):
        kind = list(KINDS)[turn % len(KINDS)]
        world.kinds[len(world.articles)] = kind
        world.articles.append(article_from(make_copy(real[i], kind, turn, rng)))
        world.original.append(i)
    return world


def _grouped(articles: Sequence[Article], place: Path, rng: random.Random) -> tuple[list[int], list[float]]:
    """Add all in random order; return the family of each, and the processor seconds that each took, in that order."""
    catalog = Catalog.create(place)
    order = rng.sample(range(len(articles)), len(articles))
    seconds = []
    for first in range(0, len(order), 32):
        with catalog.writing() as connection:
            for i in order[first : first + 32]:
                insert_article(connection, articles[i])
                started = time.process_time()
                add_to_group(connection, articles[i])
                seconds.append(time.process_time() - started)
    with catalog.reading() as connection:
        families = dict(connection.execute("SELECT article, family FROM story").fetchall())
    catalog.close()
    return [families[article.id] for article in articles], seconds


def _pairs(families: Sequence[int]) -> set[Pair]:
    members = defaultdict(list)
    for i, family in enumerate(families):
        members[family].append(i)
    return {pair for group in members.values() for pair in combinations(group, 2)}


class _Known:
    """What is known of two real articles by the sentences that they share letter for letter."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._sentences = [
            {s for s in map(str.casefold, body_sentences(article)) if len(s.split()) >= _SENTENCE_WORDS}
            for article in articles
        ]

    def share(self, one: int, other: int) -> float:
        """Return the part of the shorter one's sentences that both have."""
        first, second = self._sentences[one], self._sentences[other]
        return len(first & second) / max(1, min(len(first), len(second)))

    def judge(self, one: int, other: int) -> bool | None:
        """Return whether the two are copies, or None where nobody can say."""
        share = 1.0 if one == other else self.share(one, other)
        return True if share >= _COPY else False if share < _NO_COPY else None

    def copies(self) -> Iterator[Pair]:
        """Yield all pairs that are copies."""
        places = defaultdict(list)
        for i, sentences in enumerate(self._sentences):
            for sentence in sentences:
                places[sentence].append(i)
        near = {pair for having in places.values() if len(having) <= 100 for pair in combinations(having, 2)}
        yield from (pair for pair in near if self.judge(*pair))


def _made_table(world: _World, found: set[Pair]) -> str:
    known = _Known([world.articles[i] for i in range(len(world.articles)) if i not in world.kinds])
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one, other in found:
        verdict = known.judge(world.original[one], world.original[other])
        for kind in {world.kinds[i] for i in (one, other) if i in world.kinds}:
            right[kind] += verdict is True
            wrong[kind] += verdict is False
    lines = ["| copy | copies | runs shared | precision | recall |", "|---|---:|---:|---:|---:|"]
    copies, caught = 0, 0
    for kind in KINDS:
        made = [i for i, k in world.kinds.items() if k == kind]
        hits = sum((world.original[i], i) in found for i in made)
        copies, caught = copies + len(made), caught + hits
        shared = np.median([_jaccard(world.articles[i], world.articles[world.original[i]]) for i in made] or [0.0])
        precision = right[kind] / max(1, right[kind] + wrong[kind])
        lines.append(f"| {kind} | {len(made)} | {shared:.2f} | {precision:.3f} | {hits / max(1, len(made)):.3f} |")
    precision = right.total() / max(1, right.total() + wrong.total())
    return "\n".join([*lines, f"| all | {copies} | | {precision:.3f} | {caught / max(1, copies):.3f} |"])


def _jaccard(one: Article, other: Article) -> float:
    first, second = wording_of(one).runs, wording_of(other).runs
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return shared / max(1, len(first) + len(second) - shared)


def _real_table(world: _World, found: set[Pair]) -> str:
    real = len(world.articles) - len(world.kinds)
    known = _Known(world.articles[:real])
    among = [pair for pair in found if max(pair) < real]
    verdicts = Counter(known.judge(*pair) for pair in among)
    copies = list(known.copies())
    caught = sum(pair in found for pair in copies)
    return "\n".join(
        [
            f"Among {real:,} real articles {len(copies)} pairs share at least {_COPY:.0%} of the sentences of the "
            f"shorter one; {caught} of them are in one group.",
            f"Of {len(among)} pairs of real articles in one group {verdicts[True]} share that much, "
            f"{verdicts[None]} less, {verdicts[False]} under {_NO_COPY:.0%}.",
        ]
    )


def _times(seconds: Sequence[float]) -> str:
    tenth = max(1, len(seconds) // 10)
    first, last = np.mean(seconds[:tenth]) * 1000, np.mean(seconds[-tenth:]) * 1000
    return (
        f"Grouping took {first:.1f} ms of processor time for an article at the beginning, {last:.1f} ms at "
        f"{len(seconds):,} articles."
    )
