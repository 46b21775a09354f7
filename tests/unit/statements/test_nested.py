"""Made-up sentences in which somebody who is quoted quotes somebody else."""

import pytest

from index.records import StatementKind
from tests.unit.statements.helpers import found

# A paragraph in which somebody who is quoted quotes somebody else; then words and speakers.
NESTED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "with a title": (
        "“Senator Dora Quill said ‘the pier is safe for all of us here,’ and she was right,” Omar Penn said.",
        [
            (
                "Senator Dora Quill said ‘the pier is safe for all of us here,’ and she was right",
                "Omar Penn",
            ),
            ("the pier is safe for all of us here", "Dora Quill"),
        ],
    ),
    "straight marks": (
        "\"My friend Dora Quill said, 'The pier is safe for all of us.'\" Omar Penn recalled.",
        [
            ("My friend Dora Quill said, 'The pier is safe for all of us.'", "Omar Penn"),
            ("The pier is safe for all of us.", "Dora Quill"),
        ],
    ),
    "nobody who is named": (
        "“People say ‘the pier is safe for all of us here,’ and so it is,” Omar Penn said.",
        [("People say ‘the pier is safe for all of us here,’ and so it is", "Omar Penn")],
    ),
    "anybody": (
        "“He said ‘the pier is safe for all of us here,’ and so it is,” Omar Penn said.",
        [("He said ‘the pier is safe for all of us here,’ and so it is", "Omar Penn")],
    ),
    "a term": (
        "“Dora Quill said ‘yes,’ and so it is,” Omar Penn said.",
        [("Dora Quill said ‘yes,’ and so it is", "Omar Penn")],
    ),
}


@pytest.mark.parametrize("shape", NESTED)
def test_quotation_within_a_quotation(shape: str) -> None:
    paragraph, expected = NESTED[shape]
    said = found(paragraph)
    assert [(" … ".join(one.words), one.speaker) for one in said] == expected
    assert {one.kind for one in said} == {StatementKind.DIRECT}


def test_what_a_release_repeats_of_a_paper_is_not_the_one_who_spoke_before() -> None:
    said = found(
        "Senator Dora Quill released a report. “It is late,” Quill said.",
        "“‘The tide continues to threaten the pier,’ the report said. ‘The council is late.’”",
    )
    assert [(one.written, one.speaker) for one in said] == [("Quill", "Dora Quill"), ("the report", "")]
    assert said[1].words == ("The tide continues to threaten the pier", "The council is late.")
