"""Adding and removing articles, which takes an editor's token and is written down in the audit log."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from index.audit import Actor
from index.records import AddResult, AddStatus
from index.sources import read_bytes
from index.tokens_kept import Role
from qa.api.archive import ArticleId
from qa.api.problems import Nothing, Wrong, documented
from qa.api.served import Here

router = APIRouter(tags=["editing"])

_FILE = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


class Added(BaseModel):
    """What became of one article of a file."""

    source: str
    status: AddStatus
    article_id: str
    title: str
    reason: str


class Report(BaseModel):
    """What became of each article of a file."""

    results: list[Added]


async def editor(request: Request) -> Actor:
    """Return who edits.

    Raises:
        HTTPException: 403, where it is nobody who may.
    """
    token = request.state.token
    if token is None or token.role is not Role.EDITOR:
        raise HTTPException(
            403, "This takes an editor's token. Whoever runs the server makes one: qa tokens add NAME --role editor"
        )
    return Actor(token.name, "API")


Editor = Annotated[Actor, Depends(editor)]


@router.post(
    "/v1/articles", response_model=Report, responses=documented(403, 408, 413, 422, 504),
    openapi_extra={"requestBody": _FILE}, summary="Add articles",
)  # fmt: skip
async def add(
    request: Request,
    here: Here,
    by: Editor,
    name: Annotated[str, Query(min_length=1, max_length=200, description="File name, whose suffix tells the format")],
) -> dict[str, Any]:
    """Add the articles of a file, as `python -m index add`; one that is there already is left as it is.

    So a request that was given up may be sent again.
    """
    body = await request.body()

    def change() -> list[AddResult]:
        return list(here.library.add(read_bytes(name, body, here.limits), by))

    results = await here.editing.run(change)
    if all(result.status is AddStatus.FAILED for result in results):
        raise Nothing([Wrong(where=result.source, what=result.reason) for result in results])
    return {"results": results}


@router.delete("/v1/articles/{id}", status_code=204, responses=documented(403, 404, 422, 504), summary="Remove one")
async def remove(id: ArticleId, here: Here, by: Editor) -> None:
    """Remove an article and the versions it replaced; from the next question on nothing is answered from them."""
    await here.editing.run(lambda: here.library.remove(id, by))
