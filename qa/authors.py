"""Whoever wrote an article says what stands in it: "What does Castellane think of the ferry?" of her column."""

import re
from collections.abc import Iterator

from index.identity import same_speaker
from index.names import NAME, split_title
from index.records import Article
from index.releases import named_in
from qa.meant import is_named_in

_DOES = r"\s+(?:is|was|has|teaches|writes|works|covers|serves)\b"
# "Editor’s note: Ann Holt is a professor of history": how outlets present who writes for them once.
_PRESENTED = re.compile(rf"\bEditor[’']s [Nn]ote:\s+({NAME})(?:,[^.\n]{{2,200}},)?{_DOES}")
# "Ann Holt is a columnist and can be reached at …", below the text, which does not tell of her otherwise.
_BELOW = re.compile(rf"(?:^|\n)({NAME}){_DOES}")
_LAST = 700


def is_author(asked: str, article: Article) -> bool:
    """Return whether a name that was asked for is that of somebody who wrote an article.

    It may stand in the byline, in an editor's note, in a line about the author below the text, or in the headline of
    what is somebody's statement as a whole.
    """
    title, announced = split_title(named_in(article.title))
    if announced and same_speaker(asked, announced, title, ""):
        return True
    names = (*article.authors, *_told_of(article.text))
    return any(same_speaker(asked, name, "columnist", "") or is_named_in(asked, name) for name in names)


def _told_of(text: str) -> Iterator[str]:
    """Yield who is presented above or below a text."""
    if presented := _PRESENTED.search(text):
        yield presented[1]
    for below in _BELOW.finditer(text, max(0, len(text) - _LAST)):
        if below[1] not in text[: below.start()]:
            yield below[1]
