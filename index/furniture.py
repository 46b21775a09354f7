"""What stands in articles but is no part of the story: captions, credits, link lines, plugs, footers.

Every pattern was seen in real articles. Each is anchored, and most hold for one short sentence only.
"""

import re


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


_NOTHING = re.compile(r"[\W_]+")
_FIXED = re.compile(
    _any(
        r"[-–—]\s*30\s*[-–—]",
        r"(?:for )?immediate release(?:[:,.]? ?.{0,90})?",
        r"press (?:release|contact|office|inquiries)s?(?:[: ].{0,80})?",
        r"newspapers (?:in|from) [a-z][\w ]{2,30}",
        r"(?:previous|next) (?:article|story|release|post|page)(?: .{0,200})?",
        r"(?:related )?(?:issues?|topics|tags?|categor(?:y|ies)|permalink|filed under):.{0,200}",
        r"(?:related|downloadable) (?:files|links|documents)|(?:full )?text of (?:the )?(?:letter|bill)(?: \(pdf\))?",
        r"(?-i:[fte])|tweet|share|print|e-?mail|images?|copy link|facebook|twitter|instagram|comments|advertisement",
        r"share this(?: (?:article|story|page|post))?(?: on .{0,60})?|print this(?: page)?|skip advertisement",
        r"back to (?:top|news|press releases|all news)|(?:read|show|load) more|view comments|privacy policy|site ?map",
        r"(?:get|driving) directions|story continues (?:below|after).{0,60}|loading|\(?end\)?|\(?more\)?",
        r"(?:(?:main line|main fax|toll free|phone|tel|fax|office): ?)?\(?(?:1-)?\d{3}\)?[-. ]\s?\d{3}[-.]\d{4}",
        r"(?:from )?(?:[\w.&'’]+ ){0,5}(?:staff|wire|network) (?:and wire )?reports|editors",
        r"(?:photos?|videos?) (?:and videos? )?by .{3,60}",
        r".{0,120}(?:>>|»)",
        r"\(?(?:https?://|www\.)\S+\)?",
    )
    + r"\W*",
    re.IGNORECASE,
)
_PERSON = r"(?-i:[A-Z][\w.'’-]*(?: (?:and )?[A-Z@][\w.'’-]*){0,4})"
_OPENINGS = re.compile(
    _any(
        r"(?:(?:press|media|staff|news) )?contacts?(?: information)?(?: ?\([^)]{1,30}\))?:",
        r"contribut(?:ing|ors?)(?: to this report)?:",
        rf"follow (?:us|me|him|her|them|@|{_PERSON} on (?:twitter|facebook|instagram|x)\b)",
        r"follow (?:every game|all the action|along|usa today|the conversation|cnn|ap)\b",
        rf"(?:you can )?(?:reach|e-?mail|contact) (?:the (?:reporter|writer|author|columnist)s?|him|her|me|{_PERSON}) "
        r"(?:at|via|on) ",
        r"sign up (?:for|to|here)|subscribe(?: now| today| here)?(?: (?:to|for|at|on|via)\b|[.!:]|$)",
        r"would you like to receive |if you wish to object to",
        r"we will use the details you|the \w+ newsletter provides you",
        r"(?:please )?click (?:here|on) |like us on facebook|download (?:the|our) .{0,30}\bapp\b",
        r"get (?:the latest|our|more) .{0,60}\b(?:newsletter|inbox)|check your local forecast here",
        r"(?:support|thank you for supporting|consider supporting) (?:local|our) journalism",
        r"prices were accurate at the time|our fact check work is supported",
        r"(?:— )?recommendations are independently chosen|the product experts at reviewed have",
        r"24/7 wall st(?:reet|\.)? is a usa today content partner|the short list is free",
        r"play (?:the|today[’']s) .{0,40}\bcrossword",
        r"this (?:story|article|post|report) (?:has been|was|is being|will be) updated"
        r"(?: with (?:additional|more|new|further|the latest|details)\b.{0,60})?\W*$",
    ),
    re.IGNORECASE,
)
_LABEL = _any(
    r"(?:read |see |learn |find out )?more(?: (?:on|from|coverage|news|about)\b[^:]{0,40})?",
    r"related(?: (?:stories|story|coverage|articles?|content|video|news))?|also(?: read| see)?|see also",
    r"read(?: also| next| this| the story| the full story)?|must[- ]read|don't miss|column|opinion|editorial",
    r"watch(?: (?:now|live|it|the video))?|listen(?: now)?|photos?|gallery|slideshow|videos?|podcasts?|interactive",
    r"graphics?|quiz|live updates?|fact check|explainer|analysis|what to know|recap|from the archives?|earlier|review",
)
_LINK = re.compile(rf"(?P<label>{_LABEL})\s*[:>|»](?P<glued>\s*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
# After these labels a phrase is a link even with a space between; "Analysis: …" may open a sentence of the story.
_SURE_LABEL = re.compile(
    _any(
        r"(?:(?:read|see|learn) )?more|related|(?:see|read) also|also (?:see|read)|read next",
        r"column|don't miss|must[- ]read",
    )
    + r"\b",
    re.IGNORECASE,
)
# A colon glued to the next word is how link lines come out of pages: "wildfires:Park Fire grows in the north".
# A date before it is an entry of a timeline.
_GLUED = re.compile(
    r"(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d)"
    + _any(r"[^\W\d_][^.:!?\n]{2,50}", r"['‘\"“][^:\n]{2,50}['’\"”]"),
    re.IGNORECASE,
)
_HERE = re.compile(
    _any(
        r"to (?:read|view|watch|see|learn|listen|download|access|find|sign)",
        r"(?:please )?(?:read|view|watch|see|find|download|listen)",
        r"(?:you|anyone|constituents|media) (?:can|may) (?:read|view|watch|find|see|also)",
        r"(?:(?:the|a|full|complete|bill|entire|pdf) )*(?:text|copy|letter|video|audio|summary|fact sheet|one-pager|"
        r"section-by-section|transcript|statement|list|report|legislation|bill|photos?)\b",
    )
    + r".{0,160}\b(?:here|this link|link)\b(?:\.|:|\)|\]|$)[\s\"”]*(?:$|https?:\S+$)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    _any(
        r"contribut(?:ed|ing) (?:to )?(?:this|the) (?:report|story|article|fact check)|contributed reporting",
        r"(?:^|\. )(?:more )?AP\b.{0,60}: ?(?:and )?https?://",
        r"(?:^|and )https?://(?:www\.)?(?:apnews|twitter)\.com/\S+$",
        r"can be reached (?:at|by|via) (?:\S+@|\d|@|e-?mail)|send (?:him|her|them) an e-?mail at",
        r"on (?:twitter|x|facebook|instagram)(?:,? ?(?:at|:))? ?@?\w*@\w+\W*$",
        r"associated press (?:receives support|religion coverage|climate and environmental coverage)",
        r"the ap is solely responsible|commission from .{0,40}links|through our links may earn",
    ),
    re.IGNORECASE,
)
# Looking for these first makes the search ten times faster.
_TAIL_WORDS = ("contribut", "://", "@", " be reached ", "send ", "associated press", "the ap is", "commission", "earn")
_NEWSLETTER_WORDS = ("newsletter", "inbox", "alerts")
# Only where the reader is addressed: stories are written about newsletters and subscribers too.
_NEWSLETTER = re.compile(
    _any(
        r"(?:^|[.!?:,] )(?:sign up|subscribe)\b",
        r"\byou (?:can|may) (?:also )?(?:sign up|subscribe|get)\b",
        r"\b(?:sign up|subscribe) (?:here|right here|for free|to our|to usa today)\b",
    ),
    re.IGNORECASE,
)
_SOURCE = _any(
    r"AP(?: Photo)?|(?:The )?Associated Press|ASSOCIATED PRESS|Reuters|REUTERS|AFP|EPA|Bloomberg|CNN|NASA|Alamy|iStock",
    r"(?:AFP/)?Getty(?: Images)?|GETTY IMAGES|Shutterstock|USA TODAY(?: Sports| NETWORK)?|Wikimedia(?: Commons)?",
)
_CREDITED = r"[\w.'’ -]{2,60}"
_CREDIT_LINE = re.compile(
    r"\(?"
    + _any(
        r"(?:(?:photo|image|picture) )?(?:photo|image|credit|picture|photograph|graphic|illustration|video)s?"
        r"(?: by|s? courtesy(?: of)?:?|:) ?[^.]{2,80}\.?",
        rf"(?:{_CREDITED}\s?[/|]\s?)?{_SOURCE}\s?[/|]\s?{_CREDITED}",
        rf"{_CREDITED}\s?[/|]\s?(?:[\w ]{{2,20}}/)?{_SOURCE}|(?:AFP/)?getty images",
    )
    + r"\)?",
    re.IGNORECASE,
)
_CREDIT_END = re.compile(
    _any(
        r"\((?:AP Photo|Photo|Image|Credit|File photo|Getty)\b[^()]{0,80}\)",
        rf"[/|]\s?{_SOURCE}(?: via \w+)?\)?",
        r"(?<=[a-z0-9)][.!?”\"] )(?:AP|Associated Press|CNN|Reuters|NASA|Getty Images|Shutterstock)",
        r"\b(?:Image|Photo|Credit|File photo|Photograph|Picture)s?: [^.?!:]{2,60}\.?",
        r"\bvia (?:AP|Getty Images|Reuters)\)?",
    )
    + "$"
)
_MARKED = re.compile(r"^\?\? .* \?\?|\?\? [^?]{2,80} \?\?")
_BULLET = re.compile(r"[►•▪♦🌤➤→\s]+")
_SENTENCE = re.compile(r"(?<![A-Z])[.!?][\"”’')\]]*(?=\s+[A-Z\"“]|$)")


