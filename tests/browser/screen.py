"""What a user does on the screen, in the words of the app. Every step waits for what it causes."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Dialog, Locator, Page, Request, expect

# The first question also waits for the models.
_ANSWER_MS = 90_000


class Screen:
    """One browser page.

    Attributes:
        strangers: Addresses of other computers that the page called.
        script_errors: Scripts that failed, and dialogs that a script opened.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.strangers: list[str] = []
        self.script_errors: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.script_errors.append(str(error)))
        page.on("dialog", self._dismiss)

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "localhost":
            self.strangers.append(request.url)

    def _dismiss(self, dialog: Dialog) -> None:
        self.script_errors.append(dialog.message)
        dialog.dismiss()

    def open(self, path: str = "") -> None:
        """Open a page of the app in a session of its own."""
        self.page.goto(f"{self.address}/{path}")
        expect(self.page.locator("h1, .or-headline, [data-testid=stPageLink]").first).to_be_visible(timeout=30_000)

    def ask(self, question: str) -> Locator:
        """Ask, wait for the reply, and return it."""
        messages = self.page.get_by_test_id("stChatMessage")
        before = messages.count()
        field = self.page.get_by_test_id("stChatInputTextArea")
        field.fill(question)
        field.press("Enter")
        expect(messages).to_have_count(before + 2, timeout=30_000)
        reply = messages.last
        expect(reply.locator(".or-note", has_text=re.compile("^Searched"))).to_be_visible(timeout=_ANSWER_MS)
        expect(field).to_be_enabled(timeout=_ANSWER_MS)
        return reply

    def quotes(self, reply: Locator) -> list[str]:
        """Return the exact words of all answers of a reply."""
        return reply.locator("blockquote.or-quote").all_inner_texts()

    def go_to(self, name: str) -> None:
        """Follow a link of the navigation at the top, within the session."""
        self.page.get_by_test_id("stTopNavLink").filter(has_text=name).click()

    def upload(self, file: Path, report: str = "1 added.") -> None:
        """On the Library page: add one file and wait for the report."""
        self.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
        expect(self.page.get_by_test_id("stFileUploader")).to_contain_text(file.name)
        self.page.get_by_role("button", name="Add the files").click()
        expect(self.page.get_by_text(report)).to_be_visible(timeout=_ANSWER_MS)

    def check_quotation(self, words: str, speaker: str) -> Locator:
        """On the page Check a quotation: check one and return what is said about it."""
        self.page.get_by_label("Quotation", exact=True).fill(words)
        self.page.get_by_label("Said by").fill(speaker)
        self.page.get_by_role("button", name="Check", exact=True).click()
        return self.page.get_by_test_id("stAlert")

    def remove(self, headline: str) -> None:
        """On the Library page: search for an article, remove it and confirm."""
        search = self.page.get_by_label("Search articles")
        search.fill(headline)
        search.press("Enter")
        rows = self.page.locator("[class*=st-key-row-]")
        expect(rows).to_have_count(1)
        rows.get_by_role("button", name="Remove").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Remove").click()
        expect(dialog).to_have_count(0)
        expect(self.page.get_by_text("No article matches.")).to_be_visible()

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        widest = (
            "Math.max(document.documentElement.scrollWidth - innerWidth,"
            " ...[...document.querySelectorAll('.stMain')].map(e => e.scrollWidth - e.clientWidth))"
        )
        return int(self.page.evaluate(widest))
