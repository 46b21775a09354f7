"""The words that are searched for."""

import re

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_STOP_WORDS = frozenset(
    "a about after all also am an and any are as at be been being but by can could did do does doing for from get "
    "give had has have having he her hers him his how i if in into is it its just many me more most much my no not of "
    "on or our out over said say says she should so some such tell than that the their them then there these they "
    "this those to too under up us was we were what when where which who whom whose why will with would you your "
    "didn't doesn't don't isn't wasn't weren't won't can't couldn't i'm it's that's what's who's".split()
)


def question_words(question: str) -> list[str]:
    """Return the words of a question that tell passages apart, each once; stop words where there are no others."""
    words = _words(question)
    telling = [word for word in words if word == "US" or word.lower().replace("’", "'") not in _STOP_WORDS]
    return list(dict.fromkeys(_POSSESSIVE.sub("", word) for word in telling or words))


def search_query(search: str) -> str:
    """Return an FTS5 query for text that holds every word of ``search``, the last one possibly unfinished."""
    words = [f'"{word}"' for word in _WORD.findall(search)]
    return " AND ".join(words) + "*" if words else ""


def _words(text: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(text):
        # In capitals it is the country, which is written in both ways.
        found += ["u.s", "US"] if word in ("US", "U.S") else [word]
    return found
