"""Text copied from newspaper pages."""

from datetime import date
from pathlib import Path

import pytest

from index.paragraphs import split_paragraphs
from index.records import Draft, ParagraphKind
from index.sources import Limits, read_pasted, read_paths
from index.sources.bylines import Byline, parse_authors, parse_byline, parse_dateline
from index.sources.newspage import clean_title, complete, read_page

GLOBE = Path(__file__).resolve().parents[4] / "shared" / "articles" / "boston-globe-us-mexico-fentanyl.txt"

PAGE = """The Harbour Post

Council and engineers agree on wall, not on cost

Meetings this week are to settle who pays

- By Ann Example and José Muster-Frau CITY NEWS SERVICE

PORT LINCOLN — Council members and the engineers they hired agreed Thursday that the harbour wall must be rebuilt.

The officials — Mayor Ida Beispiel, Treasurer Tom Ejemplo, and Engineer Mary Primer — did not agree who is to pay.

“It is a wall,” Beispiel said. “It has to stand.”

 ?? KIM SAMPLE/CITY NEWS SERVICE ?? Mayor Ida Beispiel walked along the wall on Thursday.
KIM SAMPLE/CITY NEWS SERVICE Mayor Ida Beispiel walked along the wall on Thursday.

Newspapers in English

Newspapers from Australia"""

STORY = "The council voted on Monday to rebuild the harbour wall, which two storms in one winter had broken."
MORE = "Work is to begin in June, the mayor said, and to take until the end of the year at the earliest."


def paste(text: str) -> Draft:
    draft = read_pasted(text)
    assert isinstance(draft, Draft)
    return draft


def check_globe_shape(draft: Draft, first_words: str) -> None:
    assert draft.text.startswith(first_words)
    kinds = [p.kind for p in split_paragraphs(draft.text, draft.title, draft.deck)]
    assert kinds[-4:] == [ParagraphKind.CAPTION] * 2 + [ParagraphKind.BOILERPLATE] * 2
    assert set(kinds[:-4]) == {ParagraphKind.BODY}


def test_page_of_the_globes_shape() -> None:
    draft = paste(PAGE)
    assert draft.publication == "The Harbour Post"
    assert draft.title == "Council and engineers agree on wall, not on cost"
    assert draft.deck == "Meetings this week are to settle who pays"
    assert draft.authors == ("Ann Example", "José Muster-Frau")
    assert (draft.agency, draft.place, draft.published) == ("CITY NEWS SERVICE", "PORT LINCOLN", None)
    check_globe_shape(draft, "PORT LINCOLN — Council members")


def test_the_globe_itself() -> None:
    if not GLOBE.exists():
        pytest.skip("the article the project was conceived on is not here")
    (draft,) = read_paths([GLOBE], Limits())
    assert isinstance(draft, Draft)
    assert draft.publication == "The Boston Globe"
    assert draft.title == "US, Mexico leaders seek unity on migration, fentanyl"
    assert draft.deck == "Discuss major challenges they face in meetings"
    assert draft.authors == ("Eileen Sullivan", "Zolan Kanno-Youngs")
    assert (draft.agency, draft.place, draft.published) == ("NEW YORK TIMES", "MEXICO CITY", None)
    check_globe_shape(draft, "MEXICO CITY — President Biden’s top Cabinet")


def test_headline_then_story() -> None:
    draft = paste(f"Council votes to rebuild wall\n\n{STORY}\n\n{MORE}")
    assert (draft.title, draft.text) == ("Council votes to rebuild wall", f"{STORY}\n\n{MORE}")


def test_single_newlines() -> None:
    draft = paste(f"Council votes to rebuild wall\nBy Ann Example\nJune 3, 2022\n{STORY}\n{MORE}")
    assert (draft.title, draft.authors, draft.published) == (
        "Council votes to rebuild wall",
        ("Ann Example",),
        date(2022, 6, 3),
    )
    assert draft.text == f"{STORY}\n{MORE}"


def test_short_first_paragraph_is_not_a_deck() -> None:
    draft = paste(f"Council votes to rebuild wall\n\nIt was close.\n\n{STORY}")
    assert (draft.deck, draft.text) == ("", f"It was close.\n\n{STORY}")


