"""Users who ask, each a thread, and look at the people in between."""

import random
import threading
import time
from collections.abc import Callable, Iterator

from qa.records import Answer, Citation, Reply
from tests.reliability.soaking.history import Asked, Excerpt, History
from tests.reliability.soaking.stories import Story

# So long ago may an article have been removed that is still asked for: what is stale shows there.
_REMOVED_SECONDS = 5.0
_LOOK = 0.05  # share of the turns in which a user looks at who is quoted instead
LOOK = "Who is quoted?"

Ask = Callable[[str], Reply]
Look = Callable[[], object]


class Users:
    """Some users, who ask until they are told to stop."""

    def __init__(self, count: int, history: History, ask: Ask, look: Look) -> None:
        self.asked: list[Asked] = []
        self._history = history
        self._ask = ask
        self._look = look
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(seed,), daemon=True) for seed in range(count)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float) -> int:
        """Let them end; return how many still wait for an answer after ``patience`` seconds, all together."""
        self._over.set()
        deadline = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return sum(thread.is_alive() for thread in self._threads)

    def _run(self, seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311
        while not self._over.is_set():
            there = self._history.recent(time.monotonic() - _REMOVED_SECONDS)
            if not there:
                time.sleep(0.1)
                continue
            # Most questions are for what changed last: there it shows whether an answer is up to date.
            there.sort(key=lambda one: one[1].changed)
            target, life = rng.choice(there[-12:] if rng.random() < 0.7 else there)
            if rng.random() < _LOOK:
                self.asked.append(self.looked())
            else:
                self.asked.append(self.answered(rng.choice(Story(life.story).questions()), target))

    def answered(self, question: str, target: str) -> Asked:
        """Ask about an article; whatever goes wrong is kept as the error."""
        started = time.monotonic()
        try:
            reply = self._ask(question)
        except Exception as error:  # noqa: BLE001 - a user must meet no error at all
            return Asked(question, target, started, time.monotonic(), error=repr(error))
        return Asked(question, target, started, time.monotonic(), tuple(shown(reply)), bool(reply.answers))

    def looked(self) -> Asked:
        """Look at who is quoted."""
        started, error = time.monotonic(), ""
        try:
            self._look()
        except Exception as failure:  # noqa: BLE001
            error = repr(failure)
        return Asked(LOOK, "", started, time.monotonic(), error=error)


def shown(reply: Reply) -> Iterator[Excerpt]:
    """Yield all words that a reply shows, with the place where they are said to stand."""
    for answer in reply.answers:
        yield from _cited(answer)
    for passage in reply.passages:
        yield Excerpt(passage.article_id, passage.start, passage.end, passage.text)
    for row in (*reply.statements, *(reply.instead.statements if reply.instead else ())):
        if len(row.spans) == 1:  # others have " … " in their text
            yield Excerpt(row.article_id, *row.spans[0], row.text)


def _cited(answer: Answer) -> Iterator[Excerpt]:
    yield _excerpt(answer.citation, answer.text)
    for citation in answer.also_in:
        # Another source may say the same in other words; the paragraph shows which.
        start = citation.start - citation.paragraph_start
        yield _excerpt(citation, citation.paragraph[start : start + citation.end - citation.start])


def _excerpt(citation: Citation, words: str) -> Excerpt:
    return Excerpt(citation.article_id, citation.start, citation.end, words)
