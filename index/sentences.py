"""Find the sentences of news prose with a few rules: a full stop ends one unless the word before it says otherwise."""

import re

_CLOSERS = "\"'”’»)]"
# A run of end marks with the closing marks that belong to it, before space, the end, or (no space after a
# closing quotation mark, as press releases have it) a capital.
# The look-behind keeps a long run of stops linear.
_END = re.compile(rf"(?<![.!?…])[.!?…]++[{re.escape(_CLOSERS)}]*+(?=\s|$)|[.!?…][\"”](?=[A-Z“])|\n\s*\n")
_WORD_BEFORE = re.compile(r"[\w.&’'-]+$")
_ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w’'.-]*\s+){1,4}(?:said|says|asked|asks|added|wrote|told|replied|shouted|wondered|exclaimed)\b"
)
_LOOK_BACK = 24

# A name follows, so these never end a sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr drs profs prof rev fr hon sec sen sens rep reps gov govs gen col lt sgt cpl capt cmdr adm maj pvt "
    "pres supt atty st ste mt ft messrs mme mlle vs v".split()
)
# These do not end a sentence where a number follows.
_BEFORE_NUMBER = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos fig vol art sec pp p ch para approx est".split()
)
# These end a sentence only where a word that often begins one follows.
_AMBIGUOUS = frozenset(
    "inc corp co ltd llc bros jr sr esq ph.d m.d b.a m.a etc al dept assn univ ave blvd rd e.g i.e a.m p.m u.s u.k u.n "
    "d.c l.a n.y n.j e.u u.s.a ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo "
    "mont neb nev okla ore pa tenn tex va vt wash wis wyo".split()
)
_STARTERS = frozenset(
    "a after all also although an and another as at because before both but by despite during each even every few "
    "for from he her his how however i if in instead it its last like many meanwhile more most my no not now of on "
    "one only or other our over she since so some still such that the their then there these they this those though "
    "to under until we what when where whether which while who why with you your".split()
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Split prose into sentences in linear time.

    Returns:
        Half-open character spans in order. They do not overlap, begin and end at a character that is not
        space, and leave out nothing but space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() <= start or not _is_boundary(text, start, match):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] == "\n":
        return True
    following = text[match.end() : match.end() + 80].lstrip()
    if not following:
        return True
    if following[0].islower():
        return False
    if mark[0] == "." and not mark.startswith(".."):
        return _full_stop_ends(text, start, match.start(), following)
    quoted = mark[-1] in "\"”'’"
    return not (quoted and _ATTRIBUTION.match(following))


def _full_stop_ends(text: str, start: int, stop: int, following: str) -> bool:
    window = max(start, stop - _LOOK_BACK)
    found = _WORD_BEFORE.search(text[window:stop])
    if found is None:
        return True
    word = found.group().lstrip("'’-").lower()
    if word in _TITLES:
        return False
    if word in _BEFORE_NUMBER and following[0].isdigit():
        return False
    if word.isdigit() and window == start and not text[start : window + found.start()].strip(' \t\r\n"“'):
        return False  # "1. The committee": the number of a list
    is_initial = len(word) == 1 and word.isalpha()
    if is_initial or word in _AMBIGUOUS or _has_inner_stops(word):
        first = re.match(r"[“\"‘']?([A-Za-z]*)", following)
        # After an initial the quotation is a nickname: Earl L. “Buddy” Carter.
        quotation = following[0] in '“"' and not is_initial
        return quotation or (first is not None and first.group(1).lower() in _STARTERS)
    return True


def _has_inner_stops(word: str) -> bool:
    """True for "u.s" or "j.d", the letters of an abbreviation with stops between them."""
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)
