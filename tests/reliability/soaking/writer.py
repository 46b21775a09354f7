"""One who writes: adds, replaces and removes articles, joins and splits names, or makes the library anew.

Run as a process of its own, ``python -m tests.reliability.soaking.writer``; what it does is told on standard output,
one JSON object a line, each with the time it happened.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.article import article_from
from index.library import Library
from index.people_file import NameKey, forget, put_together, take_apart
from index.records import AddStatus, Draft
from index.settings import load_settings
from tests.reliability.soaking.stories import Story

Tell = Callable[[dict[str, Any]], None]
# Enough articles for retrieval to choose among, few enough that each is asked for often.
LEAST, MOST = 40, 80


class Writer:
    """Writes about stories of its own numbers, so that its reports alone say what becomes of them."""

    def __init__(self, library: Library, first: int, tell: Tell) -> None:
        self._library = library
        self._tell = tell
        self._rng = random.Random(first)  # noqa: S311
        self._next = first
        self._held: dict[str, tuple[Story, int]] = {}  # by id of the article: what it tells, and in which paper

    def step(self) -> None:
        """Do one thing, most often add or remove."""
        if len(self._held) < LEAST:
            self.add(self._rng.randint(1, 8))
        elif len(self._held) > MOST:
            self.remove()
        else:
            self._rng.choice([self.add, self.add, self.replace, self.remove, self.remove, self.name])()

    def add(self, count: int = 1) -> None:
        """Add new stories; now and then one in two papers."""
        items = []
        for _ in range(count):
            papers = self._rng.choice([(0,), (0,), (0,), (0, 1)])
            items += [(Story(self._next), paper) for paper in papers]
            self._next += 1
        self._store(items, AddStatus.ADDED)

    def replace(self) -> None:
        """Add a newer version of an article, which takes its place."""
        old = self._rng.choice(list(self._held))
        story, paper = self._held[old]
        self._report("removing", old)
        self._store([(Story(story.number, story.version + 1), paper)], AddStatus.REPLACED)
        self._report("removed", old)
        del self._held[old]

    def remove(self) -> None:
        """Remove an article, with the versions that it replaced."""
        article = self._rng.choice(list(self._held))
        self._report("removing", article)
        self._library.remove(article)
        self._report("removed", article)
        del self._held[article]

    def name(self) -> None:
        """Join two names, split two, or take back what was decided of two; nobody else decides on them."""
        stories = self._rng.sample(sorted({story.number for story, _ in self._held.values()}), 2)
        one, other = (NameKey(Story(number).speaker, "Mayor") for number in stories)
        folder = self._library.folder
        match self._rng.choice(["join", "split", "free"]):
            case "join":
                put_together(folder, [one, other])
                groups = [[one, other]]
            case "split":
                take_apart(folder, [one], [other])
                groups = [[one], [other]]
            case _:
                forget(folder, [one, other])
                groups = []
        self._tell({"event": "named", "names": [one, other], "groups": groups})

    def rebuild(self) -> None:
        """Make all passages anew."""
        self._library.rebuild()
        self._tell({"event": "rebuilt"})

    def _store(self, items: list[tuple[Story, int]], expected: AddStatus) -> None:
        drafts = [story.draft(paper) for story, paper in items]
        ids = [self._announced(draft, story) for draft, (story, _) in zip(drafts, items, strict=True)]
        for article, item, result in zip(ids, items, self._library.add(drafts), strict=True):
            if result.status is not expected or result.article_id != article:
                raise RuntimeError(f"{article} should be {expected}: {result}")
            self._report("added", article)
            self._held[article] = item

    def _announced(self, draft: Draft, story: Story) -> str:
        article = article_from(draft)
        self._report("adding", article.id, story=story.number, text=article.text)
        return article.id

    def _report(self, event: str, article: str, **more: object) -> None:
        self._tell({"event": event, "article": article, "at": time.monotonic()} | more)


def main() -> None:
    """Write until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("first", type=int, help="number of its first story; 0 to make the library anew instead")
    parser.add_argument("seconds", type=float)
    parser.add_argument("pause", type=float, help="seconds between two things it does, on average")
    options = parser.parse_args()
    ends = time.monotonic() + options.seconds
    with Library.open(options.folder, settings=load_settings(library=options.folder), create=True) as library:
        writer = Writer(library, options.first, _print)
        while time.monotonic() < ends:
            writer.step() if options.first else writer.rebuild()
            time.sleep(random.uniform(0.5, 1.5) * options.pause)  # noqa: S311


def _print(event: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
