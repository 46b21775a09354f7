"""What every library does, wherever it is kept."""

from collections.abc import Iterator
from datetime import date

import pytest

from index.errors import ArticleNotFoundError
from index.records import AddStatus, Draft, Failure, Filters
from index.store import Store
from tests.unit.index.library_fakes import draft
from tests.unit.index.stories import LOCK, LOCK_TOLD_ANEW, story
from tests.unit.store.conftest import add, texts

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)
URL = "https://www.daily.example/votes?utm_source=x"


def by(number: int, publication: str, authors: tuple[str, ...], section: str, day: date | None = None) -> Draft:
    text = draft(number).text
    return Draft(text, f"{number}", f"No {number}", "", publication, authors, section=section, published=day)


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    offered = Draft(
        draft().text + "\n\n“Was it fair?” asked Bo Ek’s neighbour. Ja, sagte sie: “größer \\ 'kleiner' \t 🙂”.",
        "in.zip/1.txt", 'The "vote"', "What \\ came of it", "The Daily", ("Ann Reed", "Bo de la Cruz"), "AP", "LONDON",
        "World", MAY, URL,
    )  # fmt: skip
    (article_id,) = add(store, offered)
    article = store.article(article_id[:6])
    assert (article.id, article.title, article.deck, article.publication) == (
        article_id, 'The "vote"', "What \\ came of it", "The Daily",
    )  # fmt: skip
    assert (article.authors, article.agency, article.place) == (("Ann Reed", "Bo de la Cruz"), "AP", "LONDON")
    assert (article.section, article.published, article.url, article.source) == ("World", MAY, URL, "in.zip/1.txt")
    assert "🙂" in article.text
    assert article.paragraphs[-1].end == len(article.text)
    (again,) = store.export()
    assert (again["text"], again["authors"], again["published"]) == (
        article.text, ["Ann Reed", "Bo de la Cruz"], "2023-05-01",
    )  # fmt: skip
    assert store.verify() == []


def test_a_long_text_comes_back_whole(store: Store) -> None:
    parts = [
        f"Paragraph {n} über die Häfen of town {n % 7}, where boats and barges lay for a night." for n in range(1500)
    ]
    (article_id,) = add(store, Draft("\n\n".join(parts), "long.txt", "Harbours"))
    article = store.article(article_id)
    assert len(article.text.encode()) > 100_000
    assert article.text.split("\n\n") == parts
    assert len(article.paragraphs) == 1500


def test_results_tell_what_became_of_each_item(store: Store) -> None:
    items: list[Draft | Failure] = [
        draft(1),
        Failure("bad.txt", "is no article"),
        Draft("", "empty.txt"),
        draft(1),
        draft(2, "POISON"),
    ]
    results = list(store.add(items))
    assert [r.status for r in results] == [
        AddStatus.ADDED, AddStatus.FAILED, AddStatus.FAILED, AddStatus.ALREADY_THERE, AddStatus.FAILED,
    ]  # fmt: skip
    assert results[3].reason == "same as file1.txt"
    assert "poisoned" in results[4].reason
    assert store.stats().articles == 1
    assert [r.status for r in store.add([draft(1)])] == [AddStatus.ALREADY_THERE]


def test_what_the_source_raises_comes_after_what_was_before_it(store: Store) -> None:
    def items() -> Iterator[Draft]:
        yield draft(1)
        raise RuntimeError("unplugged")

    with pytest.raises(RuntimeError, match="unplugged"):
        list(store.add(items()))
    assert store.stats().articles == 1


def test_a_newer_text_at_the_same_address_replaces_the_older(store: Store) -> None:
    (old,) = add(store, draft(1, url=URL, day=MAY))
    (result,) = store.add([draft(2, "a bridge", url="http://daily.example/votes/", day=JUNE)])
    assert (result.status, result.reason) == (AddStatus.REPLACED, "the version from file1.txt")
    assert [a.id for a in store.articles()] == [result.article_id]
    assert store.article(old).title == "Town 1 votes"
    assert all("bridge" in text or "town 1" not in text for text in texts(store, "town harbour"))
    versions = store.versions(old)
    assert [v.id for v in versions] == [result.article_id, old]
    assert [bool(v.replaced_by) for v in versions] == [False, True]
    assert versions[1].replaced_at == versions[0].added_at
    assert store.versions(result.article_id) == versions
    late = list(store.add([draft(1, url=URL, day=MAY), draft(3, url=URL, day=date(2023, 5, 15))]))
    assert [(r.status, r.reason) for r in late] == [(AddStatus.ALREADY_THERE, "a newer version is here")] * 2
    assert store.verify() == []