def test_section_above_the_headline() -> None:
    draft = paste(
        f"CNN\n\nPolitics\n\nCouncil votes to rebuild wall\n\nBy Ann Example, CNN\n\nUpdated May 16, 2022\n\n{STORY}"
    )
    assert (draft.publication, draft.section, draft.title) == ("CNN", "Politics", "Council votes to rebuild wall")
    assert (draft.authors, draft.agency, draft.published) == (("Ann Example",), "CNN", date(2022, 5, 16))
    assert draft.text == STORY


@pytest.mark.parametrize(
    "text",
    [
        f"{STORY} {MORE}",
        f"{STORY}\n\n{MORE}",
        f"WASHINGTON (AP) — {STORY}\n\n{MORE}",
        "The council voted on Monday to rebuild the harbour wall, which\ntwo storms had broken, and the mayor agreed.",
        "One line without an end",
        "eggs\nmilk\nbread",
    ],
)
def test_text_without_a_headline_keeps_every_word(text: str) -> None:
    draft = paste(text)
    assert draft.text == text
    assert 0 < len(draft.title) <= 81
    assert text.replace("\n", " ").startswith(draft.title.rstrip("…"))


def test_long_first_sentence_is_cut_at_a_word() -> None:
    assert paste(f"{STORY}\n\n{MORE}").title == (
        "The council voted on Monday to rebuild the harbour wall, which two storms in one…"
    )


def test_front_matter() -> None:
    head = "Title: Wall: a history\nPublication: The Post\nDate: 3 June 2022\nBy: Ann Example and Bo Muster\nURL: https://x.org/a"
    for text in (f"{head}\n\n{STORY}", f"---\n{head}\n---\n{STORY}"):
        draft = paste(text)
        assert (draft.title, draft.publication, draft.text) == ("Wall: a history", "The Post", STORY)
        assert (draft.published, draft.authors) == (date(2022, 6, 3), ("Ann Example", "Bo Muster"))
        assert draft.url == "https://x.org/a"


def test_markdown_title_and_headings() -> None:
    draft = paste(f"# Wall to be rebuilt\n\n{STORY}\n\n## The cost\n\n{MORE}")
    assert (draft.title, draft.text) == ("Wall to be rebuilt", f"{STORY}\n\nThe cost\n\n{MORE}")


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        (
            "- By A. B. Example and Zoë Kanno-Youngs NEW YORK TIMES",
            ("A. B. Example", "Zoë Kanno-Youngs"),
            "NEW YORK TIMES",
        ),
        ("By Ann Example", ("Ann Example",), ""),
        ("By Ann Example, Bo Muster and Cy de la Cruz", ("Ann Example", "Bo Muster", "Cy de la Cruz"), ""),
        ("By Ann Example | Reuters", ("Ann Example",), "Reuters"),
        ("By ANN EXAMPLE / AP", ("ANN EXAMPLE",), "AP"),
        ("ANN EXAMPLE / AP", ("ANN EXAMPLE",), "AP"),
        ("By ANN EXAMPLE, Associated Press", ("ANN EXAMPLE",), "Associated Press"),
        ("By Ann Example, Globe Staff", ("Ann Example",), ""),
        ("AP", (), "AP"),
        ("By The Associated Press", (), "The Associated Press"),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...], agency: str) -> None:
    assert parse_byline(line) == Byline(authors, agency)


@pytest.mark.parametrize(
    "line",
    [
        "By the end of the day the wall was gone",
        "By Friday, it was over",
        "By 2030",
        "Nearby",
        "By far the best",
        "A / B",
        "",
    ],
)
def test_no_bylines(line: str) -> None:
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("MEXICO CITY — Officials met.", "MEXICO CITY", ""),
        ("WASHINGTON (AP) — Officials met.", "WASHINGTON", "AP"),
        ("DOHA, Qatar (AP) — Officials met.", "DOHA, Qatar", "AP"),
        ("Washington, D.C. – Today, officials met.", "Washington, D.C.", ""),
        ("Omaha, Neb. – Officials met.", "Omaha, Neb.", ""),
        ("WEST CHICAGO— In a press conference", "WEST CHICAGO", ""),
        ("Washington CNN — Officials met.", "Washington", "CNN"),
        ("New York CNN Business —", "New York", "CNN Business"),
        ("CNN —", "", "CNN"),
        ("(CNN) A missing official", "", "CNN"),
    ],
)
def test_datelines(text: str, place: str, agency: str) -> None:
    found = parse_dateline(text)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 — The virus spread.",
        "The US officials — Blinken and Garland — met.",
        "A wall - Any wall - is good.",
        "BREAKING — It fell.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert parse_dateline(text) is None


