"""The words that report speech, and what may stand between them and the words said."""

import re

from index.wordlists import DATES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# These report speech whatever follows them.
SAY = _words("said says say told tells tell stated declared declares claims claimed")
# These report speech where "that", a quotation or a clause of somebody's shows it.
THAT = _words(
    "states wrote writes write tweeted tweets testified testifies quipped remarked recalled replied responded joked "
    "added adds noted notes continued continues explained explains announced announces concluded concludes reiterated "
    "reiterates revealed reveals reported reports observed observes mentioned mentions pointed points emphasized "
    "emphasizes stressed stresses highlighted confirmed confirms contended contends cautioned cautions wondered "
    "wonders exclaimed shouted thinks think thought feels felt found finds showed shows shared posted read reads "
    "posits asserted asserts maintained maintains countered counters disclosed admitted admits lamented laments "
    "joking agreed agrees agree asked asks suggested suggests recommended indicated indicates proclaimed acknowledged "
    "acknowledges estimated estimates projected continue explain conclude stress emphasize reiterate contend caution"
)
# These report speech or a stance together with their object or clause.
STANCE = _words(
    "denied denies deny believes believe believed argued argues argue warned warns warn claimed claims claim insisted "
    "insists insist alleged alleges predicted predicts wants urged urges urge accused accuses vowed vows pledged "
    "pledges promised promises called calls described describes praised praises criticized criticizes condemned "
    "condemns blamed blames demanded demands denounced denounces hopes expects"
)
# These count only where the words of the clause are quoted.
WITH_QUOTE = _words(
    "outlined highlighted hailed dismissed blasted slammed touted labeled labelled dubbed likened compared "
    "characterized characterised mocked defended portrayed branded decried applauded lauded cited praised celebrated "
    "referred emphasized spoke wished want"
)

# These report speech only right beside a quotation or "that": "the crew answered the call" is none.
BESIDE_QUOTE = _words(
    "answered advised chanted commented complained boasted bragged mused opined yelled screamed retorted "
    "interjected elaborated reasoned speculated summarized whispered marveled theorized griped gushed ranted bemoaned "
    "implored"
)

