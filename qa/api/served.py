"""What the routes share: one engine, the threads that work for it, limits and figures."""

from functools import lru_cache, partial
from typing import Annotated, Any

from fastapi import Depends, Request

from index.people import Person, merge
from index.people_file import Group
from index.records import Filters
from index.settings import Settings
from index.sources import limits_of
from qa.api.limits import RateLimit, Work
from qa.api.requests import Question
from qa.api.watch import Metrics
from qa.contract import reply_json
from qa.engine import Engine


class Served:
    """An engine behind the API."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.library = engine.library
        self.limit = RateLimit(settings.api_per_minute)
        # The reader keeps all cores busy with one question; meanwhile another may be understood and looked up. More at
        # once would only share the same cores, and each take longer.
        self.asking = Work(2, settings.api_waiting, settings.api_seconds)
        self.looking = Work(4, settings.api_waiting, settings.api_seconds)
        self.editing = Work(1, settings.api_waiting, settings.api_seconds)  # the library lets one write at a time
        self.limits = limits_of(settings)
        self.metrics = Metrics()
        self.metrics.follow("questions", self.asking)
        self.metrics.follow("lookups", self.looking)
        self.metrics.follow("changes", self.editing)
        self.metrics.describe(self.library)
        self._merged = lru_cache(maxsize=1)(self._merge)

    async def reply(self, asked: Question, patient: bool = False) -> dict[str, Any]:
        """Return what the engine says to a question, as the JSON object of the contract.

        Raises:
            OnRecordError: As ``Engine.ask``.
            HTTPException: As ``Work.run``.
        """
        filters = asked.filters.filters() if asked.filters else Filters()
        ask = partial(
            self.engine.ask, asked.question, asked.history or (), filters, asked.top, asked.prefer_recent, asked.dates
        )
        status = "failed"
        try:
            reply = await self.asking.run(lambda: reply_json(ask()), patient)
            status = reply["status"]
        finally:
            self.metrics.questions.labels(status).inc()
        return reply

    def people(self) -> list[Person]:
        """Return everyone who is quoted, most statements first; merged anew only after something was written.

        Raises:
            LibraryError: The library, or what users decided about names, cannot be read.
        """
        return self._merged(self.library.generation, self.library.people.groups())

    def _merge(self, _generation: int, groups: tuple[Group, ...]) -> list[Person]:
        people = merge(self.library.speakers(), groups).everyone
        return sorted(people, key=lambda person: (-person.statements, person.id))

    def close(self) -> None:
        """Wait for what is under way."""
        for work in (self.asking, self.looking, self.editing):
            work.close()


async def served(request: Request) -> Served:
    """Return what the app of a request serves."""
    found: Served = request.app.state.served
    return found


Here = Annotated[Served, Depends(served)]
