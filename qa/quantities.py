"""Numbers as news text writes them, and whether two of them cannot both be right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.words import content_stems

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {"no": 0, "none": 0, "nobody": 0}
_TENS = {word: ten for ten, word in zip(range(20, 100, 10), (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), strict=True)}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_GLUED = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}  # only right behind digits: "$5m"
_SHARES = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+|[^\W\d_]+(?:['’]\w+)?|[$€£¥½%:/–—-]")
_ORDINAL = frozenset("st nd rd th".split())
_ABOVE = re.compile(
    r"(?:more than|over|at least|upwards? of|no (?:fewer|less) than|above|exceed\w*|topp\w+|>)\W*$", re.I
)
_BELOW = re.compile(
    r"(?:(?:fewer|less|no more) than|under|up to|as (?:many|much|long|far) as|at most|below|within|<)\W*$", re.I
)
_ABOUT = re.compile(
    r"(?:about|around|some|roughly|approximately|nearly|almost|close to|an? estimated|estimated|near|just|maybe|"
    r"perhaps|~)\W*$",
    re.I,
)
_OR_MORE = re.compile(r"^\W*(?:or more|and counting|plus|\+|(?:\w+ ){0,2}(?:or more|and counting)\b)|^\+", re.I)
_OR_SO = re.compile(r"^\W*(?:\w+ )?or so\b|^\W*-?(?:plus or minus|ish)\b", re.I)
_RANGE = frozenset("to and or - – — through".split())
# How many of the first unit of its dimension; other things are only counted.
_UNITS = {
    "time": {"day": 1.0, "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "week": 7.0, "fortnight": 14.0,
             "month": 30.4, "year": 365.0, "decade": 3652.0},
    "length": {"meter": 1.0, "metre": 1.0, "inch": 0.0254, "foot": 0.3048, "yard": 0.9144, "mile": 1609.3,
               "kilometer": 1000.0, "kilometre": 1000.0, "km": 1000.0},
    "weight": {"kilogram": 1.0, "kilo": 1.0, "kg": 1.0, "gram": 0.001, "ounce": 0.02835, "pound": 0.4536, "ton": 1000.0,
               "tonne": 1000.0},
    "share": {"percent": 1.0, "%": 1.0},
    "$": {"dollar": 1.0, "cent": 0.01, "buck": 1.0},
    "€": {"euro": 1.0},
}  # fmt: skip
_KNOWN = {word: (dimension, factor) for dimension, units in _UNITS.items() for word, factor in units.items()}
_PLURALS = {"feet": "foot", "inches": "inch", "centuries": "century"}
# Words that tell nothing of what is counted.
_UNTELLING = frozenset(
    "people person member more other new old total additional about around roughly approximately nearly almost so "
    "fewer less least most plus just only half each apart away ago further"
    .split()
)  # fmt: skip
# Converted values are rounded: "two months" for nine weeks, "10 miles" for 17 kilometres.
_CONVERTED = 0.1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    Attributes:
        low: The least that the words can mean.
        high: The most.
        dimension: "$", "€", "£", "¥", "time", "length", "weight", "share", or "" for what is merely counted.
        unit: The unit as it is written ("week"), or "".
        factor: How many of the first unit of the dimension the unit is.
        counted: Stems of the words for what is counted; empty where the words do not tell.
        year: A number that looks like a year.
    """

    low: float
    high: float
    dimension: str = ""
    unit: str = ""
    factor: float = 1.0
    counted: frozenset[str] = frozenset()
    year: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    """A number at the tokens ``first`` to ``after``; ``step`` is that to the next one of its roundness."""

    value: float
    step: float
    first: int
    after: int
    sign: str


