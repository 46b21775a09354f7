"""Whose words they are: statements in the chat, the pages of speakers and quotations, and versions of an article."""

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

SPEAKER = "Josephine Arkwright"
SAID = "The captain was where the chart told him to be"
QUOTED = "The bar has moved since the last survey"


def test_statements_name_the_speaker_and_lead_to_all_of_them(screen: Screen) -> None:
    screen.open()
    reply = screen.ask("What did Josephine Arkwright say about the ship?")
    assert SAID in screen.quotes(reply)
    expect(reply.locator(".or-speaker").first).to_have_text(f"{SPEAKER}, the harbor master")
    assert reply.locator("mark").first.inner_text() == screen.quotes(reply)[0]
    everything = reply.locator("[class*=st-key-all-said]")
    everything.locator("summary").click()
    days = everything.locator(".or-meta", has_text="October 2023")
    expect(days.first).to_contain_text("9 October 2023")
    everything.get_by_text("Newest first").click()
    expect(days.first).to_contain_text("10 October 2023")
    reply.get_by_role("link", name=f"Everything by {SPEAKER}").click()
    expect(screen.page.locator(".or-headline")).to_have_text(SPEAKER)


def test_who_was_quoted_on_it_is_offered_where_one_said_nothing(screen: Screen) -> None:
    screen.open()
    reply = screen.ask("What did Garland say about the tram strike?")
    expect(reply).to_contain_text("Merrick Garland is quoted in 1 article here, but not about the tram strike.")
    expect(reply).to_contain_text("fentanyl was the deadliest drug threat")
    reply.get_by_role("button", name=re.compile("Delphine Marsh")).click()
    asked = screen.page.locator(".or-question").last
    expect(asked).to_have_text("What did Delphine Marsh say about the tram strike?")
    expect(screen.page.locator(".or-speaker").last).to_contain_text("Delphine Marsh", timeout=30_000)


def test_days_read_from_a_question_can_be_taken_back(screen: Screen) -> None:
    screen.open()
    reply = screen.ask("What did Whitcombe say about the fire last month?")
    expect(reply).to_contain_text("Searched 0 of 28 articles")
    reply.get_by_role("button", name="Published 1–30 September 2023 (last month)").click()
    messages = screen.page.get_by_test_id("stChatMessage")
    expect(messages).to_have_count(4)
    again = messages.last
    expect(again.locator(".or-speaker").first).to_contain_text("Dale Whitcombe", timeout=30_000)
    expect(again).to_contain_text("Searched 28 articles")
    expect(again.get_by_role("button", name="last month")).to_have_count(0)


def test_a_speaker_a_statement_its_article_and_back(screen: Screen) -> None:
    page = screen.page
    screen.open("speakers")
    page.get_by_role("link", name=SPEAKER).click()
    headline = page.locator(".or-headline")
    expect(headline).to_have_text(SPEAKER)
    expect(page.get_by_text("8 different statements, given 13 times in 6 articles")).to_be_visible()
    expect(page.locator("blockquote.or-listed")).to_have_count(8)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 13 and {row["speaker"] for row in rows} == {SPEAKER}
    source = page.get_by_test_id("stExpander").filter(has_text="Former harbor official").last
    source.locator("summary").click()
    words = source.locator("mark").inner_text()
    assert words == "the verdict was overdue"
    source.get_by_role("link", name="Open the article").click()
    expect(page.locator("#cited mark")).to_have_text(words)
    page.go_back()
    expect(headline).to_have_text(SPEAKER)
    page.go_back()
    expect(page.get_by_role("heading", name="Speakers")).to_be_visible()
    page.get_by_role("link", name="Dale Whitcombe").click()
    expect(headline).to_have_text("Dale Whitcombe")


def test_a_quotation_is_verbatim_altered_or_of_somebody_else(screen: Screen) -> None:
    screen.open("quotation")
    verdict = screen.check_quotation(QUOTED, SPEAKER)
    expect(verdict).to_have_text(re.compile("Word for word"))
    expect(screen.page.locator(".or-source mark").first).to_have_text(QUOTED)
    expect(screen.page.locator(".or-changes")).to_have_count(0)
    screen.check_quotation("The bar has not moved since the last survey", SPEAKER)
    expect(verdict).to_contain_text("A negation or a number differs: “not”")
    expect(screen.page.locator(".or-changes ins")).to_have_text("not")
    screen.check_quotation(QUOTED, "Merrick Garland")
    expect(verdict).to_contain_text(f"Said by {SPEAKER}, not by Merrick Garland.")
    screen.page.get_by_role("link", name="Freighter with 21,000 tons").first.click()
    expect(screen.page.locator("#cited mark")).to_have_text(QUOTED)


def test_another_version_of_an_article_has_its_own_address(screen: Screen, tmp_path: Path) -> None:
    screen.open("library")
    for number, report in ((40, "1 added."), (60, "1 replaced.")):
        file = tmp_path / f"lamps-{number}.jsonl"
        text = f"The lamp factory of Sorrel will hire {number} people, its manager Ivo Kern said."
        told = {"title": f"Lamp factory hires {number}", "text": text, "url": "https://sorrel.example/lamps"}
        file.write_text(json.dumps(told))
        screen.upload(file, report)
    page, headline = screen.page, screen.page.locator(".or-headline")
    search = page.get_by_label("Search articles")
    search.fill("Lamp factory")
    search.press("Enter")
    page.get_by_role("link", name="Lamp factory hires 60").click()
    expect(headline).to_have_text("Lamp factory hires 60")
    newest = page.url
    page.get_by_role("button", name="Lamp factory hires 40").click()
    expect(headline).to_have_text("Lamp factory hires 40")
    assert page.url != newest
    page.get_by_role("button", name="Open the newest version").click()
    expect(headline).to_have_text("Lamp factory hires 60")
    expect(page).to_have_url(newest)
    page.go_back()
    expect(headline).to_have_text("Lamp factory hires 40")
    screen.go_to("Library")
    screen.remove("Lamp factory")


def test_pages_of_speakers_and_quotations_fit_a_phone(phone: Screen) -> None:
    phone.open("speakers")
    phone.page.get_by_role("link", name=SPEAKER).click()
    expect(phone.page.locator("blockquote.or-listed").first).to_be_visible()
    assert phone.overflow() <= 0
    phone.page.get_by_text("Names", exact=True).click()
    expect(phone.page.get_by_text("These names were taken for one speaker")).to_be_visible()
    assert phone.overflow() <= 0
    phone.open("quotation")
    expect(phone.check_quotation(QUOTED, "")).to_be_visible()
    assert phone.overflow() <= 0
