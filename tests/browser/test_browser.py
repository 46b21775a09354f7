"""What a user meets, from the first question to a removed article."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

COST = "How much did the renovation of the Harbor Museum cost?"
NOWHERE = "Which chemical element has the highest melting point?"
ZEBRA = """Quillby zoo takes in three zebras

The Quillby zoo took in three zebras named Umber, Sable and Flint on Thursday, its director Oona Farrow said.

“They slept through the whole journey,” Farrow told reporters at the gate.
"""
HOSTILE_HEADLINE = "Gorse <b>bold</b> market [x](javascript:alert(1)) **up** $5 and $6"
HOSTILE_LINE = (
    "The gorse market of Vellum <script>window.hacked = 1</script> rose to $5 and $6 a bale, "
    "<img src=x onerror=window.hacked=1> said **Ada Quince** of [x](javascript:alert(1)) on Friday."
)


def test_first_question_is_answered_with_marked_words(screen: Screen) -> None:
    screen.open()
    reply = screen.ask(COST)
    assert "$62 million" in screen.quotes(reply)[0]
    expect(reply.locator(".or-likely").first).to_contain_text("% likely")
    citation = reply.get_by_test_id("stExpander").first
    expect(citation).to_contain_text("Harbor Museum to reopen")
    words = citation.locator("mark")
    expect(words).to_be_visible()
    assert words.inner_text() == screen.quotes(reply)[0]
    expect(citation.get_by_role("link", name="Original page")).to_have_attribute("rel", "noopener noreferrer")
    citation.locator("summary").click()
    expect(words).to_be_hidden()


def test_article_opens_at_the_words_and_the_conversation_stays(screen: Screen) -> None:
    screen.open()
    reply = screen.ask(COST)
    quote = screen.quotes(reply)[0]
    reply.get_by_test_id("stPageLink").first.get_by_role("link").click()
    marked = screen.page.locator("#cited mark")
    expect(marked).to_have_text(quote)
    expect(screen.page.locator(".or-headline")).to_contain_text("Harbor Museum to reopen")
    expect(marked).to_be_in_viewport(ratio=1)
    screen.page.get_by_role("link", name="Back to the conversation").first.click()
    expect(screen.page.locator("blockquote.or-quote").first).to_have_text(quote)
    screen.go_to("Library")
    expect(screen.page.get_by_role("heading", name="Library")).to_be_visible()
    screen.go_to("Ask")
    expect(screen.page.locator(".or-question")).to_have_text(COST)
    expect(screen.page.locator("blockquote.or-quote").first).to_have_text(quote)


def test_long_article_scrolls_to_the_words(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 1280, "height": 420})
    screen.open()
    reply = screen.ask("What did Josephine Arkwright say about the sandbar and the chart?")
    reply.get_by_test_id("stPageLink").first.get_by_role("link").click()
    expect(screen.page.locator("#cited mark")).to_be_in_viewport(ratio=1)


def test_uploaded_article_answers_until_it_is_removed(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "zebras.txt"
    file.write_text(ZEBRA)
    question = "How many zebras did the Quillby zoo take in?"
    screen.open("library")
    screen.upload(file)
    screen.go_to("Ask")
    assert "three" in screen.quotes(screen.ask(question))[0]
    screen.go_to("Library")
    screen.remove("Quillby zoo")
    screen.go_to("Ask")
    again = screen.ask(question)
    expect(again).not_to_contain_text("Quillby zoo takes in")
    assert not any("three" in quote for quote in screen.quotes(again))


def test_no_answer_says_so_and_shows_the_closest_passages(screen: Screen) -> None:
    screen.open()
    reply = screen.ask(NOWHERE)
    expect(reply).to_contain_text("No article here answers that.")
    assert screen.quotes(reply) == []
    passage = reply.get_by_test_id("stExpander").first
    passage.locator("summary").click()
    expect(passage.locator(".or-source")).to_be_visible()


def test_hostile_article_is_shown_as_typed_and_runs_nothing(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "gorse.txt"
    file.write_text(f"{HOSTILE_HEADLINE}\n\n{HOSTILE_LINE}\n")
    screen.open("library")
    screen.upload(file)
    screen.page.get_by_label("Search articles").fill("Gorse")
    screen.page.get_by_label("Search articles").press("Enter")
    link = screen.page.locator("[class*=st-key-row-]").get_by_role("link")
    expect(link).to_have_count(1)
    assert link.inner_text().replace("\u2060", "").endswith(HOSTILE_HEADLINE)
    link.click()
    expect(screen.page.locator(".or-headline")).to_have_text(HOSTILE_HEADLINE)
    expect(screen.page.locator(".or-body").last).to_have_text(HOSTILE_LINE)
    screen.page.get_by_role("link", name="Back to the conversation").first.click()
    reply = screen.ask("To what did the <b>gorse</b> market of Vellum rise?")
    label = reply.get_by_test_id("stExpander").locator("summary", has_text="Gorse").first
    expect(label).to_be_visible()
    assert HOSTILE_HEADLINE in label.inner_text().replace("\u2060", "")
    expect(screen.page.locator(".or-question")).to_have_text("To what did the <b>gorse</b> market of Vellum rise?")
    assert screen.page.evaluate("window.hacked") is None
    assert screen.page.locator("[href^='javascript' i]").count() == 0
    screen.go_to("Library")
    screen.remove("Gorse")


def test_filters_restrict_and_are_kept(screen: Screen) -> None:
    screen.open()
    screen.page.get_by_test_id("stSidebar").get_by_role("combobox", name="Publications").click()
    screen.page.get_by_role("option", name="Tansy Valley Gazette").click()
    screen.page.keyboard.press("Escape")
    reply = screen.ask(COST)
    expect(reply).to_contain_text("Only in Tansy Valley Gazette.")
    expect(reply.locator(".or-note", has_text=re.compile("^Searched"))).to_contain_text("articles from 1 publication")
    expect(screen.page.locator(".or-question").last).to_be_in_viewport()
    screen.go_to("Library")
    expect(screen.page.get_by_role("heading", name="Library")).to_be_visible()
    screen.go_to("Ask")
    expect(screen.page.get_by_test_id("stSidebar")).to_contain_text("Tansy Valley Gazette")
    field = screen.page.get_by_test_id("stChatInputTextArea")
    expect(field).to_have_attribute("placeholder", "Ask the articles a question (only in Tansy Valley Gazette)")
    screen.page.get_by_role("button", name="Clear", exact=True).click()
    expect(field).to_have_attribute("placeholder", "Ask the articles a question")
    expect(screen.page.get_by_test_id("stSidebar")).not_to_contain_text("Tansy Valley Gazette")


def test_phone_width_has_no_sideways_scroll(phone: Screen) -> None:
    phone.open()
    assert phone.overflow() <= 0
    reply = phone.ask(COST)
    assert "$62 million" in phone.quotes(reply)[0]
    expect(phone.page.locator(".or-question").last).to_be_in_viewport()
    expect(reply.locator("blockquote.or-quote").first).to_be_in_viewport()
    assert phone.overflow() <= 0
    reply.get_by_test_id("stPageLink").first.get_by_role("link").click()
    expect(phone.page.locator("#cited mark")).to_be_in_viewport()
    assert phone.overflow() <= 0
    phone.open("library")
    expect(phone.page.locator("[class*=st-key-row-]").first).to_be_visible()
    assert phone.overflow() <= 0
    dark = phone.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert dark == "rgb(22, 21, 19)"
