"""Where the words that report speech end: after whom they were said to, when and where."""

import re

from index import cues

# "told STV’s “Good Morning Saltland”"
_SHOW = re.compile(r"\s*“[^“”]{1,60}”(?!\s*$)|\s*“[^“”]{1,40}”\.?$")
# "warned Saltland that", "warned the crew: “"
_WARN = frozenset("warned warns warning asked asks reminded reminds".split())
_CONTENT = re.compile(r"\s+that\b|\s*[,:]?\s*“")


def cue_end(sentence: str, match: re.Match[str], verb: str) -> tuple[int, str]:
    """Return where the cue ends that begins with a verb, with addressee, show, time and channel, and the cue itself.

    Args:
        sentence: The masked sentence.
        match: The verb.
        verb: It in lower case.
    """
    end = match.end()
    if verb in ("told", "tells", "tell", "telling"):
        addressee = cues.ADDRESSEE.match(sentence, end)
        if addressee:
            end = addressee.end() - (addressee[0].endswith(".") and addressee.end() == len(sentence))
    elif verb in _WARN:
        addressee = cues.ADDRESSEE.match(sentence, end)
        end = addressee.end() if addressee and _CONTENT.match(sentence, addressee.end()) else end
    cue = sentence[match.start() : end]
    show = _SHOW.match(sentence, end) if cue.endswith(("'s", "’s", "'", "’")) else None
    end = show.end() if show else end
    for _ in range(3):
        adjunct = cues.ADJUNCT.match(sentence, end)
        if adjunct is None:
            break
        end = adjunct.end()
    return end, cue