PARTICIPLES = _words(
    "saying adding noting arguing warning calling claiming insisting telling explaining writing stating describing "
    "alleging stressing emphasizing tweeting acknowledging"
)
# Verbs that may stand before their subject: "...," said Smith.
INVERTIBLE = BESIDE_QUOTE | _words(
    "said says wrote writes stated added adds noted notes continued explained concluded remarked recalled replied "
    "responded tweeted declared asked explains warned argued announced observed quipped joked emphasized stressed "
    "reiterated exclaimed shared insisted predicted cautioned acknowledged testified lamented countered "
    "wondered admitted revealed recounted"
)
CUES = SAY | THAT | STANCE | WITH_QUOTE | BESIDE_QUOTE | PARTICIPLES
FILLERS = _words(
    "has have had also then later previously recently repeatedly once further just often never ever would will did "
    "does do not still now again soon always even simply both all today yesterday is be been being himself herself "
    "themselves itself instead too only first earlier since long as Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday"
)
CHANNEL = (
    r"(?:statement|interview|letter|emails?|e-mail|release|report|tweets?|speech|post|call|filing|conference|briefing|"
    r"message|memo|video|op-ed|column|hearing|remarks|address|book|announcement|appearance|complaint|lawsuit|affidavit|"
    r"meeting|event|rally|testimony|podcast|episode|caption|posting|article|study|paper|note|text|thread|questioning|"
    r"newsletter|trial|deposition|debate|blog|editorial|segment|show|court|press)"
)
_TIME = (
    rf"(?:(?:on\s+)?(?:{DATES})(?:\s+(?:morning|afternoon|evening|night|\d{{1,2}}(?:,\s+\d{{4}})?))?|today|yesterday|"
    r"this\s+(?:week|month|year|morning)|last\s+(?:week|month|year|night)|earlier(?:\s+this\s+\w+)?|recently|"
    r"in\s+(?:\d{4}|(?:" + DATES + r")(?:\s+\d{4})?)|later|at\s+the\s+time|afterward|afterwards)"
)
_OUTLET = r"(?:the\s+)?[A-Z][\w’'.&-]*(?:\s+(?:of\s+|the\s+|and\s+)?[A-Z0-9][\w’'.&-]*){0,5}"
ADJUNCT = re.compile(
    rf"(?:\s+[a-z]+ly(?=\s(?:in|on|at|during|to)\s))?\s+(?:{_TIME}\b(?!(?:\s+(?:morning|afternoon|evening|night))?[’']s)|(?:in|on|at|during|through|via|by|from|with|of|following|after|before|upon|regarding)\s+"
    rf"(?:(?:a|an|the|his|her|their|its|his|this|that|one|another)\s+)?(?:[\w’'-]+\s+){{0,4}}?{CHANNEL}(?:\s+{CHANNEL})?\b(?:\s+(?:announcing|regarding|about|on)\s[^,;:.“”\ue000]{{1,80}}?(?=\s+that\b))?"
    rf"(?:\s+(?:to|with|for|about|from|at|in|on)\s+(?:the\s+)?{_OUTLET})?|"
    r"on\s+(?:Twitter|Facebook|Instagram|TikTok|X|social\s+media|Capitol\s+Hill|air|the\s+(?:House|Senate)\s+floor|"
    r"(?:CNN|NBC|ABC|CBS|Fox|MSNBC)[\w’'\s“”\"\ue000]{0,40}?(?=\s+that\b|,))|"
    r"by\s+(?:phone|email|text)|in\s+part|in\s+(?:[a-z]+\s+)?detail|(?:published|released|issued|posted|sent|obtained|made|given|filed|submitted|delivered|prepared)\s[^,;:.“”\ue000]{0,80}(?=\s+that\b)|out\s+loud|of\s+(?:him|her|it|them)(?=\s*[,:])|to\s+(?:reporters|the\s+\w+)(?=\s*[,:]|\s+that\b)|"
    r"(?:to(?=\s(?:[A-Z]|the\s|his\s|her\s|a\s|an\s|reporters))|with|from|in|at|on|about|of|during|when)\s+[^,;:.\ue000\"“”]{1,90}?(?=\s+that\b(?!\s+(?:is|was|are|were|has|have)\b)|\s*:))"
)
ADDRESSEE = re.compile(
    rf"\s+(?:(?:reporters?|lawmakers|supporters|jurors|investors|viewers|listeners|fans|students|officials|police|"
    rf"investigators|journalists|senators|colleagues|voters|officers|residents|me|us|them|him|her|you)\b|"
    rf"(?!(?:lies|jokes|stories|tales)\b)[a-z]{{3,}}s(?:\s+(?:of|from|at)\s+[^,;:.“”\ue000]{{1,60}}?(?=\s+that\b))?(?=\s+(?:that|they|he|she|it|we|the|there|to|not|how|why)\b)|"
    rf"{_OUTLET}(?:(?:,\s+|,?\s+and\s+){_OUTLET})+(?=\s+that\b)|"
    rf"(?:the|a|an|his|her|their|its|this)\s+(?:[a-z][\w’'-]*\s+){{0,3}}?(?:[a-z][\w’'-]*)(?=\s+(?:that|the|he|she|it|they|we|how|why|of|"
    rf"in|on|at|not|to|{DATES})\b|\s*[,:“\"])|{_OUTLET})(?:['’]s?(?=\s))?(?:\s+[A-Z][\w’'.-]*){{0,3}}"
)
THAT_WORD = re.compile(
    r"\s*,?\s*(?:(?:[a-z]+ly|again|before|once)\s+){0,2}\bthat\b(?!\s+(?:(?:decision|moment|day|experience|kind|sort|number|night|year|time|idea|plan|man|woman|person|"
    r"place|guy|team|game|bill|law)\s+)?(?:is|was|would|will|could|can|may|might|should|has|had|makes|means)\b)"
)
ACCORDING = re.compile(r"\b[Aa]ccording to\s+|\b[Ii]n the words of\s+")
