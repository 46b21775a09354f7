"""Adding articles and other long work: a thread of its own, so that pages may change and questions go on."""

import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

import streamlit as st

from index.errors import AccessError, OnRecordError
from index.records import AddResult, AddStatus, Draft, Failure
from index.settings import load_settings
from ui import access, importing, phrases, render, scroll
from ui.engine import LibraryLike, show_error

_KEY = "job"
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
# Of one upload; a larger collection fits an archive or a folder.
MOST_FILES = 500
# A longer report makes the page slow; what failed comes first.
MOST_TOLD = 500
_log = logging.getLogger(__name__)


class Job:
    """Work in a thread of its own, with what is needed to show how far it is.

    Attributes:
        title: What is being done.
        noun: What is counted.
        done: Items dealt with so far.
        total: Items there are, or None while that is not known.
        results: What became of each article, for work that adds.
        error: Why the work ended early, or "".
        reported: Whether the report was shown.
        stop: Set it to end the work after the item at hand.
    """

    def __init__(self, title: str, work: Callable[["Job"], None], noun: str = "article") -> None:
        self.title = title
        self.noun = noun
        self.done = 0
        self.total: int | None = None
        self.results: list[AddResult] = []
        self.error = ""
        self.reported = False
        self.stop = Event()
        self._work = work
        self._began = time.monotonic()
        self._thread = Thread(target=self._run, name=title, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the work still goes on."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> float:
        """Seconds since the work began."""
        return time.monotonic() - self._began

    def wait(self, timeout: float | None = None) -> None:
        """Return when the work is over, or after ``timeout`` seconds."""
        self._thread.join(timeout)

    def tell(self, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` items are dealt with."""
        self.done, self.total = done, total

    def _run(self) -> None:
        try:
            self._work(self)
        except OnRecordError as error:
            self.error = str(error)
        except Exception:  # noqa: BLE001 - the thread's last line: the user must learn that it ended
            _log.exception("%s ended early.", self.title)
            self.error = f"{self.title} ended early because of a fault in On Record. The log has the details."


def current() -> Job | None:
    """Return the work of this session that goes on or whose report has not been put away."""
    return st.session_state.get(_KEY)


def start(title: str, work: Callable[[Job], None], noun: str = "article") -> None:
    """Begin ``work``; one piece of work per session at a time."""
    job = current()
    if job is None or not job.running:
        st.session_state[_KEY] = Job(title, work, noun)


def start_files(library: LibraryLike, files: Sequence[tuple[str, bytes]]) -> None:
    """Add uploaded files, given by name and content.

    Raises:
        AccessError: The visitor may not, or there are too many files.
    """
    from index import sources

    if len(files) > MOST_FILES:
        raise AccessError(
            f"{len(files):,} files are more than the {MOST_FILES:,} that can be added at once, so none was. "
            "Add them in parts, or as one ZIP archive."
        )

    def items() -> Iterator[Draft | Failure]:
        for name, data in files:
            yield from sources.read_bytes(name, data, sources.limits_of(load_settings()))

    _start_adding(library, items, lambda: _count_uploads(files))


def start_folder(library: LibraryLike, typed: str) -> None:
    """Add all articles in a file or folder of this machine.

    Raises:
        AccessError: The visitor may not, or not from there.
    """
    access.editor()
    _start_path(library, importing.importable(typed))


def start_samples(library: LibraryLike) -> None:
    """Add the articles that come with On Record."""
    _start_path(library, SAMPLES)


def _start_path(library: LibraryLike, folder: Path) -> None:
    from index import sources

    def items() -> Iterator[Draft | Failure]:
        return sources.read_paths([folder], sources.limits_of(load_settings()))

    _start_adding(library, items, lambda: sources.count_items([folder]))


def start_address(library: LibraryLike, url: str) -> None:
    """Fetch a web page, feed or file and add what it holds."""
    from index import sources

    _start_adding(library, lambda: sources.fetch_url(url, sources.limits_of(load_settings())), lambda: None)


def start_pasted(library: LibraryLike, text: str) -> None:
    """Add pasted text."""
    from index import sources

    _start_adding(library, lambda: [sources.read_pasted(text)], lambda: 1)


def _start_adding(
    library: LibraryLike, items: Callable[[], Iterable[Draft | Failure]], total: Callable[[], int | None]
) -> None:
    by = access.editor()

    def work(job: Job) -> None:
        job.total = total()
        for result in library.add(_until_stopped(items(), job.stop), by):
            job.results.append(result)
            job.done += 1

    start("Adding articles", work)


def _until_stopped(items: Iterable[Draft | Failure], stop: Event) -> Iterator[Draft | Failure]:
    for item in items:
        if stop.is_set():
            return
        yield item


def _count_uploads(files: Sequence[tuple[str, bytes]]) -> int | None:
    from index import sources
    from index.sources.reading import suffixes_of

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for place, (name, data) in enumerate(files):
            path = Path(folder) / f"{place}{''.join(suffixes_of(name))}"  # of "news.jsonl.gz" both
            path.write_bytes(data)
            paths.append(path)
        return sources.count_items(paths)


def show_progress() -> None:
    """Show how far the work of this session is, or its report once it is over."""
    job = current()
    if job is None:
        return
    if job.running:
        _live()
    else:
        _report(job)


@st.fragment(run_every=0.5)
def _live() -> None:
    job = current()
    if job is None or not job.running:
        st.rerun()
    text = f"{job.title}: {phrases.progress(job.done, job.total, job.seconds, job.noun)}"
    if job.total:
        st.progress(min(1.0, job.done / job.total), text=text)
    else:
        st.status(text, state="running")
    if st.button("Stop", key="stop-job", disabled=job.stop.is_set()):
        job.stop.set()


def _report(job: Job) -> None:
    if job.error:
        show_error(job.error)
    if job.results:
        st.html(f'<div id="report">{render.sentence(summary(job.results))}</div>')
        st.html(render.report(sorted(job.results, key=_failed_first), MOST_TOLD))
    elif not job.error:
        st.html(render.sentence(f"{job.title}: done." if job.done else f"{job.title}: nothing was found."))
    st.button("Close the report", key="close-report", on_click=_put_away)
    if not job.reported:
        job.reported = True
        scroll.into_view("report")


def _put_away() -> None:
    st.session_state.pop(_KEY, None)


def _failed_first(result: AddResult) -> bool:
    return result.status is not AddStatus.FAILED


def summary(results: Sequence[AddResult]) -> str:
    """Return "12 added, 3 already there, 1 failed." in the order of the statuses."""
    counts = [(status, sum(1 for result in results if result.status is status)) for status in AddStatus]
    return ", ".join(f"{number:,} {status}" for status, number in counts if number) + "."
