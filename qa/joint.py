"""Several who are asked for together: "Senators Holt and Penn" are "the senators" of the letter they signed."""

import re

from index import wordlists
from index.identity import asked_words
from index.names import fold
from index.records import Article, Statement

_SEVERAL = (
    r"(?:law|policy)makers|legislators|senators|representatives|members|congress(?:wo)?men|democrats|republicans|"
    r"governors|mayors|attorneys general|officials|leaders|signatories|authors|delegation|coalition|group"
)
_WRITTEN = re.compile(rf"^(?:(?:the|a)\s+)?(?:\w+\s+)?(?:{_SEVERAL})$", re.IGNORECASE)
_ONE_WORD = re.compile(rf"^(?:{_SEVERAL})$", re.IGNORECASE)
# What several say together they often write.
_ASKED = re.compile(rf"\band\b|,|\b(?:{_SEVERAL}|letter|brief)\b", re.IGNORECASE)
_NO_NAME = (
    wordlists.TITLES
    | wordlists.COURTESY
    | wordlists.ROLE_NOUNS
    | frozenset("and of other others their fellow colleagues letter brief sen sens rep reps house senate".split())
)
# Releases name those who speak in the headline or right under it.
_LEAD = 600


def speak_together(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether a phrase for several, or for their letter, means those who make a statement together.

    The statement has no speaker but "the lawmakers" or the like, and headline or lead name all that the phrase names.

    Args:
        asked: "Senators Holt and Penn", "the Holt letter", "Saltland's lawmakers".
        statement: One of ``article``.
        article: The article.
    """
    if statement.speaker or not _WRITTEN.match(statement.speaker_text) or not _ASKED.search(asked):
        return False
    if {"democrats", "republicans"} <= {word.lower() for word in f"{asked} {statement.speaker_text}".split()}:
        return False
    names = [word for word in asked_words(asked) if word not in _NO_NAME and not _ONE_WORD.match(word)]
    told = set(asked_words(f"{article.title} {article.text[:_LEAD]}"))
    return all(fold(name) in told for name in names)
