"""Versions of an article: the texts that stood at one address."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from index import catalog_reads as reads
from index.catalog import Catalog
from index.records import Version
from tests.unit.index.library_fakes import draft, open_library

URL = "https://example.org/a"


def _versions(folder: Path, article_id: str) -> list[Version]:
    with closing(Catalog(folder)) as catalog, catalog.reading() as connection:
        return reads.read_versions(connection, article_id)


@pytest.mark.parametrize("asked", [0, 1, 2])
def test_every_version_knows_the_others_newest_first(tmp_path: Path, asked: int) -> None:
    drafts = [draft(n, url=URL, day=date(2023, 1, n)) for n in (1, 2, 3)]
    with open_library(tmp_path) as library:
        ids = [result.article_id for result in library.add([*drafts, draft(9)])]
    versions = _versions(tmp_path, ids[asked])
    assert [v.id for v in versions] == [ids[2], ids[1], ids[0]]
    assert [v.replaced_by for v in versions] == ["", ids[2], ids[1]]
    assert [v.title for v in versions] == ["Town 3 votes", "Town 2 votes", "Town 1 votes"]
    assert [v.published for v in versions] == [date(2023, 1, 3), date(2023, 1, 2), date(2023, 1, 1)]
    assert [v.source for v in versions] == ["file3.txt", "file2.txt", "file1.txt"]
    assert versions[0].replaced_at is None
    assert versions[1].replaced_at == versions[0].added_at
    assert versions[2].replaced_at == versions[1].added_at
    assert timedelta(0) <= datetime.now(UTC) - versions[0].added_at < timedelta(minutes=5)


def test_an_article_that_was_never_replaced_is_its_only_version(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        first, second = library.add([draft(1), draft(2)])
    (version,) = _versions(tmp_path, first.article_id)
    assert (version.id, version.replaced_by, version.words) == (first.article_id, "", len(draft(1).text.split()))
    assert second.article_id != first.article_id


def test_no_such_article_has_no_versions(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        assert library.stats().articles == 0
    assert _versions(tmp_path, "f" * 16) == []
