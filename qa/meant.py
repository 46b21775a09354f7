"""Whom a phrase of a question means: "boston doctor scott hadland", "the NFL's safety chief", "her agent"."""

import re
from functools import lru_cache

from index import wordlists
from index.identity import GENERATION, HEADS, asked_words
from index.names import expand, fold, is_body
from index.person_names import NICKNAMES
from index.records import Article, Statement
from index.statements import same_person
from qa.described import LEAST, is_described
from qa.mentions import ROLE
from qa.state_media import is_state_media
from qa.words import content_stems

# "Thomas Smith of the LSE": what may follow a name that ends nothing.
_AFTER_NAME = frozenset("of from at in with for".split())
_OWNER = re.compile(r"^(?:the\s+)?(?P<owner>[\w.&’' -]*?\w)(?:['’]s|(?<=s)['’])\s+(?P<role>\S.*)$", re.IGNORECASE)
# As it is typed in haste: "saltlands governor".
_OWNER_TYPED = re.compile(r"^(?:the\s+)?(?P<owner>\w{3,})s\s+(?P<role>\S.*)$", re.IGNORECASE)
_OWN = re.compile(r"^(?:his|her|its|their|our|my|your)\s+(?P<role>\S.*)$", re.IGNORECASE)
# "Justice Mansfield's opinion" says what he says.
_DOCUMENT = re.compile(
    r"(?:['’]s|(?<=s)['’])\s+(?:\w+\s+)?(?:opinion|ruling|dissent|letter|statement|speech|report|essay|column|book|memoir|"
    r"posts?|tweets?|email|op-ed|testimony|remarks|announcement|lawsuit|complaint|review)$",
    re.IGNORECASE,
)
# Of a senator or governor the place is half the name, and an article may have several.
_PART_OF = re.compile(
    r"^(?:the\s+)?(?P<role>(?!sen|rep|gov|congress|mayor)\S+(?: \S+)?)\s+(?:of|in|at|for|from)\s+(?P<whose>.+)$",
    re.IGNORECASE,
)
_LAWYER = re.compile(r"\b(?:lawyer|attorney)(?P<s>s?)\b", re.IGNORECASE)
_SHORT_ROLES = {"cfo": "finance chief", "ceo": "executive chief", "coo": "operating chief", "cto": "technology chief"}
_SAME = {"financial": "finance", "american": "america", "british": "britain"}
# "The shop owner", "the chairman of the buyers"
_DESCRIBED = re.compile(
    rf"^(?:the\s+)?(?P<before>(?:[\w’'-]+\s+){{0,3}}?)(?P<office>{ROLE.pattern})(?:\s+(?:of|at|for|in|from)\s+(?P<whose>.+))?$",
    re.IGNORECASE,
)
# As much of a first name as somebody is called by.
_SHORTENED = 4
_NO_DESCRIPTION = frozenset("the a an of for at in from to and".split())
# "Head of training" is no more than a head of something; two words more are the office.
_FEWEST_BESIDE_HEAD = 2


# "Mayor Garcetti" has no first name, and neither has "But Garcetti" at the beginning of a sentence.
_GIVEN_NAMES = wordlists.MENS_NAMES | wordlists.WOMENS_NAMES
_WITHIN_SENTENCE = re.compile(r"[\w,;'’] ")
_NO_FIRST_NAMES = wordlists.TITLES | wordlists.COURTESY | wordlists.ROLE_NOUNS
_FULL_NAME = re.compile(r"(?P<first>[A-ZÀ-Þ][\w.’'-]*)(?: [A-ZÀ-Þ][\w.’'-]*)? (?P<surname>[A-ZÀ-Þ][\w.’'-]+)")


