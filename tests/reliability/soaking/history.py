"""What was in the library when, as the writers report it, and whether an answer fits that.

All times are seconds of the clock that the processes of one computer share, ``time.monotonic``.
"""

import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

# How much later than a write was reported an answer may still come from the time before it.
GRACE_SECONDS = 1.0


@dataclass(slots=True)
class Life:
    """One article: when adding it began and was reported, and when removing it began and was reported."""

    story: int
    text: str
    adding: float
    added: float = math.inf
    removing: float = math.inf
    removed: float = math.inf

    @property
    def changed(self) -> float:
        """When it came or went last."""
        return self.added if self.removed == math.inf else self.removed


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words that were shown as ``text[start:end]`` of an article."""

    article: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what came of it.

    Attributes:
        target: The article that it is about; "" where it is about none.
        excerpts: All words that were shown.
        answered: Whether there was an answer.
        error: What went wrong, or "".
    """

    question: str
    target: str
    started: float
    ended: float
    excerpts: tuple[Excerpt, ...] = ()
    answered: bool = False
    error: str = ""


@dataclass(slots=True)
class History:
    """The lives of all articles, by id. Safe to use from several threads."""

    lives: dict[str, Life] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, event: str, article: str, at: float, story: int = 0, text: str = "") -> None:
        """Take over one report of a writer: ``adding``, ``added``, ``removing`` or ``removed``."""
        with self.lock:
            if event == "adding":
                self.lives[article] = Life(story, text, at)
            else:
                setattr(self.lives[article], event, at)

    def recent(self, since: float) -> list[tuple[str, Life]]:
        """Return the articles that are there, or were at that time or later."""
        with self.lock:
            return [(i, life) for i, life in self.lives.items() if life.added < math.inf and life.removed > since]

    def live(self) -> set[str]:
        """Return the articles that were added and that nobody began to remove."""
        with self.lock:
            return {i for i, life in self.lives.items() if life.added < math.inf and life.removing == math.inf}

    def faults(self, asked: Asked) -> Iterator[str]:
        """Yield what is wrong with what a question got; nothing where all is well."""
        if asked.error:
            yield f"{asked.question} {asked.error}"
            return
        for excerpt in asked.excerpts:
            life = self.lives.get(excerpt.article)
            if life is None:
                yield f"{asked.question} Shown was {excerpt.article}, which nobody added."
            elif life.text[excerpt.start : excerpt.end] != excerpt.words:
                yield f"{asked.question} {excerpt.words!r} is not what {excerpt.article} says there."
        if (late := self.outdated(asked)) > GRACE_SECONDS:
            yield f"{asked.question} Shown was an article {late:.2f} s after it was removed."
        if (late := self.missed(asked)) > GRACE_SECONDS:
            yield f"{asked.question} Not found was its article, {late:.2f} s after it was added."

    def outdated(self, asked: Asked) -> float:
        """Return how many seconds before the question an article that was shown had been removed; 0 if none had."""
        lives = (self.lives.get(excerpt.article) for excerpt in asked.excerpts)
        return max([0.0, *(asked.started - life.removed for life in lives if life)])

    def missed(self, asked: Asked) -> float:
        """Return how many seconds before the question its article was added; 0 if it was shown or need not be.

        A copy in another paper tells the same story.
        """
        target = self.lives.get(asked.target)
        if target is None or asked.error or target.removing < asked.ended:
            return 0.0
        shown = {self.lives[e.article].story for e in asked.excerpts if e.article in self.lives}
        return 0.0 if target.story in shown else max(0.0, asked.started - target.added)
