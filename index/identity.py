"""Whether a name or role that somebody asked for means the speaker of a statement."""

import re

from index import wordlists
from index.names import expand, fold, is_body
from index.person_names import NICKNAMES

_WORD = re.compile(r"[\w.&-]+")
_STOP = frozenset("the a an other of for at in from to and who is by with s mr mrs ms miss mx sir dame".split())
GENERATION = frozenset("jr sr ii iii iv".split())
# Two of these do not belong to one person at one time.
_OFFICES = frozenset("senator representative governor mayor president sheriff".split())
HEADS = frozenset("head president director chief leader chair ceo boss executive chairperson".split())
_DEPUTIES = frozenset("vice deputy assistant associate acting under former lieutenant".split())
# Such a role names somebody else whom its holder is not.
_ON_BEHALF = frozenset(
    "spokesperson spokespeople aide adviser advisor lawyer attorney wife husband son daughter mother father "
    "brother sister "
    "assistant widow neighbor friend secretary staffer".split()
)
_ENDING = re.compile(r"(?:ologists?|ology|ists?|ians?|ics|ers?|ors?|ies|y|s)$")


def same_speaker(asked: str, speaker: str, role: str, written: str) -> bool:
    """Say whether a name or role means the speaker of a statement.

    A bare surname matches; a given name beside it must fit, and so must an office. A role matches where each of its
    words is one of the speaker's. Accents, case and punctuation do not count.

    Args:
        asked: "Garland", "Attorney General Garland", "the head of the NAACP", "Hopper spokesperson".
        speaker: The resolved name, several joined by " and ", or "".
        role: The speaker's role, or "".
        written: The speaker as written beside the words.

    Returns:
        True where it means the speaker, or one of several.
    """
    wanted = asked_words(asked)
    if not wanted:
        return False
    if not speaker:
        return _fits_role(asked, wanted, role or written, named=False)
    if any(_fits_name(asked, wanted, name, role, written) for name in speaker.split(" and ")):
        return True
    return _fits_role(asked, wanted, role, named=True)


def asked_words(text: str) -> list[str]:
    """Return the words of a name or role as they are compared: folded, without articles and titles of courtesy."""
    folded = fold(re.sub(r"[’']s\b", "", text))
    return [w for w in (m.strip(".-") for m in _WORD.findall(folded)) if w and w not in _STOP]


def _fits_name(asked: str, wanted: list[str], name: str, role: str, written: str) -> bool:
    parts = [w for w in asked_words(name) if w not in GENERATION]
    if not parts:
        return False
    letters = re.sub(r"[^A-Za-z]", "", asked)
    if letters.isupper() and len(letters) > 2 and "".join(p[0] for p in parts) == letters.casefold():
        return True
    if is_body(name) or len(parts) == 1:
        theirs = set(parts) | expand(role)
        if all(expand(w) <= theirs or w in theirs for w in wanted) and (parts[-1] in wanted or len(wanted) > 1):
            return True
        if is_body(name):
            return False
    surnames = {p for p in parts[1:] if len(p) > 1} or set(parts)
    found = surnames & set(wanted)
    if not found:
        return wanted == parts[:1] == asked_words(written)
    last = max(wanted.index(w) for w in found)
    titles = wordlists.TITLES | wordlists.ROLE_NOUNS | _DEPUTIES
    for position, word in enumerate(wanted):
        if word in parts or (expand(word) and expand(word) <= expand(role)) or _given_fits(word, parts):
            continue
        if position < last and (word in titles or not expand(word).isdisjoint(titles)):
            continue
        if position > last and word in GENERATION:
            continue
        return False
    offices = expand(" ".join(wanted)) & _OFFICES
    held = expand(role) & _OFFICES
    return not (offices and held) or bool(offices & held)


def _given_fits(word: str, parts: list[str]) -> bool:
    if len(word) == 1:
        return any(p.startswith(word) for p in parts[:-1])
    given = parts[0]
    return (len(given) == 1 and word.startswith(given)) or any(word in group and given in group for group in NICKNAMES)


def _fits_role(asked: str, wanted: list[str], role: str, *, named: bool) -> bool:
    if not role:
        return False
    words = expand(" ".join(wanted))
    held = expand(re.sub(r"[’']s\b", "", role))
    nouns = {
        w
        for w in words
        if w in wordlists.ROLE_NOUNS or w in wordlists.TITLES or w in HEADS or w.endswith(("ist", "ian"))
    }
    if named and not (nouns or asked.lower().startswith("the ")):
        return False
    if held & _DEPUTIES - words - {"former", "acting"}:
        return False
    head = expand(re.split(r"\b(?:for|of|at|to|with|from|in)\b", role.lower(), maxsplit=1)[0])
    if head & _ON_BEHALF and not head & _ON_BEHALF & words and "general" not in head:
        return False
    if words == {"president"} and held - {"president", "us", "american", "former", "united", "states"}:
        return False
    if not named and not any(_alike(w, h) for w in words for h in head):
        return False
    return all(any(_alike(w, h) for h in held) for w in words)


def _alike(one: str, other: str) -> bool:
    if one == other or (one in HEADS and other in HEADS and "head" in (one, other)):
        return True
    stem = _ENDING.sub("", one)
    return len(stem) >= 4 and stem == _ENDING.sub("", other)