def is_symbols(piece: str) -> bool:
    """True where there is no letter and no digit: a rule such as "# # #"."""
    return bool(_NOTHING.fullmatch(piece))


def is_boilerplate(piece: str) -> bool:
    """True for footers, contact lines, link lines, plugs and the like.

    Args:
        piece: One paragraph.
    """
    if is_symbols(piece):
        return True
    if bullet := _BULLET.match(piece):
        piece = piece[bullet.end() :]
    size = len(piece)
    if size <= 240 and (_FIXED.fullmatch(piece) or _is_link(piece)):
        return True
    if size <= 320 and _OPENINGS.match(piece.lstrip("(")):
        return _sentences(piece) <= 2
    if size <= 240 and _HERE.match(piece):
        return _sentences(piece) <= 1
    if size > 400:
        return False
    lowered = piece.lower()
    tail = any(word in lowered for word in _TAIL_WORDS) and _TAIL.search(piece)
    plug = size <= 300 and any(word in lowered for word in _NEWSLETTER_WORDS) and _NEWSLETTER.search(piece)
    return bool(tail or plug) and _sentences(piece) <= 2


def is_caption(piece: str) -> bool:
    """True for photo captions with a credit, and for credits alone.

    Args:
        piece: One paragraph.
    """
    if "??" in piece and _MARKED.search(piece):
        return True
    return bool(
        (len(piece) <= 120 and _CREDIT_LINE.fullmatch(piece))
        or (len(piece) >= 30 and _CREDIT_END.search(piece, max(0, len(piece) - 120)))
    )


def caption_key(piece: str) -> str:
    """Bring both copies of a caption, with and without ``??`` marks, to the same string."""
    return re.sub(r"[\W_]+", "", piece).lower()


def _is_link(piece: str) -> bool:
    if _is_glued_link(piece):
        return True
    match = _LINK.fullmatch(piece)
    if not match or _sentences(match["rest"]) > 1 or match["rest"].endswith((".", ",", ";")):
        return False
    label, rest = match["label"], match["rest"]
    if not rest:
        return bool(_SURE_LABEL.match(label))
    if rest[0].islower():
        return False
    return not match["glued"] or bool(_SURE_LABEL.match(label)) or (label.isupper() and len(rest.split()) >= 3)


def _is_glued_link(piece: str) -> bool:
    label, _, rest = piece.partition(":")
    opens = rest[:1].isupper() or rest[:1] in ("'", "‘", '"', "“")
    if not opens or rest[-1] in ".,;:" or len(rest.split()) < 5:
        return False
    return label[:1] == label[:1].upper() and bool(_GLUED.fullmatch(label))


def _sentences(piece: str) -> int:
    return len(_SENTENCE.findall(piece))
