"""Speakers are narrowed down by letters without losing one whom the rules would accept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import same_speaker
from index.speaker_key import AskedKey, speaker_key

NAMES = (
    "Merrick Garland", "Garland", "José Álvarez", "NAACP", "National Association of Science Teachers", "Ann Lee Jr.",
    "Mary Smith-Jones", "Department of Justice", "AT&T", "J. D. Vance", "Biden and Harris", "Michael O'Neil", "",
)  # fmt: skip
ROLES = (
    "Attorney General", "U.S. Sen.", "head of the NAACP", "chief executive of Acme", "a spokeswoman for Youngkin",
    "vice-president", "chairman", "director", "epidemiologist", "the company", "co-founder", "president", "",
)  # fmt: skip
WRITTEN = ("he", "Garland", "the spokesman", "officials", "The A.G.", "Mary", "")
ASKED = (
    "Garland", "Attorney General Merrick Garland", "the attorney general", "senator", "US Senator Alvarez", "the boss",
    "the head of Acme", "the leader of the NAACP", "N.A.A.C.P.", "NAST", "nast", "Ms. Smith-Jones", "DOJ", "AT&T",
    "JD Vance", "J. Vance", "Kamala Harris", "Mike O’Neil", "the vice president", "an epidemiology expert",
    "Youngkin's spokesman", "the Youngkin spokesperson", "CEO", "epidemiologists", "company", "Mary", "the official",
    "Lee", "chairwoman", "president", "the co-founder", "?", "",
)  # fmt: skip


def found(asked: str, name: str, role: str, written: str) -> bool:
    key, meant = speaker_key(name, role, written), AskedKey.of(asked)
    return any(beginning in key for beginning in meant.any_of) and meant.may_mean(key)


def test_nobody_is_lost() -> None:
    meant = [
        (asked, name, role, written)
        for asked in ASKED
        for name in NAMES
        for role in ROLES
        for written in WRITTEN
        if same_speaker(asked, name, role, written)
    ]
    assert len(meant) > 1000
    assert [one for one in meant if not found(*one)] == []


WORD = st.sampled_from([word for phrase in (*NAMES, *ROLES, *WRITTEN, *ASKED) for word in phrase.split()])
PHRASE = st.lists(WORD, max_size=4).map(" ".join)


@given(PHRASE, PHRASE, PHRASE, PHRASE)
def test_nobody_is_lost_whatever_the_words(asked: str, name: str, role: str, written: str) -> None:
    if AskedKey.of(asked).words and same_speaker(asked, name, role, written):
        assert found(asked, name, role, written)


@pytest.mark.parametrize("asked", ["Garland", "the attorney general", "DOJ", "the head of the ferry company"])
def test_others_are_left_out(asked: str) -> None:
    assert not found(asked, "Tomas Brandl", "head of the harbour", "he")
