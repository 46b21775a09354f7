"""Answers from near-duplicates: one source, which names the first publication that has the words."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations

from index.records import Article, ParagraphKind
from qa.answers import Candidate, assemble
from qa.records import Answer, AnswerKind, Citation
from tests.unit.qa.conftest import make_article

OPENING = "The ferry Alma was out of service for 17 days, the port of Selby said."
FIRST = make_article(OPENING, "It cost 5 million crowns.", id="f1", title="First", published=date(2024, 1, 1))
SECOND = make_article(
    "Wire: " + OPENING, "It cost 5m crowns.", id="a2", title="Second", publication="Wire", published=date(2024, 1, 2)
)
THIRD = make_article(
    "Port of Selby: the ferry Alma was out of service for 17 days.", id="b3", title="Third", published=None
)
CUT = make_article("It cost 5 million crowns.", id="c4", title="Cut", published=date(2024, 1, 3))
ALONE = make_article("Nobody sailed for 17 days, an angler said.", id="z9", title="Alone", published=date(2023, 1, 1))

FAMILY = (FIRST, SECOND, CUT, THIRD)
COPIES: Mapping[str, Sequence[Article]] = {article.id: FAMILY for article in FAMILY}


def candidate(article: Article, words: str, kind: AnswerKind = AnswerKind.SPAN) -> Candidate:
    start = article.text.index(words)
    return Candidate(article, start, start + len(words), kind, {})


def ids(citations: Sequence[Citation]) -> list[tuple[str, bool]]:
    return [(cited.article_id, cited.copy) for cited in citations]


def only(scored: list[tuple[float, Candidate]], copies: Mapping[str, Sequence[Article]] = COPIES) -> Answer:
    (answer,) = assemble(scored, 3, 0.0, copies)
    articles = {article.id: article for article in (*FAMILY, ALONE, *(a for group in copies.values() for a in group))}
    for cited in (answer.citation, *answer.also_in):
        assert articles[cited.article_id].text[cited.start : cited.end] == answer.text
    return answer


def test_the_first_publication_is_cited_and_the_other_copies_are_listed() -> None:
    answer = only([(0.9, candidate(SECOND, "17 days"))])
    assert ids([answer.citation, *answer.also_in]) == [("f1", False), ("a2", True), ("b3", True)]
    assert (answer.text, answer.probability, answer.sources) == ("17 days", 0.9, 1)
    assert (answer.citation.title, answer.citation.paragraph) == ("First", OPENING)


def test_copies_that_are_candidates_too_change_nothing() -> None:
    scored = [
        (0.9, candidate(SECOND, "17 days")),
        (0.8, candidate(FIRST, "17 days")),
        (0.7, candidate(THIRD, "17 days")),
    ]
    assert {assemble(order, 3, 0.0, COPIES) for order in permutations(scored)} == {(only(scored[:1]),)}


def test_words_that_the_first_publication_lacks_are_cited_where_they_stand() -> None:
    answer = only([(0.9, candidate(SECOND, "5m crowns"))])
    assert (answer.citation.article_id, answer.also_in) == ("a2", ())
    cut = only([(0.9, candidate(CUT, "5 million crowns"))])
    assert ids([cut.citation, *cut.also_in]) == [("f1", False), ("c4", True)]


def test_an_independent_article_is_a_further_source() -> None:
    answer = only([(0.9, candidate(SECOND, "17 days")), (0.5, candidate(ALONE, "17 days"))])
    assert ids([answer.citation, *answer.also_in]) == [("f1", False), ("a2", True), ("b3", True), ("z9", False)]
    assert answer.sources == 2


def test_copies_of_a_further_source_follow_it() -> None:
    answer = only([(0.9, candidate(ALONE, "17 days")), (0.5, candidate(THIRD, "17 days"))])
    assert ids([answer.citation, *answer.also_in]) == [("z9", False), ("f1", False), ("a2", True), ("b3", True)]
    assert answer.sources == 2


def test_copies_do_not_crowd_out_other_answers() -> None:
    scored = [
        (0.9, candidate(FIRST, "17 days")),
        (0.8, candidate(SECOND, "for 17 days")),
        (0.7, candidate(THIRD, "service for 17 days")),
        (0.6, candidate(CUT, "5 million crowns")),
        (0.5, candidate(SECOND, "5m crowns")),
        (0.4, candidate(FIRST, "port of Selby")),
    ]
    answers = assemble(scored, 3, 0.0, COPIES)
    assert [answer.text for answer in answers] == ["17 days", "5 million crowns", "port of Selby"]
    assert [answer.text for answer in assemble(scored, 3, 0.0)] == ["17 days", "for 17 days", "service for 17 days"]


def test_the_same_words_in_another_sentence_of_the_first_publication_are_not_cited() -> None:
    first = make_article("The bakery shut for 17 days in May.", id="e1", published=date(2023, 1, 1))
    second = make_article("The ferry Alma was out of service for 17 days.", id="e2")
    answer = only([(0.9, candidate(second, "17 days"))], {"e1": (first, second), "e2": (first, second)})
    assert (answer.citation.article_id, answer.also_in) == ("e2", ())


def test_a_notice_that_is_filled_in_again_is_cited_where_it_names_the_same() -> None:
    notice = "The office is open in {} on Monday from 10 to noon."
    first, second = (make_article(notice.format(town), id=town) for town in ("Ashford", "Millbrook"))
    copies = {"Ashford": (first, second), "Millbrook": (first, second)}
    answer = only([(0.9, candidate(second, "10 to noon"))], copies)
    assert (answer.citation.article_id, answer.also_in) == ("Millbrook", ())
    both = only([(0.9, candidate(second, "10 to noon")), (0.8, candidate(first, "10 to noon"))], copies)
    assert ids([both.citation, *both.also_in]) == [("Millbrook", False), ("Ashford", True)]


def test_words_inside_other_words_or_numbers_are_not_the_same() -> None:
    first = make_article("It cost $5.2 million and $50 more in Selby.", id="e1")
    second = make_article("It cost $5 million more in Selby.", id="e2")
    answer = only([(0.9, candidate(second, "$5"))], {"e2": (first, second)})
    assert answer.citation.article_id == "e2"


def test_words_in_a_caption_of_the_first_publication_are_not_cited() -> None:
    caption = make_article(OPENING, id="e1")
    paragraph = caption.paragraphs[0]
    object.__setattr__(paragraph, "kind", ParagraphKind.CAPTION)
    answer = only([(0.9, candidate(SECOND, "17 days"))], {"a2": (caption, SECOND)})
    assert answer.citation.article_id == "a2"


def test_a_member_that_the_list_of_copies_leaves_out_is_still_cited() -> None:
    answer = only([(0.9, candidate(SECOND, "5m crowns"))], {"a2": (FIRST,)})
    assert answer.citation.article_id == "a2"
    answer = only([(0.9, candidate(SECOND, "17 days"))], {"a2": (FIRST,)})
    assert ids([answer.citation, *answer.also_in]) == [("f1", False), ("a2", True)]
    assert only([(0.9, candidate(SECOND, "17 days"))], {"a2": ()}).citation.article_id == "a2"


def test_kind_and_probability_are_those_of_the_best_candidate() -> None:
    said = candidate(THIRD, "17 days", AnswerKind.STATEMENT)
    answer = only([(0.9, said), (0.3, candidate(FIRST, "17 days"))])
    assert (answer.kind, answer.probability, answer.citation.article_id) == (AnswerKind.STATEMENT, 0.9, "f1")
