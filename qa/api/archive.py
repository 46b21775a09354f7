"""GET: articles, statements, speakers and what the library holds."""

import sys
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator, TypeAdapter

from index.article import storable
from index.filters import name_key
from index.paging import read_cursor, write_cursor
from index.people import Person
from index.records import Filters
from qa.api import lists
from qa.api.problems import documented
from qa.api.requests import MOST_NAMES, Day, Name
from qa.api.served import Here
from qa.statements_command import statement_json

router = APIRouter(tags=["archive"])

_PERSON = TypeAdapter[tuple[int, str]](tuple[int, str])

MOST_ON_PAGE = 200
Names = Annotated[list[Name], Query(max_length=MOST_NAMES)]
Words = Annotated[str, Query(max_length=200), AfterValidator(storable)]
Limit = Annotated[int, Query(ge=1, le=MOST_ON_PAGE)]
Cursor = Annotated[str, Query(max_length=500, description="`next_cursor` of the page before; empty for the first")]
ArticleId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


async def chosen(
    publication: Names = [],  # noqa: B006 - FastAPI makes a list anew for each request
    author: Names = [],  # noqa: B006
    section: Names = [],  # noqa: B006
    since: Annotated[Day | None, Query()] = None,
    until: Annotated[Day | None, Query()] = None,
) -> Filters:
    """Return which articles count: those that have one of the names of each kind that is given, and the days."""
    return Filters(tuple(publication), since, until, tuple(author), tuple(section))


Chosen = Annotated[Filters, Depends(chosen)]


@router.get("/v1/articles", response_model=lists.Articles, responses=documented(422, 504), summary="List articles")
async def articles(
    here: Here, filters: Chosen, search: Words = "", limit: Limit = 50, cursor: Cursor = ""
) -> dict[str, Any]:
    """List articles, newest first; `search` asks for words, or for part of a title, publication or author."""
    page = await here.looking.run(lambda: here.library.articles_page(filters, search, limit, cursor))
    return {"articles": [asdict(row) for row in page.rows], "next_cursor": page.cursor or None}


@router.get("/v1/articles/{id}", response_model=lists.Article, responses=documented(404, 422, 504), summary="Read one")
async def article(id: ArticleId, here: Here) -> dict[str, Any]:
    """Give all of an article, as `python -m index show --json`. Versions that were replaced are found too."""

    def read() -> dict[str, Any]:
        found = here.library.article(id)
        return asdict(found) | {"versions": [asdict(version) for version in here.library.versions(found.id)]}

    return await here.looking.run(read)


@router.get(
    "/v1/statements", response_model=lists.Statements, responses=documented(422, 504), summary="List who said what"
)
async def statements(
    here: Here, filters: Chosen, speaker: Words = "", about: Words = "", limit: Limit = 50, cursor: Cursor = ""
) -> dict[str, Any]:
    """List statements, oldest first, as `python -m qa statements --json`.

    `speaker` is a name or a role: a surname is enough. `about` names words that must all stand in the statement, in
    the sentences around it, or in the headline.
    """
    page = await here.looking.run(lambda: here.library.statements_page(filters, speaker, about, limit, cursor))
    return {"statements": [statement_json(row) for row in page.rows], "next_cursor": page.cursor or None}


@router.get("/v1/speakers", response_model=lists.Speakers, responses=documented(422, 504), summary="List who is quoted")
async def speakers(here: Here, search: Words = "", limit: Limit = 50, cursor: Cursor = "") -> dict[str, Any]:
    """List who is quoted, most statements first; `search` asks for part of a name or role, case and accents aside."""

    def read() -> dict[str, Any]:
        wanted = name_key(search)
        after = read_cursor(_PERSON, cursor) if cursor else (-sys.maxsize, "")
        found = [one for one in here.people() if (-one.statements, one.id) > after and _is_called(one, wanted)]
        last = found[limit - 1] if len(found) > limit else None
        return {
            "speakers": [_speaker(one) for one in found[:limit]],
            "next_cursor": write_cursor((-last.statements, last.id)) if last else None,
        }

    return await here.looking.run(read)


def _is_called(person: Person, wanted: str) -> bool:
    return any(wanted in name_key(called) for called in (person.name, person.role, *person.other_names))


def _speaker(person: Person) -> dict[str, Any]:
    return {key: getattr(person, key) for key in lists.Speaker.model_fields}


@router.get("/v1/library", response_model=lists.LibraryStats, responses=documented(504), summary="What there is")
async def library(here: Here) -> dict[str, Any]:
    """Count what the library holds; the names are those that filters take."""

    def read() -> dict[str, Any]:
        held = here.library.stats()
        return {
            "generation": here.library.generation,
            "articles": held.articles,
            "passages": held.chunks,
            "publications": here.library.publications(),
            "sections": here.library.sections(),
            "first": held.first,
            "last": held.last,
        }

    return await here.looking.run(read)
