"""Whether two made-up articles are told to be copies."""

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import article_from
from index.duplicates import are_copies, names_in, wording_of
from index.records import Draft
from tests.unit.index.stories import (
    FOOTER,
    HOURS,
    LOCK,
    LOCK_TOLD_ANEW,
    from_sentences,
    made_up,
    sentences,
    story,
)

ORIGINAL = story(LOCK, "Lock closes for nine weeks", "Ashford Mail", date(2024, 2, 6))
SENTENCES = sentences(LOCK)
ROOT = Path(__file__).resolve().parents[3]


def copies(one: Draft, other: Draft) -> bool:
    first, second = wording_of(article_from(one)), wording_of(article_from(other))
    assert are_copies(first, second) == are_copies(second, first)
    return are_copies(first, second)


def changed(*pairs: tuple[str, str]) -> str:
    text = LOCK
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


REWRITTEN = changed(
    ("will close for nine weeks from 4 March", "is to shut on 4 March for nine weeks"),
    ("“", '"'),
    ("”", '"'),
    ("2.4 million crowns", "2.4m crowns"),
    (", who runs two barges,", ""),
    ("said that the way round takes", "complained the detour takes"),
    ("told a meeting in the town hall that", "told a meeting that"),
    ("have already collected", "already gathered"),
    ("at least, which Ferris refused", "at least. Ferris refused"),
    (", the harbour board said on Monday", ", the board announced"),
)

KINDS = {
    "another headline": LOCK,
    "first half": from_sentences(SENTENCES[:6]),
    "last half": from_sentences(SENTENCES[6:]),
    "middle": from_sentences(SENTENCES[3:9]),
    "every other sentence": from_sentences(SENTENCES[::2]),
    "paragraphs reordered": "\n\n".join(reversed(LOCK.split("\n\n"))),
    "sentences shuffled": from_sentences(random.Random(3).sample(SENTENCES, len(SENTENCES))),  # noqa: S311
    "rewritten": REWRITTEN,
    "first half, rewritten": from_sentences(sentences(REWRITTEN)[:6]),
    "agency lines": f"ASHFORD (Meridian Wire) — {LOCK}\n\nThe Northgate Courier contributed to this report.",
    "no paragraphs": LOCK.replace("\n\n", " "),
    "capitals": LOCK.upper(),
}


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_copies_are_found(text: str) -> None:
    assert copies(ORIGINAL, story(text, "Barges must wait", "Northgate Courier", date(2024, 2, 7)))


def test_the_same_event_told_by_another_is_no_copy() -> None:
    assert not copies(ORIGINAL, story(LOCK_TOLD_ANEW, "Anger over lock", "Northgate Courier", date(2024, 2, 6)))


def test_a_quotation_in_common_is_no_copy() -> None:
    quoted = "“We have patched them eleven times and each patch cost more than the last,” she said."
    assert not copies(ORIGINAL, story(f"{made_up(1, 5)} {quoted} {made_up(2, 5)}"))


def test_boilerplate_in_common_is_no_copy() -> None:
    for seed in range(1, 6):
        assert not copies(story(f"{made_up(seed)}\n\n{FOOTER}"), story(f"{made_up(seed + 10, 9)}\n\n{FOOTER}"))


def test_boilerplate_that_outweighs_two_short_stories_is_no_copy() -> None:
    first, second = (story(f"{made_up(seed, 4)}\n\n{FOOTER}") for seed in (1, 2))
    shared = len(set(FOOTER.split())) / len(set(f"{made_up(1, 4)} {FOOTER}".split()))
    assert shared > 0.5
    assert not copies(first, second)


def test_a_notice_that_is_filled_in_again_is_no_copy() -> None:
    first = HOURS.format(town="Ashford", day=4, place="Corn Exchange", landmark="Weir Lane bridge")
    second = HOURS.format(town="Millbrook", day=11, place="Weavers Hall", landmark="Saint Olaf church")
    days = date(2023, 9, 29), date(2023, 10, 6)
    assert not copies(story(first, "", "Lindqvist", days[0]), story(second, "", "Lindqvist", days[1]))
    assert not copies(story(first, "", "Mail", days[0]), story(second, "", "Courier", days[1]))


def test_a_report_with_other_numbers_only_is_no_copy() -> None:
    report = (
        "A mild earthquake of magnitude {0} was felt on the islands at {1} hours, the seismic service said. It lay {2} "
        "kilometres under the sea. Nobody was hurt and no wave is expected. People on the coast felt the ground move "
        "for some seconds, and the ferry went as planned. The service asks all who felt it to fill in a form, which "
        "helps to draw its maps."
    )
    assert not copies(story(report.format("3.1", "4", "12"), "", "A"), story(report.format("2.8", "17", "9"), "", "B"))


def test_one_publication_copies_itself_only_nearly_word_for_word() -> None:
    later = date(2024, 3, 1)
    assert copies(ORIGINAL, story(LOCK, "Again: lock closes", "ashford mail", later))
    assert not copies(ORIGINAL, story(REWRITTEN, "Lock", "Ashford Mail", later))
    assert copies(ORIGINAL, story(REWRITTEN, "Lock", "Ashford Mail", ORIGINAL.published))
    assert copies(story(LOCK, day=later), story(REWRITTEN))


def test_a_collection_is_no_copy_of_each_of_its_stories() -> None:
    collection = story("\n\n".join([LOCK, *(made_up(seed, 20) for seed in range(4))]))
    assert not copies(ORIGINAL, collection)
    assert copies(ORIGINAL, story("\n\n".join([LOCK, made_up(1, 6)])))


def test_a_line_that_all_have_is_no_story() -> None:
    line = "Watch the hearing of the committee on harbours here."
    assert not copies(story(line, "One", "A"), story(line, "Two", "B"))


def test_names_in_one_spelling() -> None:
    assert names_in("Then Ann Reed’s 1,200.50 boats (R-TX) left 7 for Sen. Holt in May") == {
        "1200.5", "7", "ann", "reed", "holt",
    }  # fmt: skip
    assert names_in("") == frozenset()


def test_fingerprints_are_the_same_in_every_process() -> None:
    program = (
        "from tests.unit.index.test_duplicates import ORIGINAL; from index.article import article_from; "
        "from index.duplicates import wording_of; import sys; "
        "sys.stdout.write(repr(wording_of(article_from(ORIGINAL)).fingerprints))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        said = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout
        assert said == repr(wording_of(article_from(ORIGINAL)).fingerprints)


def test_fingerprints_fit_into_six_bytes_and_are_one_in_eight() -> None:
    found = wording_of(article_from(story(made_up(1, 400)))).fingerprints
    words = len(made_up(1, 400).split())
    assert all(0 <= fingerprint < 2**47 for fingerprint in found)
    assert words / 8 * 0.8 < len(found) < words / 8 * 1.2
    assert len(wording_of(article_from(story(made_up(2, 3)))).fingerprints) == 16


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    first, second = (
        wording_of(article_from(story(f"Some words. {text} \n\n And more of them."))) for text in (one, other)
    )
    assert are_copies(first, second) == are_copies(second, first)
    assert all(len(sentence) for sentence in first.sentences)
