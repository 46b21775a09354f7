"""Read made-up files back, as the tests of the formats do."""

from index.records import Draft, Failure
from index.sources import Limits, read_bytes

LIMITS = Limits(file_bytes=10**7)
STORY = "The council voted on Monday to rebuild the harbour wall, which two storms in one winter had broken."
ROW = {
    "url": "https://post.example/a",
    "title": "Council votes",
    "publication": "The Post",
    "published": "2022-05-16",
    "author": "Ann Example",
    "text": STORY,
}


def read(name: str, data: bytes) -> list[Draft | Failure]:
    return list(read_bytes(name, data, LIMITS))


def draft_of(name: str, data: bytes) -> Draft:
    (item,) = read(name, data)
    assert isinstance(item, Draft), item
    return item


def reason_of(name: str, data: bytes) -> str:
    (item,) = read(name, data)
    assert isinstance(item, Failure), item
    return item.reason
