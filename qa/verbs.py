"""English verbs: auxiliaries and the past tense."""

import re

AUXILIARY = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_IRREGULAR = dict(
    pair.split("-")
    for pair in (
        "be-was become-became begin-began break-broke bring-brought build-built buy-bought catch-caught "
        "choose-chose come-came deal-dealt do-did draw-drew drive-drove eat-ate fall-fell feed-fed feel-felt "
        "fight-fought find-found fly-flew forget-forgot freeze-froze get-got give-gave go-went grow-grew "
        "have-had hear-heard hide-hid hold-held keep-kept know-knew lay-laid lead-led leave-left lend-lent "
        "lie-lay lose-lost make-made mean-meant meet-met overcome-overcame pay-paid ride-rode ring-rang "
        "rise-rose run-ran say-said see-saw seek-sought sell-sold send-sent shake-shook shine-shone "
        "shoot-shot show-showed sing-sang sink-sank sit-sat sleep-slept speak-spoke spend-spent stand-stood "
        "steal-stole stick-stuck strike-struck swear-swore sweep-swept swim-swam take-took teach-taught "
        "tell-told think-thought throw-threw understand-understood wake-woke wear-wore win-won "
        "withdraw-withdrew write-wrote"
    ).split()
)
_AS_OFTEN_NOUNS = frozenset(
    "bet bid break burst cast cost cut deal drive fall fight fly hit lead lie read ride ring run set show sleep split "
    "spread stand stick strike swim win".split()
)
# Of what newspapers tell; none that is as often a noun ("plan", "report", "order").
_REGULAR = frozenset(
    "abandon accept accuse acquire add admit adopt agree allow announce apologise apologize appear appoint "
    "approve argue arrest ask attend avoid beat believe belong block cancel carry cause charge close collapse "
    "condemn confirm consider continue create criticise criticize decide declare decline defeat defend delay "
    "deliver demolish deny derail describe destroy develop die disappear discover dismiss elect employ end "
    "endorse enter erupt escape expand expect expel explain explode fail follow forecast forgive found freeze "
    "grant happen help hire ignore impose improve include increase indict injure inspire introduce invest "
    "investigate invite join kill last launch live manage marry mention merge nominate open operate oppose oust "
    "own pardon pass perform pick play pledge pollute predict prefer prepare prevent produce promise promote "
    "propose prosecute protect prove provide publish punish purchase raise reach recall receive recover reduce "
    "refuse regulate reject release remain remove reopen replace require rescue resign resume retire retract "
    "return reveal review rule save serve sign slash sponsor start stop sue suffer support survive suspend "
    "testify threaten torch treat try unveil urge use veto violate wait want warn withdraw work wound".split()
)
_UNCHANGED = frozenset("bet bid burst cast cost cut hit hurt let put quit read rid set shut split spread".split())
_PARTICIPLE = re.compile(
    r"(?:ed|(?:itt|eat|os|ol|all|ak|ok|iv|oz|idd)en|(?:kn|fl|bl|gr|thr|sh)own|[st]?worn|torn|born|done|gone|seen|sung|sunk|run)$"
)
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]$")


def past(verb: str) -> str:
    """Return the past tense of a lower-case verb.

    >>> past("marry"), past("win"), past("stop"), past("close")
    ('married', 'won', 'stopped', 'closed')
    """
    if verb in _UNCHANGED:
        return verb
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _DOUBLED.fullmatch(verb) else f"{verb}ed"


def is_verb(word: str) -> bool:
    """Return whether a word is the plain form of a verb, hardly ever a noun."""
    return (word in _IRREGULAR or word in _UNCHANGED or word in _REGULAR) and word not in _AS_OFTEN_NOUNS


def is_participle(word: str) -> bool:
    """Return whether a word can be a past participle: "closed", "built", "shut"."""
    return word in _UNCHANGED or word in _IRREGULAR.values() or _PARTICIPLE.search(word) is not None
