"""Names that are merged into people, and names that are not."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import people_file, person_names
from index.catalog import Catalog
from index.errors import LibraryError
from index.people import People, merge
from index.people_file import NameKey
from index.statement_store import SpeakerName
from tests.unit.index.harm import change

GARLAND = NameKey("Merrick Garland", "Attorney General")


def _quoted(*names: tuple[str, str] | tuple[str, str, int], day: date | None = date(2023, 10, 2)) -> list[SpeakerName]:
    return [SpeakerName(name[0], name[1], name[2] if len(name) == 3 else 1, 1, day, day) for name in names]


def _together(people: People) -> set[frozenset[str]]:
    return {frozenset(name.key.name or name.key.role for name in person.names) for person in people.everyone}


def test_surname_full_name_and_office_are_one_person() -> None:
    full = ("Merrick Garland", "Attorney General", 3)
    people = merge(
        _quoted(
            full,
            ("Garland", "Attorney General"),
            ("Garland", ""),
            ("", "the attorney general"),
            ("Ruth Okafor", "Mayor"),
        )
    )
    garland, okafor = people.everyone
    assert (garland.id, garland.name, garland.role, garland.statements) == (
        "Merrick Garland", "Merrick Garland", "Attorney General", 6,
    )  # fmt: skip
    assert garland.other_names == ("Garland",)
    assert garland.named and not garland.decided
    assert okafor.name == "Ruth Okafor"
    assert people.of("", "the attorney general") == (garland,)
    assert people.of("Garland", "") == (garland,)
    assert people.of("Garland", "Senator") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Charles E. Schumer", "Chuck Schumer"),
        ("Jesús “Chuy” García", 'Jesus G. "Chuy" Garcia'),
        ("Harold “Hal” Rogers", "Hal Rogers"),
        ("Infrastructure Peter DeFazio", "Peter DeFazio"),
        ("Congresswomen Deborah Ross", "Deborah K. Ross"),
        ("Tom O'Halleran", "Tom O’Halleran"),
        ("C. Maloney", "Carolyn B. Maloney"),
        ("Beth Van Duyne", "Van Duyne"),
        ("J.D. Vance", "JD Vance"),
        ("Bonnie Watson Coleman", "Watson Coleman"),
        ("John Joyce M.D.", "John Joyce"),
        ("Sheriff Dale Whitcombe", "Dale Whitcombe"),
        ("Harbor Master Ann Hall", "Ann Hall"),
        ("Brig. Gen. Tim Penn", "Tim Penn"),
        ("Robert F. Kennedy Jr.", "Robert Kennedy Jr."),
        ("the U.S. Department of Agriculture", "Department of Agriculture’s"),
        ("Federal Communications Commission", "FCC"),
        ("Centers for Disease Control and Prevention", "CDC"),
        ("U.S. Department of Agriculture", "USDA"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert len(merge(_quoted((one, ""), (other, ""))).everyone) == 1
    assert len(merge(_quoted((other, ""), (one, ""))).everyone) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Donald Trump", ""), ("Donald Trump Jr.", "")),
        (("Cori Bush", "Congresswoman"), ("Bush", "President")),
        (("Mark Kelly", "Senator"), ("M. Kelly", "Rep.")),
        (("George W. Bush", ""), ("George H.W. Bush", "")),
        (("Tina Smith", ""), ("Chris Smith", "")),
        (("Adam Smith", ""), ("Tina Smith", "")),
        (("Joe Kennedy", "Coach"), ("Kennedy", "Senator")),
        (("Department of Justice", ""), ("Department of Energy", "")),
        (("Merrick Garland", "Attorney General"), ("", "the state attorney general")),
        (("Rob Bonta", "Attorney General of California"), ("", "the attorney general")),
        (("", "the senators"), ("", "officials")),
        (("Jim Vance", ""), ("J.D. Vance", "")),
        (("Ashley Moody", "Senator"), ("Moody’s", "")),
        (("Brooks Washington", "Rep."), ("Washington", "")),
        (("Shining Path", ""), ("Path", "")),
        (("Federal Student Aid", ""), ("Aid", "Director")),
    ],
)
def test_not_the_same(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert len(merge(_quoted(one, other)).everyone) == 2


def test_a_name_with_a_title_is_no_other_name() -> None:
    people = merge(_quoted(("Sheriff Dale Whitcombe", "", 9), ("Dale Whitcombe", "Sheriff"), ("Whitcombe", "Sheriff")))
    (whitcombe,) = people.everyone
    assert (whitcombe.name, whitcombe.statements) == ("Dale Whitcombe", 11)
    assert whitcombe.other_names == ("Whitcombe",)


def test_a_surname_goes_to_the_bearer_with_the_role() -> None:
    names = [("Chris Murphy", "U.S. Senator"), ("Greg Murphy", "Congressman"), ("Phil Murphy", "Governor")]
    people = merge(_quoted(*names, ("Murphy", "Sen."), ("Murphy", "Rep."), ("Murphy", "Gov."), ("Murphy", "")))
    assert people.of("Murphy", "Sen.") == people.of("Chris Murphy", "U.S. Senator")
    assert people.of("Murphy", "Rep.") == people.of("Greg Murphy", "Congressman")
    assert people.of("Murphy", "Gov.") == people.of("Phil Murphy", "Governor")
    [unknown] = people.of("Murphy", "")
    assert [name.key for name in unknown.names] == [NameKey("Murphy", "")]


def test_a_surname_without_role_goes_to_who_is_quoted_far_more_than_others() -> None:
    for number, expected in ((20, "Donald Trump"), (19, "Trump")):
        people = merge(_quoted(("Donald Trump", "", number), ("Ivanka Trump", "", 2), ("Trump", "")))
        assert people.of("Trump", "")[0].name == expected


def test_an_office_goes_to_its_only_holder_while_it_is_held() -> None:
    holder = _quoted(("Merrick Garland", "US Attorney General"))
    assert len(merge([*holder, *_quoted(("", "the attorney general"), day=date(2024, 10, 1))]).everyone) == 1
    assert len(merge([*holder, *_quoted(("", "the attorney general"), day=date(2024, 10, 4))]).everyone) == 2
    assert len(merge([*holder, *_quoted(("", "the attorney general"), day=None)]).everyone) == 1
    two = _quoted(("Loretta Lynch", "Attorney General"), ("", "the attorney general"))
    assert len(merge([*holder, *two]).everyone) == 3


def test_several_with_one_voice_are_each_of_them() -> None:
    people = merge(_quoted(("Mark R. Warner and Tim Kaine", "Sens.", 2), ("Tim Kaine", "Senator", 3)))
    kaine, warner = people.everyone
    assert (kaine.name, kaine.statements, warner.name, warner.statements) == ("Tim Kaine", 5, "Mark R. Warner", 2)
    assert people.of("Mark R. Warner and Tim Kaine", "Sens.") == (warner, kaine)
    assert set(people.given_as(kaine)) == {("Mark R. Warner and Tim Kaine", "Sens."), ("Tim Kaine", "Senator")}
    assert people.given_as(warner) == [("Mark R. Warner and Tim Kaine", "Sens.")]


def test_an_institution_with_and_is_one() -> None:
    assert person_names.names_of("Food and Drug Administration") == ("Food and Drug Administration",)
    assert person_names.names_of("U.S. Customs and Border Protection") == ("U.S. Customs and Border Protection",)


def test_two_with_one_name_have_ids_of_their_own() -> None:
    one, other = NameKey("Mike Rogers", "Rep."), NameKey("Mike Rogers", "Coach")
    people = merge(_quoted(one, other), [frozenset({one}), frozenset({other})])
    assert {person.id for person in people.everyone} == {"Mike Rogers", "Mike Rogers, Rep."}
    assert [person.decided for person in people.everyone] == [True, True]
    for person in people.everyone:
        assert people.get(person.id) is person
    assert people.get("Nobody") is None
    assert merge(_quoted(("", "officials"))).get("") is None


def test_a_person_is_found_by_any_name_that_nobody_else_has() -> None:
    people = merge(_quoted(("Chuck Schumer", "", 2), ("Charles E. Schumer", "")))
    assert people.get("Charles E. Schumer") is people.get("Chuck Schumer") is people.everyone[0]


def test_what_a_user_put_together_stays_together_and_takes_in_the_like() -> None:
    quoted = _quoted(("Joe Biden", "Sen."), ("Biden", "President"), ("Joseph R. Biden", ""), ("Biden", "Mr."))
    assert len(merge(quoted).everyone) > 1
    people = merge(quoted, [frozenset({NameKey("Joe Biden", "Sen."), NameKey("Biden", "President")})])
    [biden] = people.everyone
    assert biden.decided


def test_what_a_user_took_apart_stays_apart() -> None:
    bare = NameKey("Garland", "")
    people = merge(_quoted(GARLAND, bare), [frozenset({GARLAND}), frozenset({bare})])
    assert _together(people) == {frozenset({"Merrick Garland"}), frozenset({"Garland"})}


NAMES = st.sampled_from(
    ["Garland", "Merrick Garland", "M. Garland", "Ann Garland", "Merrick Garland Jr.", "FBI", "",
     "A. B. and C. Garland", "Federal Bureau of Investigation", "Ann Garland and Merrick Garland"]
)  # fmt: skip
ROLES = st.sampled_from(["", "Attorney General", "the attorney general", "Senator", "Mayor", "coach"])
KEYS = st.builds(NameKey, NAMES, ROLES)


@given(st.dictionaries(KEYS, st.integers(1, 50), min_size=1), st.lists(st.frozensets(KEYS, max_size=3)))
def test_every_name_is_one_persons_and_decisions_hold(
    counts: dict[NameKey, int], groups: list[frozenset[NameKey]]
) -> None:
    seen: set[NameKey] = set()
    decided = []
    for group in groups:
        decided.append(group - seen)
        seen |= group
    quoted = _quoted(*((key.name, key.role, number) for key, number in counts.items()))
    people = merge(quoted, decided)
    keys = [name.key for person in people.everyone for name in person.names]
    parts = {NameKey(n, k.role) for k in counts if any(k) for n in person_names.names_of(k.name)}
    assert sorted(keys) == sorted(parts)
    assert len({person.id for person in people.everyone}) == len(people.everyone)
    homes = {name.key: person.id for person in people.everyone for name in person.names}
    for group in decided:
        assert len({homes[key] for key in group if key in homes}) <= 1
    firsts = [homes[sorted(there)[0]] for group in decided if (there := [k for k in group if k in homes])]
    assert len(firsts) == len(set(firsts))
    for key in counts:
        for person in people.of(*key):
            assert key in people.given_as(person)


@given(st.dictionaries(KEYS, st.integers(1, 50), min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(counts: dict[NameKey, int], random: Random) -> None:
    quoted = _quoted(*((key.name, key.role, number) for key, number in counts.items()))
    assert merge(quoted).everyone == merge(random.sample(quoted, len(quoted))).everyone


def test_decisions_are_kept_and_the_latest_counts(tmp_path: Path) -> None:
    a, b, c = NameKey("A", ""), NameKey("B", "x"), NameKey("Ç “q”", "")
    assert people_file.read_groups(tmp_path) == ()
    Catalog.create(tmp_path).close()
    assert people_file.read_groups(tmp_path) == ()
    people_file.put_together(tmp_path, [a, b, c])
    assert people_file.read_groups(tmp_path) == (frozenset({a, b, c}),)
    people_file.take_apart(tmp_path, [a], [b, c])
    assert set(people_file.read_groups(tmp_path)) == {frozenset({a}), frozenset({b, c})}
    people_file.put_together(tmp_path, [a, b])
    assert set(people_file.read_groups(tmp_path)) == {frozenset({c}), frozenset({a, b})}
    people_file.forget(tmp_path, [a, b])
    assert people_file.read_groups(tmp_path) == (frozenset({c}),)


def test_a_decision_that_was_not_written_so_is_refused(tmp_path: Path) -> None:
    Catalog.create(tmp_path).close()
    people_file.put_together(tmp_path, [GARLAND])
    change(tmp_path, "UPDATE person_name SET name = 'Merrick Gasland'", sealed=False)
    with pytest.raises(LibraryError, match=r"'Merrick Gasland' is damaged on disk.*index restore"):
        people_file.read_groups(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be opened or written"):
        people_file.put_together(tmp_path / "gone", [GARLAND])


def test_names_must_be_on_one_side(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one side"):
        people_file.take_apart(tmp_path, [GARLAND], [GARLAND])
    with pytest.raises(ValueError, match="one side"):
        people_file.take_apart(tmp_path, [GARLAND], [])
