"""Near-duplicates in Milvus: articles that share fingerprints, the copies among them, and what hangs together.

The fingerprints of an article are a sparse vector of ones, so a search by inner product gives those first that share
most. Copies are rows of two ids, both ways round, which any number of writers may write again. Families are found when
they are asked for, so the order in which articles came makes no difference.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from index.duplicate_groups import LEAST_SHARED, worth_comparing
from index.duplicates import Wording, are_copies, wording_of
from index.milvus.articles import Articles
from index.milvus.client import Found, Row, Tables, both, quoted
from index.milvus.rows import IS_LIVE, condition
from index.milvus.schema import ARTICLE, COPY, LIVE, NO_VECTOR, NOTHING, PENDING
from index.records import Article, Filters

# No more articles that share fingerprints are looked at, those that share most first.
_LOOKED_AT = 200
_FEW = 20  # fewer cannot make a fingerprint common
_LARGEST = 2**32 - 3


def fingerprints_of(wording: Wording) -> dict[int, float]:
    """Return the fingerprints as a sparse vector: 32 bits of each; 0 is left free."""
    return {number % _LARGEST + 1: 1.0 for number in wording.fingerprints}


class Copies:
    """Finds and keeps the copies of articles."""

    def __init__(self, tables: Tables, articles: Articles) -> None:
        self._tables, self._articles = tables, articles

    def join(self, wordings: Mapping[str, Wording]) -> None:
        """Find the copies of articles whose rows and texts are written, and write the pairs down.

        Of two that are added at once at least the one whose text was written last finds the other.
        """
        compared = self._candidates({i: w for i, w in wordings.items() if w.fingerprints})
        others = self._articles.read(
            {other for found in compared.values() for other in found} - set(wordings), unfinished=True
        )
        known = {**{i: wording_of(article) for i, article in others.items()}, **wordings}
        pairs = {
            pair
            for story, found in compared.items()
            for other in found
            if other in known and are_copies(wordings[story], known[other])
            for pair in ((story, other), (other, story))
        }
        self._tables.put(COPY, [_pair(one, two) for one, two in sorted(pairs)])

    def forget(self, article_id: str) -> None:
        """Delete the pairs of an article."""
        rows = list(self._beside([article_id]))
        ids = [f"{one}-{two}" for row in rows for one, two in ((article_id, row["other"]), (row["other"], article_id))]
        self._tables.delete(COPY, ids)

    def families(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return for each of these articles that has copies the ids of all of its family, itself among them."""
        beside: dict[str, set[str]] = defaultdict(set)
        asked = set(ids)
        looked, waiting = set[str](), set(asked)
        while waiting:
            looked |= waiting
            for row in self._beside(waiting):
                beside[row["story"]].add(row["other"])
            found = {other for story in waiting for other in beside[story]} - looked
            live = self._articles.live(found)
            for story in waiting:
                beside[story] &= live | looked
            waiting = live
        return {i: family for i in sorted(asked) if len(family := _hanging_together(i, beside)) > 1}

    def copies(self, ids: Iterable[str], filters: Filters, limit: int) -> dict[str, tuple[Article, ...]]:
        """Return the articles of each family, first publication first; see ``Lookups.copies``."""
        families = self.families(ids)
        members = sorted({member for family in families.values() for member in family})
        rows = self._articles.rows(members, both(IS_LIVE, condition(filters)), ["day", "added"])
        chosen = {
            family: sorted((i for i in family if i in rows), key=lambda i: _first_published(rows[i]))[:limit]
            for family in set(families.values())
        }
        articles = self._articles.read({i for some in chosen.values() for i in some})
        return {i: tuple(articles[m] for m in chosen[family] if m in articles) for i, family in families.items()}

    def _beside(self, stories: Collection[str]) -> list[Row]:
        return list(self._tables.scan(COPY, f"story in {quoted(sorted(stories))}", ["story", "other"]))

    def _candidates(self, wordings: Mapping[str, Wording]) -> dict[str, list[str]]:
        vectors = {story: fingerprints_of(wording) for story, wording in wordings.items()}
        if not vectors:
            return {}
        found = self._tables.search(
            ARTICLE,
            "fingerprints",
            list(vectors.values()),
            _LOOKED_AT,
            f"state in {quoted((PENDING, LIVE))}",
            ["fingerprints"],
            fresh=True,
        )
        return {
            story: self._worth_comparing(vectors[story], [h for h in hits if h.id != story and h.score >= LEAST_SHARED])
            for story, hits in zip(vectors, found, strict=True)
        }

    def _worth_comparing(self, vector: Mapping[int, float], hits: Sequence[Found]) -> list[str]:
        theirs = {str(hit.id): set(hit.fields["fingerprints"]) for hit in hits}
        families = self.families(theirs) if len(theirs) >= _FEW else {}
        first = {story: families.get(story, (story,))[0] for story in theirs}
        holders = (
            {story: (first[story], len(prints)) for story, prints in theirs.items() if number in prints}
            for number in vector
        )
        return list(worth_comparing(holders, len(vector)))


def family_number(family: Sequence[str]) -> int:
    """Return a number for a family, the same wherever it is asked for."""
    return int(min(family)[:15], 16)


def _pair(one: str, two: str) -> Row:
    return {"id": f"{one}-{two}", "story": one, "other": two, NO_VECTOR: NOTHING}


def _hanging_together(article_id: str, beside: Mapping[str, set[str]]) -> tuple[str, ...]:
    family: set[str] = set()
    waiting = [article_id]
    while waiting:
        story = waiting.pop()
        if story not in family:
            family.add(story)
            waiting += beside.get(story, ())
    return tuple(sorted(family))


def _first_published(row: Row) -> tuple[bool, int, int, str]:
    return not row["day"], row["day"], row["added"], row["id"]