def quantities(text: str, before: str = "", after: str = "") -> list[Quantity]:
    """Return the numbers of a text in order; a range ("10 to 12 miles") is one.

    Args:
        text: The words.
        before: What stands before them: "about" may be the last word of it.
        after: What stands behind them: the unit may be the first word of it.

    >>> [(found.low, found.high, found.counted) for found in quantities("seventeen arrests")]
    [(17.0, 17.0, frozenset({'arrest'}))]
    """
    tokens = list(_TOKEN.finditer(text))
    words = [token[0].lower() for token in tokens]
    found: list[_Number] = []
    place = 0
    while place < len(words):
        number = _number_at(tokens, words, place)
        found += [number] if number else []
        place = number.after if number else place + 1
    ranges = _ranges(found, words)
    ends = [*(numbers[0].first for numbers in ranges[1:]), len(words)]
    return [
        _quantity(text, before, after, tokens, numbers, words[numbers[-1].after : end])
        for numbers, end in zip(ranges, ends, strict=False)
    ]


def numbers_differ(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers count the same and cannot both be right; False where that is not certain."""
    if one.year != other.year or one.dimension != other.dimension:
        return False
    if not one.dimension and one.counted and other.counted and one.counted.isdisjoint(other.counted):
        return False
    return not _meet(one, other)


def numbers_agree(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers can be one, as far as their units are known."""
    return (one.dimension == other.dimension or not one.dimension or not other.dimension) and _meet(one, other)


def _meet(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers can be equal; where only one has a unit, it is taken for that of both."""
    first, second = (one.factor, other.factor) if one.dimension == other.dimension else (1.0, 1.0)
    greatest = max(one.high * first, other.high * second)
    # A hair, for what floating point makes of "1.2 million" and "1,200,000".
    slack = greatest * (_CONVERTED if first != second else 1e-9)
    return one.low * first <= other.high * second + slack and other.low * second <= one.high * first + slack


def _number_at(tokens: Sequence[re.Match[str]], words: Sequence[str], place: int) -> _Number | None:
    """Return the number that begins at a token, or None."""
    first, sign = place, ""
    if words[place] in "$€£¥":
        sign, place = words[place], place + 1
    word = _word(words, place)
    if not word:
        return None
    if word[:1].isdigit() or word.startswith("."):
        return _in_digits(tokens, words, place, first, sign)
    return _share_at(words, place) or _in_words(words, place)


def _word(words: Sequence[str], place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""


def _in_digits(
    tokens: Sequence[re.Match[str]], words: Sequence[str], place: int, first: int, sign: str
) -> _Number | None:
    digits = words[place].replace(",", "")
    value, places = float(digits), len(digits.partition(".")[2])
    place += 1
    following = _word(words, place)
    glued = place < len(words) and tokens[place].start() == tokens[place - 1].end()
    if glued and following in _ORDINAL:
        return None
    if following in (":", "/") or _word(words, first - 1) in (":", "/"):
        return None  # a time of the day, a date, a fraction
    if following == "½":
        value, places, place = value + 0.5, 1, place + 1
    if _word(words, place) == "-" and _word(words, place + 1) in _SCALES:
        place += 1
    scale = _SCALES.get(_word(words, place), _GLUED.get(following, 0.0) if glued else 0.0)
    if scale:
        return _Number(value * scale, scale / 10**places, first, place + 1, sign)
    return _Number(value, 10.0**-places if places else _roundness(value), first, place, sign)


def _roundness(value: float) -> float:
    """Return the step of an integer: 100 for 1,200; 0 where fewer than two zeros end it: it is meant exactly."""
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0**zeros if zeros > 1 and value else 0.0


def _share_at(words: Sequence[str], place: int) -> _Number | None:
    """Read "half", "a third", "two-thirds", "half a million", "half an hour"."""
    if words[place] == "half":
        behind = place + 1 + (_word(words, place + 1) in ("a", "an"))
        if scale := _SCALES.get(_word(words, behind)):
            return _Number(scale / 2, scale / 10, place, behind + 1, "")
        if _singular(_word(words, behind)) in _KNOWN:
            return _Number(0.5, 0.0, place, behind, "")
        return _Number(50.0, 5.0, place, place + 1, "%")
    count = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(words[place], 0)
    at = place + 1 + (_word(words, place + 1) == "-")
    part = _word(words, at).removesuffix("s")
    return _Number(count * _SHARES[part], 5.0, place, at + 1, "%") if count and part in _SHARES else None


def _in_words(words: Sequence[str], place: int) -> _Number | None:
    """Read "seventeen", "twenty-five", "two hundred and ten thousand", "a million", "five and a half"."""
    first, total, current, largest, read = place, 0.0, 0.0, 1.0, 0
    while place < len(words):
        word = words[place]
        if word in _SMALL or word in _TENS:
            if read and words[place - 1] in _SMALL and current % 100:
                break  # "two three" are two numbers
            current += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word in _SCALES and (read or _word(words, place - 1) in ("a", "an")):
            scale = _SCALES[word]
            largest = max(largest, scale)
            if scale < 1000:
                current = max(current, 1.0) * scale
            else:
                total, current = total + max(current, 1.0) * scale, 0.0
        elif not (read and word in ("and", "-") and (_word(words, place + 1) in _SMALL | _TENS)):
            break
        read, place = read + 1, place + 1
    if not read:
        return None
    value = total + current
    if list(words[place : place + 3]) == ["and", "a", "half"]:
        scale = _SCALES.get(_word(words, place + 3), 1.0)
        step = largest * scale / 10
        return _Number((value + largest / 2) * scale, step, first, place + 3 + (scale > 1.0), "")
    return _Number(value, largest if largest >= 1e6 else _roundness(value), first, place, "")


def _ranges(found: Sequence[_Number], words: Sequence[str]) -> list[list[_Number]]:
    """Put together what is one range: rising numbers with nothing between them but "to", "or", a dash."""
    ranges: list[list[_Number]] = []
    for number in found:
        last = ranges[-1][-1] if ranges else None
        if last and last.after + 1 == number.first and words[last.after] in _RANGE and last.value < number.value:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ranges


def _quantity(
    text: str, before: str, after: str, tokens: Sequence[re.Match[str]], numbers: Sequence[_Number], behind: list[str]
) -> Quantity:
    """Make a quantity of a number, or of a range, and of the words around it."""
    start, end = tokens[numbers[0].first].start(), tokens[numbers[-1].after - 1].end()
    low, high = _spread(f"{before} {text[:start]}", text[end:] + after, numbers)
    sign = next((number.sign for number in numbers if number.sign), "")
    units = [word for word in map(_singular, behind[:3]) if word in _KNOWN]
    if not units and not behind:  # "17" of "17 miles"
        units = [word for word in map(_singular, _TOKEN.findall(after.lower())[:2]) if word in _KNOWN][:1]
    if list(behind[:2]) == ["per", "cent"]:
        units = ["percent"]
    if sign and sign != "%":
        return Quantity(low, high, sign)
    if sign or units:
        dimension, factor = _KNOWN[units[0] if units and not sign else "percent"]
        return Quantity(low, high, dimension, units[0] if units and not sign else "percent", factor)
    counted = frozenset(content_stems(" ".join(word for word in behind if word not in _UNTELLING and len(word) > 2)))
    year = not counted and re.fullmatch(r"1[89]\d\d|20\d\d", text[start:end]) is not None
    return Quantity(low, high, counted=counted, year=year)


def _spread(before: str, after: str, numbers: Sequence[_Number]) -> tuple[float, float]:
    """Return the least and the greatest that a number, or a range, can mean with the words around it."""
    first, last = numbers[0], numbers[-1]
    low, high = first.value, last.value
    if len(numbers) > 1 and last.step >= 1000 and low < last.step / 10:  # "10 to 12 million"
        scale = 10.0 ** (len(str(int(last.step))) - 1)
        low *= scale if low * scale <= high else 1.0
    # Just under half a step, so that 40 and 41 million do not meet.
    slack = min(0.499 * last.step, 0.05 * high) if last.step >= 100 and last.step < 1e6 else 0.499 * last.step
    if _ABOVE.search(before) or _OR_MORE.search(after):
        return low - slack, high * 2 + slack
    if _BELOW.search(before):
        return low / 2 - slack, high + slack
    if _ABOUT.search(before) or _OR_SO.search(after):
        tens = 10.0 ** (len(str(int(high))) - len(str(int(high)).rstrip("0"))) if high >= 10 else 0.0
        slack = max(slack, 0.1 * high, tens / 2 if tens <= high else 0.0)
    return low - slack, high + slack


def _singular(word: str) -> str:
    word = _PLURALS.get(word, word)
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word
