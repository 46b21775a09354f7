"""What opens a message in a chat and asks for nothing: "ok and", "thanks.", "can you tell me", "different topic:"."""

import re

_ASKS = (
    r"(?:and|but|so|n|&|who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|will|can)\b"
)
_THANKS = r"(?:many )?thanks(?: a lot| so much)?|thank you(?: so much| very much)?|thx|ty"
# Words that are nothing else are dropped before anything; "Great Britain?" and "Right?" stay whole.
_INTERJECTION = re.compile(
    rf"^\W*(?:(?:ok(?:ay)?|alright|hm+|u[hm]+|a+h|oh|aha|{_THANKS}|hello)(?:\s*[,.;:!–—-]+\s*|\s+)|"
    r"(?:all right|right|well|great|good|nice|cool|perfect|fine|interesting|wow|huh|got it|i see|understood|yes|yeah|"
    r"yep|sure|please|hey|hi|now|also|btw|by the way|wait|"
    r"(?:and )?(?:(?:one|a) )?(?:more|last|another|next|quick|follow[- ]?up)(?: quick)?(?: question| thing))"
    rf"(?:\s*[,.;:!–—-]+\s*|\s+(?={_ASKS})|\s+(?=(?:ok(?:ay)?|hm+|{_THANKS})\b)))(?=\S)",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"^\W*(?:(?:on|to) )?(?:an? )?(?:(?:(?:completely|totally|whole) )?(?:(?:different|new|unrelated|separate)"
    r" (?:topic|subject|note|question|story|matter)|(?:other|another|next) (?:topic|subject|story))|"
    r"chang(?:e|ing)(?: of)?(?: the)? (?:topic|subject)|unrelated|off[- ]topic)\s*[,.;:!–—-]+\s*(?=\S)",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"^(?P<before>\W*(?:(?:and|but|so)\s+)?)(?:(?:can|could|would) you (?:please )?(?:also )?(?:tell me|say|find out)|"
    r"(?:do you|does anyone|does anybody) know|(?:please )?tell me|(?:i['’]d|i would) (?:also )?like to know|"
    r"i (?:also )?want to know|i(?:['’]m| am| was)? wonder(?:ing)?|any idea)\s+"
    r"(?=(?:\w+\s+)?(?:who|whom|whose|what|when|where|why|which|how)\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:n|&)\s+(?=\w)", re.IGNORECASE)


def without_opening(question: str) -> tuple[str, bool]:
    """Return a question without what only opens it, and whether that says that a new topic begins.

    >>> without_opening("hm ok, and can you tell me where she lives?")
    ('and where she lives?', False)
    """
    new_topic = False
    while True:
        opening = _NEW_TOPIC.match(question) or _INTERJECTION.match(question)
        if opening is None:
            break
        new_topic = new_topic or _NEW_TOPIC.match(question) is not None
        question = question[opening.end() :]
    return _AND.sub("and ", _INDIRECT.sub(lambda match: match["before"], question)), new_topic
