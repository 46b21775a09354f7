"""Whose words are asked for, where the form of the question does not tell by itself."""

import pytest

from index.records import Statement, StatementKind
from qa.query import understand
from qa.records import Query
from qa.speakers import Stated, asked_speaker, asks_for_words, theirs
from tests.unit.qa.conftest import make_article, make_hit

# What the article tells beside the words of those who are quoted.
TOLD = make_hit(make_article("Port Sabine talked of the trial over the harbor fee. His sister, Ada Penn, was there."))


def _said(speaker: str, role: str = "", written: str = "") -> Statement:
    return Statement(
        "a1", StatementKind.DIRECT, ((0, 4),), written or speaker.split()[-1], speaker, role, "said", (0, 9)
    )


def _by(speaker: str, role: str = "", written: str = "") -> Stated:
    return TOLD, _said(speaker, role, written)


QUOTED = [
    _by("Ruth Castellane", "Mayor"),
    _by("Amos Liddell"),
    _by("Shimon Peres"),
    _by("", written="they"),
    _by("", "a spokesman for the ferry", "the spokesman"),
    _by("State"),
]


def _asked(question: str) -> str:
    return asked_speaker(understand(question), QUOTED)


def test_a_question_that_names_its_speaker_needs_nobody_quoted() -> None:
    assert asked_speaker(Query("q", "What did Holt say?", speaker="Holt"), []) == "Holt"


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("How did Ruth Castellane remember the flood?", "Ruth Castellane"),
        ("how did ruth castellane remember the flood", "ruth castellane"),
        ("Does Castellane expect another flood?", "Castellane"),
        ("Didn't Castellane oppose the bridge?", "Castellane"),
        ("Does the mayor back the bridge?", "the mayor"),
        ("Does Mayor Castellane back the bridge?", "Mayor Castellane"),
        ("Did Castellane, the mayor, back the bridge?", "Castellane"),
        ("What future does Peres see for the harbor?", "Peres"),
        ("Is the old bridge safe, and would Liddell cross it?", "Liddell"),  # the second auxiliary has the name
        ("Why is the bridge shut, according to Liddell?", "Liddell"),
        ("How many people came, according to Amos Liddell?", "Amos Liddell"),  # a fact, and yet somebody's words
        ("According to the mayor, is the bridge safe?", "the mayor"),
        ("What did Brandvold want of the bridge, according to the mayor?", "the mayor"),  # whoever else is named
        ("Who is to blame in the eyes of Castellane?", "Castellane"),
        ("How did Castellane’s reaction differ?", "Castellane"),
        ("What's Shimon Peres's take on the harbor?", "Shimon Peres"),
        ("whats castellane's first impression of the harbor", "castellane"),
        ("Where can Castellane's latest statement be read?", "Castellane"),
    ],
)
def test_somebody_who_is_quoted_is_found(question: str, speaker: str) -> None:
    assert _asked(question) == speaker


@pytest.mark.parametrize(
    "question",
    [
        "How does Brandvold remember the flood?",  # not quoted
        "Why is the bridge shut, according to Brandvold?",
        "Was there Brandvold's reaction?",
        "Why did Ruth go?",  # a given name alone is somebody only where the article uses it so
        "Do they want a new bridge?",  # pronouns are nobody, though an article writes "they said"
        "Is Castellane's office shut?",  # the owner is not the subject
        "Did Castellane's lawyers expect it?",
        "Will the State Department's unit get a name?",  # "the State" is but half of it
        "Was the State Museum shut?",
        "",
    ],
)
def test_nobody_is_found_where_nobody_speaks(question: str) -> None:
    assert asked_speaker(Query(question, question), QUOTED) == ""


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("Who did Castellane blame for the flood?", "Castellane"),
        ("Which danger does Ruth Castellane see in the bridge?", "Ruth Castellane"),
        ("Since when does amos liddell expect a flood?", "amos liddell"),
        ("Tell me more about Castellane", "Castellane"),
        ("Would a bridge that Liddell likes please Castellane?", "Liddell"),  # the first
        ("Is Castellane's office where Liddell is?", "Liddell"),  # not the owner
    ],
)
def test_who_is_only_named_may_have_said_it(question: str, speaker: str) -> None:
    query = understand(question)
    assert asked_speaker(query, QUOTED) == speaker
    assert not asks_for_words(query)


@pytest.mark.parametrize(
    "question",
    [
        "Which bridge did Ann Castellane open?",  # another of that name
        "Which museum is in Sabine?",
        "Who owns the State Museum?",  # of a speaker of one word a name may be anything
    ],
)
def test_not_every_name_is_that_of_who_is_quoted(question: str) -> None:
    assert asked_speaker(understand(question), QUOTED) == ""


def test_who_is_asked_for_by_form_and_not_quoted_is_not_replaced_by_who_is_named() -> None:
    assert _asked("What is Brandvold's opinion of Castellane?") == "Brandvold"
    assert _asked("According to Brandvold, what did Castellane open?") == ""


def test_a_speaker_nobody_names_is_found_by_role() -> None:
    assert _asked("Does the spokesman for the ferry expect delays?") == "the spokesman for the ferry"


def test_the_longest_name_that_somebody_has_is_taken() -> None:
    assert _asked("Did Shimon Peres call?") == "Shimon Peres"
    assert _asked("Did Shimon call?") == ""


def test_nobody_quoted_gives_nobody() -> None:
    assert asked_speaker(Query("q", "Does Castellane expect another flood?"), []) == ""


