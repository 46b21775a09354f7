"""Whoever wrote an article says what stands in it: "What does Castellane think of the ferry?" of her column."""

import re

from index.identity import same_speaker
from index.names import NAME
from index.records import Article
from qa.meant import is_named_in

# "Editor’s note: Ann Holt is a professor of history": how outlets present who writes for them once.
_PRESENTED = re.compile(
    rf"\bEditor[’']s [Nn]ote:\s+({NAME})(?:,[^.\n]{{2,200}},)?\s+(?:is|was|has|teaches|writes|works)\b"
)


def is_author(asked: str, article: Article) -> bool:
    """Return whether a name that was asked for is that of somebody who wrote an article, by byline or editor's note."""
    presented = _PRESENTED.search(article.text)
    names = [*article.authors, *([presented[1]] if presented else [])]
    return any(same_speaker(asked, name, "columnist", "") or is_named_in(asked, name) for name in names)
