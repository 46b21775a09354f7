"""Who is behind "the statement" and "the letter": whoever issued or sent one in the sentences before."""

import re
from dataclasses import dataclass

from index.attribution import attributions
from index.names import NAME
from index.subjects import leading_role, leading_subject, subject_before

_POST = frozenset("post tweet thread message".split())
_STATEMENT = _POST | {"statement", "release", "remarks"}
_LETTER = frozenset("letter email memo note".split())
_KINDS = {
    "statement": _STATEMENT,
    "release": _STATEMENT,
    "post": _POST,
    "tweet": _POST,
    "thread": _POST,
} | dict.fromkeys(_LETTER, _LETTER)
_NOUN = "|".join(sorted(_STATEMENT | _LETTER))
_THE = re.compile(
    rf"(?:[Tt]h(?:e|at|is)|[Ii]ts|[Tt]heir)\s(?:(?:joint|full|same|written|brief|official|final|(?P<of>[a-z]+))\s)?"
    rf"(?P<kind>{'|'.join(sorted(_KINDS))})$"
)
_ANY = re.compile(rf"\b(?:{_NOUN})\b")
_THE_NAME = re.compile(rf"The ({NAME})")
# "a statement from her agent", "a letter by the Salt Trust"
_FROM = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he)\s(?:[\w-]+\s){{0,2}}?(?P<kind>{_NOUN})\s(?:from|by)\s"
    rf"(?P<whom>(?:(?:the|his|her|their|its|an?)\s(?:[a-z’'-]+\s){{0,2}}?)?(?:{NAME}(?:\s(?:of|for)\s(?:the\s)?{NAME}(?:\s(?:&|and)\s{NAME})*)?|(?<=\s)[a-z-]+))"
)
# "issued a statement", "paid tribute in a thread", "put together a letter"
_ISSUED = re.compile(
    rf"\b(?:(?:issued|released|posted|published|sent|wrote|signed|shared|put\stogether|penned|tweeted)\s"
    rf"|(?P<within>in|on)\s)(?:an?|his|her|their|its|the)\s(?:[\w-]+\s){{0,3}}?(?P<kind>{_NOUN})s?\b"
)
# Characters of the text, and so about a screenful, after which "the statement" is another.
_FARTHEST = 1500


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a text spoke of: what it is, whose it is as written, and where in the text."""

    kind: str
    whose: str
    at: int


def introduced(sentence: str, at: int) -> Document | None:
    """Return the document that a masked sentence, which begins at ``at``, tells the sender of."""
    if not _ANY.search(sentence):
        return None
    if sent := _FROM.search(sentence):
        return Document(sent["kind"], sent["whom"], at)
    issued = _ISSUED.search(sentence)
    if issued is None:
        return None
    before = attributions(sentence[: issued.end()])
    subject = subject_before(sentence, issued.start())
    if before:
        whose = before[-1].subject
    elif subject and not issued["within"]:
        whose = subject[1]
    else:
        named = _THE_NAME.match(sentence)
        whose = named[1] if named else leading_subject(sentence) or leading_role(sentence) or ""
    return Document(issued["kind"], whose, at) if whose else None


def is_meant(phrase: str, document: Document, at: int) -> bool:
    """Return whether a phrase at ``at`` means the document: "the statement" after a post, a thread or a statement.

    "The palace statement" is one of "Salt Palace" only.
    """
    named = _THE.match(phrase)
    if named is None or document.kind not in _KINDS[named["kind"]] or at - document.at > _FARTHEST:
        return False
    return not named["of"] or named["of"] in document.whose.lower().split()
