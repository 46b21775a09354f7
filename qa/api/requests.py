"""What may be asked."""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from index.records import Filters
from qa.query import MAX_CHARACTERS

MOST_ANSWERS = 20
MOST_EARLIER = 20
MOST_NAMES = 100
MOST_IN_BATCH = 100


def _iso(value: object) -> object:
    """Return a day as pydantic wants it; it would also take a number for one, and a moment."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return date.fromisoformat(value)
    raise ValueError("write a day as 2023-10-05")


def _whole(value: object) -> object:
    """Return 3 for 3.0, which are the same in JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Day = Annotated[date, BeforeValidator(_iso)]
Whole = Annotated[int, BeforeValidator(_whole)]
Line = Annotated[str, Field(max_length=MAX_CHARACTERS)]
Name = Annotated[str, Field(max_length=200)]
Names = Annotated[list[Name], Field(max_length=MOST_NAMES)]


class _Sent(BaseModel):
    """What a client sends: nothing that is not known, and nothing of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Only(_Sent):
    """Which articles count; what is left out or empty restricts nothing."""

    publications: Names = []
    authors: Names = Field(default=[], description="Whole names or last names")
    sections: Names = []
    since: Day | None = Field(default=None, description="First day of publication")
    until: Day | None = Field(default=None, description="Last day of publication")

    def filters(self) -> Filters:
        """Return them as the library takes them."""
        return Filters(tuple(self.publications), self.since, self.until, tuple(self.authors), tuple(self.sections))


class Question(_Sent):
    """A question."""

    question: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)] = Field(
        examples=["What did the mayor say about the harbor fee?"]
    )
    history: Annotated[list[Line], Field(max_length=MOST_EARLIER)] | None = Field(
        default=None, description="Earlier questions of the conversation, oldest first"
    )
    filters: Only | None = None
    top: Whole = Field(default=3, ge=1, le=MOST_ANSWERS, description="Answers at most")
    prefer_recent: bool | None = Field(
        default=None, description="Whether newer articles rank higher; null for what the server has set"
    )
    dates: bool = Field(default=True, description="Whether a time in the question restricts the days of publication")


class BatchQuestion(Question):
    """A question of a batch."""

    id: Annotated[str, Field(max_length=200)] | Whole | None = Field(
        default=None, description="Comes back with the reply, as a string"
    )


class Quotation(_Sent):
    """A quotation that is to be checked."""

    quotation: str = Field(min_length=1, max_length=20_000)
    speaker: Name = Field(default="", description="Who is said to have said it")
    filters: Only | None = None