def test_versions_in_one_go(store: Store) -> None:
    results = list(store.add([draft(n, url=URL) for n in (1, 2, 3)]))
    assert [r.status for r in results] == [AddStatus.ADDED, AddStatus.REPLACED, AddStatus.REPLACED]
    assert [v.title for v in store.versions(results[0].article_id)] == ["Town 3 votes", "Town 2 votes", "Town 1 votes"]
    assert store.stats().articles == 1


def test_what_is_removed_is_gone_with_its_versions(store: Store) -> None:
    old, new, other = add(store, draft(1, url=URL), draft(2, "a bridge", url=URL), draft(3, "a market"))
    assert store.remove(new[:8]) == new
    assert [a.id for a in store.articles()] == [other]
    for gone in (old, new):
        with pytest.raises(ArticleNotFoundError):
            store.article(gone)
    with pytest.raises(ArticleNotFoundError, match="No article has the id"):
        store.remove(new)
    assert texts(store, "bridge") == []
    assert not [row for row in store.statements() if row.article_id != other]
    assert store.verify() == []
    assert [r.status for r in store.add([draft(2, "a bridge", url=URL)])] == [AddStatus.ADDED]


def test_filters_leave_the_articles_they_name(store: Store) -> None:
    drafts = [
        by(1, "Le Monde", ("Éva van den Berg",), "World", MAY),
        by(2, "The Daily", ("Ann Reed Jr.",), "", JUNE),
        by(3, "", (), "world"),
    ]
    ids = dict(zip("123", add(store, *drafts), strict=True))
    vector = store.embedder.embed(["the vote"])[0]
    for filters, left in (
        (Filters(publications=("le monde",)), "1"),
        (Filters(publications=("", "THE DAILY")), "23"),
        (Filters(authors=("berg",)), "1"),
        (Filters(authors=("Eva Van Den Berg", "reed")), "12"),
        (Filters(authors=("Ann",)), ""),
        (Filters(sections=("WORLD",)), "13"),
        (Filters(sections=("",)), "2"),
        (Filters(since=MAY), "12"),
        (Filters(until=MAY), "1"),
        (Filters(since=date(2023, 5, 2), until=JUNE), "2"),
        (Filters(sections=("world",), since=MAY), "1"),
        (Filters(publications=('no "such" paper',)), ""),
    ):
        expected = {ids[number] for number in left}
        found = store.chunks(i for i, _ in store.search_keyword("vote", 50, filters)).values()
        near = store.chunks(i for i, _ in store.search_dense(vector, 50, filters)).values()
        assert {c.article_id for c in found} == {c.article_id for c in near} == expected, filters
        assert {a.id for a in store.articles(filters)} == expected
        assert {row.article_id for row in store.statements(filters)} == expected
        assert store.stats(filters).articles == len(expected)
        assert store.stats(filters).chunks == len(near)


def test_stats_and_names(store: Store) -> None:
    empty = store.stats()
    assert (empty.articles, empty.chunks, empty.publications, empty.first, empty.last) == (0, 0, (), None, None)
    add(
        store,
        by(1, "b Times", ("Ann Reed", "Bo Ek"), "World", MAY),
        by(2, "A Times", ("ann reed",), "world", JUNE),
        by(3, "A Times", ("Ann Reed",), "World"),
    )
    held = store.stats()
    assert (held.articles, held.publications, held.first, held.last) == (3, ("A Times", "b Times"), MAY, JUNE)
    assert list(store.publications().items()) == [("A Times", 2), ("b Times", 1)]
    assert store.authors() == {"Ann Reed": 3, "Bo Ek": 1}
    assert store.sections() == {"World": 3}


def test_articles_are_listed_newest_first(store: Store) -> None:
    days = {1: MAY, 2: JUNE, 3: None, 4: date(2023, 5, 20)}
    add(store, *(draft(n, "a quay" if n == 4 else "the harbour", day=day) for n, day in days.items()))
    titles = [a.title for a in store.articles()]
    assert list(store.iter_articles()) == store.articles()
    assert titles == ["Town 2 votes", "Town 4 votes", "Town 1 votes", "Town 3 votes"]
    assert [a.title for a in store.articles(limit=2, offset=1)] == titles[1:3]
    assert [a.title for a in store.articles(search="quay")] == ["Town 4 votes"]
    assert [a.title for a in store.articles(search="town 3")] == ["Town 3 votes"]
    assert [a.title for a in store.articles(search="DAIL")] == titles
    assert store.articles(search="zeppelin") == store.articles(search='100% of "') == []


