"""Members of Congress as their seat describes them: "Ann Holt (R-KS)" is the senator from Kansas.

Postal and AP style abbreviations of states: https://pe.usps.com/text/pub28/28apb.htm
"""

import re

from index.names import expand, fold

_STATES = {
    "Alabama": "AL Ala", "Alaska": "AK", "Arizona": "AZ Ariz", "Arkansas": "AR Ark", "California": "CA Calif Cal",
    "Colorado": "CO Colo", "Connecticut": "CT Conn", "Delaware": "DE Del", "Florida": "FL Fla", "Georgia": "GA Ga",
    "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL Ill", "Indiana": "IN Ind", "Iowa": "IA", "Kansas": "KS Kan Kans",
    "Kentucky": "KY Ky", "Louisiana": "LA La", "Maine": "ME", "Maryland": "MD Md", "Massachusetts": "MA Mass",
    "Michigan": "MI Mich", "Minnesota": "MN Minn", "Mississippi": "MS Miss", "Missouri": "MO Mo", "Montana": "MT Mont",
    "Nebraska": "NE Neb", "Nevada": "NV Nev", "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM",
    "New York": "NY", "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK Okla",
    "Oregon": "OR Ore", "Pennsylvania": "PA Pa Penn", "Rhode Island": "RI", "South Carolina": "SC",
    "South Dakota": "SD", "Tennessee": "TN Tenn", "Texas": "TX Tex", "Utah": "UT", "Vermont": "VT Vt",
    "Virginia": "VA Va", "Washington": "WA Wash", "West Virginia": "WV WVa", "Wisconsin": "WI Wis Wisc",
    "Wyoming": "WY Wyo", "Puerto Rico": "PR", "Guam": "GU", "American Samoa": "AS", "Virgin Islands": "VI",
    "District of Columbia": "DC",
}  # fmt: skip
_STATE_OF = {short.lower(): state.lower() for state, known in _STATES.items() for short in known.split()} | {
    state.lower().replace(" ", ""): state.lower() for state in _STATES
}
# "West Virginia" before "Virginia"
_NAMED = re.compile(rf"\b(?:{'|'.join(sorted(_STATES, key=len, reverse=True))})\b", re.IGNORECASE)
_PARTIES = {"r": "republican", "d": "democrat", "i": "independent"}
_SAME_PARTY = {"democratic": "democrat", "democrats": "democrat", "republicans": "republican", "gop": "republican"}
_CHAMBERS = frozenset({"senator", "representative"})
_OFFICES = _CHAMBERS | frozenset("member colleague lawmaker legislator congressmember delegate".split())
_FILLING = frozenset("the a from of for us u.s other his her their".split())
# "(R-KS)", "(D-N.J.)", "(D-WA-09)", "(CT-03)", and between commas "R-Kan."
_SEAT = (
    r"(?:\((?:both\s)?(?P<party>[RDI])\.?\s?[-–]\s?(?P<state>[A-Z][A-Za-z. ]{1,14}?)(?:[-–](?:\d+|AL))?\)|"
    r"\((?P<district>[A-Z]{2})[-–](?:\d+|AL)\)|,\s(?P<side>[RDI])\.?[-–](?P<place>[A-Z][A-Za-z. ]{1,14}?),)"
)


def has_seat(asked: str, speaker: str, role: str, text: str) -> bool | None:
    """Return whether a phrase describes a speaker by state or party, as the article gives them beside the name.

    Args:
        asked: "the senator from Kansas", "Ann Holt's Texas colleague", "the Republican".
        speaker: The speaker's name.
        role: The speaker's role, or "".
        text: The article.

    Returns:
        None where the phrase is no such description, or the article gives nobody of that name a seat.

    >>> has_seat("senator from Kansas", "Ann Holt", "Senator", "Senators Ann Holt (R-KS) and Omar Penn (D-NC) agree.")
    True
    """
    wanted = re.sub(r"^.*(?:['’]s|(?<=s)['’])\s+", "", asked)
    named = _NAMED.search(wanted)
    words = expand(_NAMED.sub(" ", wanted)) - _FILLING
    words = {_SAME_PARTY.get(word, word) for word in words}
    parties, offices = words & set(_PARTIES.values()), words & _OFFICES
    names = set(fold(speaker).split())
    if not (named or parties) or not (offices or parties or words & names) or words - parties - offices - names:
        return None
    chambers, held = offices & _CHAMBERS, expand(role) & _CHAMBERS
    if chambers and held and not chambers & held:
        return False
    state, party = _told(speaker, role, text)
    if (state and named and named.group().lower() != state) or (party and parties and party not in parties):
        return False
    return True if (state and named) or (party and not named) else None


def _told(speaker: str, role: str, text: str) -> tuple[str, str]:
    """Return state and party of a speaker, "" for what is not told."""
    last = re.escape(speaker.split()[-1]) if speaker else "(?!)"
    seat = re.search(rf"\b{last}\s?{_SEAT}", text)
    if seat:
        state = seat["state"] or seat["district"] or seat["place"]
        party = _PARTIES.get((seat["party"] or seat["side"] or "").lower(), "")
        return _STATE_OF.get(re.sub(r"[. ]", "", state).lower(), ""), party
    # "Ohio Sen. Ann Holt", "Ann Holt, a Democrat from Ohio": in her role, or right behind her name.
    beside = re.search(rf"\b{last},\s(?:an?|the)\s(?P<role>[^,.;]{{4,60}})[,.]", text)
    words = f"{role} {beside['role'] if beside else ''}"
    state = _NAMED.search(words)
    parties = {_SAME_PARTY.get(word, word) for word in expand(words)} & set(_PARTIES.values())
    return state.group().lower() if state else "", next(iter(parties), "")