@pytest.mark.parametrize(
    ("title", "publication", "clean"),
    [
        ("Wall falls in storm | CNN", "", "Wall falls in storm"),
        ("Wall falls in storm | CNN Business", "cnn.com", "Wall falls in storm"),
        ("Ten things: 10 August | The Week UK", "theweek.co.uk", "Ten things: 10 August"),
        ("Wall falls - The New York Times", "", "Wall falls"),
        ("Wall falls - Harbour Post", "harbourpost.com", "Wall falls"),
        ("Wall falls in storm and ... | CNN ...", "", "Wall falls in storm and ..."),
        ("Wall falls in storm and takes ...", "", "Wall falls in storm and takes ..."),
        ("Trump - Biden", "", "Trump - Biden"),
        ("Stoke 1 - 0 Leeds", "", "Stoke 1 - 0 Leeds"),
        ("CNN", "", "CNN"),
    ],
)
def test_titles(title: str, publication: str, clean: str) -> None:
    assert clean_title(title, publication) == clean


def test_head_lines_of_records_become_data() -> None:
    draft = complete(Draft(f"By JOHN EXAMPLE / AP\n\nMay 16, 2022\n\nDOHA, Qatar (AP) — {STORY}", "x", title="T"))
    assert (draft.authors, draft.agency, draft.place) == (("JOHN EXAMPLE",), "AP", "DOHA, Qatar")
    assert (draft.published, draft.text) == (date(2022, 5, 16), f"DOHA, Qatar (AP) — {STORY}")
    assert complete(draft) == draft


def test_names_without_by_need_an_agency_or_role_below() -> None:
    named = complete(Draft(f"Ann Example\n\nSpecial to USA TODAY\n\n{STORY}", "x", title="T"))
    assert (named.authors, named.text) == (("Ann Example",), STORY)
    heading = complete(Draft(f"Gun Violence\n\n{STORY}", "x", title="T"))
    assert (heading.authors, heading.text) == ((), f"Gun Violence\n\n{STORY}")


def test_data_are_never_overruled() -> None:
    given = Draft(f"May 16, 2022\n\n{STORY}", "x", title="T", authors=("Bo Muster",), published=date(2022, 5, 20))
    draft = complete(given)
    assert (draft.authors, draft.published, draft.text) == (("Bo Muster",), date(2022, 5, 20), given.text)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("By Ann Example and Bo Muster", ("Ann Example", "Bo Muster")),
        ("Ann Example; Bo Muster", ("Ann Example", "Bo Muster")),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
        ("Ann Example, CNN", ("Ann Example",)),
        ("ann@example.org (Ann Example)", ("Ann Example",)),
        ("Raby, John", ("Raby, John",)),
        ("", ()),
    ],
)
def test_author_fields(field: str, names: tuple[str, ...]) -> None:
    assert parse_authors(field) == names


PAGE_OF_UNKNOWN_OUTLET = """El Horizonte

Council votes to close the old bridge

Vote was 5 to 2 after a long debate

{byline}

October 5, 2023

SALTBY — The town council voted on Thursday to close the old bridge over the river, after a year of debate.

“We waited too long,” Mayor Ann Reed said after the vote. She said work would begin in the spring."""


@pytest.mark.parametrize(
    ("byline", "authors"),
    [("By Ann Lee and Bo Ray", ("Ann Lee", "Bo Ray")), ("- By the Editors", ()), ("By Horizonte Staff", ())],
)
def test_a_line_above_headline_and_deck_is_the_publication(byline: str, authors: tuple[str, ...]) -> None:
    draft = read_page(PAGE_OF_UNKNOWN_OUTLET.format(byline=byline), "page.txt")
    assert (draft.publication, draft.title) == ("El Horizonte", "Council votes to close the old bridge")
    assert (draft.deck, draft.authors) == ("Vote was 5 to 2 after a long debate", authors)
    assert (str(draft.published), draft.place) == ("2023-10-05", "SALTBY")
    assert draft.text.startswith("SALTBY — The town council")