def is_meant(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether a phrase means the speaker of a statement, by name or office.

    Beside the rules of ``index.identity.same_speaker``: the full name may stand behind or before whatever describes
    its bearer, and a surname alone for it in an article that gives nobody of that name another first name; "X's
    mayor" and "their lawyer" mean a mayor and a lawyer in an article that names X; the head of something is also called
    its chief, president, director or the like.

    Args:
        asked: "fire expert Rory Hadden", "GM's finance chief", "the head of Amnesty International".
        statement: One that somebody made in ``article``.
        article: The article.
    """
    asked = _DOCUMENT.sub("", asked)
    return (
        same_person(asked, statement)
        or is_named_in(asked, statement.speaker)
        or _has_surname(asked, statement.speaker, article.text)
        or _holds_office(asked, statement, article)
        or _heads(asked, statement.role)
        or is_state_media(asked, statement.speaker)
    )


def is_spoken_of(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether a phrase describes the speaker, to be asked where ``is_meant`` is true of nobody.

    See ``qa.described.is_described``. Of several who are asked for together ("the FBI and Homeland Security") one will
    do, and so will "the judge" for "the judge in the Holt trial" where the article tells of that trial.
    """
    parts = [part for part in re.split(r",?\s+and\s+", asked) if part]
    if len(parts) > 1 and any(
        is_meant(part, statement, article) or is_spoken_of(part, statement, article) for part in parts
    ):
        return True
    asked = _DOCUMENT.sub("", asked)
    part = _PART_OF.match(asked)
    if (
        part
        and _fits(part["role"], statement)
        and _share_told(part["whose"], f"{article.title} {article.text}") >= LEAST
    ):
        return True
    return not _names_owner(asked, statement.speaker) and is_described(asked, statement, article)


def is_called(asked: str, statement: Statement) -> bool:
    """Return whether a phrase is a first name of the speaker, or how it begins: "Rich", "Shaq" for "Shaquille".

    To be asked where nothing else fits, and trusted where it fits one speaker only.
    """
    given, _, surname = fold(statement.speaker).partition(" ")
    name = fold(asked)
    if not surname or " " in name or is_body(statement.speaker):
        return False
    shortened = len(name) >= _SHORTENED and given.startswith(name)
    return name == given or shortened or any(name in group and given in group for group in NICKNAMES)


def has_office(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether the speaker has an office like the one asked for, of which the article tells the rest.

    "The shop owner" is the owner of Harbor Books in an article that tells of a shop. To be asked where nothing else
    fits, and trusted where it fits one speaker only.
    """
    described = _DESCRIBED.match(asked)
    if described is None or not statement.speaker or not statement.role:
        return False
    rest = set(content_stems(f"{described['before'] or ''} {described['whose'] or ''}"))
    if not rest or not (_fits(described["office"], statement) or _heads(described["office"], statement.role)):
        return False
    told = _stems_told(f"{article.title} {article.text}") | set(content_stems(statement.role))
    return len(rest & told) >= LEAST * len(rest)


# An article may have a hundred statements, and all of them are looked at.
@lru_cache(maxsize=32)
def _stems_told(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def is_named_in(asked: str, speaker: str) -> bool:
    """Return whether a phrase has first name and surname of a person side by side, where a name ends."""
    names = [word for word in asked_words(speaker) if word not in GENERATION and len(word) > 1]
    if len(names) < 2 or is_body(speaker) or _names_owner(asked, speaker):
        return False
    words = re.sub(r"[’']s\b", "", asked.lower()).split()
    folded = [next(iter(asked_words(word)), "") for word in words]
    for form in (names, [names[0], names[-1]]):
        for end in range(len(form), len(folded) + 1):
            if folded[end - len(form) : end] == form:
                return end == len(folded) or words[end] in _AFTER_NAME
    # "Technobubble's Hidalgo"
    return folded[-1:] == names[-1:] and re.search(r"['’]s\s+\S+$", asked) is not None


def _has_surname(asked: str, speaker: str, text: str) -> bool:
    """Return whether ``speaker`` is nothing but the surname of a full name, and no other's in the text."""
    full = _FULL_NAME.fullmatch(re.sub(r"[’']s$", "", asked))
    if full is None or " " in speaker or full["surname"] != speaker or is_body(asked):
        return False
    return all(
        match["first"] == full["first"]
        or match["first"].rstrip(".").lower() in _NO_FIRST_NAMES
        or (
            not _WITHIN_SENTENCE.match(text[max(0, match.start() - 2) : match.start()])
            and match["first"].lower() not in _GIVEN_NAMES
        )
        for match in re.finditer(rf"\b(?P<first>[A-ZÀ-Þ][\w.’'-]*) {re.escape(speaker)}\b", text)
    )


def _names_owner(asked: str, speaker: str) -> bool:
    """Return whether a phrase names a person only as the owner of what it means: "Swindle's sister"."""
    last = speaker.split()[-1:]
    return bool(last) and re.search(rf"\b{re.escape(last[0])}(?:['’]s|(?<=s)['’])\s", asked, re.IGNORECASE) is not None


def _holds_office(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether the speaker has the office that somebody, or a place or body, is said to have."""
    own, owned = _OWN.match(asked), _OWNER.match(asked) or _OWNER_TYPED.match(asked)
    if own:
        return _fits(own["role"], statement) or _heads(own["role"], statement.role)
    if not owned or _names_owner(asked, statement.speaker):
        return False
    fits = _fits(owned["role"], statement) or _heads(owned["role"], statement.role)
    return fits and _share_told(owned["owner"], f"{statement.role} {article.title} {article.text}") == 1.0


def _share_told(phrase: str, text: str) -> float:
    """Return the share of a phrase's words that a text has. A whole article takes a while: to be asked last."""
    words = set(asked_words(phrase))
    return len(words & set(asked_words(text))) / len(words) if words else 1.0


def _fits(role: str, statement: Statement) -> bool:
    forms = {role, _LAWYER.sub(r"lawyer\g<s>", role), _LAWYER.sub(r"attorney\g<s>", role)}
    return any(same_person(f"the {form}", statement) for form in forms)


def _heads(asked: str, role: str) -> bool:
    """Return whether both are heads of the same: all words of the phrase but those for a head are in the role."""
    theirs = _common(role)
    if not theirs & HEADS:
        return False
    wanted = _common(asked)
    rest = wanted - HEADS
    enough = _FEWEST_BESIDE_HEAD if theirs & {"vice", "deputy", "assistant"} else 1
    return bool(wanted & HEADS) and len(rest) >= enough and rest <= theirs


def _common(phrase: str) -> set[str]:
    """Return the words of an office in a common form: "CFO" is a finance chief, a secretary general a head."""
    found: set[str] = set()
    for word in expand(re.sub(r"[’']s\b", "", phrase)) - _NO_DESCRIPTION:
        found |= set(_SHORT_ROLES.get(word, _SAME.get(word, word)).split())
    if {"secretary", "general"} <= found or "secretary-general" in found:
        found |= {"head"}
    return found
