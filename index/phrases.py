"""Where a noun phrase begins that ends at a given word: a name with its title, a role, a list of people.

Tokens are pairs of a position in the sentence and a word with its punctuation.
"""

import re

from index import cues, wordlists
from index.names import NAME, PARTICLES, split_title
from index.quotations import MASK

_DESCRIPTION = re.compile(r"[,.?!…—-][’'”]*”\s+((?:(?:[A-Za-z][\w.&’'-]*|\d{1,3}-year-old)\s+){1,6})$")
_LONGEST_DESCRIPTION = 100
_BEFORE_DESCRIPTION = frozenset("a an the his her their".split())
_NOT_DESCRIBING = (
    wordlists.PREPOSITIONS | wordlists.BREAKS - {"and"} | wordlists.PRONOUNS | cues.CUES | {"a", "an", "the"}
)
_ABBREVIATIONS = wordlists.TITLES | {"jr", "sr"}
_NAME_LIKE = re.compile(r"['(]?[\w’'‘.&-]+['),]?")
_COMMON_NOUN = re.compile(r"[a-z][\w’'-]*")
_DATE_WORDS = frozenset(wordlists.DATES.split("|"))
_NO_SUBJECTS = frozenset("who me us him them".split())
_BARE_NOUNS = frozenset("others people critics locals some many both".split())
_OPENINGS = frozenset(
    "But However When As And While If Although Since In After On At That Because Before Yet Still Then Today "
    "Yesterday Recently Earlier Later Now Nearby".split()
)
SOMEONES = re.compile(r"\s(?:for|of|from|at|to|with|published|released|conducted|commissioned|issued|prepared)\s")
# What follows "Saltland's" in "Saltland's pier agency", "the U.N.'s" in "the U.N.'s agency for piers". Documents are
# left to whoever issued them.
_OWNED = "|".join(sorted((wordlists.ROLE_NOUNS | wordlists.ORGANISATION) - wordlists.DOCUMENTS))
POSSESSED = re.compile(rf"(?:(?<=[’']s)|(?<=\.)[’']s)(?:\s[a-z-]+){{0,3}}?\s(?:{_OWNED})\b(?:\s{NAME})?")
_LONGEST_PHRASE = 8
_AFTER_NAMES = frozenset("jr sr ii iii iv md phd dds dvm esq qc kc sc mp rn cpa usn usaf usmc ret".split())
_LOWER_START = re.compile(r"(?:(?:al|el|ul|an|as|ad)-|d['’]|['(])[A-Z]")


def is_capital(word: str) -> bool:
    """Say whether a word begins as names do."""
    return bool(word) and (word[0].isupper() or bool(_LOWER_START.match(word)))


def breaks_run(word: str) -> bool:
    """True for a word that ends what stands before it: by a comma, or by a full stop that is no abbreviation's."""
    if word[-1] in ",;:!?”—–":
        return True
    stem = word[:-1]
    return word[-1] == "." and len(word) > 3 and "." not in stem and stem.lower() not in _ABBREVIATIONS


def skip_parenthesis(tokens: list[tuple[int, str]], last: int) -> int:
    """Return the index of the word before "(D-N.J.)" where ``last`` ends it, else ``last``."""
    if last >= 0 and tokens[last][1].rstrip(",").endswith(")"):
        for index in range(last, max(-1, last - 6), -1):
            if tokens[index][1].startswith("("):
                return index - 1
    return last


def preposition_before(tokens: list[tuple[int, str]], first: int) -> int:
    """Return the index of the word before a phrase; "in southwestern" and "at the quiet" are "in" before a name."""
    before = first - 1
    if before > 2 and is_capital(tokens[first][1]) and tokens[before][1].islower() and tokens[before - 1][1] == "the":
        return before - 2
    if before > 1 and is_capital(tokens[first][1]) and tokens[before][1].endswith("ern"):
        return before - 1
    return before


def list_start(tokens: list[tuple[int, str]], first: int, last: int) -> int:
    """Return where a list of people begins whose last one begins at ``first``: "Sen. A (D-Vt.), B B, and C"."""
    start, joined = first, any(word == "and" for _, word in tokens[first:last])
    latest = " ".join(word for _, word in tokens[first : last + 1]).rsplit(" and ", 1)[-1]
    if not split_title(latest.partition(" of ")[0])[1]:
        return first  # "President and CEO"
    if not (is_capital(tokens[first][1]) and _NAME_LIKE.fullmatch(tokens[first][1])):
        return first
    while start > 0:
        ahead = start - 1
        if tokens[ahead][1] in ("and", "&"):
            joined, ahead = True, ahead - 1
        elif not joined or tokens[ahead][1][-1] != ",":
            break
        ahead = skip_parenthesis(tokens, ahead)
        word = tokens[ahead][1].rstrip(",") if ahead >= 0 else ""
        if not word or not is_capital(word) or not _NAME_LIKE.fullmatch(word) or word.endswith(("'s", "’s")):
            break
        begin = _name_start([*tokens[:ahead], (tokens[ahead][0], word)], ahead)
        surnames = begin == ahead and first == last - 2 and word not in _OPENINGS | _DATE_WORDS  # "A, B and C"
        if (begin == ahead and not surnames) or not is_capital(tokens[begin][1]):
            break
        start = begin
    ahead_word = tokens[start - 1][1] if start else ""
    ends = not ahead_word or ahead_word[-1] in ",”:;)—–-." or ahead_word.lower() in wordlists.BREAKS | {"today", "both"}
    return start if ends or is_plural_role(ahead_word) else first


