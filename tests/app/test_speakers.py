"""The pages Speakers and Speaker, and putting names together and taking them apart."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.catalog import CATALOG_FILE, Catalog
from index.people_file import NameKey, read_groups
from index.records import StatementKind
from tests.app import world
from tests.app.conftest import shown_html
from tests.app.fakes import FakeEngine, article
from tests.app.said import statement
from ui import escape

STEEL = "We waited too long, and now the steel decides for us"
EVIL = "<img src=x onerror=alert(1)> **Eve** [x](javascript:alert(1)) $5"


@pytest.fixture
def quoting(engine: FakeEngine, tmp_path: Path) -> FakeEngine:
    """The engine the pages use; its library quotes Okafor under three names, and others."""
    library = engine.library
    library.folder = tmp_path
    Catalog.create(tmp_path).close()  # where decisions are kept
    library.held["later"] = article("later", "Later", ["Steel again. Nothing more."], "Quay Post", date(2024, 1, 5))
    library.said = [
        statement(1, "bridge", STEEL, "Ruth Okafor", "Mayor"),
        replace(
            statement(2, "bridge", "The work costs $41 million", "Ruth Okafor", "Mayor", StatementKind.INDIRECT),
            spans=((world.BRIDGE.text.index("The work"), world.BRIDGE.text.index("The work") + 8),),
        ),
        statement(3, "ferry", "last ferry", "Okafor", "", StatementKind.MIXED, date(2023, 10, 22), "Quay Post"),
        statement(
            4, "later", "Steel again.", "Ruth M. Okafor", "Mayor", published=date(2024, 1, 5), publication="Quay Post"
        ),
        statement(
            5, "hostile", world.HOSTILE_WORDS, EVIL, "<b>Chief</b>", published=None, publication="<i>Evil</i> *Post*"
        ),
        statement(6, "later", "Nothing more.", "", "officials", published=date(2024, 1, 5)),
    ]
    return engine


def _list_page() -> None:
    import streamlit as st

    from ui import links, speakers

    st.navigation([links.ask_page(), links.speakers_page(), links.speaker_page(), links.article_page()])
    speakers.show()


def _speaker_page() -> None:
    import streamlit as st

    from ui import links, speaker

    st.navigation([links.ask_page(), links.speakers_page(), links.speaker_page(), links.article_page()])
    speaker.show()


def _open(speaker: str | None = None) -> AppTest:
    """Open the list, or the page of a speaker."""
    page = AppTest.from_function(_list_page if speaker is None else _speaker_page, default_timeout=20)
    if speaker:
        page.query_params["speaker"] = speaker
    page = page.run()
    assert not page.exception
    return page


def _linked(page: AppTest) -> list[str]:
    return [escape.markdown_undone(link.proto.label) for link in page.get("page_link")]


def _words(page: AppTest) -> list[str]:
    return [part.split("</blockquote>")[0] for part in shown_html(page).split('or-listed">')[1:]]


def _labels(page: AppTest) -> list[str]:
    return [escape.markdown_undone(e.label) for e in page.expander if e.label != "Names" and "chart" not in e.label]


def test_everyone_is_listed_with_counts_and_merged_names(quoting: FakeEngine) -> None:
    page = _open()
    assert _linked(page) == ["Ruth Okafor", EVIL]
    [okafor, _] = page.get("page_link")
    assert (okafor.proto.page, okafor.proto.query_string) == ("speaker", "speaker=Ruth+Okafor")
    shown = shown_html(page)
    assert "Mayor · 4 statements · also as Okafor and Ruth M. Okafor" in shown
    assert "2 speakers, 5 statements." in shown
    assert quoting.asked == []


@pytest.mark.usefixtures("quoting")
def test_those_without_a_name_are_listed_if_wanted() -> None:
    page = _open().checkbox(key="speakers-unnamed").check().run()
    assert _linked(page) == ["Ruth Okafor", EVIL, "officials"]
    assert "3 speakers, 6 statements." in shown_html(page)


@pytest.mark.usefixtures("quoting")
def test_the_list_is_narrowed_by_name_topic_and_outlet() -> None:
    page = _open().text_input(key="speakers-find").set_value("mayor OKÁFOR").run()
    assert _linked(page) == ["Ruth Okafor"]
    page = page.text_input(key="speakers-find").set_value("").run()
    page = page.text_input(key="speakers-about").set_value("steel").run()
    assert _linked(page) == ["Ruth Okafor"]
    assert "Mayor · 2 statements" in shown_html(page)
    page = page.multiselect(key="speakers-publications").set_value(["Harbour Times"]).run()
    assert "Mayor · 1 statement ·" in shown_html(page)
    page = page.text_input(key="speakers-about").set_value("").run()
    assert "Mayor · 2 statements" in shown_html(page)
    page = page.text_input(key="speakers-find").set_value("nobody").run()
    assert "No speaker matches." in shown_html(page)
    assert "Only in Harbour Times." in shown_html(page)


def test_names_can_be_in_order_and_fifty_are_on_a_page(quoting: FakeEngine) -> None:
    quoting.library.said = [statement(n, "later", "Steel again.", f"Ann Name{n:03}", "") for n in range(120)]
    page = _open().checkbox(key="speakers-by-name").check().run()
    assert _linked(page) == [f"Ann Name{n:03}" for n in range(50)]
    assert "1–50 of 120" in shown_html(page)
    assert page.button(key="speakers-offset-previous").disabled
    page = page.button(key="speakers-offset-next").click().run().button(key="speakers-offset-next").click().run()
    assert _linked(page)[0] == "Ann Name100"
    assert page.button(key="speakers-offset-next").disabled
    page = page.text_input(key="speakers-find").set_value("name00").run()
    assert "1–10 of 10" in shown_html(page)


def test_a_library_without_quotations_says_so(empty_engine: FakeEngine) -> None:
    page = _open()
    assert "Nobody is quoted in the library yet." in shown_html(page)
    assert empty_engine.asked == []


def test_a_speakers_statements_come_with_date_outlet_words_and_link(quoting: FakeEngine) -> None:
    page = _open(speaker="Ruth Okafor")
    shown = shown_html(page)
    assert '<h1 class="or-headline">Ruth Okafor</h1>' in shown
    assert _words(page) == [f"“{STEEL}”", "The work costs $41 million", "last ferry", "“Steel again.”"]
    assert "<span>2 October 2023 · Harbour Times · Direct quotation</span> <span>“Ruth Okafor said”</span>" in shown
    assert "Indirect speech with quoted words" in shown
    assert "4 statements in 3 articles from 2 publications." in shown
    assert f"<mark>{STEEL}</mark>" in shown
    assert _labels(page)[0] == "Headline of bridge — Harbour Times, 2 October 2023"
    [first, *_] = [link for link in page.get("page_link") if link.proto.label == "Open the article"]
    start = world.BRIDGE.text.index(STEEL)
    assert first.proto.query_string == f"article=bridge&start={start}&end={start + len(STEEL)}"
    assert quoting.asked == []


@pytest.mark.usefixtures("quoting")
def test_newest_first_and_topic_and_outlet() -> None:
    page = _open(speaker="Ruth Okafor").checkbox(key="speaker-newest").check().run()
    assert _words(page)[0] == "“Steel again.”"
    page = page.text_input(key="speakers-about").set_value("steel").run()
    assert _words(page) == ["“Steel again.”", f"“{STEEL}”"]
    page = page.multiselect(key="speakers-publications").set_value(["Quay Post"]).run()
    assert _words(page) == ["“Steel again.”"]
    page = page.text_input(key="speakers-about").set_value("regatta").run()
    assert "No statement that the filters leave is about “regatta”." in shown_html(page)


@pytest.mark.usefixtures("quoting")
def test_the_chart_is_told_in_words_and_as_a_table() -> None:
    page = _open(speaker="Ruth Okafor")
    shown = shown_html(page)
    assert "By month, from October 2023 to January 2024; most in October 2023 (3)." in shown
    assert len(page.get("vega_lite_chart")) + len(page.get("arrow_vega_lite_chart")) == 1
    assert (
        '<tr><th scope="row">October 2023</th><td>3</td></tr><tr><th scope="row">January 2024</th><td>1</td></tr>'
        in shown
    )


@pytest.mark.usefixtures("quoting")
def test_hostile_names_and_words_are_shown_as_typed() -> None:
    page = _open(speaker=EVIL)
    shown = shown_html(page)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<a " not in shown
    assert "<b>" not in shown
    assert f'<h1 class="or-headline">{escape.html(EVIL)}</h1>' in shown
    assert _labels(page) == ["Headline of hostile — <i>Evil</i> *Post*"]
    assert "1 statement without a date." in shown


@pytest.mark.usefixtures("quoting")
def test_an_unknown_speaker() -> None:
    page = _open(speaker="<b>Nobody</b>")
    assert "Nobody who is quoted here is called “&lt;b&gt;Nobody&lt;/b&gt;”." in shown_html(page)
    assert "No speaker is chosen." in shown_html(_open(""))


@pytest.mark.usefixtures("quoting")
def test_names_are_taken_apart_and_the_rules_decide_again(tmp_path: Path) -> None:
    page = _open(speaker="Ruth Okafor")
    assert page.button(key="split").disabled
    page = page.multiselect(key="split-Ruth Okafor").set_value([NameKey("Okafor", "")]).run()
    page = page.button(key="split").click().run()
    assert not page.exception
    assert {frozenset(n.name for n in group) for group in read_groups(tmp_path)} == {
        frozenset({"Okafor"}), frozenset({"Ruth Okafor", "Ruth M. Okafor"}),
    }  # fmt: skip
    assert len(_words(page)) == 3
    assert "as you decided:" in shown_html(page)
    assert _linked(_open()) == ["Ruth Okafor", EVIL, "Okafor"]
    page = page.button(key="forget").click().run()
    assert len(_words(page)) == 4


@pytest.mark.usefixtures("quoting")
def test_speakers_are_put_together(tmp_path: Path) -> None:
    page = _open(speaker="Ruth Okafor")
    assert page.button(key="join").disabled
    other = next(o for o in page.selectbox(key="join-Ruth Okafor").options if o.startswith("officials"))
    page = page.selectbox(key="join-Ruth Okafor").set_value(other).run()
    page = page.button(key="join").click().run()
    assert not page.exception
    assert _words(page)[-1] == "“Nothing more.”"
    [group] = read_groups(tmp_path)
    assert NameKey("", "officials") in group
    assert NameKey("Okafor", "") in group


@pytest.mark.usefixtures("quoting")
def test_damage_to_what_was_decided_is_told(tmp_path: Path) -> None:
    (tmp_path / CATALOG_FILE).write_bytes(b"no database" * 500)
    for page in (_open(), _open("Ruth Okafor")):
        assert "is damaged" in page.error[0].value


@pytest.mark.usefixtures("quoting")
def test_a_decision_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    page = _open(speaker="Ruth Okafor")
    page = page.multiselect(key="split-Ruth Okafor").set_value([NameKey("Okafor", "")]).run()
    (tmp_path / CATALOG_FILE).unlink()
    page = page.button(key="split").click().run()
    assert not page.exception
    assert "cannot be" in page.error[0].value
