"""People of a real library: what is quoted in its articles, found again by the names that were merged."""

from datetime import date
from pathlib import Path

from index.people import merge
from index.records import Draft
from tests.unit.index.library_fakes import open_library

TEXTS = {
    "Post": "“The pills are deadly,” Attorney General Merrick Garland said on Monday.\n\n“We will act,” he added.",
    "Times": "“We have seized a million pills,” Attorney General Garland said at a news conference on Tuesday.",
    "Echo": "“We have not been told,” said Mayor Ruth Okafor of the seizures in the harbour on Tuesday evening.",
}


def test_all_statements_of_a_person_are_found_by_the_merged_names(tmp_path: Path) -> None:
    with open_library(tmp_path / "library") as library:
        drafts = [
            Draft(text, name, name, publication=name, published=date(2023, 10, 2)) for name, text in TEXTS.items()
        ]
        assert all(result.article_id for result in library.add(drafts))
        people = merge(library.speakers())
        assert [(person.name, person.statements) for person in people.everyone] == [
            ("Merrick Garland", 3), ("Ruth Okafor", 1),
        ]  # fmt: skip
        garland = people.everyone[0]
        rows = library.statements(names=people.given_as(garland))
        assert [row.text.rstrip(",") for row in rows] == [
            "The pills are deadly", "We will act", "We have seized a million pills",
        ]  # fmt: skip
        assert all(people.of(row.speaker, row.role) == (garland,) for row in rows)
        assert sum(person.statements for person in people.everyone) == len(library.statements())
