"""Group near-duplicates in the catalog as articles come and go. Each function runs inside a connection's transaction.

A family is what hangs together by verified pairs of copies, so the order in which articles come makes no difference,
and a removed article takes its pairs with it. Only the limits below depend on what is there already.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from index.catalog_reads import iter_live_articles, read_articles
from index.duplicates import Wording, are_copies, wording_of
from index.errors import LibraryError
from index.filters import filter_sql
from index.records import Article, Filters
from index.seals import REBUILD, check, columns

Story = TypeVar("Story", int, str)
Family = TypeVar("Family", int, str)

# 996 of 1,000 rewritten halves share more than one fingerprint with their original, strangers mostly one: of 6.3
# articles that shared any with a new one, 1.9 shared two.
LEAST_SHARED = 2
# Nor is it worth comparing articles that share less than these parts of what the longer and the shorter one have. A
# copy has a quarter of its fingerprints left at least, and may have a quarter of the length. Without these two, 1.25
# articles were compared for each new one among 4,000, with them 0.6; 4 of 1,629 pairs were lost.
_LEAST_PART, _LEAST_SHARE = 1 / 16, 1 / 8
# A fingerprint that this many families have is a phrase or boilerplate: it is no sign of a copy.
_COMMON = 20
# No more articles with one fingerprint are looked at, however many there are, so that boilerplate costs nothing.
_LOOKED_AT = 200
# No more articles are compared in full, those that share most first, and no more of one family: one copy will do.
_COMPARED, _COMPARED_OF_FAMILY = 40, 10
_SET_FAMILY = "UPDATE story SET family = ?1, seal = seal(number, article, ?1, size)"


def add_to_group(connection: sqlite3.Connection, article: Article) -> None:
    """Find the copies of an article that was just stored, and join their families."""
    wording = wording_of(article)
    found = _find_copies(connection, wording)
    number = connection.execute(
        "INSERT INTO story (article, family, size) VALUES (?, 0, ?)", (article.id, len(wording.fingerprints))
    ).lastrowid
    connection.executemany(
        "INSERT OR IGNORE INTO fingerprint (hash, story) VALUES (?, ?)", [(h, number) for h in wording.fingerprints]
    )
    pairs = [pair for other in found for pair in ((number, other), (other, number))]
    connection.executemany("INSERT INTO copy (story, other) VALUES (?, ?)", pairs)
    families = sorted(set(found.values()))
    family = families[0] if families else number
    connection.execute(f"{_SET_FAMILY} WHERE number = ?2", (family, number))
    connection.executemany(f"{_SET_FAMILY} WHERE family = ?2", [(family, other) for other in families[1:]])


def remove_from_group(connection: sqlite3.Connection, article_id: str) -> None:
    """Take an article out of its family, which falls apart where this article alone held it together.

    The article must still be stored: its text tells its fingerprints.
    """
    row = connection.execute("SELECT number, family FROM story WHERE article = ?", (article_id,)).fetchone()
    if row is None:
        return
    try:
        hashes = wording_of(read_articles(connection, [article_id])[article_id]).fingerprints
    except LibraryError:  # damaged, so that it cannot tell its fingerprints; looking for them takes longer
        connection.execute("DELETE FROM fingerprint WHERE story = ?", (row["number"],))
    else:
        connection.executemany(
            "DELETE FROM fingerprint WHERE hash = ? AND story = ?", [(h, row["number"]) for h in hashes]
        )
    connection.execute("DELETE FROM story WHERE number = ?", (row["number"],))
    left = [r[0] for r in connection.execute("SELECT number FROM story WHERE family = ?", (row["family"],))]
    families = _components(connection, left)
    connection.executemany(f"{_SET_FAMILY} WHERE number = ?2", [(f, n) for n, f in families.items()])


def group_again(connection: sqlite3.Connection) -> None:
    """Forget all families and find them again."""
    connection.execute("DELETE FROM fingerprint")
    connection.execute("DELETE FROM story")
    for article in iter_live_articles(connection):
        add_to_group(connection, article)


def read_families(connection: sqlite3.Connection, article_ids: Iterable[str]) -> dict[str, int]:
    """Return a number for each of these articles that has copies: the same for all copies of each other."""
    rows = connection.execute(
        f"SELECT {columns('story', 's')} FROM story AS s WHERE s.article IN (SELECT value FROM json_each(?)) "  # noqa: S608
        "AND EXISTS (SELECT 1 FROM story AS o WHERE o.family = s.family AND o.number <> s.number)",
        (json.dumps(sorted(set(article_ids))),),
    ).fetchall()
    for row in rows:
        check(tuple(row), f"The group of near-duplicates of article {row['article']}", REBUILD)
    return {row["article"]: row["family"] for row in rows}


def read_copies(
    connection: sqlite3.Connection, article_ids: Iterable[str], filters: Filters, limit: int
) -> dict[str, tuple[Article, ...]]:
    """Return for each of these articles that has copies the family, first publication first, itself included.

    Articles without a date come after those with one; of equal dates that comes first which was added first. Only
    articles that pass the filters are named, at most ``limit`` of each family.
    """
    families = read_families(connection, article_ids)
    condition, values = filter_sql(connection, filters)
    members = {
        family: [
            row[0]
            for row in connection.execute(
                "SELECT a.id FROM story AS s JOIN article AS a ON a.id = s.article "  # noqa: S608
                f"WHERE s.family = ? AND {condition} ORDER BY a.published IS NULL, a.published, s.number LIMIT ?",
                (family, *values, limit),
            )
        ]
        for family in set(families.values())
    }
    articles = read_articles(connection, (i for ids in members.values() for i in ids))
    return {i: tuple(articles[m] for m in members[family]) for i, family in families.items()}


def find_group_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the families, one sentence each."""
    mend = "Run: python -m index rebuild --library DIR"
    odd = connection.execute(
        "SELECT (SELECT count(*) FROM article WHERE replaced_by IS NULL AND id NOT IN (SELECT article FROM story)) "
        "+ (SELECT count(*) FROM story JOIN article AS a ON a.id = story.article WHERE a.replaced_by IS NOT NULL)"
    ).fetchone()[0]
    if odd:
        yield f"{odd} articles are missing among the near-duplicates, or are replaced versions there. {mend}"
    stored = dict(connection.execute("SELECT number, family FROM story").fetchall())
    if _components(connection, list(stored)) != stored:
        yield f"The groups of near-duplicates are not those that the pairs of copies make. {mend}"
    if connection.execute(
        "SELECT 1 FROM copy AS c "
        "WHERE NOT EXISTS (SELECT 1 FROM copy AS o WHERE o.story = c.other AND o.other = c.story)"
    ).fetchone():
        yield f"A copy of an article is not known as its copy. {mend}"
    if not _fingerprints_fit(connection):
        yield f"The fingerprints of near-duplicates do not fit the texts. {mend}"


