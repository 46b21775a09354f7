"""Several who are asked for together are those who speak together in an article that names them first."""

from dataclasses import replace

import pytest

from index.records import Statement, StatementKind
from qa.joint import speak_together
from tests.unit.qa.conftest import make_article

LETTER = make_article(
    "Senators Amos Liddell and Ada Penn wrote to the ferry board, with Saltland's delegation.",
    title="Liddell, Penn urge the ferry board to reopen the pier",
)
TOGETHER = Statement("a1", StatementKind.DIRECT, ((0, 8),), "the senators", "", "the senators", "wrote", (0, 9))


def _by(written: str) -> Statement:
    return replace(TOGETHER, speaker_text=written)


@pytest.mark.parametrize(
    "asked",
    [
        "Liddell and Penn",
        "senators liddell and penn",
        "Sen. Liddell, Sen. Penn and their colleagues",
        "the Liddell letter",
        "Saltland's lawmakers",
        "the senators' letter",
        "the lawmakers",
    ],
)
@pytest.mark.parametrize("written", ["the senators", "The lawmakers", "the members", "a bipartisan group"])
def test_they_speak_together(asked: str, written: str) -> None:
    assert speak_together(asked, _by(written), LETTER)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Liddell and Brandvold", "the senators"),  # one of them is not named
        ("Brandvold's lawmakers", "the senators"),
        ("Liddell", "the senators"),  # one who is asked for alone
        ("Liddell and Penn", "they"),
        ("Liddell and Penn", "the engineers"),
        ("fellow Republicans", "the Democrats"),
    ],
)
def test_they_do_not(asked: str, written: str) -> None:
    assert not speak_together(asked, _by(written), LETTER)


def test_who_is_named_speaks_alone() -> None:
    assert not speak_together("Liddell and Penn", replace(TOGETHER, speaker="Amos Liddell"), LETTER)


def test_who_is_named_far_below_headline_and_lead_did_not_sign() -> None:
    far = make_article(
        "The lawmakers wrote. " + "The pier is shut. " * 50 + "Ada Penn agrees with Amos Liddell.", title="Pier"
    )
    assert not speak_together("Liddell and Penn", TOGETHER, far)
