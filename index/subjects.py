"""Find the subject of a verb in a masked sentence: a name, a pronoun or a role, with what stands beside it."""

import re

from index import cues, wordlists
from index.names import NAME
from index.quotations import MASK

# Subjects are shorter; a bound keeps long sentences linear.
_WINDOW = 320
_TOKEN = re.compile(r"[^\s“”]+|[“”]+")
ROLE = "|".join(sorted(wordlists.ROLE_NOUNS, key=len, reverse=True))
ROLE_START = re.compile(
    rf"(?:the|a|an|one|our|his|her|its|former|then|chief|\d{{1,2}}|[\w’'. &-]*\b(?:{ROLE})s?)\b", re.I
)
_PARTS = frozenset("one some many most several two both".split())
_CONJUNCTIONS = frozenset("however meanwhile still then also".split())
_LOWER_START = re.compile(r"(?:(?:al|el|ul|an|as|ad)-|d['’]|['(])[A-Z]")
_LEADING = re.compile(
    rf"^(?:[A-Z][\w.,’'() /]{{2,40}}\s[–—-]{{1,2}}\s)?(?:(?:But|And|Today,|Yesterday,|This (?:week|morning|month),|However,|Still,|Meanwhile,|Yet|Now,|Then,|Later,|Although|When|While|Since|After|Before|As|If|Though|Because|"
    rf"(?:In|On|At|During|After|For|With)\s[^,]{{1,70}},)\s+)?"
    rf"(?P<np>(?!(?:But|And|However|Although|When|While|Since|After|Before|If|Though|Because|In|On|At|During|For|With|It|"
    rf"Still|Yet|Now|Then|Later|Meanwhile|Today|Yesterday|Once|Also|There|Here|Not|Of|By|From|Under|Over|So|Or|"
    rf"The|This|That|These|Those|There|A|An|His|Her|Their|He|She|They|We|I|You|Some|Many|Most|To|What|Who|How|Why)\b)"
    rf"(?:[A-Z][a-z]+\s+[a-z]+\s+)?{NAME})"
)


def leading_subject(sentence: str) -> str | None:
    """Return the capitalised subject a sentence opens with, after an introductory phrase, or None."""
    found = _LEADING.match(sentence)
    return found["np"] if found else None


def subject_before(sentence: str, verb_at: int) -> tuple[int, str, str] | None:
    """Find the subject that ends where a verb begins.

    Args:
        sentence: The masked sentence.
        verb_at: Where the verb begins.

    Returns:
        Where the subject begins, its words, and its apposition; None where none is found.
    """
    offset = max(0, verb_at - _WINDOW)
    left = sentence[offset:verb_at]
    found = _subject(left)
    return (offset + found[0], found[1], found[2]) if found else None


def _subject(left: str) -> tuple[int, str, str] | None:
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(left)]
    last = len(tokens) - 1
    while last >= 0 and (
        tokens[last][1] in cues.FILLERS or (tokens[last][1].endswith("ly") and tokens[last][1].islower())
    ):
        last -= 1
    if last < 0:
        return None
    last = _skip_parenthesis(tokens, last)
    if last < 0:
        return None
    word = tokens[last][1]
    if word == "who" and last:
        last -= 1
        word = tokens[last][1]
        if not word.endswith(","):
            return _noun_phrase(left, tokens, last)
        inner = [*tokens[:last], (tokens[last][0], word[:-1])]
        return _noun_phrase(left, inner, _skip_parenthesis(inner, last)) or _apposed(left, tokens[: last + 1])
    if word.endswith(","):
        return _apposed(left, tokens[: last + 1])
    return _noun_phrase(left, tokens, last)


def _skip_parenthesis(tokens: list[tuple[int, str]], last: int) -> int:
    if last >= 0 and tokens[last][1].rstrip(",").endswith(")"):
        for index in range(last, max(-1, last - 6), -1):
            if tokens[index][1].startswith("("):
                return index - 1
    return last


def _apposed(left: str, tokens: list[tuple[int, str]]) -> tuple[int, str, str] | None:
    """Find the head of "Name, apposition, " by walking back over the commas."""
    commas = [i for i, (_, word) in enumerate(tokens) if word.endswith(",") or word.endswith("),")]
    for comma in reversed(commas[-6:-1]):
        begin = tokens[comma + 1][0]
        apposition = left[begin:].rstrip().rstrip(",")
        if MASK in apposition or "“" in apposition:
            return None
        inner = [*tokens[:comma], (tokens[comma][0], tokens[comma][1].rstrip(","))]
        head = _noun_phrase(left, inner, _skip_parenthesis(inner, comma))
        if head is None or not head[1][:1]:
            continue
        before = left[: head[0]].rstrip()
        at_boundary = not before or before[-1] in ",”—–:;" or before.split()[-1].lower() in (wordlists.BREAKS | {"as"})
        if not at_boundary:
            continue
        is_role = bool(ROLE_START.match(apposition))
        aside = re.match(
            r"(?:who|whose|speaking|in|on|at|during|which|citing|referring|when|while|after|noting|through|a?long)\b",
            apposition,
        )
        if is_role or aside or re.match(r"[A-Z]\.?[A-Za-z.]*$", apposition):
            role = re.sub(r"^\d{1,3},?\s*(?:,\s*)?", "", apposition) if is_role or not aside else ""
            return head[0], head[1], re.split(r",?\s+who\s|,\s+(?:in|on|during)\s", role)[0]
    return None