OTHERS = [
    _by("Rory Hadden"),
    _by("Paul Jacobsen", "CFO"),
    _by("Jeff Muller", "league senior vice president of health and safety"),
    _by("Agnes Callister", "Amnesty’s secretary general"),
    _by("Chris Mattis", "an attorney for the plaintiffs"),
    _by("Matt Blanche", "Corwith Ferries spokesperson"),
    _by("James Bourke", "Judge"),
    _by("Ada Penn"),
    _by("Philip Cusack"),
]


def _whose(phrase: str) -> set[str]:
    return {said.speaker for _, said in theirs(phrase, OTHERS)}


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [
        ("fire expert rory hadden", "Rory Hadden"),  # whatever stands before the name
        ("Rory Hadden of the fire school", "Rory Hadden"),
        ("the bank's Cusack", "Philip Cusack"),
        ("Cusack's review", "Philip Cusack"),
        ("its finance chief", "Paul Jacobsen"),
        ("Port Sabine's finance chief", "Paul Jacobsen"),
        ("sabines finance chief", "Paul Jacobsen"),  # typed in haste
        ("the health and safety chief", "Jeff Muller"),
        ("head of Amnesty", "Agnes Callister"),
        ("Port Sabine's lawyer", "Chris Mattis"),
        ("Corwith Ferries", "Matt Blanche"),  # for whom a spokesperson speaks
        ("Corwith Ferries and the union", "Matt Blanche"),
        ("the judge in the harbor trial", "James Bourke"),
        ("his sister", "Ada Penn"),
    ],
)
def test_a_phrase_means_who_is_quoted(phrase: str, speaker: str) -> None:
    assert _whose(phrase) == {speaker}


@pytest.mark.parametrize(
    "phrase",
    [
        "Rory Hadden's mother",  # the owner is not meant
        "Ann Hadden",
        "Lake Odell's finance chief",  # of whom the article tells nothing
        "odells finance chief",
        "the safety chief",  # a vice president of one thing may be below its chief
        "the judge in the murder of Holt",
        "Cusack",
    ],
)
def test_a_phrase_means_nobody_else(phrase: str) -> None:
    assert _whose(phrase) == ({"Philip Cusack"} if phrase == "Cusack" else set())


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("how common are pearls, acc. to liddell", "liddell"),
        ("What will the bridge cost, says Mayor Castellane?", "Mayor Castellane"),
        ("What became of the harbor, as Castellane sees it?", "Castellane"),
        ("What worries the mayor about the harbor?", "the mayor"),
        ("What's Castellane's complaint about the bridge?", "Castellane"),
        ("Does the old friend Amos Liddell want it?", "old friend Amos Liddell"),
        ("How does Castellane speak of her colleague Amos Liddell?", "Castellane"),  # a plain name goes first
    ],
)
def test_other_ways_of_asking_for_words(question: str, speaker: str) -> None:
    assert _asked(question).removeprefix("the ") == speaker.removeprefix("the ")


def test_who_is_named_beside_according_to_is_the_only_one() -> None:
    assert _asked("Is Castellane tired, according to her doctor?") == ""


def test_a_name_is_not_cut_from_what_it_owns() -> None:
    assert _asked("Is the bridge safe, in the view of Castellane's engineers?") == ""
    assert _asked("Is the bridge safe, according to a spokesman for the union?") == ""


@pytest.mark.parametrize(
    "question", ["Is it safe, according to 's letter?", "Is it safe, according to ’s?", "What's 's view?"]
)
def test_an_owner_without_a_name_is_nobody(question: str) -> None:
    assert _asked(question) == ""


@pytest.mark.parametrize(
    ("told", "asked", "meant"),
    [
        ("“No,” Penn said.", "Ada Penn", True),
        ("Mayor Penn was there. But Penn said: “No.”", "Ada Penn", True),
        ("Ada Penn was there. “No,” Penn said.", "Ada Penn", True),
        ("Her brother, Rufus Penn, was there. “No,” Penn said.", "Ada Penn", False),
        ("They met Zebulona Penn. “No,” Penn said.", "Ada Penn", False),
        ("“No,” Penn said.", "Ada Penn's lawyer", False),
        ("“No,” Penn said.", "Penn Station", False),
    ],
)
def test_a_surname_alone_is_whoever_has_it_if_no_other_has(told: str, asked: str, meant: bool) -> None:
    stated = [(make_hit(make_article(told)), _said("Penn"))]
    assert bool(theirs(asked, stated)) == meant


@pytest.mark.parametrize(
    ("asked", "speakers"),
    [
        ("Rory", {"Rory Hadden"}),
        ("jeff", {"Jeff Muller"}),
        ("Phil", {"Philip Cusack"}),
        ("Agne", {"Agnes Callister"}),
        ("Agn", set()),  # too short to be an Agnes for certain
        ("Zeb", set()),
    ],
)
def test_a_first_name_alone_is_whoever_alone_has_it(asked: str, speakers: set[str]) -> None:
    assert _whose(asked) == speakers


def test_a_first_name_of_two_is_nobodys() -> None:
    assert theirs("Rory", [*OTHERS, _by("Rory Liddell")]) == []


def test_an_office_with_other_words_is_whoever_alone_has_it_where_the_article_tells_of_them() -> None:
    shop = make_hit(make_article("They met at a shop in Arbor."))
    owner, other = _said("Ada Penn", "Owner of Harbor Books"), _said("Ed Holt", "owner of Harbor Ferries")
    assert [said.speaker for _, said in theirs("the shop owner", [(shop, owner)])] == ["Ada Penn"]
    assert theirs("the shop owner", [(shop, owner), (shop, other)]) == []
    assert theirs("the bakery owner", [(shop, owner)]) == []