def is_plural_role(word: str) -> bool:
    """True for "directors", which may stand before several names."""
    return word.endswith("s") and word[:-1] in wordlists.ROLE_NOUNS


def phrase_start(tokens: list[tuple[int, str]], last: int) -> int | None:
    """Return the index of the first word of the noun phrase that ends at token ``last``."""
    word = tokens[last][1] if last >= 0 else ""
    if not word or word in _NO_SUBJECTS or MASK in word or word in _DATE_WORDS:
        return None
    if word in wordlists.PRONOUNS or word in wordlists.FIRST_PERSON:
        return last
    if breaks_run(word) or word[-1] in ")“":
        return None
    if is_capital(word):
        named = _NAME_LIKE.fullmatch(word) and word.lower() not in wordlists.PREPOSITIONS
        return _name_start(tokens, last) if named else None
    bare = word.rstrip(".,")
    if not _COMMON_NOUN.fullmatch(bare) or bare in wordlists.BREAKS or bare in wordlists.PREPOSITIONS:
        return None
    return _common_noun_start(tokens, last, bare)


def _common_noun_start(tokens: list[tuple[int, str]], last: int, noun: str) -> int | None:
    can_be_bare = noun in wordlists.ROLE_NOUNS or noun in _BARE_NOUNS or is_plural_role(noun)
    for index in range(last, max(-1, last - _LONGEST_PHRASE), -1):
        token = tokens[index][1]
        among = 0 < index < last and noun.endswith("s") and token in ("and",)
        if among and is_plural_role(tokens[index - 1][1]) and is_plural_role(noun):
            continue  # "the representatives and senators"
        if among and is_capital(tokens[index - 1][1]) and is_capital(tokens[index + 1][1]):
            continue  # "several Saltby and Quill County officials"
        if index < last and _ends_phrase(token):
            return index + 1 if can_be_bare else None
        if token.lower() in wordlists.DETERMINERS:
            return index if index < last or noun in _BARE_NOUNS else None
        if index == 0:
            return 0 if can_be_bare else None
    return last if can_be_bare else None


def _ends_phrase(token: str) -> bool:
    return breaks_run(token) or token in wordlists.BREAKS or token in wordlists.PREPOSITIONS or MASK in token


def _name_start(tokens: list[tuple[int, str]], last: int) -> int:
    """Walk back over the capitalised words of a name, then over a role before it ("Democratic strategist X")."""
    first = last
    while first > 0:
        token = tokens[first - 1][1]
        if (
            breaks_run(token)
            or token.lower() in wordlists.BREAKS
            or token in _OPENINGS
            or not _NAME_LIKE.fullmatch(token)
        ):
            break
        linked = (token in PARTICLES or token == "&") and first > 1 and is_capital(tokens[first - 2][1])  # noqa: S105
        if not is_capital(token) and not linked:
            break
        first -= 1
    if first and tokens[first - 1][1] in PARTICLES:  # "a day after de Blasio said"
        first -= 1
    before = tokens[first - 1][1].lower() if first else ""
    if before in ("the", "former", "then", "fellow"):
        return first - 1
    if before not in wordlists.ROLE_NOUNS:
        return first
    probe = first - 1
    while probe > max(0, first - _LONGEST_PHRASE) and not _ends_phrase(tokens[probe - 1][1]):
        probe -= 1
        if tokens[probe][1].lower() in wordlists.DETERMINERS:
            break
    return probe


def description_start(sentence: str, start: int, name: str) -> int:
    """Return where the description begins that leads from a quotation to ``name`` at ``start``, else ``start``.

    "“…,” Saltby left fielder Omar Penn said": beside a quotation that ends a clause nothing else can stand there.
    """
    before = _DESCRIPTION.search(sentence, max(0, start - _LONGEST_DESCRIPTION), start)
    if before is None or not is_capital(name.split()[-1]):
        return start
    words = before[1].split()
    words = words[1:] if words[0] in _BEFORE_DESCRIPTION else words
    small = [word for word in words if word[0].islower()]
    if not words or (not small and not words[0][0].isdigit()):
        return start
    return start if any(word in _NOT_DESCRIBING for word in small) else before.start(1)


def without_letters(tokens: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Take out "Jr." and "M.D." after a name and its comma."""
    kept: list[tuple[int, str]] = []
    for start, word in tokens:
        if kept and kept[-1][1].endswith(",") and word.strip(".,").replace(".", "").lower() in _AFTER_NAMES:
            goes_on = word.endswith(",") and start != tokens[-1][0]
            kept[-1] = (kept[-1][0], kept[-1][1].rstrip(",") + ("," if goes_on else ""))
        else:
            kept.append((start, word))
    return kept


def is_someones(phrase: str) -> bool:
    """True for "a spokesman for Youngkin": a name is in it, but of somebody else."""
    tokens = phrase.split()
    several = len(tokens) > 2 and tokens[0].endswith("s") and tokens[0].lower().rstrip("s") in wordlists.ROLE_NOUNS
    if several and tokens[1] in ("in", "of", "at", "from", "with", "for"):
        return True  # "Officials in southwestern Virginia"
    if len(tokens) > 2 and tokens[1].endswith(("'s", "’s")) and tokens[2][0].isupper():
        return False  # "the city's Department of Piers"
    return (
        tokens[0].lower() in wordlists.DETERMINERS
        and len(tokens) > 1
        and tokens[1][0].islower()
        and (bool(SOMEONES.search(phrase)) or tokens[-1][0].islower())
    )
