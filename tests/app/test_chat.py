"""The Ask page."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from index.errors import LibraryMismatchError, QuestionError
from index.records import Filters
from tests.app import world
from tests.app.conftest import shown_html
from tests.app.fakes import FakeEngine, article
from ui import engine as ui_engine
from ui import escape
from ui.conversation import Turn


def _ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input[0].set_value(question).run()


def _plain(page: AppTest) -> list[str]:
    return [escape.markdown_undone(expander.label) for expander in page.expander]


def test_empty_library_says_what_to_do(empty_engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run()
    assert not page.exception
    assert "Add some articles first" in shown_html(page)
    assert page.button(key="to-library").label == "Add articles"
    assert empty_engine.asked == []


def test_greeting_shows_holdings_and_examples(engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run()
    assert "3 articles from 3 publications, 2–22 October 2023" in shown_html(page)
    labels = [escape.markdown_undone(button.label) for button in page.button]
    assert labels[:4] == [world.WHEN, world.SAID, world.COST, world.PAID]
    assert engine.asked == []
    page.run()
    assert engine.examples_made == 1
    engine.library.generation += 1
    page.run()
    assert engine.examples_made == 2


def test_models_are_loaded_in_the_background(engine: FakeEngine, ask_page: AppTest) -> None:
    ask_page.run()
    ui_engine.wait_for_models()
    assert engine.warmed


def test_answer_with_words_speaker_likelihood_and_citation(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.SAID)
    shown = shown_html(page)
    assert '<blockquote class="or-quote">We waited too long, and now the steel decides for us</blockquote>' in shown
    assert '<span class="or-speaker">Ruth Okafor</span>' in shown
    assert ">78\u00a0%\u00a0likely<" in shown
    assert _plain(page) == ["[1] Harbour bridge to close for nine weeks — Harbour Times, Ann Lee, 2 October 2023"]
    assert "“<mark>We waited too long, and now the steel decides for us</mark>,” said Mayor" in shown
    assert "Searched 3 articles from 3 publications, 2–22 October 2023, in 0.8 s." in shown
    assert engine.asked == [(world.SAID, (), Filters())]


def test_other_sources_are_numbered_on(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.COST)
    assert [line[:9] for line in _plain(page)] == ["[1] Harbo", "[2] Ferry"]
    assert '<span class="or-numbers">[1] [2]</span>' in shown_html(page)
    assert len(engine.asked) == 1


def test_an_example_is_asked_when_pressed(engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run().button(key="example-0").click().run()
    assert engine.asked == [(world.WHEN, (), Filters())]
    assert "16 October</blockquote>" in shown_html(page)


def test_no_answer_says_why_and_shows_the_closest(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.UNKNOWN)
    shown = shown_html(page)
    assert "No article here answers that." in shown
    assert "No passage says it." in shown
    assert "<blockquote" not in shown
    assert len(page.expander) == len(engine.library.held)


def test_earlier_questions_are_passed_and_the_reading_shown(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(_ask(ask_page.run(), world.WHEN), world.COST)
    assert engine.asked[1] == (world.COST, (world.WHEN,), Filters())
    assert "Understood as: How much does the work on the Harbour Bridge cost?" in shown_html(page)
    page = page.button(key="as-typed-1").click().run()
    assert engine.asked[2] == (world.COST, (), Filters())


def test_filters_are_passed_and_shown(engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run()
    page.multiselect(key="ask-publications").set_value(["Quay Post"])
    page.date_input(key="ask-since").set_value(date(2023, 10, 3))
    page = _ask(page.run(), world.UNKNOWN)
    assert engine.asked[0][2] == Filters(("Quay Post",), date(2023, 10, 3), None)
    shown = shown_html(page)
    assert "Only in Quay Post, from 3 October 2023." in shown
    assert "Searched 1 of 3 articles from 1 publication, 22 October 2023, in 0.1 s." in shown


def test_authors_and_sections_the_library_has_can_be_chosen(engine: FakeEngine, ask_page: AppTest) -> None:
    engine.library.held["arts"] = article("arts", "A play", ["Text."], section="Arts", authors=("Bo Ek", "Ann Lee"))
    page = ask_page.run()
    assert page.multiselect(key="ask-authors").options == ["_A_ <u>B</u> (1)", "Ann Lee (2)", "Bo Ek (1)"]
    assert page.multiselect(key="ask-sections").options == ["Arts (1)"]
    page.multiselect(key="ask-authors").set_value(["Bo Ek"])
    page.multiselect(key="ask-sections").set_value(["Arts"])
    page = page.run()
    assert "Only by Bo Ek, section Arts." in shown_html(page)  # before anything is asked
    page = _ask(page, world.UNKNOWN)
    assert engine.asked[0][2] == Filters(authors=("Bo Ek",), sections=("Arts",))


def test_one_click_clears_what_is_filtered(engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run()
    assert "Clear" not in [button.label for button in page.button]
    page.multiselect(key="ask-authors").set_value(["Ann Lee"])
    page.date_input(key="ask-until").set_value(date(2023, 10, 3))
    page.checkbox(key="ask-recent").set_value(True)
    page = page.run().button(key="ask-clear").click().run()
    assert "Only" not in shown_html(page)
    page = _ask(page, world.WHEN)
    assert engine.asked[0][2] == Filters()
    assert engine.recent == [False]


def test_what_was_filtered_can_be_asked_of_all_articles(engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run()
    page.multiselect(key="ask-publications").set_value(["Quay Post"])
    page = _ask(page.run(), world.UNKNOWN).button(key="ask-all-0").click().run()
    assert [filters for _, _, filters in engine.asked] == [Filters(("Quay Post",)), Filters()]
    assert "Searched 3 articles from 3 publications" in shown_html(page)
    assert not [button for button in page.button if button.key == "ask-all-1"]


def test_newer_articles_are_preferred_where_that_is_chosen(engine: FakeEngine, ask_page: AppTest) -> None:
    page = ask_page.run()
    assert page.checkbox(key="ask-recent").value is False
    page = page.checkbox(key="ask-recent").set_value(True).run()
    page = _ask(page, world.WHEN)
    assert engine.recent == [True]
    assert shown_html(page).count("Newer articles preferred.") == 2  # in the reply, and for the next question


def test_the_setting_says_whether_newer_articles_are_preferred_at_first(
    engine: FakeEngine, ask_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_PREFER_RECENT", "true")
    page = _ask(ask_page.run(), world.WHEN)
    assert page.checkbox(key="ask-recent").value is True
    assert engine.recent == [True]


def test_a_filter_for_what_was_removed_meanwhile_stays_until_it_is_cleared(
    engine: FakeEngine, ask_page: AppTest
) -> None:
    page = ask_page.run()
    page = page.multiselect(key="ask-publications").set_value(["Quay Post"]).run()
    engine.library.remove("ferry")
    page = page.run()
    assert not page.exception
    assert "Only in Quay Post." in shown_html(page)
    page = page.button(key="ask-clear").click().run()
    assert page.multiselect(key="ask-publications").value == []


def test_an_answered_question_is_not_asked_again(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.WHEN)
    page.run()
    assert len(engine.asked) == 1


def test_a_question_left_without_answer_is_answered_on_return(engine: FakeEngine, ask_page: AppTest) -> None:
    ask_page.session_state["conversation"] = [Turn(world.WHEN, Filters(("Harbour Times",)))]
    page = ask_page.run()
    assert engine.asked == [(world.WHEN, (), Filters(("Harbour Times",)))]
    assert "16 October</blockquote>" in shown_html(page)


def test_new_conversation(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.WHEN)
    [new] = [button for button in page.button if button.label == "New conversation"]
    page = new.click().run()
    assert "<blockquote" not in shown_html(page)
    _ask(page, world.COST)
    assert engine.asked[1] == (world.COST, (), Filters())


def test_the_conversation_can_be_downloaded(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.WHEN)
    assert [button.proto.label for button in page.get("download_button")] == [
        "Download as Markdown",
        "Download as JSON",
    ]
    assert engine.asked


def test_hostile_text_is_shown_as_typed(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(ask_page.run(), world.PAID)
    shown = shown_html(page)
    assert "<script>window" not in shown
    assert "&lt;script&gt;window.hacked = 1&lt;/script&gt;" in shown
    assert "javascript:alert(1)&quot;" not in shown
    assert 'href="javascript' not in shown
    assert "Who paid &lt;b&gt;$5&lt;/b&gt; and $6?" in shown
    label = page.expander[0].label
    assert "\\*\\*stars\\*\\*" in label
    assert "\\$5" in label
    assert not engine.error


def test_an_error_is_one_sentence(engine: FakeEngine, ask_page: AppTest) -> None:
    engine.error = QuestionError("The *question* is too long.")
    page = _ask(ask_page.run(), "x")
    assert not page.exception
    assert [escape.markdown_undone(error.value) for error in page.error] == ["The *question* is too long."]


def test_a_fault_is_told_without_details_and_the_next_question_works(engine: FakeEngine, ask_page: AppTest) -> None:
    del engine.library.held["bridge"]
    engine.words[world.WHEN] = ("ferry", "words that are not there", "")
    page = _ask(ask_page.run(), world.WHEN)
    assert not page.exception
    assert "a fault in On Record" in page.error[0].value
    _ask(page, world.UNKNOWN)
    assert engine.asked[1] == (world.UNKNOWN, (), Filters())


def test_only_the_newest_question_is_scrolled_to(engine: FakeEngine, ask_page: AppTest) -> None:
    page = _ask(_ask(ask_page.run(), world.WHEN), world.COST)
    shown = shown_html(page)
    assert shown.count('id="newest"') == 1
    assert f'<p class="or-question" id="newest">{world.COST}</p>' in shown
    assert shown.count("scrollIntoView") == 1
    assert "scrollIntoView" not in shown_html(page.run())
    assert len(engine.asked) == 2


def test_a_library_that_cannot_be_opened_says_why(engine: FakeEngine, ask_page: AppTest) -> None:
    def fail() -> FakeEngine:
        raise LibraryMismatchError("The library was built with another embedder.")

    assert engine.asked == []
    ui_engine.opener = fail
    page = ask_page.run()
    assert not page.exception
    assert [escape.markdown_undone(error.value) for error in page.error] == [
        "The library was built with another embedder."
    ]


def test_a_fault_is_told_in_a_sentence(engine: FakeEngine, ask_page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError("of the <b>details</b>")

    monkeypatch.setattr(engine.library, "stats", faulty)
    page = ask_page.run()
    [error] = page.error
    assert "because of a fault in On Record. The log has the details. Load the page again" in error.value
    assert not page.exception
