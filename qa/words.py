"""Words as they are compared: content words of a question, and answers that say the same."""

import re
import unicodedata

_TOKEN = re.compile(r"[^\W_]+(?:[.,:][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\b")
# What may stand before an answer without changing it: "in October", "the United States", "about 100,000".
_LEADING = frozenset("a an the in on at about around some by".split())
_FUNCTION_WORDS = frozenset(
    "a about an and any are as at be been by can could did do does for from had has have how in into is it its long "
    "many much not of on or s said say says should some than that the their them there these they this those to told "
    "tell think was were what when where which who whom whose why will with would according".split()
)
_SUFFIXES = ("edly", "ing", "ed", "es", "ly", "s", "e")
_UNITS = re.compile(r"[$€£¥]")
_SHORTEST_STEM = 4


def tokens(text: str) -> list[str]:
    """Return the words and numbers of ``text``, lower-cased, without accents and possessive endings."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text))
    return _TOKEN.findall("".join(c for c in plain if not unicodedata.combining(c)).lower())


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, each once, in order."""
    words = [word for word in tokens(text) if word not in _FUNCTION_WORDS]
    return list(dict.fromkeys(stem(word) for word in words))


def stem(word: str) -> str:
    """Return ``word`` without its commonest English endings: enough to see "miles" in "mile".

    >>> stem("miles"), stem("mile"), stem("houses"), stem("house")
    ('mile', 'mile', 'hous', 'hous')
    """
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and not word.endswith("ss") and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word.removesuffix(suffix)
    return word


def answer_key(text: str) -> str:
    """Return a form that is equal for answers that say the same: "the 17 miles" and "17 miles."."""
    words = tokens(text.replace("%", " percent"))
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    # "$5" is not "5": words alone would not tell.
    return " ".join(words + _UNITS.findall(text) if words else words)
