"""Example questions to click, made from what a library holds."""

import re
from collections.abc import Iterable, Iterator

from index.records import Article, Statement
from index.statements import statements
from qa.words import content_stems, stem

_WORD = re.compile(
    r"(?P<determiner>\b(?:the|a|an|this|that|our|its|his|her|their)\s+)?\b(?P<word>[^\W\d_][\w’'-]{4,})", re.I
)
# "Merrick Garland", "Andrés López Obrador": shorter may be anybody, longer has a title in it.
_NAME_WORDS = (2, 3)
# "What did X say about after?" Words of five letters and more that headlines have and that name nothing.
_NO_TOPIC = frozenset(
    "about above across after again against ahead along amid among around because before behind below beside besides "
    "between beyond could despite during every except first inside other outside second since still their there these "
    "those through toward towards under until where which while without would".split()
)


def example_questions(articles: Iterable[Article], count: int) -> list[str]:
    """Return up to ``count`` questions that the articles answer, at most one for each article and speaker.

    Each asks what a named speaker said about a word that stands both in the headline and in the words said, so a
    statement on it exists.
    """
    found: list[str] = []
    asked: set[str] = set()
    for article in articles:
        if len(found) == count:
            break
        for speaker, topic in _topics(article):
            if speaker not in asked:
                asked.add(speaker)
                found.append(f"What did {speaker} say about {topic}?")
                break
    return found


def _topics(article: Article) -> Iterator[tuple[str, str]]:
    for statement in statements(article):
        if len(statement.speaker.split()) not in _NAME_WORDS:
            continue
        topic = _topic(article, statement)
        if topic:
            yield statement.speaker, topic


def _topic(article: Article, statement: Statement) -> str:
    """Return the last word of the headline that the statement has too, as the statement writes it; "" if none.

    Headlines end on what they are about more often than they begin with it.
    """
    said = " ".join(article.text[start:end] for start, end in statement.spans)
    by_stem: dict[str, str] = {
        stem(match["word"].lower()): f"the {match['word']}" if match["determiner"] else match["word"]
        for match in _WORD.finditer(said)
        if match["word"].lower() not in _NO_TOPIC
    }
    name = set(content_stems(statement.speaker))
    for wanted in reversed(content_stems(article.title)):
        if wanted in by_stem and wanted not in name:
            return by_stem[wanted]
    return ""
