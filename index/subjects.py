"""Find the subject of a verb in a masked sentence: a name, a pronoun or a role, with what stands beside it."""

import re

from index import cues, wordlists
from index.names import NAME, PARTICLES
from index.quotations import MASK

# Subjects are shorter; a bound keeps long sentences linear.
_WINDOW = 320
_TOKEN = re.compile(r"[^\s“”]+|[“”]+")
ROLE = "|".join(sorted(wordlists.ROLE_NOUNS, key=len, reverse=True))
ROLE_START = re.compile(
    rf"(?:the|a|an|one|our|his|her|its|former|then|chief|\d{{1,2}}|"
    rf"(?:(?!(?:in|on|at|to|his|her|with|from|by|for|as)\s)[\w’'.&-]+\s){{0,6}}(?:{ROLE})s?)\b",
    re.IGNORECASE,
)
_ABBREVIATIONS = wordlists.TITLES | {"jr", "sr"}
_NAME_LIKE = re.compile(r"['(]?[\w’'‘.&-]+['),]?")
_COMMON_NOUN = re.compile(r"[a-z][\w’'-]*")
_DATE_WORDS = frozenset(wordlists.DATES.split("|"))
_BARE_NOUNS = frozenset("others people critics locals some many both".split())
_OPENINGS = frozenset(
    "But However When As And While If Although Since In After On At That Because Before Yet Still Then".split()
)
# "DeSantis in a statement said"
_CHANNEL_BEFORE_VERB = re.compile(
    rf"\s(?:in|on|at)\s(?:(?:a|an|his|her|their|the)\s)?(?:[\w’'-]+\s){{0,2}}{cues.CHANNEL}\s*$"
)
_LONGEST_PHRASE = 8
_ASIDE = re.compile(
    r"(?:who|whose|speaking|in|on|at|during|which|citing|referring|when|while|after|noting|through|a?long)\b"
)
_PARTS = frozenset("one some many most several two both".split())
_CONJUNCTIONS = frozenset("however meanwhile still then also".split())
_LOWER_START = re.compile(r"(?:(?:al|el|ul|an|as|ad)-|d['’]|['(])[A-Z]")
_NO_SUBJECT = (
    "But|And|However|Although|When|While|Since|After|Before|If|Though|Because|In|On|At|During|For|With|It|Still|Yet|Now|"
    "Then|Later|Meanwhile|Today|Yesterday|Once|Also|There|Here|Not|Of|By|From|Under|Over|So|Or|The|This|That|These|Those|"
    "A|An|His|Her|Their|He|She|They|We|I|You|Some|Many|Most|To|What|Who|How|Why"
)
_LEADING = re.compile(
    r"^(?:[A-Z][\w.,’'() /]{2,40}\s[–—-]{1,2}\s)?"
    r"(?:(?:But|And|Today,|Yesterday,|This (?:week|morning|month),|However,|Still,|Meanwhile,|Yet|Now,|Then,|Later,|"
    r"Although|When|While|Since|After|Before|As|If|Though|Because|(?:In|On|At|During|After|For|With)\s[^,]{1,70},)\s+)?"
    rf"(?P<np>(?!(?:{_NO_SUBJECT})\b)(?:[A-Z][a-z]+\s+[a-z]+\s+)?{NAME})"
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
    channel = _CHANNEL_BEFORE_VERB.search(left, max(0, len(left) - 60))
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(left, 0, channel.start() if channel else len(left))]
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
        aside = _ASIDE.match(apposition)
        if is_role or aside or re.match(r"[A-Z]\.?[A-Za-z.]*$", apposition):
            role = re.sub(r"^\d{1,3},?\s*(?:,\s*)?", "", apposition) if not aside else ""
            return head[0], head[1], re.split(r",?\s+who\s|,\s+(?:in|on|during)\s", role)[0]
    return None


def _is_capital(word: str) -> bool:
    return bool(word) and (word[0].isupper() or bool(_LOWER_START.match(word)))


def _breaks_run(word: str) -> bool:
    """True for a word that ends what stands before it: by a comma, or by a full stop that is no abbreviation's."""
    if word[-1] in ",;:!?”—–":
        return True
    stem = word[:-1]
    return word[-1] == "." and len(word) > 3 and "." not in stem and stem.lower() not in _ABBREVIATIONS


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
    word = tokens[last][1] if last >= 0 else ""
    if not word or word == "who" or MASK in word or word in _DATE_WORDS:
        return None
    if word in wordlists.PRONOUNS or word in wordlists.FIRST_PERSON:
        return last
    if _breaks_run(word) or word[-1] in ")“":
        return None
    if _is_capital(word):
        return _name_start(tokens, last) if _NAME_LIKE.fullmatch(word) else None
    bare = word.rstrip(".,")
    if not _COMMON_NOUN.fullmatch(bare) or bare in wordlists.BREAKS or bare in wordlists.PREPOSITIONS:
        return None
    return _common_noun_start(tokens, last, bare)


def _common_noun_start(tokens: list[tuple[int, str]], last: int, noun: str) -> int | None:
    can_be_bare = noun in wordlists.ROLE_NOUNS or noun in _BARE_NOUNS
    for index in range(last, max(-1, last - _LONGEST_PHRASE), -1):
        token = tokens[index][1]
        if index < last and _ends_phrase(token):
            return index + 1 if can_be_bare else None
        if token.lower() in wordlists.DETERMINERS:
            return index if index < last or noun in _BARE_NOUNS else None
        if index == 0:
            return 0 if can_be_bare else None
    return last if can_be_bare else None


def _ends_phrase(token: str) -> bool:
    return _breaks_run(token) or token in wordlists.BREAKS or token in wordlists.PREPOSITIONS or MASK in token


def _name_start(tokens: list[tuple[int, str]], last: int) -> int:
    """Walk back over the capitalised words of a name, then over a role before it ("Democratic strategist X")."""
    first = last
    while first > 0:
        token = tokens[first - 1][1]
        if (
            _breaks_run(token)
            or token.lower() in wordlists.BREAKS
            or token in _OPENINGS
            or not _NAME_LIKE.fullmatch(token)
        ):
            break
        linked = (token in PARTICLES or token == "&") and first > 1 and _is_capital(tokens[first - 2][1])  # noqa: S105
        if not _is_capital(token) and not linked:
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
