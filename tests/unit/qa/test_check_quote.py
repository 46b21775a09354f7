"""Quotations checked against a small library."""

from collections.abc import Iterator
from datetime import date

import pytest

from index.errors import QuestionError
from index.library import Library
from index.records import AddStatus, Draft, Filters, StatementKind
from qa.check_quote import check_quote
from qa.quote_records import QuoteCheck, QuoteStatus
from tests.unit.index.library_fakes import open_library

BRIDGE = Draft(
    "The Harbour Bridge will close to all traffic on 16 October, the city said on Monday. Ferries will run twice as "
    "often from that day on, and buses are to go round by the northern bridge until the work is done.\n\n"
    "“We waited too long,” said Mayor Ruth Okafor, asking for patience, “and now the steel decides for us.”\n\n"
    "“I do not believe that the work will cost more than 41 million dollars,” Okafor added.\n\n"
    "Shipping agent Tom Bell disagreed. “The port has never lost a season,” Bell said.\n\n"
    "Engineers found cracks in two of the beams last spring and have watched them with cameras ever since.",
    "bridge.txt",
    title="Bridge to close",
    publication="Harbour Times",
    published=date(2023, 10, 2),
)
COPY = Draft(BRIDGE.text, "copy.txt", title="Bridge shuts", publication="Quay Post", published=date(2023, 10, 1))
LATER = Draft(
    "Half a year later the council looked back on the hardest of its winters, with all members there.\n\n"
    "“We waited too long, and now the steel decides for us,” Mayor Ruth Okafor had said when it closed.\n\n"
    "Asked about the season, Okafor said: “The port has never lost a season, they say.”",
    "later.txt",
    title="Looking back",
    publication="Coast Courier",
    published=date(2024, 5, 2),
)
OTHER = Draft(
    "The regatta was won by a boat from the next town, whose crew had trained all summer in the bay.\n\n"
    "“It was the wind that won it for us today,” said skipper Mia Lund after the last of the races.",
    "regatta.txt",
    title="Regatta",
    publication="Quay Post",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with open_library(tmp_path_factory.mktemp("quotes")) as library:
        results = list(library.add([BRIDGE, COPY, LATER, OTHER]))
        assert {result.status for result in results} == {AddStatus.ADDED}
        yield library


def _titles(check: QuoteCheck) -> list[tuple[str, bool]]:
    return [(place.title, place.copy) for place in check.places]


@pytest.mark.parametrize("speaker", ["", "Okafor", "Mayor Ruth Okafor"])
def test_verbatim_first_place_first_and_copies_with_their_story(library: Library, speaker: str) -> None:
    check = check_quote(library, "“We waited too long, and now the steel decides for us.”", speaker)
    assert check.status is QuoteStatus.VERBATIM
    assert check.exact
    assert (check.share_kept, check.similarity, check.weighty) == (1.0, 1.0, ())
    assert _titles(check) == [("Bridge shuts", False), ("Bridge to close", True), ("Looking back", False)]
    assert check.sources == 2
    first = check.places[0]
    assert (first.speaker, first.role, first.kind) == ("Ruth Okafor", "Mayor", StatementKind.DIRECT)
    assert first.speaker_fits is (True if speaker else None)
    text = library.article(first.article_id).text
    assert [text[a:b] for a, b in first.spans] == ["We waited too long", "and now the steel decides for us"]
    assert text[first.paragraph_start :].startswith(first.paragraph)
    assert first.paragraph.startswith("“We waited")


def test_capitals_and_punctuation(library: Library) -> None:
    assert check_quote(library, "we waited too long and now the steel decides for us").exact
    check = check_quote(library, "We waited too long. And now the steel decides for us!")
    assert check.status is QuoteStatus.VERBATIM
    assert not check.exact


def test_altered_with_the_words_that_differ(library: Library) -> None:
    check = check_quote(library, "I do believe that the work will cost more than 14 million dollars", "Okafor")
    assert check.status is QuoteStatus.ALTERED
    assert check.weighty == ("not", "41", "14")
    assert check.share_kept == 12 / 13
    assert check.similarity == 24 / 27
    assert [p.text for p in check.pieces] == [
        "I do", "not", "believe that the work will cost more than", "41", "14", "million dollars,",
    ]  # fmt: skip
    assert _titles(check) == [("Bridge shuts", False), ("Bridge to close", True)]


def test_somebody_elses_words(library: Library) -> None:
    check = check_quote(library, "I do not believe that the work will cost more than 41 million dollars", "Tom Bell")
    assert check.status is QuoteStatus.OTHER_SPEAKER
    assert {place.speaker for place in check.places} == {"Ruth Okafor"}
    assert check.theirs is None


def test_somebody_elses_words_and_the_nearest_of_the_one_who_was_asked_for(library: Library) -> None:
    check = check_quote(library, "The port has never lost a season", "Lund")
    assert check.status is QuoteStatus.OTHER_SPEAKER
    check = check_quote(library, "The port has never lost a season they say", "Bell")
    assert check.status is QuoteStatus.OTHER_SPEAKER
    assert [place.speaker for place in check.places] == ["Ruth Okafor"]
    assert check.theirs is not None
    assert check.theirs.speaker == "Tom Bell"


def test_of_equal_words_one_place_by_the_speaker_is_enough(library: Library) -> None:
    check = check_quote(library, "The port has never lost a season", "Bell")
    assert check.status is QuoteStatus.VERBATIM
    assert [(place.title, place.speaker_fits) for place in check.places] == [
        ("Bridge shuts", True), ("Bridge to close", True), ("Looking back", False),
    ]  # fmt: skip


def test_what_two_people_said_is_not_joined(library: Library) -> None:
    check = check_quote(library, "I do not believe that the work will cost … a season", "Okafor")
    assert check.status is QuoteStatus.ALTERED
    assert check.spliced
    assert not check.exact


def test_words_of_the_article_are_nobodys(library: Library) -> None:
    check = check_quote(library, "Engineers found cracks in two of the beams last spring", "Okafor")
    assert check.status is QuoteStatus.VERBATIM
    assert (check.places[0].speaker, check.places[0].kind, check.places[0].quoted) == ("", None, False)
    assert check.places[0].speaker_fits is None


def test_an_attribution_in_the_pasted_text_is_passed_over(library: Library) -> None:
    check = check_quote(library, "“We waited too long,” Okafor told reporters, “and now the [metal] decides …”")
    assert check.status is QuoteStatus.VERBATIM
    assert [piece.kind.value for piece in check.pieces] == [
        "same", "attribution", "same", "omitted", "inserted", "same",
    ]  # fmt: skip


def test_not_found_shows_the_nearest(library: Library) -> None:
    check = check_quote(library, "The port of Rotterdam has been on strike since Easter and nobody knows why")
    assert check.status is QuoteStatus.NOT_FOUND
    assert 0 < check.similarity < 0.5
    assert len(check.places) == 1
    assert check.weighty == ()
    nothing = check_quote(library, "zebra xylophone")
    assert (nothing.status, nothing.places, nothing.pieces) == (QuoteStatus.NOT_FOUND, (), ())


def test_filters_narrow_what_is_looked_at(library: Library) -> None:
    asked = "We waited too long, and now the steel decides for us"
    check = check_quote(library, asked, filters=Filters(publications=("Harbour Times",)))
    assert _titles(check) == [("Bridge to close", False)]
    assert check.searched.articles == 1
    assert check_quote(library, asked, filters=Filters(since=date(2025, 1, 1))).status is QuoteStatus.NOT_FOUND


def test_a_phrase_of_common_words_is_found_as_a_phrase(library: Library) -> None:
    """The keyword index leaves common words out; joined by hyphens they are looked for as a phrase."""
    check = check_quote(library, "it for us")
    assert check.status is QuoteStatus.VERBATIM
    assert _titles(check) == [("Regatta", False)]


def test_nothing_to_check(library: Library) -> None:
    with pytest.raises(QuestionError, match="no quotation"):
        check_quote(library, " “” ")


def test_the_answer_of_an_interview_is_direct_speech_without_marks(library: Library) -> None:
    asked = ["How did you win?", "Did you expect it?", "What will you do next?"]
    answers = ["I waited for the wind and my crew kept calm.", "I did not, to be honest.", "We will sail to the cape."]
    text = "\n\n".join(part for pair in zip(asked, answers, strict=True) for part in pair)
    draft = Draft(
        text, "interview.txt", title="The Quay Post interviews Mia Lund on her regatta", publication="Quay Post"
    )
    (added,) = library.add([draft])
    check = check_quote(library, "I waited for the wind and my crew kept calm", "Lund")
    library.remove(added.article_id)
    (place,) = check.places
    assert (check.status, place.speaker, place.kind) == (QuoteStatus.VERBATIM, "Mia Lund", StatementKind.DIRECT)
    assert (place.quoted, place.speaker_fits) == (True, True)
