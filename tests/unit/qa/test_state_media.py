"""Media of states, asked for as such."""

import pytest

from qa.state_media import is_state_media


@pytest.mark.parametrize(
    ("asked", "speaker", "is_it"),
    [
        ("North Korean state media", "Korean Central News Agency", True),
        ("Russian state news agency", "Tass", True),
        ("Iran's official news agency", "IRNA", True),
        ("Chinese state-run media", "Xinhua", True),
        ("Chinese state media", "TASS", False),
        ("Chinese media", "Xinhua", False),  # any outlet there
        ("state media", "Xinhua", False),
        ("Xinhua", "Xinhua", False),  # a name, which needs no list
    ],
)
def test_state_media_are_known_by_name(asked: str, speaker: str, is_it: bool) -> None:
    assert is_state_media(asked, speaker) is is_it