def _fingerprints_fit(connection: sqlite3.Connection) -> bool:
    numbers = dict(connection.execute("SELECT article, number FROM story").fetchall())
    expected = 0
    for article in iter_live_articles(connection):
        hashes = wording_of(article).fingerprints
        expected += len(hashes)
        held = connection.execute(
            "SELECT count(*) FROM fingerprint WHERE hash IN (SELECT value FROM json_each(?)) AND story = ?",
            (json.dumps(hashes), numbers.get(article.id)),
        ).fetchone()[0]
        if held != len(hashes):
            return False
    return bool(connection.execute("SELECT count(*) FROM fingerprint").fetchone()[0] == expected)


def _find_copies(connection: sqlite3.Connection, wording: Wording) -> dict[int, int]:
    """Return the numbers of the stored copies, with their families."""
    candidates = _candidates(connection, wording)
    rows = connection.execute(
        "SELECT number, article FROM story WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(candidates)),),
    )
    ids = dict(rows.fetchall())
    articles = read_articles(connection, ids.values())
    return {n: f for n, f in candidates.items() if are_copies(wording, wording_of(articles[ids[n]]))}


def _candidates(connection: sqlite3.Connection, wording: Wording) -> dict[int, int]:
    """Return the numbers of the articles to compare, with their families, those first that share most."""
    # One statement for all fingerprints of an article, of which a long one has hundreds.
    rows = connection.execute(
        "WITH h AS MATERIALIZED (SELECT value AS hash, "  # so that the last one to look at is found once for each
        "(SELECT story FROM fingerprint WHERE hash = value ORDER BY story LIMIT 1 OFFSET ?) AS last FROM json_each(?)) "
        "SELECT h.hash, s.number, s.family, s.size FROM h CROSS JOIN fingerprint AS f "
        "ON f.hash = h.hash AND f.story <= ifnull(h.last, f.story) CROSS JOIN story AS s ON s.number = f.story",
        (_LOOKED_AT - 1, json.dumps(wording.fingerprints)),
    )
    holders = (
        {number: (family, size) for _, number, family, size in alike} for _, alike in groupby(rows, key=itemgetter(0))
    )
    return worth_comparing(holders, len(wording.fingerprints))


def worth_comparing(holders: Iterable[Mapping[Story, tuple[Family, int]]], size: int) -> dict[Story, Family]:
    """Return the articles to compare with one, with their families, those first that share most fingerprints.

    Args:
        holders: For each of its fingerprints the articles that have it, each with its family and how many it has.
        size: How many fingerprints it has.
    """
    shared: Counter[Story] = Counter()
    known: dict[Story, tuple[Family, int]] = {}
    for stories in holders:
        if len({family for family, _ in stories.values()}) < _COMMON:
            known.update(stories)
            shared.update(stories.keys())
    kept: dict[Story, Family] = {}
    of_family: Counter[Family] = Counter()
    for story, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        family, theirs = known[story]
        if count < LEAST_SHARED or len(kept) == _COMPARED:
            break
        enough = count >= max(_LEAST_PART * max(theirs, size), _LEAST_SHARE * min(theirs, size))
        if enough and of_family[family] < _COMPARED_OF_FAMILY:
            of_family[family] += 1
            kept[story] = family
    return kept


def _components(connection: sqlite3.Connection, numbers: list[int]) -> dict[int, int]:
    """Return for each number the least one that it hangs together with by pairs of copies."""
    beside: dict[int, list[int]] = defaultdict(list)
    for story, other in connection.execute(
        "SELECT story, other FROM copy WHERE story IN (SELECT value FROM json_each(?))", (json.dumps(numbers),)
    ):
        beside[story].append(other)
    family: dict[int, int] = {}
    for first in sorted(numbers):
        waiting = [] if first in family else [first]
        while waiting:
            number = waiting.pop()
            if number not in family:
                family[number] = first
                waiting += beside[number]
    return family
