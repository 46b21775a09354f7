"""Ask in some browser sessions of the served app at once, before and while another session adds articles."""

import argparse
import json
import lzma
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, expect, sync_playwright

from index.library import Library
from index.settings import load_settings
from index.sources import limits_of, read_paths
from tests.browser.screen import Screen
from tests.browser.serving import CHROMIUM_ARGUMENTS, chromium, served

DATA = Path("../shared/data/realtimeqa-2022")
PATIENCE_SECONDS = 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--data", type=Path, default=DATA, help=f"articles and questions (default: {DATA})")
    parser.add_argument("--users", type=int, default=4, help="sessions that ask (default: 4)")
    parser.add_argument("--held", type=int, default=200, help="articles that are there before (default: 200)")
    parser.add_argument("--added", type=int, default=1000, help="articles that are added (default: 1000)")
    parser.add_argument("--alone", type=float, default=60.0, help="seconds of asking before that (default: 60)")
    parser.add_argument("--most", type=float, default=600.0, help="seconds of asking beside it at most (default: 600)")


def run(options: argparse.Namespace) -> int:
    """Measure, and print how long answers took. Returns 1 where a session waited for good or the adding failed."""
    with tempfile.TemporaryDirectory(prefix="sessions-") as name:
        folder = Path(name)
        with lzma.open(options.data / "articles.jsonl.xz", "rt", encoding="utf-8") as lines:
            _fill(folder, list(islice(lines, options.held)))
            upload = folder / "articles.jsonl"
            upload.write_text("".join(islice(lines, options.added)), "utf-8")
        with (options.data / "questions.jsonl").open(encoding="utf-8") as file:
            questions = [json.loads(line)["question"] for line in file]
        with served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
            return _measure(browser, address, upload, questions, options)


def _fill(folder: Path, lines: Sequence[str]) -> None:
    file = folder / "held.jsonl"
    file.write_text("".join(lines), "utf-8")
    settings = load_settings(library=folder / "library")
    with Library.open(folder / "library", settings=settings, create=True) as library:
        list(library.add(read_paths([file], limits_of(settings))))


def _measure(
    browser: Browser, address: str, upload: Path, questions: Sequence[str], options: argparse.Namespace
) -> int:
    sessions = [_Session(browser, address) for _ in range(options.users)]
    left = iter(questions)
    _ask_until(sessions, left, 20, lambda: False)  # models and caches
    alone = _ask_until(sessions, left, options.alone, lambda: False)
    _tell("alone", alone)
    adder = Screen(browser.new_page(), address)
    adder.open("library")
    adder.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(upload)
    expect(adder.page.get_by_test_id("stFileUploader")).to_contain_text(upload.name, timeout=60_000)
    adder.page.get_by_role("button", name="Add the files").click()
    began = time.monotonic()
    report = adder.page.get_by_text(" added")
    beside = _ask_until(sessions, left, options.most, report.is_visible)
    _tell("beside adding", beside)
    over = report.is_visible()
    progress = (report if over else adder.page.get_by_text("Adding articles:")).first.inner_text(timeout=60_000)
    sys.stdout.write(f"{time.monotonic() - began:.0f} s after its start the adding session shows: {progress}\n")
    screens = [adder, *(session.screen for session in sessions)]
    faults = sum(len(screen.script_errors) + screen.page.get_by_test_id("stAlert").count() for screen in screens)
    sys.stdout.write(f"{faults} errors on the screens\n")
    return int(bool(faults or not alone or not beside))


class _Session:
    """A browser session in which one question at a time waits for its answer."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.screen = Screen(browser.new_context().new_page(), address)
        self.screen.open()
        self._messages = self.screen.page.get_by_test_id("stChatMessage")
        self._field = self.screen.page.get_by_test_id("stChatInputTextArea")
        self.asked_at = 0.0

    def ask(self, question: str) -> None:
        """Ask, and do not wait."""
        self._expected = self._messages.count() + 2
        self._field.fill(question)
        self._field.press("Enter")
        self.asked_at = time.monotonic()

    def answered(self) -> bool:
        """Return whether the answer, or an error, is on the screen and the next question can be asked."""
        if self._messages.count() != self._expected:
            return False
        last = self._messages.last
        shown = last.locator(".or-note", has_text=re.compile("^Searched")).count() or last.get_by_role("alert").count()
        return bool(shown) and self._field.is_enabled()


def _ask_until(
    sessions: Sequence[_Session], questions: Iterator[str], most: float, over: Callable[[], bool]
) -> list[float]:
    """Let each session ask on and on until it is over, or for so many seconds; return how long each answer took."""
    waits: list[float] = []
    waiting: list[_Session] = []
    ends = time.monotonic() + most
    while True:
        done = time.monotonic() >= ends or over()
        for session in sessions:
            if session in waiting and session.answered():
                waits.append(time.monotonic() - session.asked_at)
                waiting.remove(session)
            if session not in waiting and not done:
                session.ask(next(questions))
                waiting.append(session)
        if done and not waiting:
            return waits
        if time.monotonic() > ends + PATIENCE_SECONDS:
            raise RuntimeError(f"{len(waiting)} sessions still wait for an answer.")
        time.sleep(0.02)


def _tell(when: str, waits: Sequence[float]) -> None:
    if waits:
        median, high = np.percentile(waits, (50, 95))
        sys.stdout.write(
            f"{when}: {len(waits)} answers, median {median:.2f} s, 95th percentile {high:.2f} s, longest "
            f"{max(waits):.2f} s\n"
        )
