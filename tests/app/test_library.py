"""The Library page, and adding in the background."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from index.records import AddResult, AddStatus, Draft
from index.sources import Limits
from tests.app.conftest import shown_html
from tests.app.fakes import FakeEngine, article
from ui import adding, escape, library
from ui.adding import Job

TEXT = "Lighthouse opens to visitors\n\nThe lighthouse opens on Sunday after two years of repairs, its keeper said."


def _finished(page: AppTest) -> AppTest:
    job = page.session_state["job"]
    job.wait(20)
    assert not job.running
    return page.run()


def _headlines(page: AppTest) -> list[str]:
    return [escape.markdown_undone(link.proto.label) for link in page.get("page_link")]


def test_lists_what_there_is(engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run()
    assert not page.exception
    assert "3 articles from 3 publications, 2–22 October 2023." in shown_html(page)
    assert _headlines(page) == [held.title for held in engine.library.held.values()]
    assert "1–3 of 3" in shown_html(page)


def test_search_and_publication_narrow_the_list(engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run().text_input(key="search").set_value("FERRY").run()
    assert _headlines(page) == ["Ferry runs later while the bridge is shut"]
    page = page.text_input(key="search").set_value("").run()
    page = page.multiselect(key="list-publications").set_value(["Harbour Times"]).run()
    assert _headlines(page) == ["Harbour bridge to close for nine weeks"]
    assert "Only in Harbour Times." in shown_html(page)
    assert "1–1 of 1" in shown_html(page)
    page = page.text_input(key="search").set_value("nothing like it").run()
    assert "No article matches." in shown_html(page)
    assert len(engine.library.held) == 3


def test_the_list_is_narrowed_by_author_section_and_date_and_one_click_ends_it(
    engine: FakeEngine, library_page: AppTest
) -> None:
    engine.library.held["arts"] = article("arts", "A play", ["Text."], section="Arts", published=date(2023, 11, 1))
    page = library_page.run()
    page.multiselect(key="list-authors").set_value(["Ann Lee"])
    page.multiselect(key="list-sections").set_value(["Arts"])
    page.date_input(key="list-since").set_value(date(2023, 10, 31))
    page = page.run()
    assert _headlines(page) == ["A play"]
    assert "Only by Ann Lee, section Arts, from 31 October 2023." in shown_html(page)
    page = page.button(key="list-clear").click().run()
    assert len(_headlines(page)) == 4
    assert "Only" not in shown_html(page)
    assert page.multiselect(key="list-authors").value == []
    assert page.date_input(key="list-since").value is None


def test_a_filter_begins_at_the_first_page(engine: FakeEngine, library_page: AppTest) -> None:
    engine.library.held = {f"a{n}": article(f"a{n}", f"Headline {n}", ["Text."]) for n in range(120)}
    page = library_page.run().button(key="next").click().run()
    page = page.multiselect(key="list-authors").set_value(["Ann Lee"]).run()
    assert "1–50 of 120" in shown_html(page)
    page = page.button(key="next").click().run().button(key="list-clear").click().run()
    assert "1–50 of 120" in shown_html(page)


def test_without_authors_and_sections_there_are_no_such_filters(engine: FakeEngine, library_page: AppTest) -> None:
    engine.library.held = {"a": article("a", "Headline", ["Text."], authors=())}
    page = library_page.run()
    assert [choice.label for choice in page.multiselect] == ["Publications"]


def test_fifty_a_page(engine: FakeEngine, library_page: AppTest) -> None:
    engine.library.held = {f"a{n}": article(f"a{n}", f"Headline {n}", ["Text."]) for n in range(120)}
    page = library_page.run()
    assert len(_headlines(page)) == 50
    assert "1–50 of 120" in shown_html(page)
    assert page.button(key="previous").disabled
    page = page.button(key="next").click().run().button(key="next").click().run()
    assert _headlines(page)[0] == "Headline 100"
    assert "101–120 of 120" in shown_html(page)
    assert page.button(key="next").disabled


def test_removing_asks_first(engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run().button(key="remove-ferry").click().run()
    assert "ferry" in engine.library.held
    page = page.button(key="confirm-removal").click().run()
    assert list(engine.library.held) == ["bridge", "hostile"]
    assert "Ferry runs later while the bridge is shut" not in _headlines(page)


def test_pasted_text_is_added_and_reported(empty_engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run()
    page.text_area[0].set_value(TEXT)
    [add] = [button for button in page.button if button.label == "Add the text"]
    page = _finished(add.click().run())
    assert len(empty_engine.library.held) == 1
    assert "1 added." in shown_html(page)
    assert '<li><span class="or-rank">added</span> ' in shown_html(page)
    page = page.button(key="close-report").click().run()
    assert '<ul class="or-report">' not in shown_html(page)


def test_uploads_are_added(empty_engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run()
    page.file_uploader[0].set_value([("one.txt", TEXT.encode(), "text/plain"), ("bad.pdf", b"no pdf", "text/plain")])
    [add] = [button for button in page.button if button.label == "Add the files"]
    page = _finished(add.click().run())
    assert list(empty_engine.library.held) == ["one.txt"]
    assert "1 added, 1 failed." in shown_html(page)
    assert re.findall(r'or-rank">(\w+)</span> ([^<:]*)', shown_html(page)) == [
        ("failed", "bad.pdf"),
        ("added", "Lighthouse opens to visitors (one.txt)"),
    ]


def test_the_progress_bar_knows_how_much_a_packed_upload_holds() -> None:
    lines = b'{"text": "One."}\n' * 7
    assert adding._count_uploads([("a.jsonl.gz", gzip.compress(lines)), ("b.txt", b"One."), ("c.jsonl", lines)]) == 15


def test_a_folder_is_added(empty_engine: FakeEngine, library_page: AppTest, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    page = library_page.run()
    [folder] = [field for field in page.text_input if field.label.startswith("Folder")]
    folder.set_value(str(tmp_path))
    [add] = [button for button in page.button if button.label == "Add the folder"]
    page = _finished(add.click().run())
    assert len(empty_engine.library.held) == 1
    assert "1 added." in shown_html(page)


def test_verify_and_rebuild(engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run()
    [verify] = [button for button in page.button if button.label == "Verify"]
    page = verify.click().run()
    assert [message.value for message in page.success] == ["The library is sound."]
    engine.library.problems = ["Article *a* has no passages."]
    [verify] = [button for button in page.button if button.label == "Verify"]
    page = verify.click().run()
    assert [escape.markdown_undone(message.value) for message in page.warning] == ["Article *a* has no passages."]
    [rebuild] = [button for button in page.button if button.label == "Rebuild"]
    page = _finished(rebuild.click().run())
    assert engine.library.rebuilt == 1
    assert "Rebuilding the library: done." in shown_html(page)


def test_export_is_one_object_a_line(engine: FakeEngine) -> None:
    lines = library.exported(engine.library, []).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["bridge", "ferry", "hostile"]


def test_summary() -> None:
    results = [AddResult(str(n), s) for n, s in enumerate([AddStatus.FAILED, AddStatus.ADDED, AddStatus.ADDED])]
    assert adding.summary(results) == "2 added, 1 failed."


def test_stop_ends_adding_after_the_article_at_hand(
    empty_engine: FakeEngine, library_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go = Event(), Event()

    def slow(name: str, data: bytes, limits: Limits) -> Iterator[Draft]:
        assert (len(data), limits) == (1, Limits())
        yield Draft("Text.", name)
        reading.set()
        go.wait(20)

    monkeypatch.setattr("index.sources.read_bytes", slow)
    page = library_page.run()
    page.file_uploader[0].set_value([(f"{n}.txt", b"x", "text/plain") for n in range(3)])
    [add] = [button for button in page.button if button.label == "Add the files"]
    page = add.click().run()
    assert reading.wait(20)
    page = page.button(key="stop-job").click().run()
    go.set()
    page = _finished(page)
    assert list(empty_engine.library.held) == ["0.txt"]
    assert "1 added." in shown_html(page)


def test_a_job_tells_how_far_it_is_and_why_it_ended() -> None:
    go = Event()

    def work(job: Job) -> None:
        job.tell(1, 2)
        go.wait(20)
        raise ValueError("secret detail")

    job = Job("Adding articles", work)
    assert job.running
    go.set()
    job.wait(20)
    assert (job.done, job.total) == (1, 2)
    assert job.error == "Adding articles ended early because of a fault in On Record. The log has the details."


@pytest.mark.parametrize(
    ("button", "missing"),
    [
        ("Add the files", "No file was chosen."),
        ("Add the text", "There is no text to add."),
        ("Add the folder", "No folder was named."),
        ("Add the page", "There is no address."),
    ],
)
def test_a_button_without_anything_to_add_says_so(
    empty_engine: FakeEngine, library_page: AppTest, button: str, missing: str
) -> None:
    page = library_page.run()
    [add] = [one for one in page.button if one.label == button]
    page = add.click().run()
    assert [escape.markdown_undone(error.value).startswith(missing) for error in page.error] == [True]
    assert empty_engine.library.held == {}
