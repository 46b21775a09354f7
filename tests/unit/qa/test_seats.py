"""Members of Congress who are asked for by state or party."""

import pytest

from qa.seats import has_seat

TEXT = (
    "U.S. Senators Ruth Castellane (R-KS) and Bo Ekholm (D-N.C.) met Reps. Iris Vantongeren (ME-01), Ed Liddell "
    "(D-Texas) and Ann Holt (D-WA-09). Sen. Omar Penn, I-W.Va., came late. Dora Quill spoke. "
    "Sen. Eva Tarrow, a Utah Republican who left her party, agreed."
)


@pytest.mark.parametrize(
    ("asked", "speaker", "role", "expected"),
    [
        ("the senator from Kansas", "Ruth Castellane", "U.S. Senator", True),
        ("Kansas senator", "Bo Ekholm", "", False),
        ("senator from North Carolina", "Bo Ekholm", "", True),
        ("Kansas senator Castellane", "Ruth Castellane", "U.S. Senator", True),
        ("the congressman from Kansas", "Ruth Castellane", "U.S. Senator", False),  # of the other chamber
        ("Ruth Castellane's colleague from Maine", "Iris Vantongeren", "Rep.", True),
        ("Ed Liddell’s Kansas colleague", "Ruth Castellane", "", True),
        ("the Texas Democrat", "Ed Liddell", "", True),
        ("the Texas Republican", "Ed Liddell", "", False),
        ("the Republican", "Ruth Castellane", "", True),
        ("the Democratic senator", "Ruth Castellane", "Senator", False),
        ("the lawmaker from Washington", "Ann Holt", "", True),
        ("the senator from West Virginia", "Omar Penn", "Sen.", True),
        ("the senator from Virginia", "Omar Penn", "Sen.", False),
        ("the senator from Utah", "Eva Tarrow", "Sen.", True),
        ("her colleague from Alaska", "Dora Quill", "Alaska Sen.", True),
        ("the Utah Democrat", "Eva Tarrow", "Sen.", False),
        ("the Maine Democrat", "Iris Vantongeren", "", True),  # of whom no party is told
        ("the Ohio Democrat", "Iris Vantongeren", "", False),
    ],
)
def test_seats_are_read_beside_names(asked: str, speaker: str, role: str, expected: bool) -> None:
    assert has_seat(asked, speaker, role, TEXT) is expected


@pytest.mark.parametrize(
    ("asked", "speaker"),
    [
        ("the Democrat", "Iris Vantongeren"),  # of whom no party is told
        ("the senator from Kansas", "Dora Quill"),  # the article gives her no seat
        ("the Texas Republican Party", "Ed Liddell"),
        ("the senator", "Ruth Castellane"),
        ("Castellane", "Ruth Castellane"),
        ("the Kansas senator's chief of staff", "Ruth Castellane"),
        ("Kansas", "Ruth Castellane"),
        ("the senator from Kansas", ""),
    ],
)
def test_nothing_is_said_where_no_seat_is_asked_for_or_told(asked: str, speaker: str) -> None:
    assert has_seat(asked, speaker, "", TEXT) is None