def _is_capital(word: str) -> bool:
    return bool(word) and (word[0].isupper() or bool(_LOWER_START.match(word)))


def _breaks_run(word: str) -> bool:
    return word[-1] in ",;:!?”—–" or (
        word[-1] == "."
        and len(word) > 3
        and word.count(".") == 1
        and word[:-1].lower() not in wordlists.TITLES
        and word[:-1] not in ("Jr", "Sr")
    )


def _noun_phrase(left: str, tokens: list[tuple[int, str]], last: int) -> tuple[int, str, str] | None:
    first = _phrase_start(tokens, last)
    if first is None:
        return None
    for _ in range(3):
        # "a spokesman for Youngkin", "the mayor of Richmond": the head stands before the preposition.
        before = first - 1
        if before < 1 or _breaks_run(tokens[before][1]):
            break
        if tokens[before][1] in ("of", "for", "from", "at", "with", "by", "in"):
            earlier = _phrase_start(tokens, before - 1)
            if earlier is None or _breaks_run(tokens[before - 1][1]):
                break
            head = tokens[before - 1][1].lower()
            if (
                head not in wordlists.ROLE_NOUNS
                and head.rstrip("s") not in wordlists.ROLE_NOUNS
                and not (tokens[before][1] == "of" and _is_capital(tokens[before - 1][1]))
            ):
                break
            first = earlier
        elif (
            tokens[before][1] in ("and", "&") and (_is_capital(tokens[first][1])) and _is_capital(tokens[before - 1][1])
        ):
            earlier = _phrase_start(tokens, _skip_parenthesis(tokens, before - 1))
            if earlier is None or _breaks_run(tokens[before - 1][1]):
                break
            ahead = tokens[earlier - 1][1] if earlier else ""
            if ahead and not (ahead[-1] in ",”:;" or ahead in wordlists.BREAKS):
                break
            first = earlier
        else:
            break
    while first < last and tokens[first][1].lower().rstrip(",") in wordlists.BREAKS | _CONJUNCTIONS:
        first += 1
    start, (end_start, end_word) = tokens[first][0], tokens[last]
    end = end_start + len(end_word)
    return start, left[start:end], ""


def _phrase_start(tokens: list[tuple[int, str]], last: int) -> int | None:
    """Return the index of the first word of the noun phrase that ends at token ``last``."""
    if last < 0:
        return None
    word = tokens[last][1]
    if not word:
        return None
    if word in wordlists.PRONOUNS or word in wordlists.FIRST_PERSON:
        return last if word != "who" else None
    if MASK in word or word[-1] in ".,;:!?”)“":
        if not (word[-1] == "." and not _breaks_run(word)):
            return None
    bare = word.rstrip(".,")
    if _is_capital(word):
        return _name_start(tokens, last)
    if not re.fullmatch(r"[a-z][\w’'-]*", bare) or bare in wordlists.BREAKS or bare in wordlists.PREPOSITIONS:
        return None
    for index in range(last, max(-1, last - 8), -1):
        token = tokens[index][1]
        if index < last and (
            _breaks_run(token) or token in wordlists.BREAKS or token in wordlists.PREPOSITIONS or MASK in token
        ):
            return index + 1 if _bare_noun(bare) else None
        if token.lower() in wordlists.DETERMINERS:
            return index if index < last or bare in ("some", "many", "others", "both") else None
        if index == 0:
            return 0 if _bare_noun(bare) else None
    return last if _bare_noun(bare) else None


def _bare_noun(word: str) -> bool:
    return word in wordlists.ROLE_NOUNS or word in ("others", "people", "critics", "locals", "democrats")


def _name_start(tokens: list[tuple[int, str]], last: int) -> int:
    first = last
    while first > 0:
        token = tokens[first - 1][1]
        if _breaks_run(token) or token.lower() in wordlists.BREAKS:
            break
        if _is_capital(token) and token not in (
            "But",
            "However",
            "When",
            "As",
            "And",
            "While",
            "If",
            "Although",
            "Since",
            "In",
            "After",
            "On",
            "At",
            "That",
            "Because",
            "Before",
            "Yet",
            "Still",
            "Then",
        ):
            first -= 1
        elif (
            token in ("de", "del", "la", "van", "von", "der", "bin", "al", "el", "da", "di", "du", "le")
            and first > 1
            and _is_capital(tokens[first - 2][1])
        ):
            first -= 1
        elif token == "&" and first > 1 and _is_capital(tokens[first - 2][1]):
            first -= 1
        else:
            break
    # Lower-case roles: "Democratic strategist Antjuan Seawright", "the team member".
    probe = first - 1
    if probe >= 0 and tokens[probe][1].lower() in wordlists.ROLE_NOUNS | {"member"}:
        while probe > 0 and probe > first - 7:
            token = tokens[probe - 1][1]
            if _breaks_run(token) or token in wordlists.BREAKS or token in wordlists.PREPOSITIONS or MASK in token:
                break
            probe -= 1
            if token.lower() in wordlists.DETERMINERS:
                break
        return probe
    if probe >= 0 and tokens[probe][1].lower() in ("the", "former", "then", "fellow"):
        return probe
    return first