def test_keyword_search_ranks_as_bm25_does(store: Store) -> None:
    add(store, *(draft(n, about) for n, about in enumerate(("a bridge", "the U.S. embassy", "an anti-noise wall"), 1)))
    for question, words in (
        ("the bridges", "bridge"), ("US embassies", "U.S. embassy"), ("anti-noise", "anti-noise"), ("BRÌDGE", "bridge"),
    ):  # fmt: skip
        assert words in texts(store, question)[0]
    scores = [score for _, score in store.search_keyword("town 2 bridge", 10)]
    assert scores == sorted(scores, reverse=True)
    assert len(store.search_keyword("town", 2)) == 2
    assert store.search_keyword("zeppelin", 5) == store.search_keyword("", 5) == store.search_keyword("town", 0) == []


def test_dense_search_gives_the_cosine(store: Store) -> None:
    add(store, draft(1, "a bridge"), draft(2, "the harbour"))
    (wanted, *_), embedder = store.search_keyword("bridge", 1), store.embedder
    chunk = store.chunks([wanted[0]])[wanted[0]]
    article = store.article(chunk.article_id)
    vector = embedder.embed([f"{article.title}\n{article.text[chunk.start : chunk.end]}"])[0]
    (best, cosine), *rest = store.search_dense(vector, 10)
    assert best == wanted[0]
    assert cosine == pytest.approx(1.0, abs=1e-3)
    assert all(score <= cosine for _, score in rest)
    assert len(rest) == store.stats().chunks - 1
    assert store.dates([best]) == {best: None}
    assert store.chunks([1, 2**62]).keys() <= {1}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_copies_are_one_family_in_any_order(store: Store, order: tuple[int, ...]) -> None:
    stories = [
        story(LOCK, publication="Post", day=JUNE),
        story(LOCK, publication="Wire", day=MAY),
        story(LOCK_TOLD_ANEW),
    ]
    ids = {number: add(store, stories[number])[0] for number in order}
    families = store.families(ids.values())
    assert families.keys() == {ids[0], ids[1]}
    assert families[ids[0]] == families[ids[1]]
    copies = store.copies([ids[0], ids[2]])
    assert [a.publication for a in copies[ids[0]]] == ["Wire", "Post"]
    assert copies.keys() == {ids[0]}
    assert [a.id for a in store.copies([ids[0]], limit=1)[ids[0]]] == [ids[1]]
    assert [a.id for a in store.copies([ids[0]], Filters(since=JUNE))[ids[0]]] == [ids[0]]
    store.remove(ids[1])
    assert not store.families(ids.values())
    assert not store.copies(ids.values())
    assert store.verify() == []


def test_statements_are_found_by_speaker_words_and_filters(store: Store) -> None:
    one, two = add(store, draft(1, day=JUNE), draft(2, "a bridge", "Post", day=MAY))
    everyone = store.statements()
    assert [row.article_id for row in everyone] == [two, two, one, one]
    assert {row.speaker for row in everyone} == {"Ann Reed", ""}
    rows = store.statements(speaker="Ann Reed")
    assert [row.article_id for row in rows] == [two, one]
    assert rows[0].text in store.article(two).text
    assert (rows[0].speaker, rows[0].role, rows[0].published, rows[0].publication) == ("Ann Reed", "Mayor", MAY, "Post")
    assert store.statements(limit=2, offset=1) == everyone[1:3]
    assert store.statements(speaker="the mayor") == store.statements(speaker="Reed") == rows
    assert store.statements(speaker="Garland") == []
    assert store.statements(about="votes were FAIR") == rows
    assert store.statements(about="town 1") == everyone[2:]
    assert store.statements(about="zeppelin") == []
    assert store.statements(names=[("Ann Reed", "Mayor")]) == rows
    assert store.statements(names=[("Ann Reed", "")]) == []
    assert store.statements(names=[]) == []
    of = store.statements_of([one, two, "0" * 16])
    assert {i: [s.speaker for s in said] for i, said in of.items()} == {one: ["Ann Reed", ""], two: ["Ann Reed", ""]}
    name = store.speakers()[0]
    assert (name.speaker, name.role, name.statements, name.articles) == ("Ann Reed", "Mayor", 2, 2)
    assert (name.first, name.last) == (MAY, JUNE)
    assert [n.statements for n in store.speakers(Filters(publications=("post",)))] == [1]
